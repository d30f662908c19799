//! Coming in and going out: sign-in, sign-out, the first admin's set-up.
//!
//! A wrong password, an unknown account and a dead one are answered alike, in the same time. Never logs who tried.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::SignedDuration;

use super::answer::{see_other, see_other_saying};
use super::forms::own;
use super::forms::pairs::Pairs;
use super::views::form::Fault;
use super::views::shell;
use super::views::sign_in::{self as view, SetUp, SignIn};
use crate::auth::password::NewPassword;
use crate::auth::secret::Secret16;
use crate::auth::setup::{self, SetUpError};
use crate::auth::{guessing::TooMany, sessions};
use crate::domain::ids::StaffId;
use crate::domain::person::{Email, PersonName};
use crate::domain::service::Services;
use crate::domain::staff::{Role, StaffMember};
use crate::store::StoreError;
use crate::store::staff::{self, NewStaff};
use crate::text::Texts;
use crate::web::cookies::{self, Name};
use crate::web::csrf::FormToken;
use crate::web::guard::{self, SignedIn};
use crate::web::problem::Problem;
use crate::web::site::Site;
use crate::web::{agent, flash, language, layout};

/// The fields of a form at the door.
pub type DoorForm = web::Form<Vec<(String, String)>>;

/// `GET /`: to the landing page of whoever is signed in, else to the door.
///
/// # Errors
/// [`Problem`].
pub async fn home(site: web::Data<Site>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let signed_in = guard::signed_in(&site, &request).await?;
    Ok(see_other(signed_in.map_or("/sign-in", |signed_in| shell::landing(signed_in.member.role))))
}

/// `GET /sign-in`.
///
/// # Errors
/// [`Problem`].
pub async fn sign_in_page(
    site: web::Data<Site>,
    token: FormToken,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if let Some(signed_in) = guard::signed_in(&site, &request).await? {
        return Ok(see_other(shell::landing(signed_in.member.role)));
    }
    let notice = flash::take(&request, &site.public_url);
    let texts = texts(&site, &request);
    let page = SignIn { texts, form_token: token.as_str(), email: "", problems: &[], notice: notice.as_deref() };
    Ok(layout::page(StatusCode::OK, view::sign_in(&page)))
}

/// `POST /sign-in`.
///
/// # Errors
/// [`Problem`].
pub async fn sign_in(
    site: web::Data<Site>,
    token: FormToken,
    request: HttpRequest,
    form: DoorForm,
) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let texts = texts(&site, &request);
    let again = |status, problems: &[Fault]| {
        let page = SignIn { texts, form_token: token.as_str(), email: form.one("email"), problems, notice: None };
        layout::page(status, view::sign_in(&page))
    };
    let (Ok(email), false) = (form.one("email").parse::<Email>(), form.untouched("password").is_empty()) else {
        return Ok(again(StatusCode::UNPROCESSABLE_ENTITY, &lacking(texts, &form)));
    };
    let client = site.client(&request);
    if let Err(TooMany { wait }) = site.guesses.attempt(&email, client, site.clock.now()) {
        let sentence = texts.with("sign-in-too-many", &[("minutes", minutes(wait).to_string().into())]);
        return Ok(again(StatusCode::TOO_MANY_REQUESTS, &[Fault { field: "email".to_owned(), sentence }]));
    }
    let (member, stored) = staff::find_by_email(&site.store, &email).await?.unzip();
    let is_right = site.passwords.verify(stored, form.untouched("password").to_owned()).await;
    let Some(member) = member.filter(|_| is_right) else {
        metrics::counter!("antesala_sign_in_refused_total").increment(1);
        return Ok(again(StatusCode::UNPROCESSABLE_ENTITY, &[Fault::new(texts, "email", "sign-in-wrong")]));
    };
    site.guesses.succeeded(&email, client);
    leave(&site, &request).await?;
    let begun = sessions::begin(&site.store, member.id, &agent::in_words(request.headers()), site.clock.now()).await;
    let cookie = match begun {
        Ok(cookie) => cookie,
        // Disabled just now: no account any more.
        Err(StoreError::Conflict) => {
            return Ok(again(StatusCode::UNPROCESSABLE_ENTITY, &[Fault::new(texts, "email", "sign-in-wrong")]));
        }
        Err(error) => return Err(error.into()),
    };
    let mut response = see_other(shell::landing(member.role));
    carry_session(&mut response, &site, &cookie);
    Ok(response)
}

/// Ends the session this browser holds, if any, before it is given another one.
pub(super) async fn leave(site: &Site, request: &HttpRequest) -> Result<(), Problem> {
    match guard::signed_in(site, request).await? {
        Some(old) => close(site, &old).await,
        None => Ok(()),
    }
}

/// Hands a browser the session that began for it.
pub(super) fn carry_session(response: &mut HttpResponse, site: &Site, cookie: &Secret16) {
    carry(response, cookies::put(&site.public_url, Name::Session, cookie.to_text()));
}

/// `POST /sign-out`.
///
/// # Errors
/// [`Problem`]; then the session lives on.
pub async fn sign_out(site: web::Data<Site>, signed_in: SignedIn) -> Result<HttpResponse, Problem> {
    close(&site, &signed_in).await?;
    let texts = Texts::of(signed_in.member.language);
    let mut response = see_other_saying(&site, "/sign-in", &texts.get("sign-in-out"));
    carry(&mut response, cookies::forget(&site.public_url, Name::Session));
    Ok(response)
}

