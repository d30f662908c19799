//! The page where somebody chooses a password, behind the link an admin handed over.
//!
//! Links that were used, replaced, have expired or never were are answered alike, and trying them is slowed down by address.
//! Opening the page changes nothing; choosing signs its owner in, with the same commit, and whoever else used this browser out.
//! Never says why a link does not work.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::answer::see_other_saying;
use super::door::{self, DoorForm};
use super::forms::own;
use super::forms::pairs::Pairs;
use super::views::form::Fault;
use super::views::shell;
use super::views::welcome::{self as view, Welcome};
use crate::auth::secret::Secret16;
use crate::auth::welcome::{self, WelcomeError};
use crate::domain::staff::StaffMember;
use crate::text::Texts;
use crate::web::csrf::FormToken;
use crate::web::problem::Problem;
use crate::web::site::Site;
use crate::web::{agent, language, layout};

/// `GET /welcome/{token}`.
///
/// # Errors
/// [`Problem`].
pub async fn open(
    site: web::Data<Site>,
    token: FormToken,
    request: HttpRequest,
    link: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let Some((_, member)) = holder(&site, &request, &link).await? else { return Ok(over(&site, &request)) };
    Ok(page(StatusCode::OK, &member, &token, &link, &[]))
}

/// `POST /welcome/{token}`: stores the password, and on to where their work is.
///
/// # Errors
/// [`Problem`].
pub async fn choose(
    site: web::Data<Site>,
    token: FormToken,
    request: HttpRequest,
    link: web::Path<String>,
    form: DoorForm,
) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let Some((secret, member)) = holder(&site, &request, &link).await? else { return Ok(over(&site, &request)) };
    let texts = Texts::of(member.language);
    let password = match own::password(&form, texts, "password") {
        Ok(password) => password,
        Err(fault) => return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &member, &token, &link, &[fault])),
    };
    let hash = site.passwords.hash(password).await.map_err(|_| Problem::Unavailable(None))?;
    door::leave(&site, &request).await?;
    let agent = agent::in_words(request.headers());
    match welcome::accept(&site.store, member.id, &secret, &hash, &agent, site.clock.now()).await {
        Ok(accepted) => {
            for session in accepted.ended {
                site.hub.end_session(session).await;
            }
            let mut response = see_other_saying(&site, shell::landing(member.role), &texts.get("welcome-done"));
            door::carry_session(&mut response, &site, &accepted.cookie);
            Ok(response)
        }
        Err(WelcomeError::LinkOver) => Ok(over(&site, &request)),
        Err(WelcomeError::Store(error)) => Err(error.into()),
    }
}

/// Whose link it is, as long as it works.
async fn holder(site: &Site, request: &HttpRequest, link: &str) -> Result<Option<(Secret16, StaffMember)>, Problem> {
    let now = site.clock.now();
    let found = match Secret16::parse(link) {
        Ok(secret) => welcome::holder(&site.store, &secret, now).await?.map(|member| (secret, member)),
        Err(_) => None,
    };
    if found.is_none() {
        metrics::counter!("antesala_unknown_links_total").increment(1);
        site.link_guesses.take(site.client(request), now).map_err(|_| Problem::TooMany)?;
    }
    Ok(found)
}

fn page(status: StatusCode, member: &StaffMember, token: &FormToken, link: &str, problems: &[Fault]) -> HttpResponse {
    let texts = Texts::of(member.language);
    let page = Welcome { texts, form_token: token.as_str(), token: link, member, problems };
    layout::page(status, view::page(&page))
}

fn over(site: &Site, request: &HttpRequest) -> HttpResponse {
    layout::page(StatusCode::GONE, view::over(Texts::of(language::of(request, site.hospital().language))))
}
