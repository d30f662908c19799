//! One visit in full, as its own page shows it: appointment, who booked it, with which others, what has happened, what was
//! sent.
//!
//! Never decides anything, and never changes a row.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::outbox::deliveries::Delivery;
use super::{Row, Store, StoreError, outbox};
use crate::domain::agenda::State;
use crate::domain::consultation::Missing;
use crate::domain::ids::{ConsultationId, ParticipantId, PatientId, StaffId, WardId};
use crate::domain::message::Template;
use crate::domain::schedule::Appointment;
use crate::domain::service::Service;

/// What a card does not say of a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// How many events it has seen.
    pub rev: u64,
    /// About whom.
    pub patient: PatientId,
    /// Who conducts it, if a doctor does.
    pub doctor: Option<StaffId>,
    /// When, on which clock, and how long.
    pub appointment: Appointment,
    /// Which side never came, if one did not.
    pub missing: Option<Missing>,
    /// The visits that were booked together, by appointment, this one among them; none where it was booked alone.
    pub series: Vec<OfSeries>,
    /// What has happened, the first first.
    pub told: Vec<Told>,
    /// The newest message to each seat.
    pub messages: BTreeMap<ParticipantId, Message>,
}

/// One of the visits that were booked together, week after week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfSeries {
    /// Which.
    pub id: ConsultationId,
    /// When.
    pub starts_at: Timestamp,
    /// Where it stands.
    pub state: State,
    /// What it is for.
    pub service: Service,
    /// Which doctor conducts it, if one does.
    pub doctor: Option<StaffId>,
    /// On which ward.
    pub ward: Option<WardId>,
}

/// Something that has happened in a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// When.
    pub at: Timestamp,
    /// What, in the store's word.
    pub kind: String,
    /// Whose seat it is about.
    pub seat: Option<String>,
    /// Which member of staff did it.
    pub staff: Option<String>,
    /// To which member of staff it was done.
    pub to: Option<String>,
    /// What only this kind says.
    pub detail: Option<String>,
}

/// A message, without what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message {
    /// Which text.
    pub template: Template,
    /// How far it has come.
    pub delivery: Delivery,
    /// When it was sent, or will be.
    pub at: Timestamp,
}

const VISIT: &str = "SELECT rev, patient_id, doctor_id, starts_at, wall_time, zone, minutes, missing \
     FROM consultations WHERE id = $1";

const SERIES: &str = "SELECT c.id, c.starts_at, c.phase, c.service, c.doctor_id, c.ward_id FROM consultations f \
     JOIN consultations c ON c.patient_id = f.patient_id AND c.series = f.series WHERE f.id = $1 ORDER BY c.starts_at, c.id";

const TOLD: &str = "SELECT e.at, e.kind, s.name, m.name, t.name, e.detail FROM events e \
     LEFT JOIN participants s ON s.id = e.participant_id LEFT JOIN staff m ON m.id = e.staff_id \
     LEFT JOIN staff t ON t.id = e.detail WHERE e.consultation_id = $1 ORDER BY e.rev";

const MESSAGES: &str = "SELECT participant_id, template, status, due_at, sent_at, provider_id, channel FROM outbox \
     WHERE consultation_id = $1 AND NOT (template IN ('reminder', 'running_late', 'come_now', 'you_are_late') \
     AND status IN ('pending', 'cancelled')) ORDER BY due_at, id";

/// A visit's details.
///
/// # Errors
/// As [`Store::read`].
pub async fn find(store: &Store, id: ConsultationId) -> Result<Option<Details>, StoreError> {
    let key = vec![super::Value::from(id.to_string())];
    let Some(row) = store.read_one(VISIT, key.clone()).await? else { return Ok(None) };
    let series = store.read(SERIES, key.clone()).await?.iter().map(of_series).collect::<Result<_, _>>()?;
    let told = store.read(TOLD, key.clone()).await?.iter().map(told).collect::<Result<_, _>>()?;
    let messages = store.read(MESSAGES, key).await?.iter().map(message).collect::<Result<_, _>>()?;
    Ok(Some(Details {
        rev: u64::try_from(row.int(0)?).map_err(|_| StoreError::Malformed { column: 0 })?,
        patient: row.parsed(1)?,
        doctor: row.parsed_or_null(2)?,
        appointment: Appointment {
            at: row.instant(3)?,
            wall: row.parsed(4)?,
            zone: row.text(5)?.to_owned(),
            minutes: u16::try_from(row.int(6)?).map_err(|_| StoreError::Malformed { column: 6 })?,
        },
        missing: row.parsed_or_null(7)?,
        series,
        told,
        messages,
    }))
}

fn of_series(row: &Row) -> Result<OfSeries, StoreError> {
    Ok(OfSeries {
        id: row.parsed(0)?,
        starts_at: row.instant(1)?,
        state: row.parsed(2)?,
        service: row.parsed(3)?,
        doctor: row.parsed_or_null(4)?,
        ward: row.parsed_or_null(5)?,
    })
}

fn told(row: &Row) -> Result<Told, StoreError> {
    Ok(Told {
        at: row.instant(0)?,
        kind: row.text(1)?.to_owned(),
        seat: row.text_or_null(2)?.map(str::to_owned),
        staff: row.text_or_null(3)?.map(str::to_owned),
        to: row.text_or_null(4)?.map(str::to_owned),
        detail: row.text_or_null(5)?.map(str::to_owned),
    })
}

/// The seat a message goes to, and the message; of several to one seat, the last one read stays.
fn message(row: &Row) -> Result<(ParticipantId, Message), StoreError> {
    let at = row.instant_or_null(4)?.map_or_else(|| row.instant(3), Ok)?;
    let has_left = outbox::has_left(row.text_or_null(5)?, row.parsed(6)?);
    let delivery = Delivery { status: row.parsed(2)?, has_left };
    Ok((row.parsed(0)?, Message { template: row.parsed(1)?, delivery, at }))
}
