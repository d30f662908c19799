//! The hospital's settings, for admins: what they save is in force on this node at once, and on the others in seconds.
//!
//! Never overwrites what another admin changed meanwhile without having shown it.

pub mod consent;
pub mod logo;
pub mod messages;
pub mod texts;
pub mod wards;
pub mod webex;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::answer::{Wants, json_sentence, see_other_saying};
use super::forms::PageForm;
use super::forms::pairs::Pairs;
use super::forms::settings as typed;
use super::pages::{here, reader};
use super::views::form::Fault;
use super::views::settings::{self as view, SettingsPage};
use crate::store::StoreError;
use crate::store::hospital::{self, Editor};
use crate::text::Texts;
use crate::web::csrf::FormToken;
use crate::web::flash;
use crate::web::guard::SignedIn;
use crate::web::layout;
use crate::web::problem::Problem;
use crate::web::site::Site;

/// How often a change is tried that another admin was just faster with.
const ATTEMPTS: u8 = 3;

/// `GET /settings`.
///
/// # Errors
/// [`Problem`].
pub async fn show(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let notice = flash::take(&request, &site.public_url);
    page(&site, &signed_in, &token, StatusCode::OK, notice.as_deref(), &Pairs::default(), &[]).await
}

/// `POST /settings`.
///
/// # Errors
/// [`Problem`].
pub async fn save(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    form: PageForm,
) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let texts = Texts::of(signed_in.member.language);
    let started = site.settings.started();
    for _ in 0..ATTEMPTS {
        let stored = hospital::read(&site.store, started).await?;
        let wanted = match typed::read(&form, texts, &stored.hospital) {
            Ok(wanted) => wanted,
            Err(faults) => return refuse(&site, &signed_in, &token, &request, &form, &faults).await,
        };
        let editor = editor(&site, &signed_in, stored.rev);
        match hospital::save(&site.store, editor, started, &wanted).await {
            Ok(()) => return saved(&site, &request, texts, "/settings", "settings-saved").await,
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Problem::Unavailable(None))
}

/// The form as typed, with what is wrong with it.
async fn refuse(
    site: &Site,
    signed_in: &SignedIn,
    token: &FormToken,
    request: &HttpRequest,
    form: &Pairs,
    faults: &[Fault],
) -> Result<HttpResponse, Problem> {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    if Wants::of(request) == Wants::Json {
        return Ok(refusal(status, faults));
    }
    page(site, signed_in, token, status, None, form, faults).await
}

async fn page(
    site: &Site,
    signed_in: &SignedIn,
    token: &FormToken,
    status: StatusCode,
    notice: Option<&str>,
    typed: &Pairs,
    problems: &[Fault],
) -> Result<HttpResponse, Problem> {
    let stored = hospital::read(&site.store, site.settings.started()).await?;
    Ok(layout::page(
        status,
        view::page(&SettingsPage {
            reader: reader(signed_in, token, notice),
            here: &here(site, signed_in),
            started: site.settings.started(),
            now: &stored.hospital,
            changed: stored.changed.as_ref(),
            engines: &site.hub.engines().possible().collect::<Vec<_>>(),
            typed: &typed::seen_anew(typed, &stored.hospital),
            problems,
        }),
    ))
}

/// Whoever changes something now, having seen the hospital at `rev`.
fn editor(site: &Site, signed_in: &SignedIn, rev: i64) -> Editor {
    Editor { by: signed_in.member.id, at: site.clock.now(), seen: rev }
}

/// Makes the change known on this node before anybody is told that it is saved.
async fn saved(site: &Site, request: &HttpRequest, texts: Texts, to: &str, key: &str) -> Result<HttpResponse, Problem> {
    site.settings.look_again(&site.store).await?;
    let sentence = texts.get(key);
    Ok(match Wants::of(request) {
        Wants::Json => json_sentence(StatusCode::OK, &sentence, &[]),
        Wants::Page => see_other_saying(site, to, &sentence),
    })
}

fn refusal(status: StatusCode, faults: &[Fault]) -> HttpResponse {
    let first = faults.first().map(|fault| fault.sentence.clone()).unwrap_or_default();
    json_sentence(status, &first, faults)
}
