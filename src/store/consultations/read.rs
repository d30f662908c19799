//! Reading visits whole, by id or by what a board shows.

use futures_util::future::try_join;
use jiff::SignedDuration;

use super::{CommandId, ConsultationId, HashSet, Store, StoreError, StoredVisit, Timestamp, rows};
use crate::domain::consultation::Phase;
use crate::domain::ids::{RelativeId, StaffId};
use crate::domain::schedule::NO_SHOW_AFTER;
use crate::store::Value;
use crate::store::scope::Scope;

macro_rules! visits {
    ($scope:expr) => {
        concat!(
            "SELECT c.id, c.rev, c.service, c.phase, c.admission, c.engine, c.doctor_id, c.ward_id, c.starts_at, \
             c.started_at, c.closed_at, c.missing, c.reason, p.name, p.birth_date, d.name, w.name, c.zone, c.minutes, c.patient_id, \
             c.expected_at, c.told_late_at, m.rev, m.done_rev, m.obstacle, m.meeting_id \
             FROM consultations c JOIN patients p ON p.id = c.patient_id \
             LEFT JOIN staff d ON d.id = c.doctor_id LEFT JOIN wards w ON w.id = c.ward_id \
             LEFT JOIN webex_meetings m ON m.consultation_id = c.id WHERE ",
            $scope,
            " ORDER BY c.starts_at, c.id"
        )
    };
}

macro_rules! seats {
    ($scope:expr) => {
        concat!(
            "SELECT s.consultation_id, s.id, s.kind, s.staff_id, s.name, s.relation, s.phone, s.language, s.standing, \
             s.arrived_at, s.browser_id, s.newcomer_id, s.device_changed, s.invitation_id, s.link_generation, \
             s.link_opens_at, s.link_expires_at, s.link_requested_at, s.wants_text \
             FROM participants s JOIN consultations c ON c.id = s.consultation_id WHERE ",
            $scope,
            " ORDER BY s.consultation_id, s.position"
        )
    };
}

/// Open visits of the day that need somebody, and those that come next: who asks for a link, who waits, who should be there
/// soon, what is running, then by time.
macro_rules! needing {
    () => {
        "c.id IN (SELECT o.id FROM consultations o WHERE o.phase IN ('scheduled', 'in_session') AND o.starts_at >= $1 \
         AND o.starts_at < $2 AND (o.starts_at >= $3 OR o.phase = 'in_session') ORDER BY CASE \
         WHEN EXISTS (SELECT 1 FROM participants r WHERE r.consultation_id = o.id AND r.link_requested_at IS NOT NULL) THEN 0 \
         WHEN o.phase = 'scheduled' AND EXISTS (SELECT 1 FROM participants a WHERE a.consultation_id = o.id \
         AND a.standing = 'waiting') THEN 1 \
         WHEN o.phase = 'scheduled' AND o.starts_at < $4 THEN 2 WHEN o.phase = 'in_session' THEN 3 ELSE 4 END, \
         o.starts_at, o.id LIMIT $5)"
    };
}

const VISITS_NEEDING: &str = visits!(needing!());
const SEATS_NEEDING: &str = seats!(needing!());

const COUNT: &str = "SELECT CASE WHEN c.phase IN ('scheduled', 'in_session') THEN 1 ELSE 0 END, COUNT(*) FROM consultations c \
     WHERE c.starts_at >= $1 AND c.starts_at < $2 AND (c.starts_at >= $3 OR c.phase = 'in_session') GROUP BY 1";

const VISIT: &str = visits!("c.id = $1");
const SEATS: &str = seats!("c.id = $1");
const VISITS_OF_DOCTOR: &str = visits!("c.doctor_id = $1 AND c.starts_at >= $2 AND c.starts_at < $3");
const SEATS_OF_DOCTOR: &str = seats!("c.doctor_id = $1 AND c.starts_at >= $2 AND c.starts_at < $3");
const VISITS_OF_WARD: &str =
    visits!("c.service = 'tele_visit' AND c.ward_id = $1 AND c.starts_at >= $2 AND c.starts_at < $3");
const SEATS_OF_WARD: &str =
    seats!("c.service = 'tele_visit' AND c.ward_id = $1 AND c.starts_at >= $2 AND c.starts_at < $3");
const VISITS_OF_CLINIC: &str = visits!("c.starts_at >= $1 AND c.starts_at < $2");
const SEATS_OF_CLINIC: &str = seats!("c.starts_at >= $1 AND c.starts_at < $2");

const COMMANDS: &str = "SELECT DISTINCT command_id FROM events WHERE consultation_id = $1";

const CARRIED_OUT: &str = "SELECT rev FROM events WHERE consultation_id = $1 AND command_id = $2 AND staff_id = $3 \
     ORDER BY rev DESC LIMIT 1";

const RELATIVES: &str = "SELECT relative_id FROM participants \
     WHERE consultation_id = $1 AND relative_id IS NOT NULL ORDER BY position";

const UNATTENDED: &str = "SELECT c.id FROM consultations c WHERE c.phase IN ('scheduled', 'in_session') \
     AND c.starts_at < $1 AND NOT EXISTS (SELECT 1 FROM participants s WHERE s.consultation_id = c.id AND s.standing <> 'removed' \
     AND s.link_expires_at >= $2) \
     ORDER BY c.starts_at LIMIT 500";

