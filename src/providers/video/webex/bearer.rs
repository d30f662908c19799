//! The service app's token as requests use it: put here by whoever keeps and refreshes it, and wanted anew when refused.
//!
//! Never asks for a token, never stores one, never prints one.

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
}

#[derive(Clone, Debug)]
struct Held {
    token: SecretString,
    expires_at: Timestamp,
}

impl Bearer {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self { held: watch::Sender::new(None), wanted: Notify::new() }
    }

    /// From now on this one is used.
    pub fn put(&self, token: SecretString, expires_at: Timestamp) {
        self.held.send_replace(Some(Held { token, expires_at }));
    }

    /// Completes when the one in use was refused.
    pub async fn is_wanted(&self) {
        self.wanted.notified().await;
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
        let is_newer = |held: &Option<Held>| {
            held.as_ref().is_some_and(|held| held.token.expose_secret() != refused.expose_secret())
        };
        if !is_newer(&watched.borrow()) {
            self.wanted.notify_one();
        }
        let newer = tokio::time::timeout(PATIENCE, watched.wait_for(is_newer)).await.ok()?.ok()?;
        newer.as_ref().map(|held| held.token.clone())
    }
}

impl Default for Bearer {
    fn default() -> Self {
        Self::new()
    }
}
