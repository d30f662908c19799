//! The number at which somebody is reached in one visit, and the record it was copied from.
//!
//! Never changes a record: patients and relatives have their own guards.

use super::{Batch, Store, StoreError, outbox};
use crate::domain::consultation::Kind;
use crate::domain::ids::{ConsultationId, ParticipantId, PatientId, RelativeId};
use crate::domain::person::Phone;

/// Where somebody's number in a visit comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The patient's record.
    Patient(PatientId),
    /// A relative's record.
    Relative(RelativeId),
    /// No record: they were invited to this visit only.
    Visit,
}

/// A number about to be changed in one visit.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// The visit.
    pub visit: ConsultationId,
    /// Whose.
    pub seat: ParticipantId,
    /// As whoever changes it saw it.
    pub seen: Option<&'a Phone>,
    /// The new one.
    pub to: &'a Phone,
}

const SEAT: &str = "SELECT s.kind, s.relative_id, c.patient_id FROM participants s \
     JOIN consultations c ON c.id = s.consultation_id WHERE s.id = $1";

const CHANGE: &str = "UPDATE participants SET phone = $1 \
     WHERE id = $2 AND consultation_id = $3 AND COALESCE(phone, '') = $4";

const OPEN_WITH: &str = "SELECT DISTINCT s.consultation_id FROM participants s \
     JOIN consultations c ON c.id = s.consultation_id \
     WHERE s.phone IN ($1, $2) AND c.phase IN ('scheduled', 'in_session') ORDER BY s.consultation_id";

/// Where the number of a seat comes from; none when there is no such seat.
///
/// # Errors
/// As [`Store::read`].
pub async fn origin(store: &Store, seat: ParticipantId) -> Result<Option<Origin>, StoreError> {
    let Some(row) = store.read_one(SEAT, vec![seat.to_string().into()]).await? else { return Ok(None) };
    let relative = row.parsed_or_null(1)?.map_or(Origin::Visit, Origin::Relative);
    Ok(Some(if row.parsed::<Kind>(0)? == Kind::Patient { Origin::Patient(row.parsed(2)?) } else { relative }))
}

/// Changes a number for this visit only. What may have gone to the old one is looked for no longer.
///
/// # Errors
/// [`StoreError::Conflict`] when it is no longer as it was seen. Otherwise as [`Store::write`].
pub async fn change(store: &Store, change: &Change<'_>) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(
        CHANGE,
        vec![
            change.to.to_string().into(),
            change.seat.to_string().into(),
            change.visit.to_string().into(),
            change.seen.map(ToString::to_string).unwrap_or_default().into(),
        ],
    );
    outbox::cancel::stop_looking(&mut batch, change.seat);
    store.write(batch).await.map(drop)
}

/// The open visits in which somebody has this number, in either spelling.
///
/// # Errors
/// As [`Store::read`].
pub async fn open_visits_with(store: &Store, phone: &Phone) -> Result<Vec<ConsultationId>, StoreError> {
    let spellings = phone.spellings().map(|phone| phone.to_string().into());
    store.read(OPEN_WITH, spellings.into()).await?.iter().map(|row| row.parsed(0)).collect()
}
