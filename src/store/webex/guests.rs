//! How Webex knows the people in a meeting: each seat's guest, and the address they are seen with there.
//!
//! Never holds a guest's token.

use crate::domain::ids::{ConsultationId, ParticipantId};
use crate::domain::meeting::seat_at;
use crate::store::{Batch, Store, StoreError};

const PUT_GUEST: &str = "INSERT INTO webex_guests (participant_id, guest_id, email) VALUES ($1, $2, $3) \
     ON CONFLICT (participant_id) DO UPDATE SET guest_id = excluded.guest_id, \
     email = COALESCE(excluded.email, webex_guests.email)";

const UNADDRESSED: &str = "SELECT g.participant_id FROM webex_guests g JOIN participants s ON s.id = g.participant_id \
     WHERE s.consultation_id = $1 AND g.email IS NULL";

const LEARN: &str = "UPDATE webex_guests SET email = $1 WHERE participant_id = $2 AND email IS NULL";

const GUEST: &str = "SELECT g.participant_id FROM webex_guests g JOIN participants s ON s.id = g.participant_id \
     WHERE s.consultation_id = $1 AND g.email = $2";

const SEAT: &str = "SELECT id FROM participants WHERE consultation_id = $1 AND id = $2";

/// Remembers how Webex names a seat's guest. An address that was learnt stays where none is told.
///
/// # Errors
/// As [`Store::write`].
pub async fn put(
    store: &Store,
    seat: ParticipantId,
    id: Option<String>,
    email: Option<String>,
) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(PUT_GUEST, vec![seat.to_string().into(), id.into(), email.into()]);
    store.write(batch).await.map(drop)
}

/// Seats of a visit whose guests were made, and whose address at Webex nobody knows yet.
///
/// # Errors
/// As [`Store::read`].
pub async fn unaddressed(store: &Store, visit: ConsultationId) -> Result<Vec<ParticipantId>, StoreError> {
    let rows = store.read(UNADDRESSED, vec![visit.to_string().into()]).await?;
    rows.iter().map(|row| row.parsed(0)).collect()
}

/// Remembers the address of a seat's guest, once somebody has seen it.
///
/// # Errors
/// As [`Store::write`].
pub async fn learn(store: &Store, seat: ParticipantId, email: &str) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run(LEARN, vec![email.into(), seat.to_string().into()]);
    store.write(batch).await.map(drop)
}

/// The seat of a visit that has this address at Webex: its guest's, or its own on Webex's page.
///
/// # Errors
/// As [`Store::read`].
pub async fn seat_of(store: &Store, visit: ConsultationId, email: &str) -> Result<Option<ParticipantId>, StoreError> {
    let row = match seat_at(email) {
        Some(seat) => store.read_one(SEAT, vec![visit.to_string().into(), seat.to_string().into()]).await?,
        None => store.read_one(GUEST, vec![visit.to_string().into(), email.into()]).await?,
    };
    row.map(|row| row.parsed(0)).transpose()
}
