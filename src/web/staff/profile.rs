//! Everybody's own page: language, zone, password, sessions; and for those who conduct visits how they let people in, and
//! sentences kept ready.
//!
//! A new password needs the present one, and guessing that is slowed down as at the door. Never changes a name, a role or what
//! somebody may do: admins do.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

use super::caller::Caller;
use super::forms::PageForm;
use super::forms::own as form;
use super::forms::pairs::Pairs;
use super::views::form::Fault;
use super::views::profile::{self as view, Profile};
use crate::auth::sessions as signed_in;
use crate::domain::person::Language;
use crate::store::staff::own::{self, NewPasswordHash};
use crate::store::{StoreError, sessions};
use crate::text::Texts;
use crate::web::flash;
use crate::web::problem::Problem;

const PAGE: &str = "/profile";

/// `GET /profile`.
///
/// # Errors
/// [`Problem`].
pub async fn show(caller: Caller) -> Result<HttpResponse, Problem> {
    page(&caller, StatusCode::OK, &Pairs::default(), &[]).await
}

/// `POST /profile`: stores language and zone.
///
/// # Errors
/// [`Problem`].
pub async fn settle(caller: Caller, typed: PageForm) -> Result<HttpResponse, Problem> {
    let typed = Pairs::from(typed.into_inner());
    let language = typed.one("language").parse::<Language>().unwrap_or(caller.member().language);
    let zone = match form::zone(&typed, &caller.member().zone) {
        Ok(zone) => zone,
        Err(field) => return refuse(&caller, &typed, &[Fault::new(caller.texts, field, "visit-zone-unknown")]).await,
    };
    own::settle(&caller.site.store, caller.id(), language, &zone).await?;
    let said = Texts::of(language).get("profile-saved");
    let mut response = caller.onwards(PAGE);
    // Only a cookie with a malformed name can fail here; ours is constant.
    drop(response.add_cookie(&flash::put(&caller.site.public_url, &said)));
    Ok(response)
}

/// `POST /profile/password`: another password in place of the present one.
///
/// # Errors
/// [`Problem`].
pub async fn change_password(caller: Caller, request: HttpRequest, typed: PageForm) -> Result<HttpResponse, Problem> {
    let typed = Pairs::from(typed.into_inner());
    let (site, texts) = (&caller.site, caller.texts);
    let (email, client) = (&caller.member().email, site.client(&request));
    if site.guesses.attempt(email, client, site.clock.now()).is_err() {
        return Err(Problem::TooMany);
    }
    let old = own::password_hash(&site.store, caller.id()).await?;
    let is_right = site.passwords.verify(old.clone(), typed.untouched("present").to_owned()).await;
    let Some(old) = old.filter(|_| is_right) else {
        return refuse(&caller, &typed, &[Fault::new(texts, "present", "profile-present-wrong")]).await;
    };
    site.guesses.succeeded(email, client);
    let password = match form::password(&typed, texts, "password") {
        Ok(password) => password,
        Err(fault) => return refuse(&caller, &typed, &[fault]).await,
    };
    let new = site.passwords.hash(password).await.map_err(|_| Problem::Unavailable(None))?;
    let change = NewPasswordHash { staff: caller.id(), old: &old, new: &new, session: caller.signed_in.session };
    match own::change_password(&site.store, change).await {
        Ok(ended) => {
            caller.close(&ended).await;
            Ok(caller.saying(PAGE, "profile-password-changed"))
        }
        Err(StoreError::Conflict) => {
            refuse(&caller, &typed, &[Fault::new(texts, "present", "profile-present-wrong")]).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /profile/sign-outs`: ends one other session, or all others.
///
/// # Errors
/// [`Problem`].
pub async fn sign_out(caller: Caller, typed: PageForm) -> Result<HttpResponse, Problem> {
    let typed = Pairs::from(typed.into_inner());
    let store = &caller.site.store;
    let (ended, said) = match typed.one("session").parse() {
        Ok(session) => (sessions::end_one_of(store, caller.id(), session).await?, "profile-signed-out"),
        Err(_) => {
            let own = caller.signed_in.session;
            (sessions::end_others_of(store, caller.id(), own).await?, "profile-signed-out-others")
        }
    };
    caller.close(&ended).await;
    Ok(caller.saying(PAGE, said))
}

/// `POST /profile/admissions`: how they let people in unless a visit says otherwise.
///
/// # Errors
/// [`Problem`].
pub async fn keep_admissions(caller: Caller, typed: PageForm) -> Result<HttpResponse, Problem> {
    let typed = Pairs::from(typed.into_inner());
    let admissions = form::admissions(&typed, caller.member().services);
    own::keep_admissions(&caller.site.store, caller.id(), &admissions).await?;
    Ok(caller.saying(PAGE, "profile-saved"))
}

/// `POST /profile/messages`: sentences kept ready.
///
/// # Errors
/// [`Problem`].
pub async fn keep_messages(caller: Caller, typed: PageForm) -> Result<HttpResponse, Problem> {
    let typed = Pairs::from(typed.into_inner());
    match form::canned_messages(&typed, caller.texts) {
        Ok(messages) => {
            own::keep_canned_messages(&caller.site.store, caller.id(), &messages).await?;
            Ok(caller.saying("/profile#messages", "profile-saved"))
        }
        Err(faults) => refuse(&caller, &typed, &faults).await,
    }
}

async fn refuse(caller: &Caller, typed: &Pairs, problems: &[Fault]) -> Result<HttpResponse, Problem> {
    page(caller, StatusCode::UNPROCESSABLE_ENTITY, typed, problems).await
}

async fn page(caller: &Caller, status: StatusCode, typed: &Pairs, problems: &[Fault]) -> Result<HttpResponse, Problem> {
    let (store, id) = (&caller.site.store, caller.id());
    let profile = Profile {
        reader: caller.reader(),
        here: &caller.here(),
        session: caller.signed_in.session,
        typed,
        problems,
        sessions: &signed_in::of(store, id, caller.site.clock.now()).await?,
        admissions: &own::admissions(store, id).await?,
        messages: &own::canned_messages(store, id).await?,
    };
    Ok(caller.page(status, view::page(&profile)))
}
