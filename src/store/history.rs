//! What became of visits: a list, newest first, and counts for charts. Both are read from one index of closed visits.
//!
//! A list is read by pages that are counted, or, for a file of any length, each from where the one before ended. Never shows an
//! open visit, a phone number or a link.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::scope::Scope;
use super::{Batch, Row, Store, StoreError, Value};
use crate::domain::figures::{Tally, Waited};
use crate::domain::ids::{ConsultationId, ParticipantId, StaffId};
use crate::domain::outcome::Outcome;
use crate::domain::patient::RecordNumber;
use crate::domain::person::PersonName;
use crate::domain::service::Service;

/// Which past visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Which {
    /// Whose.
    pub scope: Scope,
    /// With an appointment from here on,
    pub from: Timestamp,
    /// until before here.
    pub until: Timestamp,
    /// Of one doctor only.
    pub doctor: Option<StaffId>,
    /// Of one service only.
    pub service: Option<Service>,
    /// With one outcome only.
    pub outcome: Option<Outcome>,
}

/// A past visit and its ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastVisit {
    /// Its id.
    pub id: ConsultationId,
    /// What it was for.
    pub service: Service,
    /// The appointment.
    pub starts_at: Timestamp,
    /// Whom it was about.
    pub patient: PersonName,
    /// The number of their record.
    pub record: Option<RecordNumber>,
    /// Who was to conduct it.
    pub doctor: Option<PersonName>,
    /// The inpatient's ward.
    pub ward: Option<String>,
    /// How it ended.
    pub outcome: Outcome,
    /// When the first message with the link had left.
    pub sent_at: Option<Timestamp>,
    /// When the first of them was on its phone, as its provider says.
    pub delivered_at: Option<Timestamp>,
    /// When the first guest had the link's page open.
    pub opened_at: Option<Timestamp>,
    /// When the first guest was in the lobby.
    pub arrived_at: Option<Timestamp>,
    /// When the first guest was let in.
    pub admitted_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
}

/// Where a page of all that was asked for ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct After {
    /// The appointment of its last visit; none before the first page.
    instant: Option<Timestamp>,
    /// What was read of those at that time: an id is a text, and texts are not compared.
    read: HashSet<ConsultationId>,
}

/// The outcome in the domain's words.
macro_rules! outcome {
    () => {
        "CASE WHEN c.phase <> 'no_show' THEN c.phase WHEN c.missing = 'staff' THEN 'no_show_of_staff' ELSE 'no_show_of_family' END"
    };
}

/// Closed visits of a period, a service and an outcome; `$3` and `$4` may be `any`.
macro_rules! closed {
    () => {
        concat!(
            "c.phase IN ('ended', 'cancelled', 'no_show') AND c.starts_at >= $1 AND c.starts_at < $2 \
             AND ($3 = 'any' OR c.service = $3) AND ($4 = 'any' OR ",
            outcome!(),
            " = $4)"
        )
    };
}

macro_rules! listed {
    ($which:literal) => {
        concat!(
            "SELECT c.id, c.service, c.starts_at, p.name, p.record_number, d.name, w.name, ",
            outcome!(),
            ", (SELECT MIN(o.sent_at) FROM outbox o WHERE o.consultation_id = c.id AND o.template IN ('link', 'new_link') \
             AND (o.provider_id IS NOT NULL OR o.channel = 'email')), \
             (SELECT MIN(o.delivered_at) FROM outbox o WHERE o.consultation_id = c.id AND o.template IN ('link', 'new_link')), \
             (SELECT MIN(s.opened_at) FROM participants s WHERE s.consultation_id = c.id), \
             c.first_arrived_at, c.first_admitted_at, c.closed_at \
             FROM consultations c JOIN patients p ON p.id = c.patient_id \
             LEFT JOIN staff d ON d.id = c.doctor_id LEFT JOIN wards w ON w.id = c.ward_id \
             WHERE c.id IN (SELECT c.id FROM consultations c WHERE ",
            closed!(),
            $which,
            ") ORDER BY c.starts_at DESC, c.id DESC"
        )
    };
}

