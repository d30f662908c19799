//! What newcomers get at Webex, and what the bot tells.
//!
//! Never shown where Webex is not set up, and never asks Webex.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web;

use super::webex::needs_accounts;
use crate::domain::account::Chosen;
use crate::store::StoreError;
use crate::store::webex_people::choices::{self, Choices, Tells};
use crate::store::webex_people::licences;
use crate::web::problem::Problem;
use crate::web::staff::caller::Caller;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::forms::webex as form;
use crate::web::staff::views::choices::{self as view, ADDRESS, MESSAGES, TROUBLE, WAITING, WebexPage};
use crate::web::staff::views::form::Fault;

/// `GET /staff/webex/choices`.
///
/// # Errors
/// [`Problem`].
pub async fn show(caller: Caller) -> Result<HttpResponse, Problem> {
    let choices = choices::read(&caller.site.store).await?;
    let typed = form::ticked(Pairs::default(), &choices.usual);
    let ticked =
        [(WAITING, choices.tells.waiting), (MESSAGES, choices.tells.messages), (TROUBLE, choices.tells.trouble)];
    let typed = ticked.into_iter().filter(|(_, is_on)| *is_on).fold(typed, |form, (name, _)| form.with(name, "on"));
    page(&caller, StatusCode::OK, choices.rev, &typed, &[]).await
}

/// `POST /staff/webex/choices`.
///
/// # Errors
/// [`Problem`].
pub async fn save(caller: Caller, typed: web::Form<Vec<(String, String)>>) -> Result<HttpResponse, Problem> {
    let typed = Pairs::from(typed.into_inner());
    let store = &caller.site.store;
    let Some(webex) = &caller.site.hub.engines().webex else {
        return Ok(caller.saying("/staff", "webex-people-not_set_up"));
    };
    let now = choices::read(store).await?;
    let offered = form::offered(&licences::known(store).await?, webex.site());
    let usual = match form::chosen(&typed, caller.texts, &offered, &now.usual) {
        Ok(usual) => usual,
        Err(faults) => return page(&caller, StatusCode::UNPROCESSABLE_ENTITY, now.rev, &typed, &faults).await,
    };
    let seen = typed.one("rev").parse().unwrap_or_default();
    match choices::save(store, &wanted(seen, usual, &typed)).await {
        Ok(()) => Ok(caller.saying(ADDRESS, "webex-choices-saved")),
        Err(StoreError::Conflict) => {
            let fault = Fault::new(caller.texts, form::LICENCES, "webex-choices-meanwhile");
            page(&caller, StatusCode::CONFLICT, now.rev, &typed, &[fault]).await
        }
        Err(error) => Err(error.into()),
    }
}

fn wanted(rev: i64, usual: Chosen, typed: &Pairs) -> Choices {
    let tells = Tells { waiting: typed.has(WAITING), messages: typed.has(MESSAGES), trouble: typed.has(TROUBLE) };
    Choices { rev, usual, tells }
}

async fn page(
    caller: &Caller,
    status: StatusCode,
    rev: i64,
    typed: &Pairs,
    problems: &[Fault],
) -> Result<HttpResponse, Problem> {
    let webex = caller.site.hub.engines().webex.as_ref().ok_or(Problem::NotFound)?;
    let page = WebexPage {
        reader: caller.reader(),
        here: &caller.here(),
        known: &licences::known(&caller.site.store).await?,
        site: webex.site(),
        has_bot: webex.has_bot(),
        needs_accounts: needs_accounts(&caller.site),
        rev,
        typed,
        problems,
    };
    Ok(caller.page(status, view::page(&page)))
}
