//! How somebody comes in: a link to choose a password, sessions that are ended, a door that is closed and opened again.
//!
//! Whoever is put out is out at once: their sessions and their open connections end with the change. Never touches the
//! asker's own access: that would lock the last admin out.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::{address, entry};
use crate::auth::welcome;
use crate::domain::ids::StaffId;
use crate::store::staff::roster;
use crate::store::{StoreError, sessions};
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::staff::caller::Caller;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::views::welcome::{self as view, Link};

/// `POST /staff/{id}/invitations`: a fresh link to choose a password, shown once.
///
/// # Errors
/// [`Problem`].
pub async fn invite(caller: Caller, id: PathId<StaffId>) -> Result<HttpResponse, Problem> {
    let site = &caller.site;
    let entry = entry(&caller, id.0).await?;
    if id.0 == caller.id() {
        return Ok(caller.saying(&address(id.0), "people-own-link"));
    }
    let now = site.clock.now();
    match welcome::invite(&site.store, id.0, now).await {
        Ok(token) => {
            let until = now + welcome::LIFETIME;
            let link = Link { member: &entry.member, token: &token, until, is_new: !entry.has_password };
            let page = view::handed_over(caller.reader(), &caller.here(), site.public_url.origin(), &link);
            Ok(caller.page(StatusCode::OK, page))
        }
        Err(StoreError::Conflict) => Ok(caller.saying(&address(id.0), "people-disabled-no-link")),
        Err(error) => Err(error.into()),
    }
}

/// `POST /staff/{id}/sign-outs`: ends one of their sessions, or all.
///
/// # Errors
/// [`Problem`].
pub async fn sign_out(
    caller: Caller,
    id: PathId<StaffId>,
    form: web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let store = &caller.site.store;
    entry(&caller, id.0).await?;
    let own = caller.signed_in.session;
    let (ended, said) = match form.one("session").parse() {
        // Who wants to leave signs out.
        Ok(session) if session == own => return Err(Problem::Malformed),
        Ok(session) => (sessions::end_one_of(store, id.0, session).await?, "people-signed-out"),
        Err(_) if id.0 == caller.id() => {
            (sessions::end_others_of(store, id.0, own).await?, "profile-signed-out-others")
        }
        Err(_) => (sessions::end_all_of(store, id.0).await?, "people-signed-out-all"),
    };
    caller.close(&ended).await;
    Ok(caller.saying(&address(id.0), said))
}

/// `POST /staff/{id}/disablement`: closes the door to them.
///
/// # Errors
/// [`Problem`].
pub async fn disable(caller: Caller, id: PathId<StaffId>) -> Result<HttpResponse, Problem> {
    if id.0 == caller.id() {
        return Ok(caller.saying(&address(id.0), "people-own-disablement"));
    }
    match roster::disable(&caller.site.store, caller.id(), id.0).await {
        Ok(ended) => {
            caller.close(&ended).await;
            Ok(caller.saying(&address(id.0), "people-disabled"))
        }
        Err(StoreError::Conflict) if !entry(&caller, id.0).await?.is_active => {
            Ok(caller.saying(&address(id.0), "people-disabled"))
        }
        Err(StoreError::Conflict) => Err(Problem::Forbidden),
        Err(error) => Err(error.into()),
    }
}

/// `POST /staff/{id}/enablement`: opens it again.
///
/// # Errors
/// [`Problem`].
pub async fn enable(caller: Caller, id: PathId<StaffId>) -> Result<HttpResponse, Problem> {
    match roster::enable(&caller.site.store, caller.id(), id.0).await {
        Ok(()) => Ok(caller.saying(&address(id.0), "people-enabled")),
        Err(StoreError::Conflict) if entry(&caller, id.0).await?.is_active => {
            Ok(caller.saying(&address(id.0), "people-enabled"))
        }
        Err(StoreError::Conflict) => Err(Problem::Forbidden),
        Err(error) => Err(error.into()),
    }
}