/// A quarter of an hour is the finest step by which zones differ, so that each falls into one day everywhere.
macro_rules! tallied {
    ($which:literal) => {
        concat!(
            "SELECT c.starts_at / 900000000, ",
            outcome!(),
            ", COUNT(*) FROM consultations c WHERE ",
            closed!(),
            $which,
            " GROUP BY 1, 2"
        )
    };
}

macro_rules! waits {
    ($which:literal) => {
        concat!(
            "SELECT (c.first_admitted_at - CASE WHEN c.first_arrived_at > c.starts_at THEN c.first_arrived_at \
             ELSE c.starts_at END) / 60000000, COUNT(*) FROM consultations c \
             WHERE c.first_arrived_at IS NOT NULL AND c.first_admitted_at IS NOT NULL AND ",
            closed!(),
            $which,
            " GROUP BY 1"
        )
    };
}

const LIST: &str = listed!(" ORDER BY c.starts_at DESC, c.id DESC LIMIT $5 OFFSET $6");
const LIST_OF_DOCTOR: &str = listed!(" AND c.doctor_id = $5 ORDER BY c.starts_at DESC, c.id DESC LIMIT $6 OFFSET $7");
const LIST_OF_WARD: &str =
    listed!(" AND c.service = 'tele_visit' AND c.ward_id = $5 ORDER BY c.starts_at DESC, c.id DESC LIMIT $6 OFFSET $7");
const TALLIES: &str = tallied!("");
const TALLIES_OF_DOCTOR: &str = tallied!(" AND c.doctor_id = $5");
const TALLIES_OF_WARD: &str = tallied!(" AND c.service = 'tele_visit' AND c.ward_id = $5");
const WAITS: &str = waits!("");
const WAITS_OF_DOCTOR: &str = waits!(" AND c.doctor_id = $5");
const WAITS_OF_WARD: &str = waits!(" AND c.service = 'tele_visit' AND c.ward_id = $5");

const OPENED: &str = "UPDATE participants SET opened_at = $1 WHERE id = $2 AND opened_at IS NULL";

/// The statements of one scope: list, tallies, waits.
const OF_CLINIC: [&str; 3] = [LIST, TALLIES, WAITS];
const OF_DOCTOR: [&str; 3] = [LIST_OF_DOCTOR, TALLIES_OF_DOCTOR, WAITS_OF_DOCTOR];
const OF_WARD: [&str; 3] = [LIST_OF_WARD, TALLIES_OF_WARD, WAITS_OF_WARD];

/// At most `most` past visits after the first `skipped`, newest first.
///
/// # Errors
/// As [`Store::read`].
pub async fn list(store: &Store, which: &Which, most: u32, skipped: u32) -> Result<Vec<PastVisit>, StoreError> {
    let Some(([list, ..], mut params)) = statements(which) else { return Ok(Vec::new()) };
    params.extend([Value::from(i64::from(most)), Value::from(i64::from(skipped))]);
    store.read(list, params).await?.iter().map(past_visit).collect()
}

/// The next `most` of all these visits, newest first, and where that page ends; nothing beyond the last page. No visit is
/// read twice or left out because others are closed meanwhile.
///
/// # Errors
/// As [`Store::read`].
pub async fn page(
    store: &Store,
    which: &Which,
    after: &After,
    most: u32,
) -> Result<Option<(Vec<PastVisit>, After)>, StoreError> {
    // From the last appointment on, which others may share.
    let until = after.instant.map_or(which.until, |instant| instant + SignedDuration::from_micros(1));
    let known = u32::try_from(after.read.len()).unwrap_or(u32::MAX);
    let mut visits = list(store, &Which { until, ..*which }, most.saturating_add(known), 0).await?;
    visits.retain(|visit| !after.read.contains(&visit.id));
    let Some(last) = visits.last().map(|visit| visit.starts_at) else { return Ok(None) };
    let mut next = After { instant: Some(last), read: HashSet::new() };
    if after.instant == next.instant {
        next.read.clone_from(&after.read);
    }
    next.read.extend(visits.iter().filter(|visit| visit.starts_at == last).map(|visit| visit.id));
    Ok(Some((visits, next)))
}

