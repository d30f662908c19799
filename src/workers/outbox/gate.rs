//! What a message passes before it may be given away: is it still of use, does the person want it, may their country be
//! written to, was their number written to too often, is the day's limit reached.
//!
//! Nothing is asked of messages that do not leave the house. Never sends anything.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::Outbox;
use crate::domain::message::budget::Budget;
use crate::domain::message::reminders::{Switch, by_day};
use crate::domain::message::{Channel, Reason, Template, pace};
use crate::domain::person::{Country, Phone};
use crate::messages::Messages;
use crate::providers::sms::{Address, Reach};
use crate::store::budget as lifts;
use crate::store::outbox::{StoredMessage, queue};
use crate::store::{Store, StoreError, opt_outs};

/// How often it is looked whether the day's limit still holds.
const BUDGET_PAUSE: SignedDuration = SignedDuration::from_mins(1);

/// For how long word of something that has happened is of use.
const NEWS: SignedDuration = SignedDuration::from_hours(1);

/// For how long it helps to call somebody in.
const TURN: SignedDuration = SignedDuration::from_mins(20);

/// How much may be sent, and where to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Countries that may be written to.
    pub countries: Vec<Country>,
    /// Segments a day.
    pub daily: Option<u64>,
}

/// Whether a message may pass.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Passage {
    /// To this address.
    Through(Address),
    /// There is no address: staff show it.
    Shown,
    /// Never.
    Closed(Reason),
    /// Nobody needs it any more; nothing failed.
    Dropped(Reason),
    /// Not before then.
    Later(Timestamp, Reason),
}

/// The gate, for the messages a worker took in hand at once.
pub(super) struct Gate<'a> {
    /// Now.
    pub(super) now: Timestamp,
    store: &'a Store,
    messages: &'a Messages,
    limits: &'a Limits,
    reach: Reach,
    has_mail: bool,
    /// What the day's limit leaves.
    left: Option<u64>,
    /// Whether it was logged that the limit holds messages back: once a round is enough.
    has_told: bool,
    /// When numbers were written to, with those that just passed.
    earlier: HashMap<Phone, Vec<Timestamp>>,
}

impl<'a> Gate<'a> {
    pub(super) async fn open<N>(outbox: &'a Outbox<N>) -> Result<Self, StoreError> {
        let budget = budget(outbox).await?;
        let day = outbox.messages.start_of_today();
        let left = match budget {
            Some(budget) if lifts::lifted(&outbox.store, day).await?.is_none() => Some(budget.left()),
            _ => None,
        };
        Ok(Self {
            now: outbox.clock.now(),
            store: &outbox.store,
            messages: &outbox.messages,
            limits: &outbox.limits,
            reach: outbox.texts.reach(),
            has_mail: outbox.mail.is_some(),
            left,
            has_told: false,
            earlier: HashMap::new(),
        })
    }

    pub(super) async fn judge(&mut self, message: &StoredMessage) -> Result<Passage, StoreError> {
        if let Some(reason) = self.needless(message) {
            return Ok(Passage::Dropped(reason));
        }
        if !is_of_use(message, self.now) {
            return Ok(Passage::Closed(Reason::TooLate));
        }
        if message.template == Template::Reminder {
            let morning = by_day(self.now, &message.zone);
            if morning > self.now {
                return Ok(self.later(message, morning, Reason::Night));
            }
        }
        let email = message.email.clone().filter(|_| self.has_mail).map(Address::Email);
        match (message.channel, &message.phone) {
            (Channel::Text, Some(phone)) => self.judge_text(message, phone).await,
            _ => Ok(match email {
                Some(to) => Passage::Through(to),
                // Staff show a link or a date; nobody is helped by a nudge they never get.
                None if message.template.is_nudge() => Passage::Dropped(Reason::Needless),
                None => Passage::Shown,
            }),
        }
    }

