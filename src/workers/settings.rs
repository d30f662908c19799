//! Looks every few seconds whether an admin changed something on another node.
//!
//! Never changes a setting.

use std::pin::pin;
use std::time::Duration;

use crate::store::Store;
use crate::store::hospital::Live;

/// How often it looks: a change is known everywhere within ten seconds.
const PAUSE: Duration = Duration::from_secs(5);

/// Looks until `shutdown` completes.
pub async fn run(store: Store, hospital: Live, shutdown: impl Future<Output = ()>) {
    let mut shutdown = pin!(shutdown);
    loop {
        tokio::select! {
            biased;
            () = &mut shutdown => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
        if let Err(error) = hospital.look_again(&store).await {
            tracing::warn!(%error, "the hospital's settings could not be read; they stay as known");
        }
    }
}
