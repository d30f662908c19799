//! What else a doctor or a patient has at a time, and the guards by which two clerks cannot book it twice.
//!
//! A guard is one row per doctor and per patient. Whoever books reads its `rev`, looks for overlaps, and bumps it in the
//! booking's own batch: of two who looked at the same time, the second conflicts, and looks again.
//!
//! Never decides whether an overlap is acceptable: people do.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{Batch, Row, Store, StoreError, Value};
use crate::domain::ids::{ConsultationId, PatientId, StaffId};
use crate::domain::person::PersonName;
use crate::domain::schedule::{Appointment, POSSIBLE_MINUTES};
use crate::domain::service::Service;

/// Whose calendars a visit stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owners {
    /// Who conducts it, if a doctor does.
    pub doctor: Option<StaffId>,
    /// Whom it is about; none where only the doctor changes.
    pub patient: Option<PatientId>,
}

/// A time in calendars; the end is excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Whose.
    pub owners: Owners,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// Another visit at the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// The other visit.
    pub consultation: ConsultationId,
    /// Who cannot be at both.
    pub whose: Whose,
    /// Its appointment.
    pub starts_at: Timestamp,
    /// How long it is planned to last.
    pub minutes: u16,
    /// The zone it was agreed in, by its IANA name.
    pub zone: String,
    /// What it is for.
    pub service: Service,
    /// Whom it is about.
    pub patient: PersonName,
    /// Who conducts it.
    pub doctor: Option<PersonName>,
}

/// Who cannot be at two visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The doctor.
    Doctor,
    /// The patient.
    Patient,
    /// Both.
    Both,
}

/// Guards as they were read, to be bumped in the batch that relies on them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guards(BTreeMap<String, i64>);

macro_rules! overlapping {
    ($whose:literal) => {
        concat!(
            "SELECT c.id, c.starts_at, c.minutes, c.zone, c.service, p.name, d.name FROM consultations c \
             JOIN patients p ON p.id = c.patient_id LEFT JOIN staff d ON d.id = c.doctor_id WHERE ",
            $whose,
            " = $1 AND c.starts_at > $2 AND c.starts_at < $3 AND c.phase IN ('scheduled', 'in_session') \
             ORDER BY c.starts_at, c.id"
        )
    };
}

const OF_DOCTOR: &str = overlapping!("c.doctor_id");
const OF_PATIENT: &str = overlapping!("c.patient_id");

const GUARD: &str = "SELECT rev FROM calendars WHERE owner = $1";

// A guard that nobody has bumped yet has no row, and was read as 0: whoever made one meanwhile left it at 1 or more.
const BUMP: &str = "INSERT INTO calendars (owner, rev) VALUES ($1, 1) \
     ON CONFLICT (owner) DO UPDATE SET rev = calendars.rev + 1 WHERE calendars.rev = $2";

const BUMP_ALWAYS: &str = "INSERT INTO calendars (owner, rev) VALUES ($1, 1) \
     ON CONFLICT (owner) DO UPDATE SET rev = calendars.rev + 1";

impl Slot {
    /// The time of an appointment.
    #[must_use]
    pub fn of(appointment: &Appointment, owners: Owners) -> Self {
        Self { owners, from: appointment.at, until: appointment.ends_at() }
    }
}

impl Guards {
    /// The guards of these calendars, as they are now.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub async fn read(store: &Store, owners: Owners) -> Result<Self, StoreError> {
        let mut guards = BTreeMap::new();
        for owner in owners.names() {
            let row = store.read_one(GUARD, vec![owner.as_str().into()]).await?;
            guards.insert(owner, row.map_or(Ok(0), |row| row.int(0))?);
        }
        Ok(Self(guards))
    }

    /// Whether nothing is guarded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Bumps them, in the order of their names, so that two batches never wait for each other. The batch conflicts when
    /// somebody has bumped one since it was read.
    pub(super) fn bump(&self, batch: &mut Batch) {
        for (owner, rev) in &self.0 {
            batch.run_on_one(BUMP, vec![owner.as_str().into(), (*rev).into()]);
        }
    }
}

/// Bumps the guards of these calendars whatever they are: for who books without looking.
pub(super) fn bump_always(batch: &mut Batch, owners: Owners) {
    for owner in owners.names() {
        batch.run_on_one(BUMP_ALWAYS, vec![owner.into()]);
    }
}

/// The open visits at this time, by appointment; `except` is none of them.
///
/// # Errors
/// As [`Store::read`].
pub async fn overlaps(store: &Store, slot: Slot, except: Option<ConsultationId>) -> Result<Vec<Overlap>, StoreError> {
    let mut found: BTreeMap<(Timestamp, ConsultationId), Overlap> = BTreeMap::new();
    let owners = [
        (OF_DOCTOR, Whose::Doctor, slot.owners.doctor.map(|id| id.to_string())),
        (OF_PATIENT, Whose::Patient, slot.owners.patient.map(|id| id.to_string())),
    ];
    for (sql, whose, owner) in owners {
        let Some(owner) = owner else { continue };
        // What began longer ago than any visit may last is over by plan.
        let earliest = slot.from - SignedDuration::from_mins(i64::from(*POSSIBLE_MINUTES.end()));
        for row in store.read(sql, vec![Value::from(owner), earliest.into(), slot.until.into()]).await? {
            let other = overlap(&row, whose)?;
            if other.ends_at() > slot.from && Some(other.consultation) != except {
                let key = (other.starts_at, other.consultation);
                found.entry(key).and_modify(|both| both.whose = Whose::Both).or_insert(other);
            }
        }
    }
    Ok(found.into_values().collect())
}

impl Overlap {
    /// When it is planned to be over.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        self.starts_at + SignedDuration::from_mins(i64::from(self.minutes))
    }
}

impl Owners {
    /// The guards' names, in their order.
    fn names(self) -> impl Iterator<Item = String> {
        let doctor = self.doctor.map(|id| format!("doctor:{id}"));
        let patient = self.patient.map(|id| format!("patient:{id}"));
        doctor.into_iter().chain(patient)
    }
}

fn overlap(row: &Row, whose: Whose) -> Result<Overlap, StoreError> {
    Ok(Overlap {
        consultation: row.parsed(0)?,
        whose,
        starts_at: row.instant(1)?,
        minutes: u16::try_from(row.int(2)?).map_err(|_| StoreError::Malformed { column: 2 })?,
        zone: row.text(3)?.to_owned(),
        service: row.parsed(4)?,
        patient: row.parsed(5)?,
        doctor: row.parsed_or_null(6)?,
    })
}
