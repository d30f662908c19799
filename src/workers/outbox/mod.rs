//! Sends what is due, once: takes a few messages in hand, notes that they are about to be given away, hands each to its
//! carrier, and records what became of it.
//!
//! Several workers, on one node or on many, share the work: a lease belongs to one of them. A worker that dies leaves its
//! leases to expire. What it had certainly not given away is sent by the next one; what it may have given away is looked
//! for at the provider first, and sent again only when the provider answers that it does not have it.
//!
//! Never decides what to send or to whom, and never logs a name, a number, a text or a link.

mod gate;
mod rounds;

use std::sync::Arc;

use futures_util::future::join_all;
use jiff::SignedDuration;

pub use gate::Limits;
pub use rounds::run;

use crate::clock::Clock;
use crate::domain::ids::{ConsultationId, MessageId};
use crate::domain::message::tempo::Echo;
use crate::domain::message::{Channel, MessageStatus, Reason, pace};
use crate::messages::Messages;
use crate::providers::sms::{Address, Carrier, Outcome, Outgoing, Receipt, Sighting, Sought};
use crate::store::outbox::StoredMessage;
use crate::store::outbox::queue::{self, Handing, Instead, Lease, Taken};
use crate::store::outbox::reports::Report;
use crate::store::{Store, StoreError};
use gate::{Gate, Passage, useful_until};

/// How long nobody else takes what a worker has in hand: many times longer than any carrier may take to answer.
const LEASE: SignedDuration = SignedDuration::from_mins(2);

/// When a message is first looked for that may have been taken; until [`pace::SETTLES_AFTER`] its absence proves nothing.
const LOOK_AFTER: SignedDuration = SignedDuration::from_secs(20);

/// What a worker needs.
#[derive(Clone)]
pub struct Outbox<N> {
    /// Where messages are kept.
    pub store: Store,
    /// What they say.
    pub messages: Messages,
    /// What carries those to phones.
    pub texts: Arc<dyn Carrier>,
    /// What carries those to mailboxes.
    pub mail: Option<Arc<dyn Carrier>>,
    /// How much may be sent, and where to.
    pub limits: Limits,
    /// The time.
    pub clock: Clock,
    /// Tells whoever shows a visit that a message of it was sent, or failed.
    pub on_sent: N,
}

/// A message that may be given away now.
struct Ready {
    message: StoredMessage,
    outgoing: Outgoing,
    handing: Handing,
}

/// Messages that a worker has in hand.
struct Leased {
    /// Those that may be with their carrier already.
    doubtful: Vec<StoredMessage>,
    /// Those that certainly are not.
    fresh: Vec<StoredMessage>,
    /// How many there are.
    due: u32,
}

/// Sends at most `most` messages that are due, all at once; answers how many were. A worker goes about it with more care for
/// the provider's pace: [`run`].
///
/// # Errors
/// As [`queue::lease`] and [`queue::hand_over`]: then nothing was given away.
pub async fn send_due<N, F>(outbox: &Outbox<N>, most: u32) -> Result<u32, StoreError>
where
    N: Fn(ConsultationId) -> F,
    F: Future<Output = ()>,
{
    let Leased { doubtful, fresh, due } = outbox.lease(most).await?;
    join_all(doubtful.into_iter().map(|message| outbox.look_for(message))).await;
    join_all(outbox.hand_over(fresh).await?.into_iter().map(|ready| outbox.give_away(ready))).await;
    Ok(due)
}

