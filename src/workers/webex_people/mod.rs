//! Work at Webex that is about the people who work here: their accounts, the organisation's licences, and comparisons
//! of both sides.
//!
//! Never holds up a page: whatever fails here is tried again, and shown to admins meanwhile. Never logs a name or an address.

mod accounts;
mod comparisons;
mod licences;

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;

use crate::clock::Clock;
use crate::providers::video::Webex;
use crate::store::{Store, StoreError};
use crate::workers::pauses::Pauses;

/// The pauses before something is tried again.
const PAUSES: Pauses = Pauses { shortest: SignedDuration::from_secs(5), longest: SignedDuration::from_mins(10) };

/// How long nobody else takes what a worker has in hand: longer than all requests it takes may last together.
const LEASE: SignedDuration = SignedDuration::from_mins(5);

/// How often it looks for work.
const LOOK: Duration = Duration::from_secs(1);

/// How many pages of a comparison are read before it looks for other work.
const PAGES: u8 = 4;

/// What the work needs.
#[derive(Clone)]
pub struct WebexPeople {
    /// Where accounts and licences are kept.
    pub store: Store,
    /// The client.
    pub webex: Arc<Webex>,
    /// The time.
    pub clock: Clock,
}

/// Works until `shutdown` completes; what is in hand by then is finished.
pub async fn run(work: WebexPeople, shutdown: impl Future<Output = ()>) {
    let mut shutdown = pin!(shutdown);
    loop {
        if let Err(error) = work.step().await {
            tracing::warn!(%error, "what is to be done at Webex could not be read; trying again");
        }
        tokio::select! {
            biased;
            () = &mut shutdown => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

impl WebexPeople {
    async fn step(&self) -> Result<(), StoreError> {
        self.see_to_accounts().await?;
        self.take_back().await?;
        for _ in 0..PAGES {
            if !self.read_a_page().await? {
                break;
            }
        }
        self.read_licences().await
    }

    /// Carries out what is wished for people now; returns how many wishes that were.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn see_to_accounts(&self) -> Result<usize, StoreError> {
        accounts::work(self).await
    }

    /// Reads one page of a comparison, if one is due; says whether.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn read_a_page(&self) -> Result<bool, StoreError> {
        comparisons::read_a_page(self).await
    }

    /// Takes back from strangers what somebody chose to take back; returns from how many.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn take_back(&self) -> Result<usize, StoreError> {
        comparisons::take_back(self).await
    }

    /// Reads the licences, if that is due.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn read_licences(&self) -> Result<(), StoreError> {
        licences::work(self).await
    }
}