/// How many visits there were, and how they ended.
///
/// # Errors
/// As [`Store::read`].
pub async fn tallies(store: &Store, which: &Which) -> Result<Vec<Tally>, StoreError> {
    let Some(([_, tallies, _], params)) = statements(which) else { return Ok(Vec::new()) };
    let tally = |row: &Row| {
        let at = Timestamp::from_microsecond(row.int(0)?.saturating_mul(900_000_000));
        Ok(Tally {
            at: at.map_err(|_| StoreError::Malformed { column: 0 })?,
            outcome: row.parsed(1)?,
            visits: u64::try_from(row.int(2)?).map_err(|_| StoreError::Malformed { column: 2 })?,
        })
    };
    store.read(tallies, params).await?.iter().map(tally).collect()
}

/// How long people waited to be let in.
///
/// # Errors
/// As [`Store::read`].
pub async fn waits(store: &Store, which: &Which) -> Result<Vec<Waited>, StoreError> {
    let Some(([_, _, waits], params)) = statements(which) else { return Ok(Vec::new()) };
    let waited = |row: &Row| {
        let visits = u64::try_from(row.int(1)?).map_err(|_| StoreError::Malformed { column: 1 })?;
        Ok(Waited { minutes: row.int(0)?, visits })
    };
    store.read(waits, params).await?.iter().map(waited).collect()
}

/// A person's browser shows the link's page; only the first time counts.
///
/// # Errors
/// As [`Store::write`].
pub async fn opened(store: &Store, seat: ParticipantId, at: Timestamp) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run(OPENED, vec![at.into(), seat.to_string().into()]);
    store.write(batch).await.map(drop)
}

/// Nothing where somebody asks for the visits of another doctor than themselves, or a ward for a doctor's.
fn statements(which: &Which) -> Option<([&'static str; 3], Vec<Value>)> {
    let any = |word: Option<&'static str>| Value::from(word.unwrap_or("any"));
    let mut params = vec![
        which.from.into(),
        which.until.into(),
        any(which.service.map(Service::as_str)),
        any(which.outcome.map(Outcome::as_str)),
    ];
    let statements = match (which.scope, which.doctor) {
        (Scope::Clinic, None) => return Some((OF_CLINIC, params)),
        (Scope::Clinic, Some(doctor)) => {
            params.push(doctor.to_string().into());
            OF_DOCTOR
        }
        (Scope::Doctor(own), doctor) if doctor.is_none_or(|doctor| doctor == own) => {
            params.push(own.to_string().into());
            OF_DOCTOR
        }
        (Scope::Ward(ward), None) => {
            params.push(ward.to_string().into());
            OF_WARD
        }
        (Scope::Doctor(_) | Scope::Ward(_), _) => return None,
    };
    Some((statements, params))
}

fn past_visit(row: &Row) -> Result<PastVisit, StoreError> {
    Ok(PastVisit {
        id: row.parsed(0)?,
        service: row.parsed(1)?,
        starts_at: row.instant(2)?,
        patient: row.parsed(3)?,
        record: row.parsed_or_null(4)?,
        doctor: row.parsed_or_null(5)?,
        ward: row.text_or_null(6)?.map(str::to_owned),
        outcome: row.parsed(7)?,
        sent_at: row.instant_or_null(8)?,
        delivered_at: row.instant_or_null(9)?,
        opened_at: row.instant_or_null(10)?,
        arrived_at: row.instant_or_null(11)?,
        admitted_at: row.instant_or_null(12)?,
        closed_at: row.instant_or_null(13)?,
    })
}
