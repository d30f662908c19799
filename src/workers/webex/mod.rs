//! Work at Webex: keeping the house signed in, bringing meetings to where their visits are, working on what Webex reports,
//! and seeing to it that it goes on reporting.
//!
//! Never holds up a booking or a page: whatever fails here is tried again, and shown to staff meanwhile.

mod letting_in;
mod meetings;
mod recognising;
mod reports;
mod sending_out;
mod tokens;
mod watchdog;

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join4;
use jiff::SignedDuration;
use tokio::sync::{Notify, watch};

use crate::auth::seal::Sealer;
use crate::clock::Clock;
use crate::hub::Hub;
use crate::providers::video::{Trouble, Webex};
use crate::store::hospital::Live;
use crate::store::{Store, StoreError};
use crate::workers::pauses::Pauses;

pub use tokens::{Kept, Keyring, SignIn, keep as keep_signed_in, run as stay_signed_in};

/// The pauses before something is tried again.
const PAUSES: Pauses = Pauses { shortest: SignedDuration::from_secs(5), longest: SignedDuration::from_mins(10) };

/// What the work needs.
#[derive(Clone)]
pub struct WebexWork {
    /// Where wishes, tokens and reports are kept.
    pub store: Store,
    /// The client.
    pub webex: Arc<Webex>,
    /// Seals what must not lie open in the store.
    pub sealer: Sealer,
    /// Live visits.
    pub hub: Hub,
    /// The hospital's name, for titles.
    pub hospital: Live,
    /// The time.
    pub clock: Clock,
    /// Where Webex posts its reports.
    pub target: String,
    /// Rung when a report came in on this node.
    pub bell: Arc<Notify>,
}

/// Works until `shutdown` completes.
pub async fn run(work: WebexWork, shutdown: impl Future<Output = ()>) {
    let (stop, stopped) = watch::channel(false);
    let until = |mut stopped: watch::Receiver<bool>| async move {
        // The sender outlives all four.
        drop(stopped.wait_for(|stop| *stop).await);
    };
    let ring = work.keyring();
    let jobs = join4(
        tokens::run(&ring, until(stopped.clone())),
        meetings::run(&work, until(stopped.clone())),
        reports::run(&work, until(stopped.clone())),
        watchdog::run(&work, until(stopped)),
    );
    let told = async {
        shutdown.await;
        stop.send_replace(true);
    };
    tokio::join!(jobs, told);
}

impl WebexWork {
    fn keyring(&self) -> Keyring {
        let Self { store, webex, sealer, clock, .. } = self.clone();
        Keyring { store, webex, sealer, clock }
    }

    /// Signs in, or stays signed in. Says whether the house is.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub async fn keep_signed_in(&self) -> Result<bool, StoreError> {
        tokens::keep(&self.keyring()).await.map(|sign_in| sign_in.is_in())
    }

    /// Carries out what visits wish now; returns how many wishes that were.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn carry_out_wishes(&self) -> Result<usize, StoreError> {
        meetings::work(self).await
    }

    /// Works on what was reported; returns how many reports that were.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn work_on_reports(&self) -> Result<usize, StoreError> {
        reports::work(self).await
    }

    /// Sees to it that Webex reports here.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn watch_webhooks(&self) -> Result<(), Trouble> {
        watchdog::watch(self).await
    }
}

/// Does `step` again and again, with a pause or when rung for, until `shutdown` completes.
async fn every<F: Future<Output = ()>>(
    time: Duration,
    bell: Option<&Notify>,
    shutdown: impl Future<Output = ()>,
    step: impl Fn() -> F,
) {
    let mut shutdown = pin!(shutdown);
    loop {
        step().await;
        let rung = async {
            match bell {
                Some(bell) => bell.notified().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            () = &mut shutdown => return,
            () = rung => {}
            () = tokio::time::sleep(time) => {}
        }
    }
}