impl<N, F> Outbox<N>
where
    N: Fn(ConsultationId) -> F,
    F: Future<Output = ()>,
{
    async fn lease(&self, most: u32) -> Result<Leased, StoreError> {
        let now = self.clock.now();
        let leased = queue::lease(&self.store, now, now + LEASE, most).await?;
        let due = u32::try_from(leased.len()).unwrap_or(most);
        let (doubtful, fresh) = leased.into_iter().partition(|message| message.status == MessageStatus::Unknown);
        Ok(Leased { doubtful, fresh, due })
    }

    /// Those that are to be given away now: noted as handed over when this returns.
    async fn hand_over(&self, fresh: Vec<StoredMessage>) -> Result<Vec<Ready>, StoreError> {
        if fresh.is_empty() {
            return Ok(Vec::new());
        }
        let mut ready = self.let_through(fresh).await?;
        let handings: Vec<Handing> = ready.iter().map(|ready| ready.handing.clone()).collect();
        let ours = queue::hand_over(&self.store, &handings, self.clock.now()).await?;
        ready.retain(|ready| ours.contains(&ready.message.id));
        Ok(ready)
    }

    /// Those that may be given away now; what becomes of the others is recorded.
    async fn let_through(&self, fresh: Vec<StoredMessage>) -> Result<Vec<Ready>, StoreError> {
        let mut gate = Gate::open(self).await?;
        let mut ready = Vec::new();
        for message in fresh {
            match gate.judge(&message).await? {
                Passage::Through(to) => ready.push(self.ready(message, to)),
                Passage::Shown => {
                    self.record(&message, queue::taken(&self.store, message.id, &Taken::shown(), gate.now)).await
                }
                Passage::Closed(reason) => self.refuse(&message, reason, None).await,
                Passage::Dropped(reason) => {
                    self.record(&message, queue::withdraw(&self.store, lease_of(&message), reason)).await;
                }
                Passage::Later(until, reason) => {
                    self.record(&message, queue::put_off(&self.store, lease_of(&message), until, reason, None)).await;
                }
            }
        }
        Ok(ready)
    }

    fn ready(&self, message: StoredMessage, to: Address) -> Ready {
        let channel = match to {
            Address::Phone(_) => Channel::Text,
            Address::Email(_) => Channel::Email,
        };
        let (outgoing, segments) = self.outgoing(&message, to);
        let segments = if channel == Channel::Text { segments } else { 0 };
        let (lease, to, digest) = (lease_of(&message), outgoing.to.to_string(), outgoing.digest());
        let handing = Handing { lease, channel, to, digest, segments };
        Ready { message: StoredMessage { channel, ..message }, outgoing, handing }
    }

    /// A message as its carrier takes it, and what it costs.
    fn outgoing(&self, message: &StoredMessage, to: Address) -> (Outgoing, u32) {
        let written = self.messages.written(message);
        let outgoing = Outgoing {
            id: message.id,
            to,
            subject: written.subject,
            text: written.text,
            letters: written.letters,
            mark: written.mark,
            template: message.template,
            language: message.language,
            blanks: written.blanks,
            valid_for: useful_until(message).duration_since(self.clock.now()),
        };
        (outgoing, u32::try_from(written.segments).unwrap_or(u32::MAX))
    }

    async fn give_away(&self, ready: Ready) -> Echo {
        let Ready { message, outgoing, .. } = ready;
        // A node that stood still: another may have looked for it since, and sent it.
        if self.clock.now() >= message.next_try_at {
            return Echo::Silent;
        }
        let Some(carrier) = self.carrier(message.channel) else { return Echo::Silent };
        let echo = match carrier.send(&outgoing).await {
            Outcome::Accepted(receipt) => {
                self.accept(&message, receipt).await;
                Echo::Kept
            }
            Outcome::Rejected(refusal) => {
                self.refuse(&message, refusal.reason, refusal.code.as_deref()).await;
                Echo::Silent
            }
            Outcome::RetryAfter { after, code } => {
                self.try_again(&message, after, code.as_deref()).await;
                Echo::TooFast
            }
            Outcome::Unknown => {
                tracing::warn!(message = %message.id, "nobody can say whether the provider took a message; looking for it");
                let look_at = self.clock.now() + LOOK_AFTER;
                self.record(&message, queue::doubt(&self.store, lease_of(&message), Some(look_at))).await;
                Echo::Silent
            }
        };
        // A mailbox says nothing of any other.
        if message.channel == Channel::Text { echo } else { Echo::Silent }
    }

    /// Looks for a message that may have been taken, and sends it again only once it is certain that it was not.
    async fn look_for(&self, message: StoredMessage) {
        let (now, lease) = (self.clock.now(), lease_of(&message));
        let (Some(to), Some(carrier)) = (handed_to(&message), self.carrier(message.channel)) else {
            return self.record(&message, queue::doubt(&self.store, lease, None)).await;
        };
        let handed_at = message.handed_at.unwrap_or(message.due_at);
        let known = queue::known_to(&self.store, &to.to_string(), handed_at - SignedDuration::from_hours(48)).await;
        let Ok(others) = known else { return };
        let (outgoing, _) = self.outgoing(&message, to);
        let sought = Sought { digest: message.handed_digest, handed_at, others };
        match carrier.look_up(&outgoing, &sought).await {
            Sighting::Found(receipt) => self.accept(&message, receipt).await,
            Sighting::Absent if handed_at + pace::SETTLES_AFTER <= now => {
                tracing::warn!(message = %message.id, "the provider does not have a message; sending it again");
                self.record(&message, queue::put_off(&self.store, lease, now, Reason::Unsure, None)).await;
            }
            Sighting::Absent => {
                let settled = handed_at + pace::SETTLES_AFTER;
                self.record(&message, queue::doubt(&self.store, lease, Some(settled))).await;
            }
            // Once it is of no use any more, it is not looked for any longer.
            Sighting::Unclear if useful_until(&message) > now => {
                let look_at = now + pace::pause(message.tries + 3, None, chance());
                self.record(&message, queue::doubt(&self.store, lease, Some(look_at))).await;
            }
            Sighting::Unclear | Sighting::Untraceable => {
                self.record(&message, queue::doubt(&self.store, lease, None)).await;
            }
        }
    }

    async fn accept(&self, message: &StoredMessage, receipt: Receipt) {
        let now = self.clock.now();
        self.record(message, async {
            match self.keep(message, receipt).await {
                // What was found is another message of ours: look again, it is known then.
                Err(StoreError::Duplicate) => {
                    queue::doubt(&self.store, lease_of(message), Some(now + LOOK_AFTER)).await
                }
                recorded => recorded,
            }
        })
        .await;
    }

    /// Where a receipt says already what became of the message, it is a report as well.
    async fn keep(&self, message: &StoredMessage, receipt: Receipt) -> Result<(), StoreError> {
        let Receipt { id, status, reason, code, segments } = receipt;
        let now = self.clock.now();
        match id {
            Some(id) if status.is_settled() => {
                metrics::counter!("antesala_message_reports_total", "status" => status.as_str()).increment(1);
                let report = Report { message: message.id, id, status, reason, code };
                let instead = self.has_other_way(message).then(MessageId::mint);
                queue::settled(&self.store, &report, segments, instead, now).await
            }
            id => queue::taken(&self.store, message.id, &Taken { id, status, segments }, now).await,
        }
    }

    async fn try_again(&self, message: &StoredMessage, after: Option<SignedDuration>, code: Option<&str>) {
        let again = self.clock.now() + pace::pause(message.tries + 1, after, chance());
        if again >= useful_until(message) {
            return self.refuse(message, Reason::TooLate, code).await;
        }
        self.record(message, queue::put_off(&self.store, lease_of(message), again, Reason::Busy, code)).await;
    }

    /// A message that will not be sent; where there is an address and it is still of use, an e-mail stands for it.
    async fn refuse(&self, message: &StoredMessage, reason: Reason, code: Option<&str>) {
        tracing::warn!(message = %message.id, template = %message.template, %reason, code, "a message was not sent");
        metrics::counter!("antesala_messages_failed_total", "reason" => reason.as_str()).increment(1);
        let instead = self.has_other_way(message).then_some(Instead { of: message, at: self.clock.now() });
        self.record(message, queue::refuse(&self.store, lease_of(message), reason, code, instead.as_ref())).await;
    }

    /// Whether an e-mail can stand for a text message: there is an address, and what it says is still of use.
    fn has_other_way(&self, message: &StoredMessage) -> bool {
        message.channel == Channel::Text
            && message.phone.is_some()
            && message.email.is_some()
            && self.mail.is_some()
            && useful_until(message) > self.clock.now()
    }

    /// Writes what became of a message, and tells whoever shows it.
    async fn record(&self, message: &StoredMessage, written: impl Future<Output = Result<(), StoreError>>) {
        match written.await {
            Ok(()) => (self.on_sent)(message.consultation).await,
            // Another worker has taken over meanwhile.
            Err(StoreError::Conflict) => {}
            Err(error) => {
                tracing::error!(message = %message.id, %error, "what became of a message could not be recorded")
            }
        }
    }

    fn carrier(&self, channel: Channel) -> Option<&Arc<dyn Carrier>> {
        match channel {
            Channel::Text => Some(&self.texts),
            Channel::Email => self.mail.as_ref(),
        }
    }
}

/// Where a message was handed to: whoever it goes to may have another number or address by now.
fn handed_to(message: &StoredMessage) -> Option<Address> {
    let to = message.handed_to.as_deref()?;
    match message.channel {
        Channel::Text => to.parse().ok().map(Address::Phone),
        Channel::Email => to.parse().ok().map(Address::Email),
    }
}

const fn lease_of(message: &StoredMessage) -> Lease {
    Lease { message: message.id, until: message.next_try_at }
}

/// A number from 0 to 1.
fn chance() -> f64 {
    let mut byte = [0];
    // Without randomness every pause is the same: no harm to one worker.
    getrandom::fill(&mut byte).ok();
    f64::from(byte[0]) / 255.0
}
