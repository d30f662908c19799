//! What a seat is promised with an appointment: its link when it opens, a reminder the day before, and a word when the hour
//! has passed without them.
//!
//! Whoever has not come is written to five minutes after the hour, whether or not staff have begun: a family that forgot
//! keeps the doctor waiting either way. So the text accuses nobody: it says when the visit was, and that one can still
//! enter. Where staff said that they are late it waits with them, and a visit for which nobody agreed an hour has none.
//!
//! Never writes to staff.

use super::{ConsultationId, ParticipantId, Timestamp};
use crate::domain::ids::MessageId;
use crate::domain::link::Link;
use crate::domain::message::Template;
use crate::domain::message::reminders::{LATE_AFTER, Reminders};
use crate::store::Batch;
use crate::store::outbox::{self, NewMessage};

/// A seat with an appointment.
pub(super) struct Promise<'a> {
    pub(super) visit: ConsultationId,
    pub(super) seat: ParticipantId,
    pub(super) link: Link,
    pub(super) starts_at: Timestamp,
    /// When staff expect to begin: later than that where they said so.
    pub(super) expected_at: Timestamp,
    pub(super) zone: &'a str,
    pub(super) reminders: Reminders,
    /// Now.
    pub(super) at: Timestamp,
}

impl Promise<'_> {
    /// Adds a message to this seat.
    pub(super) fn add(&self, batch: &mut Batch, template: Template, due_at: Timestamp) {
        let (id, consultation, participant, created_at) = (MessageId::mint(), self.visit, self.seat, self.at);
        outbox::add(batch, &NewMessage { id, consultation, participant, template, due_at, created_at });
    }

    /// Adds everything that is promised to whoever is invited now: date and time at once, unless the link says them.
    pub(super) fn add_booking(&self, batch: &mut Batch) {
        if self.link.opens_at > self.at {
            self.add(batch, Template::Booked, self.at);
        }
        self.add_all(batch);
    }

    /// Adds everything that is promised.
    pub(super) fn add_all(&self, batch: &mut Batch) {
        let Self { link, starts_at, .. } = self;
        self.add(batch, Template::Link, link.opens_at);
        if let Some(due_at) = self.reminders.day_before(*starts_at, self.zone, link.opens_at, self.at) {
            self.add(batch, Template::Reminder, due_at);
        }
        self.add_late(batch);
    }

    /// Adds the word for when the hour has passed, unless it has by now.
    pub(super) fn add_late(&self, batch: &mut Batch) {
        let due_at = self.expected_at + LATE_AFTER;
        if due_at > self.at {
            self.add(batch, Template::YouAreLate, due_at);
        }
    }
}
