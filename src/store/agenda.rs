//! Appointments of a stretch of time, one light row each: what an agenda shows, what a calendar keeps.
//!
//! A page is found by an index before anything is joined to it, so a day costs the same in a table of any size. Never
//! loads whole visits.

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::scope::Scope;
use super::{Row, Store, StoreError, Value};
use crate::domain::agenda::{State, Stretch};
use crate::domain::booking::Reason;
use crate::domain::consultation::Kind;
use crate::domain::ids::{ConsultationId, StaffId, WardId};
use crate::domain::person::{BirthDate, PersonName, Phone};
use crate::domain::service::Service;

/// Whose appointments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A doctor's own.
    Doctor(StaffId),
    /// A doctor's own for one service.
    DoctorFor(StaffId, Service),
    /// A ward's tele-visits.
    Ward(WardId),
    /// Everybody's for one service.
    Service(Service),
    /// Everybody's.
    Everybody,
}

/// Which rows of a long list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// How many come before.
    pub skipped: u32,
    /// How many at most.
    pub most: u32,
}

/// One appointment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The visit.
    pub id: ConsultationId,
    /// What it is for.
    pub service: Service,
    /// Where it stands.
    pub state: State,
    /// When.
    pub starts_at: Timestamp,
    /// How long it is planned to last.
    pub minutes: u16,
    /// The clock on the wall where it was agreed.
    pub wall: DateTime,
    /// The IANA zone of that clock.
    pub zone: String,
    /// Why.
    pub reason: Reason,
    /// About whom.
    pub patient: PersonName,
    /// When the patient was born.
    pub born: BirthDate,
    /// Who conducts it, if a doctor does.
    pub doctor: Option<PersonName>,
    /// The ward's name.
    pub ward: Option<String>,
    /// How many people are invited by link.
    pub guests: u32,
}

/// Somebody who is invited by link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// To which visit.
    pub visit: ConsultationId,
    /// Who they are in it.
    pub kind: Kind,
    /// Their name.
    pub name: PersonName,
    /// How they are related to the patient.
    pub relation: Option<String>,
    /// Their number.
    pub phone: Option<Phone>,
}

/// One appointment as a calendar keeps it: when, and nothing about whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The visit.
    pub id: ConsultationId,
    /// Where it stands.
    pub state: State,
    /// When.
    pub starts_at: Timestamp,
    /// How long it is planned to last.
    pub minutes: u16,
    /// How often it was moved.
    pub moves: u32,
}

macro_rules! planned {
    ($page:literal) => {
        concat!(
            "SELECT c.id, c.service, c.phase, c.starts_at, c.minutes, c.wall_time, c.zone, c.reason, p.name, p.birth_date, \
             d.name, w.name, (SELECT COUNT(*) FROM participants s WHERE s.consultation_id = c.id AND s.invitation_id IS NOT NULL) \
             FROM consultations c JOIN patients p ON p.id = c.patient_id \
             LEFT JOIN staff d ON d.id = c.doctor_id LEFT JOIN wards w ON w.id = c.ward_id \
             WHERE c.id IN (SELECT id FROM consultations WHERE ",
            $page,
            ") ORDER BY c.starts_at, c.id"
        )
    };
}

macro_rules! invited {
    ($page:literal) => {
        concat!(
            "SELECT s.consultation_id, s.kind, s.name, s.relation, s.phone FROM participants s \
             WHERE s.invitation_id IS NOT NULL AND s.consultation_id IN (SELECT id FROM consultations WHERE ",
            $page,
            ") ORDER BY s.consultation_id, s.position"
        )
    };
}

const PLANNED_OF_DOCTOR: &str =
    planned!("doctor_id = $1 AND starts_at >= $2 AND starts_at < $3 ORDER BY starts_at, id LIMIT $4 OFFSET $5");
const PLANNED_OF_DOCTOR_FOR: &str = planned!(
    "doctor_id = $1 AND service = $2 AND starts_at >= $3 AND starts_at < $4 ORDER BY starts_at, id LIMIT $5 OFFSET $6"
);
const PLANNED_OF_WARD: &str = planned!(
    "service = 'tele_visit' AND ward_id = $1 AND starts_at >= $2 AND starts_at < $3 \
     ORDER BY starts_at, id LIMIT $4 OFFSET $5"
);
const PLANNED_OF_SERVICE: &str =
    planned!("service = $1 AND starts_at >= $2 AND starts_at < $3 ORDER BY starts_at, id LIMIT $4 OFFSET $5");
const PLANNED_OF_EVERYBODY: &str =
    planned!("starts_at >= $1 AND starts_at < $2 ORDER BY starts_at, id LIMIT $3 OFFSET $4");

const INVITED_OF_DOCTOR: &str =
    invited!("doctor_id = $1 AND starts_at >= $2 AND starts_at < $3 ORDER BY starts_at, id LIMIT $4 OFFSET $5");
const INVITED_OF_DOCTOR_FOR: &str = invited!(
    "doctor_id = $1 AND service = $2 AND starts_at >= $3 AND starts_at < $4 ORDER BY starts_at, id LIMIT $5 OFFSET $6"
);
const INVITED_OF_WARD: &str = invited!(
    "service = 'tele_visit' AND ward_id = $1 AND starts_at >= $2 AND starts_at < $3 \
     ORDER BY starts_at, id LIMIT $4 OFFSET $5"
);
const INVITED_OF_SERVICE: &str =
    invited!("service = $1 AND starts_at >= $2 AND starts_at < $3 ORDER BY starts_at, id LIMIT $4 OFFSET $5");
