//! Both sides compared, here and at Webex: asked for, followed, and each difference made equal or left by choice.
//!
//! Never asks Webex, and never decides anything: a worker reads, and does what somebody chose.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::webex::needs_accounts;
use crate::domain::account::differences::{Fate, Kind};
use crate::domain::account::{Chosen, Wanted};
use crate::domain::ids::{ComparisonId, DifferenceId, StaffId};
use crate::store::staff::roster;
use crate::store::webex_people::accounts::{self, Account, Align, Wish};
use crate::store::webex_people::comparisons::{self, Stage};
use crate::store::webex_people::differences::{self, Kept};
use crate::store::webex_people::{choices, licences};
use crate::store::{Batch, StoreError};
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::staff::answer::Wants;
use crate::web::staff::caller::Caller;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::views::compare::{self as view, ADDRESS, ComparePage, DO, EQUAL, LEAVE};
use crate::web::staff::views::list::PageNumber;

/// How many differences a page shows.
const ROWS: u32 = 50;

/// What `GET /staff/webex` may ask for.
#[derive(Debug, Deserialize)]
pub struct Asked {
    page: Option<String>,
}

/// `GET /staff/webex`; for scripts, how far a comparison has come.
///
/// # Errors
/// [`Problem`].
pub async fn show(caller: Caller, asked: web::Query<Asked>) -> Result<HttpResponse, Problem> {
    if !needs_accounts(&caller.site) {
        return Err(Problem::NotFound);
    }
    let store = &caller.site.store;
    let comparison = comparisons::newest(store).await?;
    if caller.wants == Wants::Json {
        let sentence = comparison.as_ref().map(|comparison| view::state(caller.texts, comparison));
        let stage = comparison.as_ref().map(|comparison| comparison.stage.as_str());
        return Ok(HttpResponse::Ok().json(json!({ "stage": stage, "sentence": sentence })));
    }
    let number = PageNumber::read(asked.page.as_deref());
    let done = comparison.as_ref().filter(|comparison| comparison.stage == Stage::Done);
    let (mut rows, undecided) = match done {
        Some(done) => (
            differences::page(store, done.id, number.skipped(ROWS), ROWS + 1).await?,
            differences::undecided(store, done.id).await?,
        ),
        None => (Vec::new(), 0),
    };
    let leaf = number.cut(&mut rows, ROWS);
    let page = ComparePage {
        reader: caller.reader(),
        here: &caller.here(),
        comparison: comparison.as_ref(),
        rows: &rows,
        undecided,
        known: &licences::known(store).await?,
        leaf,
    };
    Ok(caller.page(StatusCode::OK, view::page(&page)))
}

/// `POST /staff/webex`: compares both sides anew.
///
/// # Errors
/// [`Problem`].
pub async fn begin(caller: Caller) -> Result<HttpResponse, Problem> {
    let site = &caller.site;
    if !needs_accounts(site) {
        return Ok(caller.saying("/staff", "webex-people-not_set_up"));
    }
    match comparisons::ask(&site.store, ComparisonId::mint(), caller.id(), site.clock.now()).await {
        // Somebody else was faster: the page follows theirs.
        Ok(()) | Err(StoreError::Duplicate) => Ok(caller.onwards(ADDRESS)),
        Err(error) => Err(error.into()),
    }
}

/// `POST /staff/webex/differences/{id}`: makes both sides equal in one thing, or leaves it.
///
/// # Errors
/// [`Problem`].
pub async fn decide(
    caller: Caller,
    id: PathId<DifferenceId>,
    typed: web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse, Problem> {
    if !needs_accounts(&caller.site) {
        return Ok(caller.saying("/staff", "webex-people-not_set_up"));
    }
    let typed = Pairs::from(typed.into_inner());
    let page = PageNumber::read(Some(typed.one("page")));
    let back = format!("{ADDRESS}?page={}#difference-{}", page.number(), id.0);
    let store = &caller.site.store;
    // Another comparison took its place.
    let Some(kept) = differences::find(store, id.0).await? else {
        return Ok(caller.saying(ADDRESS, "webex-difference-gone"));
    };
    let mut batch = Batch::new();
    let said = match typed.one(DO) {
        EQUAL => {
            differences::decide(&mut batch, id.0, Fate::Asked);
            if let Some(staff) = kept.difference.staff
                && !wish(&caller, &mut batch, staff, &kept).await?
            {
                return Ok(caller.saying(&back, "webex-difference-changed"));
            }
            "webex-difference-asked"
        }
        LEAVE => {
            differences::decide(&mut batch, id.0, Fate::Left);
            "webex-difference-left"
        }
        _ => return Err(Problem::Malformed),
    };
    match store.write(batch).await {
        Ok(_) => Ok(caller.saying(&back, said)),
        // The button was pressed twice, or somebody else decided about them: the row tells what became of it.
        Err(StoreError::Conflict) => Ok(caller.onwards(&back)),
        Err(error) => Err(error.into()),
    }
}

/// Adds what makes both sides equal; says no where the person is another than the one who was compared.
async fn wish(caller: &Caller, batch: &mut Batch, staff: StaffId, kept: &Kept) -> Result<bool, Problem> {
    let store = &caller.site.store;
    let difference = &kept.difference;
    let is_active = roster::find(store, staff).await?.is_some_and(|entry| entry.is_active);
    if is_active == (difference.kind == Kind::StillActive) {
        return Ok(false);
    }
    let account = accounts::find(store, staff).await?;
    let wanted = account.as_ref().map(|account| account.wanted);
    let before = account.as_ref().map(|account| account.chosen.clone());
    let usual = choices::read(store).await?.usual;
    let (wanted, chosen) = match (difference.kind, wanted) {
        (Kind::StillActive, _) => (Wanted::Closed, before.unwrap_or_default()),
        (Kind::MissingThere, _) => (Wanted::Account, before.unwrap_or(usual)),
        (Kind::Licences, None) => (Wanted::Account, usual),
        // A name or an address gives nobody anything.
        (_, None) => (Wanted::Account, Chosen::default()),
        (_, Some(wanted)) => (wanted, before.unwrap_or_default()),
    };
    let align = Align { name: difference.kind == Kind::Name, address: difference.kind == Kind::Address };
    let beside = Chosen { licences: difference.extra.clone(), ..Chosen::default() };
    let held = account.as_ref().map(held).unwrap_or_default().and(&chosen).and(&beside);
    let seen = account.map(|account| account.rev);
    accounts::wish(batch, &Wish { staff, seen, wanted, chosen, held, align });
    Ok(true)
}

fn held(account: &Account) -> Chosen {
    account.held.and(&account.chosen)
}