/// One visit.
///
/// # Errors
/// As [`Store::read`].
pub async fn find(store: &Store, id: ConsultationId) -> Result<Option<StoredVisit>, StoreError> {
    let key = vec![Value::from(id.to_string())];
    let Some(row) = store.read_one(VISIT, key.clone()).await? else { return Ok(None) };
    let mut visits = vec![rows::visit(&row)?];
    seat_all(&mut visits, store.read(SEATS, key).await?)?;
    Ok(visits.pop())
}

/// The ids of the commands a visit has carried out.
///
/// # Errors
/// As [`Store::read`].
pub async fn commands_of(store: &Store, id: ConsultationId) -> Result<HashSet<CommandId>, StoreError> {
    store.read(COMMANDS, vec![id.to_string().into()]).await?.iter().map(|row| row.parsed(0)).collect()
}

/// The `rev` that a command of somebody's led to, if the visit has carried it out.
///
/// # Errors
/// As [`Store::read`].
pub async fn carried_out(
    store: &Store,
    by: StaffId,
    id: ConsultationId,
    command: CommandId,
) -> Result<Option<u64>, StoreError> {
    let key = [id.to_string(), command.to_string(), by.to_string()].map(Value::from);
    store.read_one(CARRIED_OUT, key.into()).await?.map(|row| row.int(0).map(i64::cast_unsigned)).transpose()
}

/// The relatives who were invited to a visit, in that order.
///
/// # Errors
/// As [`Store::read`].
pub async fn relatives_invited(store: &Store, id: ConsultationId) -> Result<Vec<RelativeId>, StoreError> {
    store.read(RELATIVES, vec![id.to_string().into()]).await?.iter().map(|row| row.parsed(0)).collect()
}

/// How long before the day a visit may have begun that is still running.
const RUNNING_SINCE: SignedDuration = SignedDuration::from_hours(24);

/// The visits of one scope with an appointment from `from` until before `until`, and those still running from the day
/// before, by appointment.
///
/// # Errors
/// As [`Store::read`].
pub async fn in_scope(
    store: &Store,
    scope: Scope,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<StoredVisit>, StoreError> {
    let (visits, seats, mut params) = match scope {
        Scope::Doctor(id) => (VISITS_OF_DOCTOR, SEATS_OF_DOCTOR, vec![Value::from(id.to_string())]),
        Scope::Ward(id) => (VISITS_OF_WARD, SEATS_OF_WARD, vec![Value::from(id.to_string())]),
        Scope::Clinic => (VISITS_OF_CLINIC, SEATS_OF_CLINIC, vec![]),
    };
    params.extend([Value::from(from - RUNNING_SINCE), Value::from(until)]);
    let mut found = store.read(visits, params.clone()).await?.iter().map(rows::visit).collect::<Result<Vec<_>, _>>()?;
    found.retain(|stored| stored.visit.starts_at >= from || matches!(stored.visit.phase, Phase::InSession { .. }));
    seat_all(&mut found, store.read(seats, params).await?)?;
    Ok(found)
}

/// At most `most` open visits of the clinic's day: first those that need somebody, `soon` being until when they start soon.
///
/// # Errors
/// As [`Store::read`].
pub async fn needing(
    store: &Store,
    (from, until): (Timestamp, Timestamp),
    soon: Timestamp,
    most: u32,
) -> Result<Vec<StoredVisit>, StoreError> {
    let params: Vec<Value> =
        vec![(from - RUNNING_SINCE).into(), until.into(), from.into(), soon.into(), i64::from(most).into()];
    let (visits, seats) =
        try_join(store.read(VISITS_NEEDING, params.clone()), store.read(SEATS_NEEDING, params)).await?;
    let mut found = visits.iter().map(rows::visit).collect::<Result<Vec<_>, _>>()?;
    seat_all(&mut found, seats)?;
    Ok(found)
}

/// How many visits the clinic's day has: open ones, and closed ones.
///
/// # Errors
/// As [`Store::read`].
pub async fn count(store: &Store, (from, until): (Timestamp, Timestamp)) -> Result<(u32, u32), StoreError> {
    let params = vec![(from - RUNNING_SINCE).into(), until.into(), from.into()];
    let (mut open, mut over) = (0, 0);
    for row in store.read(COUNT, params).await? {
        let count = u32::try_from(row.int(1)?).map_err(|_| StoreError::Malformed { column: 1 })?;
        if row.int(0)? == 1 { open = count } else { over = count }
    }
    Ok((open, over))
}

/// Open visits whose last link expired so long ago that they are closed when nobody is connected; at most 500.
///
/// # Errors
/// As [`Store::read`].
pub async fn unattended(store: &Store, now: Timestamp) -> Result<Vec<ConsultationId>, StoreError> {
    let expired_before = now - NO_SHOW_AFTER;
    let rows = store.read(UNATTENDED, vec![expired_before.into(), expired_before.into()]).await?;
    rows.iter().map(|row| row.parsed(0)).collect()
}

/// Puts seats into their visits. A seat of a visit that was booked between the two reads is left for the next read.
fn seat_all(visits: &mut [StoredVisit], seats: Vec<super::Row>) -> Result<(), StoreError> {
    let places: std::collections::HashMap<_, _> =
        visits.iter().enumerate().map(|(place, stored)| (stored.visit.id, place)).collect();
    for row in seats {
        let (id, seat, relation) = rows::seat(&row)?;
        let Some(stored) = places.get(&id).and_then(|place| visits.get_mut(*place)) else { continue };
        if let Some(relation) = relation {
            stored.facts.relations.insert(seat.id, relation);
        }
        stored.visit.participants.push(seat);
    }
    Ok(())
}
