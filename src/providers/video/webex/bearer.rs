//! The service app's token as requests use it: put here by whoever keeps and refreshes it, and wanted anew when refused.
//!
//! Never asks for a token, never stores one, never prints one.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{Notify, watch};

/// How long a request that was refused waits for a newer token.
const PATIENCE: Duration = Duration::from_secs(3);

/// The token in use, if there is one.
#[derive(Debug)]
pub struct Bearer {
    held: watch::Sender<Option<Held>>,
    wanted: Notify,
    /// Of which renewal the one is that was refused last.
    refused: AtomicI64,
}

#[derive(Clone, Debug)]
struct Held {
    token: SecretString,
    renewal: i64,
    expires_at: Timestamp,
}

impl Bearer {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self { held: watch::Sender::new(None), wanted: Notify::new(), refused: AtomicI64::new(0) }
    }

    /// From now on this one is used, which comes from that renewal: each has another number.
    pub fn put(&self, token: SecretString, renewal: i64, expires_at: Timestamp) {
        self.held.send_replace(Some(Held { token, renewal, expires_at }));
    }

    /// Completes when the one in use was refused; answers from which renewal that came.
    pub async fn is_wanted(&self) -> i64 {
        self.wanted.notified().await;
        self.refused.load(Ordering::Relaxed)
    }

    /// Completes once there is one.
    pub async fn arrives(&self) {
        // It lives as long as whoever asks.
        drop(self.held.subscribe().wait_for(Option::is_some).await);
    }

    /// The one to use now.
    pub(super) fn current(&self, now: Timestamp) -> Option<SecretString> {
        let held = self.held.borrow();
        held.as_ref().filter(|held| now < held.expires_at).map(|held| held.token.clone())
    }

    /// Asks for another than the one that was refused, and waits for it a little.
    pub(super) async fn newer_than(&self, refused: &SecretString) -> Option<SecretString> {
        let mut watched = self.held.subscribe();
        let is_refused = |held: &Held| held.token.expose_secret() == refused.expose_secret();
        if let Some(held) = watched.borrow().as_ref().filter(|held| is_refused(held)) {
            self.refused.store(held.renewal, Ordering::Relaxed);
            self.wanted.notify_one();
        }
        let is_newer = |held: &Option<Held>| held.as_ref().is_some_and(|held| !is_refused(held));
        let newer = tokio::time::timeout(PATIENCE, watched.wait_for(is_newer)).await.ok()?.ok()?;
        newer.as_ref().map(|held| held.token.clone())
    }
}

impl Default for Bearer {
    fn default() -> Self {
        Self::new()
    }
}