/// `GET /set-up/{token}`.
///
/// # Errors
/// [`Problem`].
pub async fn set_up_page(
    site: web::Data<Site>,
    token: FormToken,
    request: HttpRequest,
    link: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let texts = texts(&site, &request);
    let works = match Secret16::parse(&link) {
        Ok(secret) => setup::works(&site.store, &secret, site.clock.now()).await?,
        Err(_) => false,
    };
    if !works {
        return Ok(layout::page(StatusCode::GONE, view::set_up_over(texts)));
    }
    let page = SetUp { texts, form_token: token.as_str(), token: &link, name: "", email: "", problems: &[] };
    Ok(layout::page(StatusCode::OK, view::set_up(&page)))
}

/// `POST /set-up/{token}`.
///
/// # Errors
/// [`Problem`].
pub async fn set_up(
    site: web::Data<Site>,
    token: FormToken,
    request: HttpRequest,
    link: web::Path<String>,
    form: DoorForm,
) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let texts = texts(&site, &request);
    let over = || layout::page(StatusCode::GONE, view::set_up_over(texts));
    let again = |problems: &[Fault]| {
        let (name, email) = (form.one("name"), form.one("email"));
        let page = SetUp { texts, form_token: token.as_str(), token: &link, name, email, problems };
        layout::page(StatusCode::UNPROCESSABLE_ENTITY, view::set_up(&page))
    };
    let now = site.clock.now();
    let Ok(secret) = Secret16::parse(&link) else { return Ok(over()) };
    if !setup::works(&site.store, &secret, now).await? {
        return Ok(over());
    }
    let (name, email, password) = match first_admin(texts, &form) {
        Ok(admin) => admin,
        Err(problems) => return Ok(again(&problems)),
    };
    let password_hash = site.passwords.hash(password).await.map_err(|_| Problem::Unavailable(None))?;
    let (language, zone) = (texts.language(), site.hospital().zone.to_string());
    let member = StaffMember {
        id: StaffId::mint(),
        email,
        name,
        role: Role::Admin,
        ward: None,
        language,
        zone,
        services: Services::NONE,
    };
    let admin = NewStaff { member, password_hash, created_at: now };
    match setup::create_admin(&site.store, &secret, &admin, &agent::in_words(request.headers())).await {
        Ok(cookie) => {
            let mut response = see_other_saying(&site, shell::landing(Role::Admin), &texts.get("set-up-done"));
            carry_session(&mut response, &site, &cookie);
            Ok(response)
        }
        Err(SetUpError::LinkOver) => Ok(over()),
        Err(SetUpError::EmailTaken) => Ok(again(&[Fault::new(texts, "email", "set-up-email-taken")])),
        Err(SetUpError::Store(error)) => Err(error.into()),
    }
}

fn first_admin(texts: Texts, form: &Pairs) -> Result<(PersonName, Email, NewPassword), Vec<Fault>> {
    let mut faults = Vec::new();
    let mut note = |field: &str, key: &str| faults.push(Fault::new(texts, field, key));
    let name = form.one("name").parse().map_err(|_| note("name", "set-up-name-wrong")).ok();
    let email = form.one("email").parse().map_err(|_| note("email", "set-up-email-wrong")).ok();
    let password =
        NewPassword::parse(form.untouched("password")).map_err(|why| note("password", own::weak_key(why))).ok();
    name.zip(email).zip(password).map(|((name, email), password)| (name, email, password)).ok_or(faults)
}

fn lacking(texts: Texts, form: &Pairs) -> Vec<Fault> {
    let mut faults = Vec::new();
    if form.one("email").is_empty() {
        faults.push(Fault::new(texts, "email", "sign-in-email-missing"));
    } else if form.one("email").parse::<Email>().is_err() {
        faults.push(Fault::new(texts, "email", "set-up-email-wrong"));
    }
    if form.untouched("password").is_empty() {
        faults.push(Fault::new(texts, "password", "sign-in-password-missing"));
    }
    faults
}

async fn close(site: &Site, signed_in: &SignedIn) -> Result<(), Problem> {
    sessions::end(&site.store, signed_in.session).await?;
    site.hub.end_session(signed_in.session).await;
    Ok(())
}

fn texts(site: &Site, request: &HttpRequest) -> Texts {
    Texts::of(language::of(request, site.hospital().language))
}

/// Whole minutes, rounded up: nobody is told to come back too early.
fn minutes(wait: SignedDuration) -> i64 {
    (wait.as_secs().max(1) + 59) / 60
}

fn carry(response: &mut HttpResponse, cookie: actix_web::cookie::Cookie<'static>) {
    // Only a malformed name can fail here; ours are constants.
    drop(response.add_cookie(&cookie));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;

    #[test]
    fn minutes_are_rounded_up() {
        assert_eq!([1, 60, 61, 90].map(|seconds| minutes(SignedDuration::from_secs(seconds))), [1, 1, 2, 2]);
    }

    #[test]
    fn the_first_admin_is_told_everything_at_once() {
        let texts = Texts::of(Language::English);
        let fields = |form: &Pairs| {
            first_admin(texts, form).unwrap_err().into_iter().map(|fault| fault.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(&Pairs::default().with("password", "short")), ["name", "email", "password"]);
        let form = Pairs::default()
            .with("name", "Ana Ruiz")
            .with("email", "ana@hospital.example")
            .with("password", " la vaca azul canta ");
        assert!(first_admin(texts, &form).is_ok());
    }
}
