//! What cards and lists need to know of the messages to each seat: how the latest went, whether whoever holds it wants
//! none, and what they answered.
//!
//! Never looks at what has not been sent yet: a seat whose link goes out tomorrow has nothing to tell today.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use super::has_left;
use crate::domain::ids::{ConsultationId, ParticipantId};
use crate::domain::message::opt_out::Answer;
use crate::domain::message::{MessageStatus, Template};
use crate::store::scope::Scope;
use crate::store::{Row, Store, StoreError, Value};

/// How many answers of one seat a card shows.
const SHOWN: usize = 3;

/// The longest answer on a card, in letters.
const LONGEST: usize = 200;

/// What is known of the messages to one seat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correspondence {
    /// How the latest went.
    pub latest: Option<Delivery>,
    /// Whether its number asked for no more messages.
    pub wants_none: bool,
    /// What came back, the newest last.
    pub answers: Vec<Answered>,
}

impl Correspondence {
    /// Whoever has come was told what staff had to tell them.
    pub fn told(&mut self) {
        if let Some(latest @ Delivery { status: MessageStatus::Sent, has_left: false }) = &mut self.latest {
            latest.status = MessageStatus::Delivered;
        }
    }
}

/// How the latest message to a seat went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// How far it has come.
    pub status: MessageStatus,
    /// Whether it has left the house; otherwise staff show it.
    pub has_left: bool,
}

/// An answer, cut to what a card has room for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// What it says.
    pub text: String,
    /// When it came.
    pub at: Timestamp,
}

/// Of each seat of one visit.
pub type Deliveries = BTreeMap<ParticipantId, Correspondence>;

macro_rules! deliveries {
    ($scope:literal) => {
        concat!(
            "SELECT o.consultation_id, o.participant_id, o.status, o.channel, o.provider_id FROM outbox o \
             JOIN consultations c ON c.id = o.consultation_id WHERE ",
            $scope,
            " AND o.status <> 'cancelled' AND (o.status <> 'pending' OR o.reason IS NOT NULL) ORDER BY o.due_at, o.id"
        )
    };
}

macro_rules! unwilling {
    ($scope:literal) => {
        concat!(
            "SELECT s.consultation_id, s.id FROM opt_outs n JOIN participants s ON s.phone = n.phone \
             JOIN consultations c ON c.id = s.consultation_id WHERE ",
            $scope,
            " ORDER BY s.id"
        )
    };
}

macro_rules! answers {
    ($scope:literal) => {
        concat!(
            "SELECT r.visit_id, r.seat_id, r.text, r.received_at FROM replies r \
             JOIN consultations c ON c.id = r.visit_id WHERE ",
            $scope,
            " AND r.seat_id IS NOT NULL ORDER BY r.received_at, r.id"
        )
    };
}

// What waited to be shown counts, also once another message took its place.
const LINKS_TO: &str = "SELECT due_at FROM outbox WHERE participant_id = $1 AND due_at >= $2 \
     AND template IN ('link', 'new_link') AND (status <> 'cancelled' OR sent_at IS NOT NULL) AND channel = 'text'";

const SENT_TO: &str = "SELECT due_at FROM outbox WHERE participant_id = $1 AND template = $2 AND due_at >= $3 \
     AND (status <> 'cancelled' OR sent_at IS NOT NULL) AND channel = 'text'";

const OF_VISIT: &str = deliveries!("c.id = $1");
const OF_DOCTOR: &str = deliveries!("c.doctor_id = $1 AND c.starts_at >= $2 AND c.starts_at < $3");
const OF_WARD: &str =
    deliveries!("c.service = 'tele_visit' AND c.ward_id = $1 AND c.starts_at >= $2 AND c.starts_at < $3");
const OF_CLINIC: &str = deliveries!("c.starts_at >= $1 AND c.starts_at < $2");

const UNWILLING_OF_VISIT: &str = unwilling!("c.id = $1");
const UNWILLING_OF_DOCTOR: &str = unwilling!("c.doctor_id = $1 AND c.starts_at >= $2 AND c.starts_at < $3");
const UNWILLING_OF_WARD: &str =
    unwilling!("c.service = 'tele_visit' AND c.ward_id = $1 AND c.starts_at >= $2 AND c.starts_at < $3");
const UNWILLING_OF_CLINIC: &str = unwilling!("c.starts_at >= $1 AND c.starts_at < $2");

const ANSWERS_OF_VISIT: &str = answers!("c.id = $1");
const ANSWERS_OF_DOCTOR: &str = answers!("c.doctor_id = $1 AND c.starts_at >= $2 AND c.starts_at < $3");
const ANSWERS_OF_WARD: &str =
    answers!("c.service = 'tele_visit' AND c.ward_id = $1 AND c.starts_at >= $2 AND c.starts_at < $3");
const ANSWERS_OF_CLINIC: &str = answers!("c.starts_at >= $1 AND c.starts_at < $2");

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
    let key = vec![Value::from(visit.to_string())];
    let mut found = gather(store, [OF_VISIT, UNWILLING_OF_VISIT, ANSWERS_OF_VISIT], &key).await?;
    Ok(found.remove(&visit).unwrap_or_default())
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
    let (statements, mut params) = match scope {
        Scope::Doctor(id) => ([OF_DOCTOR, UNWILLING_OF_DOCTOR, ANSWERS_OF_DOCTOR], vec![Value::from(id.to_string())]),
        Scope::Ward(id) => ([OF_WARD, UNWILLING_OF_WARD, ANSWERS_OF_WARD], vec![Value::from(id.to_string())]),
        Scope::Clinic => ([OF_CLINIC, UNWILLING_OF_CLINIC, ANSWERS_OF_CLINIC], vec![]),
    };
    params.extend([Value::from(from), Value::from(until)]);
    gather(store, statements, &params).await
}

async fn gather(
    store: &Store,
    [deliveries, unwilling, answers]: [&'static str; 3],
    params: &[Value],
) -> Result<HashMap<ConsultationId, Deliveries>, StoreError> {
    let mut found = HashMap::<ConsultationId, Deliveries>::new();
    let mut change = |row: &Row, change: &dyn Fn(&mut Correspondence)| -> Result<(), StoreError> {
        change(found.entry(row.parsed(0)?).or_default().entry(row.parsed(1)?).or_default());
        Ok(())
    };
    for row in store.read(deliveries, params.to_vec()).await? {
        let latest = delivery(&row)?;
        change(&row, &|seat| seat.latest = Some(latest))?;
    }
    for row in store.read(unwilling, params.to_vec()).await? {
        change(&row, &|seat| seat.wants_none = true)?;
    }
    for row in store.read(answers, params.to_vec()).await? {
        let text = row.text(2)?;
        // What only says stop or start is told otherwise.
        if Answer::read(text) == Answer::Other && !text.is_empty() {
            let answered = Answered { text: text.chars().take(LONGEST).collect(), at: row.instant(3)? };
            change(&row, &|seat| {
                seat.answers.push(answered.clone());
                let spare = seat.answers.len().saturating_sub(SHOWN);
                seat.answers.drain(..spare);
            })?;
        }
    }
    Ok(found)
}

fn delivery(row: &Row) -> Result<Delivery, StoreError> {
    Ok(Delivery { status: row.parsed(2)?, has_left: has_left(row.text_or_null(4)?, row.parsed(3)?) })
}
