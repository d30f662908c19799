//! Messages that nobody sends: staff show the link, or say the date. They count as sent until somebody is known to have them.
//!
//! Never touches a message that a provider has.

use jiff::Timestamp;

use super::StoredMessage;
use crate::domain::ids::{ConsultationId, MessageId, ParticipantId};
use crate::domain::message::{MessageStatus, Template};
use crate::store::{Batch, Store, StoreError};

/// Whether staff have to show a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByHand {
    /// They have, or somebody sends it.
    No,
    /// They have to.
    Waits,
    /// Nobody has, and it is too late.
    Missed,
}

macro_rules! by_hand {
    ($becomes:literal, $scope:literal) => {
        concat!(
            "UPDATE outbox SET ",
            $becomes,
            " WHERE ",
            $scope,
            " AND status = 'sent' AND provider_id IS NULL AND channel = 'text'"
        )
    };
}

const SHOWN: &str = by_hand!("status = 'delivered'", "id = $1");

const FOUND: &str = by_hand!(
    "status = 'delivered'",
    "participant_id = $1 AND template IN ('link', 'new_link', 'come_now', 'you_are_late')"
);

const NEEDLESS: &str = by_hand!("status = 'cancelled', reason = 'needless'", "consultation_id = $1");

impl ByHand {
    /// As it stands now. That a visit was called off is of use until its hour.
    #[must_use]
    pub fn of(message: &StoredMessage, now: Timestamp) -> Self {
        let is_of_use = message.is_welcome || (message.template == Template::Cancelled && now < message.starts_at);
        match (message.status, message.has_left) {
            (MessageStatus::Sent, false) if is_of_use => Self::Waits,
            (MessageStatus::Sent, false) => Self::Missed,
            _ => Self::No,
        }
    }
}

/// Records that staff have shown a message; one that is not to be shown, or was already, stays as it is.
///
/// # Errors
/// As [`Store::write`].
pub async fn shown(store: &Store, id: MessageId) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run(SHOWN, vec![id.to_string().into()]);
    store.write(batch).await.map(drop)
}

/// Whoever has come has the link.
pub fn found(batch: &mut Batch, seat: ParticipantId) {
    batch.run(FOUND, vec![seat.to_string().into()]);
}

/// Nobody needs to be shown what a visit said so far: it is called off, or moved.
pub fn needless(batch: &mut Batch, visit: ConsultationId) {
    batch.run(NEEDLESS, vec![visit.to_string().into()]);
}
