//! What somebody has at Webex: decided with the rest of their page, in the same commit; carried out by a worker.
//!
//! Never asks Webex: what pages show was told to a worker. Where no one needs an account, none of this is shown.

use actix_web::HttpResponse;

use super::{address, entry};
use crate::config::WebexHost;
use crate::domain::account::{Chosen, Wanted};
use crate::domain::ids::StaffId;
use crate::domain::staff::Role;
use crate::store::Batch;
use crate::store::webex_people::accounts::{self, Account, Align, Wish};
use crate::store::webex_people::choices;
use crate::store::webex_people::licences;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::site::Site;
use crate::web::staff::caller::Caller;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::forms::webex::{self as form, Decision};
use crate::web::staff::views::form::Fault;
use crate::web::staff::views::member::AtWebex;

/// Whether staff need accounts at Webex.
#[must_use]
pub(in crate::web::staff) fn needs_accounts(site: &Site) -> bool {
    site.hub.engines().webex.as_ref().is_some_and(|webex| webex.host() == WebexHost::Doctor)
}

/// What pages about `staff`, or about a newcomer, know of Webex; nothing where no one needs an account.
pub(super) async fn read(site: &Site, staff: Option<StaffId>) -> Result<Option<AtWebex>, Problem> {
    if !needs_accounts(site) {
        return Ok(None);
    }
    let account = match staff {
        Some(staff) => accounts::find(&site.store, staff).await?,
        None => None,
    };
    Ok(Some(AtWebex {
        known: licences::known(&site.store).await?,
        usual: choices::read(&site.store).await?.usual,
        site: site.hub.engines().webex.as_ref().and_then(|webex| webex.site().map(str::to_owned)),
        account,
    }))
}

/// What a form decides; nothing where no one needs an account.
pub(super) fn decide(
    caller: &Caller,
    at_webex: Option<&AtWebex>,
    typed: &Pairs,
    role: Option<Role>,
) -> Result<Decision, Vec<Fault>> {
    let Some(at_webex) = at_webex else { return Ok(Decision::Unsaid) };
    let offered = form::offered(&at_webex.known, at_webex.site.as_deref());
    let before = at_webex.account.as_ref().map_or(&at_webex.usual, |account| &account.chosen);
    form::read(typed, caller.texts, &offered, before, role)
}

/// Adds what was decided to what is committed together, where it is something new.
pub(super) fn commit(batch: &mut Batch, staff: StaffId, account: Option<&Account>, decision: Decision) {
    let held = account.map(|account| account.held.and(&account.chosen)).unwrap_or_default();
    let seen = account.map(|account| account.rev);
    let wish =
        |wanted, chosen: Chosen| Wish { staff, seen, wanted, held: held.and(&chosen), chosen, align: Align::default() };
    match (decision, account) {
        (Decision::Unsaid, _) => {}
        (Decision::Nothing, None) => accounts::decline(batch, staff),
        (Decision::Nothing, Some(account)) if account.wanted != Wanted::Account => {}
        (Decision::Nothing, Some(_)) => accounts::wish(batch, &wish(Wanted::Released, Chosen::default())),
        (Decision::Account(chosen), Some(account)) if account.wanted == Wanted::Account && account.chosen == chosen => {
        }
        (Decision::Account(chosen), _) => accounts::wish(batch, &wish(Wanted::Account, chosen)),
    }
}

/// `POST /staff/{id}/webex`: what waits for its next try is tried now.
///
/// # Errors
/// [`Problem`].
pub async fn try_now(caller: Caller, id: PathId<StaffId>) -> Result<HttpResponse, Problem> {
    entry(&caller, id.0).await?;
    if !needs_accounts(&caller.site) {
        return Ok(caller.saying(&address(id.0), "webex-people-not_set_up"));
    }
    accounts::try_now(&caller.site.store, id.0).await?;
    Ok(caller.saying(&address(id.0), "webex-account-trying"))
}
