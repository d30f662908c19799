//! Reads the organisation's licences, so that pages can show them without asking.

use jiff::SignedDuration;

use super::{LEASE, PAUSES, WebexPeople};
use crate::domain::account::Licence;
use crate::domain::meeting::Obstacle;
use crate::providers::video::webex::people;
use crate::store::StoreError;
use crate::store::webex_people::licences;

/// How often they are read.
const EVERY: SignedDuration = SignedDuration::from_mins(10);

pub(super) async fn work(work: &WebexPeople) -> Result<(), StoreError> {
    let now = work.clock.now();
    if !licences::lease(&work.store, now, now + LEASE).await? {
        return Ok(());
    }
    match work.webex.licences().await {
        Ok(told) => {
            let told: Vec<_> = told.into_iter().map(known).collect();
            licences::keep(&work.store, &told, work.clock.now(), now + EVERY).await
        }
        Err(trouble) => {
            tracing::warn!(%trouble, "the licences at Webex could not be read; trying again");
            // The house may be signing in at this moment.
            let tries = if trouble.obstacle == Obstacle::SignedOut { 0 } else { 4 };
            licences::put_off(&work.store, trouble.obstacle, now + PAUSES.after(tries, trouble.after)).await
        }
    }
}

/// A licence as pages show it.
fn known(told: people::Licence) -> Licence {
    let name = told.name.unwrap_or_else(|| told.id.clone());
    Licence { id: told.id, name, total: told.total_units, used: told.consumed_units, site: told.site_url }
}
