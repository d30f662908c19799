//! Messages that nobody sends: staff show the link, or say the date. They count as sent until somebody is known to have them.
//!
//! Never touches a message that a provider has.

use crate::domain::ids::{ConsultationId, MessageId, ParticipantId};
use crate::store::{Batch, Store, StoreError};

macro_rules! by_hand {
    ($becomes:literal, $scope:literal) => {
        concat!(
            "UPDATE outbox SET ",
            $becomes,
            " WHERE ",
            $scope,
            " AND status = 'sent' AND provider_id IS NULL AND channel = 'text' RETURNING id"
        )
    };
}

macro_rules! needless {
    ($scope:literal) => {
        by_hand!("status = 'cancelled', reason = 'needless'", $scope)
    };
}

const SHOWN: &str = by_hand!("status = 'delivered', handed_digest = $1", "id = $2");
const TOLD: &str = by_hand!("status = 'delivered'", "participant_id = $1");

const NEEDLESS_OF_VISIT: &str = needless!("consultation_id = $1");
const NEEDLESS_OF_SEAT: &str = needless!("participant_id = $1");
const NEEDLESS_LINKS: &str =
    needless!("participant_id = $1 AND template IN ('link', 'new_link', 'come_now', 'you_are_late')");
const NEEDLESS_LATE: &str = needless!("consultation_id = $1 AND template = 'running_late'");

/// Records that staff have shown a message that said what `digest` tells; says whether it was to be shown.
///
/// # Errors
/// As [`Store::write`].
pub async fn shown(store: &Store, id: MessageId, digest: [u8; 32]) -> Result<bool, StoreError> {
    let mut batch = Batch::new();
    batch.run(SHOWN, vec![digest.as_slice().into(), id.to_string().into()]);
    Ok(store.write(batch).await?.iter().flatten().next().is_some())
}

/// Whoever has come was told.
pub fn told(batch: &mut Batch, seat: ParticipantId) {
    batch.run(TOLD, vec![seat.to_string().into()]);
}

/// Nobody needs to be shown what a visit said so far: it is over, called off, or moved.
pub fn of_visit(batch: &mut Batch, visit: ConsultationId) {
    batch.run(NEEDLESS_OF_VISIT, vec![visit.to_string().into()]);
}

/// The same for one seat: its holder was sent away.
pub fn of_seat(batch: &mut Batch, seat: ParticipantId) {
    batch.run(NEEDLESS_OF_SEAT, vec![seat.to_string().into()]);
}

/// The same for the links of one seat: another message holds one.
pub fn links(batch: &mut Batch, seat: ParticipantId) {
    batch.run(NEEDLESS_LINKS, vec![seat.to_string().into()]);
}

/// The same for the word that a visit begins late: it has begun.
pub fn late(batch: &mut Batch, visit: ConsultationId) {
    batch.run(NEEDLESS_LATE, vec![visit.to_string().into()]);
}
