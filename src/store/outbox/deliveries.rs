//! How the latest message to each seat went, for cards and lists.
//!
//! Never looks at what has not been sent yet: a seat whose link goes out tomorrow has nothing to tell today.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use crate::domain::ids::{ConsultationId, ParticipantId};
use crate::domain::message::{MessageStatus, Reason, Template};
use crate::store::scope::Scope;
use crate::store::{Row, Store, StoreError, Value};

/// How the latest message to a seat went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// How far it has come.
    pub status: MessageStatus,
    /// Why no further.
    pub reason: Option<Reason>,
}

/// Of each seat of one visit.
pub type Deliveries = BTreeMap<ParticipantId, Delivery>;

macro_rules! deliveries {
    ($scope:literal) => {
        concat!(
            "SELECT o.consultation_id, o.participant_id, o.status, o.reason FROM outbox o \
             JOIN consultations c ON c.id = o.consultation_id WHERE ",
            $scope,
            " AND o.status <> 'cancelled' AND (o.status <> 'pending' OR o.reason IS NOT NULL) ORDER BY o.due_at, o.id"
        )
    };
}

const LINKS_TO: &str = "SELECT due_at FROM outbox WHERE participant_id = $1 AND due_at >= $2 \
     AND template IN ('link', 'new_link') AND status <> 'cancelled' AND channel = 'text'";

const SENT_TO: &str = "SELECT due_at FROM outbox WHERE participant_id = $1 AND template = $2 AND due_at >= $3 \
     AND status <> 'cancelled' AND channel = 'text'";

const OF_VISIT: &str = deliveries!("c.id = $1");
const OF_DOCTOR: &str = deliveries!("c.doctor_id = $1 AND c.starts_at >= $2 AND c.starts_at < $3");
const OF_WARD: &str =
    deliveries!("c.service = 'tele_visit' AND c.ward_id = $1 AND c.starts_at >= $2 AND c.starts_at < $3");
const OF_CLINIC: &str = deliveries!("c.starts_at >= $1 AND c.starts_at < $2");

/// When links went to this seat, or began to, from `since` on.
///
/// # Errors
/// As [`Store::read`].
pub async fn links_to(store: &Store, seat: ParticipantId, since: Timestamp) -> Result<Vec<Timestamp>, StoreError> {
    store.read(LINKS_TO, vec![seat.to_string().into(), since.into()]).await?.iter().map(|row| row.instant(0)).collect()
}

/// When this text went to this seat, or began to, from `since` on.
///
/// # Errors
/// As [`Store::read`].
pub async fn sent_to(
    store: &Store,
    seat: ParticipantId,
    template: Template,
    since: Timestamp,
) -> Result<Vec<Timestamp>, StoreError> {
    let params = vec![seat.to_string().into(), template.as_str().into(), since.into()];
    store.read(SENT_TO, params).await?.iter().map(|row| row.instant(0)).collect()
}

/// Of each seat of one visit.
///
/// # Errors
/// As [`Store::read`].
pub async fn of_visit(store: &Store, visit: ConsultationId) -> Result<Deliveries, StoreError> {
    let rows = store.read(OF_VISIT, vec![visit.to_string().into()]).await?;
    rows.iter().map(|row| delivery(row).map(|(_, seat, delivery)| (seat, delivery))).collect()
}

/// Of each seat of the visits of one scope with an appointment from `from` until before `until`, visit by visit.
///
/// # Errors
/// As [`Store::read`].
pub async fn in_scope(
    store: &Store,
    scope: Scope,
    from: Timestamp,
    until: Timestamp,
) -> Result<HashMap<ConsultationId, Deliveries>, StoreError> {
    let (sql, mut params) = match scope {
        Scope::Doctor(id) => (OF_DOCTOR, vec![Value::from(id.to_string())]),
        Scope::Ward(id) => (OF_WARD, vec![Value::from(id.to_string())]),
        Scope::Clinic => (OF_CLINIC, vec![]),
    };
    params.extend([Value::from(from), Value::from(until)]);
    let mut found = HashMap::<_, Deliveries>::new();
    for row in store.read(sql, params).await? {
        let (visit, seat, delivery) = delivery(&row)?;
        found.entry(visit).or_default().insert(seat, delivery);
    }
    Ok(found)
}

fn delivery(row: &Row) -> Result<(ConsultationId, ParticipantId, Delivery), StoreError> {
    Ok((row.parsed(0)?, row.parsed(1)?, Delivery { status: row.parsed(2)?, reason: row.parsed_or_null(3)? }))
}
