//! Sends what is due: leases a few messages at a time, hands each to the provider, and records what became of it.
//!
//! Several workers, on one node or on many, share the work: a lease belongs to one of them. A worker that dies leaves
//! its leases to expire; then its messages are sent by another, at worst a second time.
//!
//! Never decides what to send or to whom, and never logs a name, a number, a text or a link.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use jiff::SignedDuration;

use crate::clock::Clock;
use crate::domain::ids::ConsultationId;
use crate::domain::message::Template;
use crate::messages::Messages;
use crate::providers::sms::{Outcome, Sms, TextMessage};
use crate::store::outbox::{self, StoredMessage};
use crate::store::{Store, StoreError};

/// How many messages one worker has in hand.
const IN_HAND: u32 = 50;

/// How often it looks for more.
const PAUSE: Duration = Duration::from_secs(1);

/// How long nobody else takes what a worker has in hand; also how long it takes until a message is tried again.
const LEASE: SignedDuration = SignedDuration::from_mins(1);

/// What a worker needs.
#[derive(Clone)]
pub struct Outbox<N> {
    /// Where messages are kept.
    pub store: Store,
    /// What they say.
    pub messages: Messages,
    /// What carries them.
    pub sms: Arc<dyn Sms>,
    /// The time.
    pub clock: Clock,
    /// Tells whoever shows a visit that a message of it was sent, or failed.
    pub on_sent: N,
}

/// Sends what is due until `shutdown` completes; what is in hand by then is finished.
pub async fn run<N, F>(outbox: Outbox<N>, shutdown: impl Future<Output = ()>)
where
    N: Fn(ConsultationId) -> F,
    F: Future<Output = ()>,
{
    let mut shutdown = pin!(shutdown);
    loop {
        let pause = match send_due(&outbox).await {
            Ok(sent) if sent == IN_HAND as usize => Duration::ZERO,
            Ok(_) => PAUSE,
            Err(error) => {
                tracing::warn!(%error, "messages that are due could not be read; trying again");
                PAUSE
            }
        };
        tokio::select! {
            biased;
            () = &mut shutdown => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Sends at most `IN_HAND` messages that are due; returns how many were due.
///
/// # Errors
/// As [`outbox::lease_due`].
pub async fn send_due<N, F>(outbox: &Outbox<N>) -> Result<usize, StoreError>
where
    N: Fn(ConsultationId) -> F,
    F: Future<Output = ()>,
{
    let now = outbox.clock.now();
    let leased = outbox::lease_due(&outbox.store, now, now + LEASE, IN_HAND).await?;
    let count = leased.len();
    join_all(leased.into_iter().map(|message| send(outbox, message))).await;
    Ok(count)
}

async fn send<N, F>(outbox: &Outbox<N>, message: StoredMessage)
where
    N: Fn(ConsultationId) -> F,
    F: Future<Output = ()>,
{
    let recorded = match hand_over(outbox, &message).await {
        Outcome::Accepted => outbox::mark_sent(&outbox.store, message.id, outbox.clock.now()).await,
        Outcome::Rejected => outbox::mark_failed(&outbox.store, message.id).await,
        Outcome::NotNow => return,
    };
    match recorded {
        Ok(()) => (outbox.on_sent)(message.consultation).await,
        Err(error) => tracing::error!(message = %message.id, %error, "what became of a message could not be recorded"),
    }
}

async fn hand_over<N>(outbox: &Outbox<N>, message: &StoredMessage) -> Outcome {
    if is_too_late(message, &outbox.clock) {
        tracing::warn!(message = %message.id, template = %message.template, "a message came too late to be of use");
        return Outcome::Rejected;
    }
    let Some(to) = message.phone.clone() else {
        // Who has no phone reads it on the ward's screen.
        return Outcome::Accepted;
    };
    outbox.sms.send(&TextMessage { id: message.id, to, text: outbox.messages.text(message) }).await
}

/// After an outage: a link that nobody can enter with any more, or the date of a visit whose time has come.
fn is_too_late(message: &StoredMessage, clock: &Clock) -> bool {
    let now = clock.now();
    match message.template {
        Template::Link | Template::NewLink => {
            !message.is_welcome || (message.link.is_expired(now) && !message.has_entered)
        }
        Template::Booked | Template::Rescheduled => !message.is_welcome || message.starts_at <= now,
        Template::Cancelled => false,
    }
}