const INVITED_OF_EVERYBODY: &str =
    invited!("starts_at >= $1 AND starts_at < $2 ORDER BY starts_at, id LIMIT $3 OFFSET $4");

const KEPT_OF_DOCTOR: &str = "SELECT id, phase, starts_at, minutes, moves FROM consultations \
     WHERE doctor_id = $1 AND starts_at >= $2 AND starts_at < $3 ORDER BY starts_at, id";

const KEPT_OF_WARD: &str = "SELECT id, phase, starts_at, minutes, moves FROM consultations \
     WHERE service = 'tele_visit' AND ward_id = $1 AND starts_at >= $2 AND starts_at < $3 ORDER BY starts_at, id";

const KEPT: &str = "SELECT id, phase, starts_at, minutes, moves FROM consultations WHERE id = $1";

/// Appointments that begin in `within`, by the time they begin.
///
/// # Errors
/// As [`Store::read`].
pub async fn planned(store: &Store, whose: Whose, within: Stretch, part: Part) -> Result<Vec<Planned>, StoreError> {
    let sql = match whose {
        Whose::Doctor(_) => PLANNED_OF_DOCTOR,
        Whose::DoctorFor(..) => PLANNED_OF_DOCTOR_FOR,
        Whose::Ward(_) => PLANNED_OF_WARD,
        Whose::Service(_) => PLANNED_OF_SERVICE,
        Whose::Everybody => PLANNED_OF_EVERYBODY,
    };
    store.read(sql, params(whose, within, part)).await?.iter().map(row).collect()
}

/// Who is invited to the visits of the same [`planned`], visit by visit, in the order they were invited.
///
/// # Errors
/// As [`Store::read`].
pub async fn invited(store: &Store, whose: Whose, within: Stretch, part: Part) -> Result<Vec<Invited>, StoreError> {
    let sql = match whose {
        Whose::Doctor(_) => INVITED_OF_DOCTOR,
        Whose::DoctorFor(..) => INVITED_OF_DOCTOR_FOR,
        Whose::Ward(_) => INVITED_OF_WARD,
        Whose::Service(_) => INVITED_OF_SERVICE,
        Whose::Everybody => INVITED_OF_EVERYBODY,
    };
    let rows = store.read(sql, params(whose, within, part)).await?;
    rows.iter()
        .map(|row| {
            Ok(Invited {
                visit: row.parsed(0)?,
                kind: row.parsed(1)?,
                name: row.parsed(2)?,
                relation: row.text_or_null(3)?.map(str::to_owned),
                phone: row.parsed_or_null(4)?,
            })
        })
        .collect()
}

/// A doctor's appointments that begin in `within`, or a ward's, for a calendar; a clinic's would be of use to nobody.
///
/// # Errors
/// As [`Store::read`].
pub async fn kept(store: &Store, scope: Scope, within: Stretch) -> Result<Vec<Kept>, StoreError> {
    let (sql, id) = match scope {
        Scope::Doctor(id) => (KEPT_OF_DOCTOR, id.to_string()),
        Scope::Ward(id) => (KEPT_OF_WARD, id.to_string()),
        Scope::Clinic => return Ok(Vec::new()),
    };
    let rows = store.read(sql, vec![id.into(), within.from.into(), within.until.into()]).await?;
    rows.iter().map(kept_row).collect()
}

/// One visit for a calendar.
///
/// # Errors
/// As [`Store::read`].
pub async fn kept_of(store: &Store, visit: ConsultationId) -> Result<Option<Kept>, StoreError> {
    store.read_one(KEPT, vec![visit.to_string().into()]).await?.as_ref().map(kept_row).transpose()
}

fn params(whose: Whose, within: Stretch, part: Part) -> Vec<Value> {
    let mut params: Vec<Value> = match whose {
        Whose::Doctor(id) => vec![id.to_string().into()],
        Whose::DoctorFor(id, service) => vec![id.to_string().into(), service.as_str().into()],
        Whose::Ward(id) => vec![id.to_string().into()],
        Whose::Service(service) => vec![service.as_str().into()],
        Whose::Everybody => vec![],
    };
    params.extend([Value::from(within.from), Value::from(within.until)]);
    params.extend([Value::from(i64::from(part.most)), Value::from(i64::from(part.skipped))]);
    params
}

fn row(row: &Row) -> Result<Planned, StoreError> {
    Ok(Planned {
        id: row.parsed(0)?,
        service: row.parsed(1)?,
        state: row.parsed(2)?,
        starts_at: row.instant(3)?,
        minutes: number(row, 4)?,
        wall: row.parsed(5)?,
        zone: row.text(6)?.to_owned(),
        reason: row.parsed(7)?,
        patient: row.parsed(8)?,
        born: row.parsed(9)?,
        doctor: row.parsed_or_null(10)?,
        ward: row.text_or_null(11)?.map(str::to_owned),
        guests: number(row, 12)?,
    })
}

fn kept_row(row: &Row) -> Result<Kept, StoreError> {
    Ok(Kept {
        id: row.parsed(0)?,
        state: row.parsed(1)?,
        starts_at: row.instant(2)?,
        minutes: number(row, 3)?,
        moves: number(row, 4)?,
    })
}

fn number<T: TryFrom<i64>>(row: &Row, column: usize) -> Result<T, StoreError> {
    row.int(column)?.try_into().map_err(|_| StoreError::Malformed { column })
}
