//! The list of everybody, by role and state, or by what was searched.
//!
//! A name or an address is searched by posting the form, so that neither stands in an address.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::needs_accounts;
use crate::store::staff::roster;
use crate::store::wards;
use crate::web::problem::Problem;
use crate::web::staff::caller::Caller;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::forms::roster::{Asked, Filter};
use crate::web::staff::messages::standing_budget;
use crate::web::staff::views::list::PageNumber;
use crate::web::staff::views::roster::{self as view, List};

/// How many people a page shows.
const ROWS: u32 = 50;

/// `GET /staff`, of one role or state if asked for.
///
/// # Errors
/// [`Problem`].
pub async fn list(caller: Caller, asked: web::Query<Asked>) -> Result<HttpResponse, Problem> {
    show(&caller, &Filter::from(&*asked), PageNumber::read(asked.page.as_deref())).await
}

/// `POST /staff/search`: whose name or address was typed; without either, on to the list's address.
///
/// # Errors
/// [`Problem`].
pub async fn search(caller: Caller, form: web::Form<Vec<(String, String)>>) -> Result<HttpResponse, Problem> {
    let filter = Filter::read(&Pairs::from(form.into_inner()));
    if filter.text.is_empty() {
        return Ok(caller.onwards(&filter.address()));
    }
    show(&caller, &filter, PageNumber::FIRST).await
}

async fn show(caller: &Caller, filter: &Filter, page: PageNumber) -> Result<HttpResponse, Problem> {
    let store = &caller.site.store;
    let wards = wards::list(store).await?;
    let found = filter.of(roster::all(store).await?);
    let count = found.len();
    let mut entries = found.into_iter().skip(usize::try_from(page.skipped(ROWS)).unwrap_or(usize::MAX)).collect();
    let leaf = page.cut(&mut entries, ROWS);
    let list = List {
        reader: caller.reader(),
        here: &caller.here(),
        filter,
        count,
        entries: &entries,
        wards: &wards,
        leaf,
        budget: standing_budget(&caller.site).await?,
        needs_accounts: needs_accounts(&caller.site),
    };
    Ok(caller.page(StatusCode::OK, view::page(&list)))
}
