//! Staying signed in: both tokens are renewed early, kept sealed, and shared by all nodes.
//!
//! The row's `rev` and a short lease let one node renew; the others take what it keeps. A renewal that was granted is kept
//! before anything else is done, and kept again until the store has it. Says once what is wrong, and again once something
//! else is. Never logs a token.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;

use crate::auth::seal::Sealer;
use crate::clock::Clock;
use crate::domain::meeting::Obstacle;
use crate::providers::video::{Trouble, Webex};
use crate::store::webex::Sealed;
use crate::store::webex::tokens::{self, Renewed};
use crate::store::{Store, StoreError};
use crate::workers::failure::Failure;

pub use crate::store::webex::tokens::Kept;

/// What it takes to stay signed in.
#[derive(Clone)]
pub struct Keyring {
    /// Where tokens are kept.
    pub store: Store,
    /// The client.
    pub webex: Arc<Webex>,
    /// Seals them.
    pub sealer: Sealer,
    /// The time.
    pub clock: Clock,
}

/// How it stands with being signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// The house is signed in.
    In,
    /// Another node is renewing the tokens right now.
    Elsewhere,
    /// Webex did not renew them.
    Hindered(Trouble),
    /// What is kept was sealed with another key.
    Sealed,
}

impl SignIn {
    /// Whether the house is signed in.
    #[must_use]
    pub const fn is_in(&self) -> bool {
        matches!(self, Self::In)
    }
}

/// How long before its end an access token is renewed.
const EARLY: SignedDuration = SignedDuration::from_hours(24);

/// How often it is looked whether another node has renewed, or one should.
const LOOK_EVERY: Duration = Duration::from_secs(20);

/// How long renewing may take before another node may try.
const LEASE: SignedDuration = SignedDuration::from_secs(30);

/// How often what was granted is kept, when the store does not take it.
const KEEP_ATTEMPTS: u32 = 60;

/// What each token is sealed for.
const ACCESS: &str = "Webex access token";
const REFRESH: &str = "Webex refresh token";

/// Stays signed in until `shutdown` completes; a renewal that Webex is asked for by then is finished.
pub async fn run(ring: &Keyring, shutdown: impl Future<Output = ()>) {
    let mut shutdown = pin!(shutdown);
    let mut told = Told::default();
    loop {
        if let Err(error) = keep_and_tell(ring, &mut told).await {
            tracing::warn!(%error, "the tokens of Webex could not be read; trying again");
        }
        // Nothing else may be left half-way: between asking and keeping, the only refresh token that is good is in hand.
        let refused = tokio::select! {
            biased;
            () = &mut shutdown => return,
            refused = ring.webex.bearer().is_wanted() => refused,
            () = tokio::time::sleep(LOOK_EVERY) => continue,
        };
        if let Err(failure) = renew_refused(ring, refused, &mut told).await {
            told.failed(&failure);
        }
    }
}

/// Takes the token there is, or renews. Says whether the house is signed in, or why it is not.
///
/// # Errors
/// As [`Store::read`].
pub async fn keep(ring: &Keyring) -> Result<SignIn, StoreError> {
    keep_and_tell(ring, &mut Told::default()).await
}

async fn keep_and_tell(ring: &Keyring, told: &mut Told) -> Result<SignIn, StoreError> {
    match look(ring, Wanted::Good, told).await {
        Ok(()) => Ok(SignIn::In),
        Err(Failure::Store(StoreError::Conflict)) => Ok(SignIn::Elsewhere),
        Err(Failure::Store(error)) => Err(error),
        Err(failure) => {
            told.failed(&failure);
            Ok(match failure {
                Failure::Webex(trouble) => SignIn::Hindered(trouble),
                _ => SignIn::Sealed,
            })
        }
    }
}

/// Which token will do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// One that is good for a while.
    Good,
    /// One of a later renewal than this: Webex refused what came from it.
    After(i64),
}

/// Takes what another node has renewed since the one that was refused, or renews.
async fn renew_refused(ring: &Keyring, refused: i64, told: &mut Told) -> Result<(), Failure> {
    match look(ring, Wanted::After(refused), told).await {
        Err(Failure::Store(StoreError::Conflict)) => Ok(()),
        other => other,
    }
}

