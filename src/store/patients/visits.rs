//! The visits of one patient, as their record lists them.

use jiff::Timestamp;

use super::PatientId;
use crate::domain::ids::ConsultationId;
use crate::domain::person::PersonName;
use crate::domain::service::Service;
use crate::store::{Row, Store, StoreError};

/// A visit, as a patient's record lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitOfPatient {
    /// The visit.
    pub id: ConsultationId,
    /// What it is for.
    pub service: Service,
    /// Its [`crate::domain::consultation::Phase::as_str`].
    pub phase: String,
    /// The appointment.
    pub starts_at: Timestamp,
    /// The zone it was agreed in.
    pub zone: String,
    /// Its doctor.
    pub doctor: Option<PersonName>,
}

// A visit that was booked in the moment of a merge may still carry the other id: it is listed all the same.
const OPEN: &str = "SELECT c.id, c.service, c.phase, c.starts_at, c.zone, d.name FROM consultations c \
     LEFT JOIN staff d ON d.id = c.doctor_id WHERE c.patient_id IN (SELECT id FROM patients WHERE id = $1 OR merged_into = $1) \
     AND c.phase IN ('scheduled', 'in_session') ORDER BY c.starts_at, c.id";

const PAST: &str = "SELECT c.id, c.service, c.phase, c.starts_at, c.zone, d.name FROM consultations c \
     LEFT JOIN staff d ON d.id = c.doctor_id WHERE c.patient_id IN (SELECT id FROM patients WHERE id = $1 OR merged_into = $1) \
     AND c.phase IN ('ended', 'cancelled', 'no_show') ORDER BY c.starts_at DESC, c.id DESC LIMIT $2 OFFSET $3";

/// The visits that are still to come or under way, the next one first.
///
/// # Errors
/// As [`Store::read`].
pub async fn open_visits(store: &Store, patient: PatientId) -> Result<Vec<VisitOfPatient>, StoreError> {
    store.read(OPEN, vec![patient.to_string().into()]).await?.iter().map(visit).collect()
}

/// At most `limit` visits that are over, the last one first, after the first `skipped`.
///
/// # Errors
/// As [`Store::read`].
pub async fn past_visits(
    store: &Store,
    patient: PatientId,
    skipped: u32,
    limit: u32,
) -> Result<Vec<VisitOfPatient>, StoreError> {
    let params = vec![patient.to_string().into(), i64::from(limit).into(), i64::from(skipped).into()];
    store.read(PAST, params).await?.iter().map(visit).collect()
}

fn visit(row: &Row) -> Result<VisitOfPatient, StoreError> {
    Ok(VisitOfPatient {
        id: row.parsed(0)?,
        service: row.parsed(1)?,
        phase: row.text(2)?.to_owned(),
        starts_at: row.instant(3)?,
        zone: row.text(4)?.to_owned(),
        doctor: row.parsed_or_null(5)?,
    })
}