    async fn judge_text(&mut self, message: &StoredMessage, phone: &Phone) -> Result<Passage, StoreError> {
        let through = Passage::Through(Address::Phone(phone.clone()));
        if self.reach == Reach::House {
            return Ok(through);
        }
        if opt_outs::since(self.store, phone).await?.is_some() {
            return Ok(Passage::Closed(Reason::OptedOut));
        }
        if !phone.country().is_some_and(|country| self.limits.countries.contains(&country)) {
            return Ok(Passage::Closed(Reason::Country));
        }
        let cost = self.messages.written(message).segments as u64;
        if self.left.is_some_and(|left| left < cost) {
            if !std::mem::replace(&mut self.has_told, true) {
                tracing::error!("the day's limit of text messages is reached; nothing is sent until it is raised");
            }
            return Ok(self.later(message, self.now + BUDGET_PAUSE, Reason::Budget));
        }
        if !self.earlier.contains_key(phone) {
            let since = self.now - pace::WITHIN;
            let earlier = queue::handed_to(self.store, &phone.to_string(), since).await?;
            self.earlier.insert(phone.clone(), earlier);
        }
        let earlier = self.earlier.entry(phone.clone()).or_default();
        if let Some(free) = pace::free_again(earlier, self.now) {
            return Ok(self.later(message, free, Reason::Often));
        }
        earlier.push(self.now);
        self.left = self.left.map(|left| left.saturating_sub(cost));
        Ok(through)
    }

    fn later(&self, message: &StoredMessage, until: Timestamp, reason: Reason) -> Passage {
        match (until < useful_until(message), message.template.is_nudge()) {
            (true, _) => Passage::Later(until, reason),
            (false, true) => Passage::Dropped(Reason::TooLate),
            (false, false) => Passage::Closed(reason),
        }
    }

    /// Why nobody misses a message that is due: what it asks for has happened, its moment has passed, or the hospital sends
    /// none of its kind any more.
    fn needless(&self, message: &StoredMessage) -> Option<Reason> {
        let was_there = message.has_entered || message.opened_at.is_some();
        match message.template {
            Template::Reminder if self.messages.reminders().day_before == Switch::Off => Some(Reason::SwitchedOff),
            Template::Reminder | Template::RunningLate if message.has_entered => Some(Reason::Needless),
            // Who has the link open is at the door.
            Template::YouAreLate if was_there => Some(Reason::Needless),
            template if template.is_nudge() && !is_of_use(message, self.now) => Some(Reason::TooLate),
            _ => None,
        }
    }
}

/// The day's limit, told to whoever watches the metrics; none where there is none, or nothing leaves the house.
pub(super) async fn budget<N>(outbox: &Outbox<N>) -> Result<Option<Budget>, StoreError> {
    let Some(limit) = outbox.limits.daily.filter(|_| outbox.texts.reach() == Reach::World) else { return Ok(None) };
    let spent = queue::spent(&outbox.store, outbox.messages.start_of_today()).await?;
    let budget = Budget { spent, limit };
    metrics::gauge!("antesala_sms_segments_today").set(spent as f64);
    metrics::gauge!("antesala_sms_segments_left").set(budget.left() as f64);
    metrics::gauge!("antesala_sms_budget_alarm").set(f64::from(budget.alarm() as u8));
    Ok(Some(budget))
}

/// Until when a message is of use to whoever gets it.
pub(super) fn useful_until(message: &StoredMessage) -> Timestamp {
    match message.template {
        // Whoever has entered can come back with it as long as the visit is open.
        Template::Link | Template::NewLink if message.has_entered => message.link.expires_at.max(message.due_at + NEWS),
        Template::Link | Template::NewLink => message.link.expires_at,
        Template::Booked | Template::Rescheduled => message.starts_at,
        // The link says the same, and more.
        Template::Reminder => message.link.opens_at,
        Template::RunningLate => message.expected_at.unwrap_or(message.starts_at),
        Template::ComeNow => message.due_at + TURN,
        Template::YouAreLate => message.link.expires_at.min(message.due_at + TURN),
        Template::Cancelled => message.starts_at.max(message.due_at + NEWS),
    }
}

/// After an outage: a link that leads nowhere any more, or the date of a visit that has begun, is not.
fn is_of_use(message: &StoredMessage, now: Timestamp) -> bool {
    let leads_somewhere = message.is_welcome || message.template == Template::Cancelled;
    leads_somewhere && now < useful_until(message)
}