async fn look(ring: &Keyring, wanted: Wanted, told: &mut Told) -> Result<(), Failure> {
    let now = ring.clock.now();
    let kept = match tokens::read(&ring.store).await? {
        Some(kept) if kept.setup == ring.webex.setup_digest() => kept,
        _ => begin(ring).await?,
    };
    told.renewal(kept.rev);
    if let Some(until) = kept.refresh_until {
        told.ends_in(until.duration_since(now));
    }
    let is_wanted = |until: Timestamp| match wanted {
        Wanted::Good => now + EARLY < until,
        Wanted::After(rev) => kept.rev > rev && now < until,
    };
    let is_good = kept.access.as_ref().is_some_and(|(_, until)| is_wanted(*until));
    if let Some((access, until)) = kept.access.as_ref().filter(|_| is_good) {
        ring.webex.bearer().put(open(ring, ACCESS, access)?, kept.rev, *until);
        return Ok(());
    }
    match renew(ring, &kept, now).await {
        // What is about to end still works until it does.
        Err(Failure::Webex(trouble)) if wanted == Wanted::Good => {
            if let Some((access, until)) = kept.access.as_ref().filter(|(_, until)| now < *until) {
                ring.webex.bearer().put(open(ring, ACCESS, access)?, kept.rev, *until);
            }
            Err(Failure::Webex(trouble))
        }
        other => other,
    }
}

/// Another set-up, or the first one: its own refresh token counts.
async fn begin(ring: &Keyring) -> Result<Kept, Failure> {
    let refresh = seal(ring, REFRESH, ring.webex.first_refresh_token())?;
    tokens::begin(&ring.store, &ring.webex.setup_digest(), &refresh).await?;
    tokens::read(&ring.store).await?.ok_or(Failure::Store(StoreError::Conflict))
}

async fn renew(ring: &Keyring, kept: &Kept, now: Timestamp) -> Result<(), Failure> {
    tokens::lease(&ring.store, kept.rev, now + LEASE, now).await?;
    let granted = ring.webex.renew(&open(ring, REFRESH, &kept.refresh)?).await?;
    let at = ring.clock.now();
    let renewed = Renewed {
        access: seal(ring, ACCESS, &granted.access)?,
        access_until: at + granted.access_lives,
        refresh: seal(ring, REFRESH, &granted.refresh)?,
        refresh_until: at + granted.refresh_lives,
    };
    let mut attempts = 0;
    // The old refresh token may be void by now: what was granted must not be lost.
    while let Err(error) = tokens::keep(&ring.store, kept.rev, &renewed).await {
        attempts += 1;
        if matches!(error, StoreError::Conflict) || attempts == KEEP_ATTEMPTS {
            tracing::error!(%error, "the renewed tokens of Webex could not be kept");
            return Err(error.into());
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    ring.webex.bearer().put(granted.access, kept.rev + 1, renewed.access_until);
    tracing::info!(until = %renewed.access_until, "signed in to Webex");
    Ok(())
}

fn seal(ring: &Keyring, purpose: &str, token: &SecretString) -> Result<Sealed, Failure> {
    ring.sealer.seal(purpose, token).map(Sealed).map_err(|_| Failure::Sealed)
}

fn open(ring: &Keyring, purpose: &str, sealed: &Sealed) -> Result<SecretString, Failure> {
    ring.sealer.open(purpose, &sealed.0).map_err(|_| Failure::Sealed)
}

/// What was said last.
#[derive(Default)]
struct Told {
    /// Which renewal it was about.
    renewal: i64,
    /// What was in the way.
    obstacle: Option<Obstacle>,
    /// How many days were left.
    days: Option<i64>,
}

impl Told {
    /// It is about this renewal now: what was in the way before has passed.
    fn renewal(&mut self, renewal: i64) {
        if self.renewal != renewal {
            *self = Self { renewal, ..Self::default() };
        }
    }

    fn failed(&mut self, failure: &Failure) {
        let obstacle = failure.obstacle();
        if is_news(&mut self.obstacle, obstacle) {
            tracing::error!(%obstacle, "the house is not signed in to Webex; trying again (docs/webex.md)");
        }
    }

    fn ends_in(&mut self, left: SignedDuration) {
        metrics::gauge!("antesala_webex_refresh_token_seconds_left").set(left.as_secs_f64());
        let days = left.as_hours() / 24;
        if left < tokens::ENDS_SOON && is_news(&mut self.days, days) {
            tracing::error!(
                days,
                "the house will soon be signed out of Webex: renew the service app's tokens (docs/webex.md)"
            );
        }
    }
}

/// Whether this is another than what was said last; remembers it.
fn is_news<T: PartialEq + Copy>(last: &mut Option<T>, now: T) -> bool {
    last.replace(now) != Some(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_said_once() {
        let mut told = Told::default();
        let mut says = |obstacle| is_news(&mut told.obstacle, obstacle);
        let (out, down) = (Obstacle::SignedOut, Obstacle::Down);
        assert_eq!([says(out), says(out), says(down), says(down), says(out)], [true, false, true, false, true]);
    }

    #[test]
    fn after_a_renewal_it_is_said_anew_and_before_it_not() {
        let mut told = Told::default();
        for (renewal, is_said) in [(2, true), (2, false), (3, true), (3, false)] {
            told.renewal(renewal);
            assert_eq!(is_news(&mut told.obstacle, Obstacle::SignedOut), is_said, "{renewal}");
            assert_eq!(is_news(&mut told.days, 13), is_said, "{renewal}");
        }
    }
}
