//! Staying signed in: both tokens are renewed early, kept sealed, and shared by all nodes.
//!
//! The row's `rev` and a short lease let one node renew; the others take what it keeps. A renewal that was granted is kept
//! before anything else is done, and kept again until the store has it. Never logs a token.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;

use super::{Failure, WebexWork, every};
use crate::domain::meeting::Obstacle;
use crate::store::StoreError;
use crate::store::webex::Sealed;
use crate::store::webex::tokens::{self, Renewed};

pub use crate::store::webex::tokens::Kept;

/// From when on somebody has to look: the last two weeks of three months.
pub const ALARM_BEFORE: SignedDuration = SignedDuration::from_hours(14 * 24);

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

pub(super) async fn run(work: &WebexWork, shutdown: impl Future<Output = ()>) {
    let bearer = work.webex.bearer();
    let wanted = async {
        loop {
            bearer.is_wanted().await;
            if let Err(failure) = renew_refused(work).await {
                tell(&failure);
            }
        }
    };
    let looking = every(LOOK_EVERY, None, shutdown, || async {
        if let Err(error) = keep(work).await {
            tracing::warn!(%error, "the tokens of Webex could not be read; trying again");
        }
    });
    tokio::select! {
        () = looking => {}
        () = wanted => {}
    }
}

/// Takes the token there is, or renews. Says whether the house is signed in.
pub(super) async fn keep(work: &WebexWork) -> Result<bool, StoreError> {
    match look(work, Wanted::Good).await {
        Ok(()) => Ok(true),
        Err(Failure::Store(StoreError::Conflict)) => Ok(false),
        Err(Failure::Store(error)) => Err(error),
        Err(failure) => {
            tell(&failure);
            Ok(false)
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

async fn renew_refused(work: &WebexWork) -> Result<(), Failure> {
    let rev = tokens::read(&work.store).await?.map_or(0, |kept| kept.rev);
    match look(work, Wanted::After(rev)).await {
        Err(Failure::Store(StoreError::Conflict)) => Ok(()),
        other => other,
    }
}

async fn look(work: &WebexWork, wanted: Wanted) -> Result<(), Failure> {
    let now = work.clock.now();
    let kept = match tokens::read(&work.store).await? {
        Some(kept) if kept.setup == work.webex.setup_digest() => kept,
        _ => begin(work).await?,
    };
    watch_age(&kept, now);
    let is_wanted = |until: Timestamp| match wanted {
        Wanted::Good => now + EARLY < until,
        Wanted::After(rev) => kept.rev > rev,
    };
    let is_good = kept.access.as_ref().is_some_and(|(_, until)| is_wanted(*until));
    if let Some((access, until)) = kept.access.as_ref().filter(|_| is_good) {
        work.webex.bearer().put(open(work, ACCESS, access)?, *until);
        return Ok(());
    }
    match renew(work, &kept, now).await {
        // What is about to end still works until it does.
        Err(Failure::Webex(trouble)) if wanted == Wanted::Good => {
            if let Some((access, until)) = kept.access.as_ref().filter(|(_, until)| now < *until) {
                work.webex.bearer().put(open(work, ACCESS, access)?, *until);
            }
            Err(Failure::Webex(trouble))
        }
        other => other,
    }
}

/// Another set-up, or the first one: its own refresh token counts.
async fn begin(work: &WebexWork) -> Result<Kept, Failure> {
    let refresh = seal(work, REFRESH, work.webex.first_refresh_token())?;
    tokens::begin(&work.store, &work.webex.setup_digest(), &refresh).await?;
    tokens::read(&work.store).await?.ok_or(Failure::Store(StoreError::Conflict))
}

async fn renew(work: &WebexWork, kept: &Kept, now: Timestamp) -> Result<(), Failure> {
    tokens::lease(&work.store, kept.rev, now + LEASE, now).await?;
    let granted = work.webex.renew(&open(work, REFRESH, &kept.refresh)?).await?;
    let at = work.clock.now();
    let renewed = Renewed {
        access: seal(work, ACCESS, &granted.access)?,
        access_until: at + granted.access_lives,
        refresh: seal(work, REFRESH, &granted.refresh)?,
        refresh_until: at + granted.refresh_lives,
    };
    let mut attempts = 0;
    // The old refresh token may be void by now: what was granted must not be lost.
    while let Err(error) = tokens::keep(&work.store, kept.rev, &renewed).await {
        attempts += 1;
        if matches!(error, StoreError::Conflict) || attempts == KEEP_ATTEMPTS {
            tracing::error!(%error, "the renewed tokens of Webex could not be kept");
            return Err(error.into());
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    work.webex.bearer().put(granted.access, renewed.access_until);
    tracing::info!(until = %renewed.access_until, "signed in to Webex");
    Ok(())
}

fn watch_age(kept: &Kept, now: Timestamp) {
    let Some(until) = kept.refresh_until else { return };
    let left = until.duration_since(now);
    metrics::gauge!("antesala_webex_refresh_token_seconds_left").set(left.as_secs_f64());
    if left < ALARM_BEFORE {
        let days = left.as_hours() / 24;
        tracing::error!(
            days,
            "the house will soon be signed out of Webex: renew the service app's tokens (docs/webex.md)"
        );
    }
}

fn seal(work: &WebexWork, purpose: &str, token: &SecretString) -> Result<Sealed, Failure> {
    work.sealer.seal(purpose, token).map(Sealed).map_err(|_| Failure::Sealed)
}

fn open(work: &WebexWork, purpose: &str, sealed: &Sealed) -> Result<SecretString, Failure> {
    work.sealer.open(purpose, &sealed.0).map_err(|_| Failure::Sealed)
}

fn tell(failure: &Failure) {
    let obstacle: Obstacle = failure.obstacle();
    tracing::error!(%obstacle, "the house is not signed in to Webex; trying again (docs/webex.md)");
}
