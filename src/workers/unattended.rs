//! Closes visits that nobody came to: two hours after the last link expired, with nobody connected.
//!
//! Never closes a visit itself: it asks the hub, which asks the rules.

use std::pin::pin;
use std::time::Duration;

use crate::clock::Clock;
use crate::domain::consultation::Command;
use crate::domain::ids::CommandId;
use crate::hub::{Hub, HubError};
use crate::store::{Store, StoreError, consultations};

/// How often it looks; not at once, since after a restart browsers take up to half a minute to come back.
const PAUSE: Duration = Duration::from_secs(60);

/// Looks once a minute until `shutdown` completes.
pub async fn run(store: Store, hub: Hub, clock: Clock, shutdown: impl Future<Output = ()>) {
    let mut shutdown = pin!(shutdown);
    loop {
        tokio::select! {
            biased;
            () = &mut shutdown => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
        if let Err(error) = close_unattended(&store, &hub, &clock).await {
            tracing::warn!(%error, "visits that nobody came to could not be read; trying again");
        }
    }
}

/// Closes what is to be closed now; returns how many visits that were.
///
/// # Errors
/// As [`Store::read`].
pub async fn close_unattended(store: &Store, hub: &Hub, clock: &Clock) -> Result<usize, StoreError> {
    let mut closed = 0;
    for id in consultations::unattended(store, clock.now()).await? {
        match hub.command(id, CommandId::mint(), Command::CloseUnattended).await {
            Ok(_) => closed += 1,
            // Somebody is connected after all, or another node was faster.
            Err(HubError::Refused(_)) => {}
            Err(error) => tracing::warn!(consultation = %id, %error, "a visit that nobody came to could not be closed"),
        }
    }
    Ok(closed)
}
