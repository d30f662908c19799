//! Who works here: admins add them, change them, hand them a link to their password, and close the door to them.
//!
//! Never shows anything clinical: of somebody's coming visits an admin learns how many, by service.

mod account;
pub mod choices;
pub mod compare;
mod handover;
mod list;
mod member;
mod webex;

pub use account::{disable, enable, invite, sign_out};
pub use handover::hand_over;
pub use list::{list, search};
pub use member::{add, edit, new, show};
pub(super) use webex::needs_accounts;
pub use webex::try_now as try_webex_now;

use super::caller::Caller;
use crate::domain::ids::StaffId;
use crate::store::staff::roster::{self, Entry};
use crate::web::problem::Problem;

/// Whom a page is about.
async fn entry(caller: &Caller, id: StaffId) -> Result<Entry, Problem> {
    roster::find(&caller.site.store, id).await?.ok_or(Problem::NotFound)
}

/// Where somebody's page is.
fn address(id: StaffId) -> String {
    format!("/staff/{id}")
}
