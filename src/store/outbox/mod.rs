//! Messages that must leave the house: written in the same commit as their cause, sent by a worker, shown to staff.
//!
//! [`queue`] is the worker's side: what is due, what was handed over, what became of it. [`reports`] is the providers'.
//! [`cancel`] is what other causes call back.
//!
//! Never holds a text, a link or a token: what a message says is rendered from these rows when it is sent or shown.

pub mod by_hand;
pub mod cancel;
pub mod deliveries;
pub mod queue;
pub mod reports;

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::agenda::Part;
use super::scope::Scope;
use super::{Batch, Row, Store, StoreError, Value};
use crate::domain::agenda::Stretch;
use crate::domain::consultation::{Kind, Standing};
use crate::domain::ids::{ConsultationId, MessageId, ParticipantId, StaffId};
use crate::domain::link::Link;
use crate::domain::message::{Channel, MessageStatus, Reason, Template};
use crate::domain::person::{Email, Language, PersonName, Phone};
use crate::domain::service::Service;

/// A message about to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewMessage {
    /// Its id.
    pub id: MessageId,
    /// The visit it is about.
    pub consultation: ConsultationId,
    /// The seat of whoever it goes to.
    pub participant: ParticipantId,
    /// Which text.
    pub template: Template,
    /// When to send it.
    pub due_at: Timestamp,
    /// Now.
    pub created_at: Timestamp,
}

/// A message with all that rendering it needs, as things stand now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredMessage {
    /// Its id.
    pub id: MessageId,
    /// The visit it is about.
    pub consultation: ConsultationId,
    /// The seat of whoever it goes to.
    pub participant: ParticipantId,
    /// Which text.
    pub template: Template,
    /// By which way it goes.
    pub channel: Channel,
    /// How far it has come.
    pub status: MessageStatus,
    /// Why it came no further.
    pub reason: Option<Reason>,
    /// The provider's own word for that.
    pub code: Option<String>,
    /// When to send it.
    pub due_at: Timestamp,
    /// When a worker looks at it next; while one has it in hand, when the next may take it over.
    pub next_try_at: Timestamp,
    /// When it was handed to the provider last; none when it certainly was not.
    pub handed_at: Option<Timestamp>,
    /// The number or address it was handed over for last, whatever the seat's is now.
    pub handed_to: Option<String>,
    /// SHA-256 of what it said then.
    pub handed_digest: Option<[u8; 32]>,
    /// How often it was handed over.
    pub tries: u32,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// Whether it was given to somebody outside; otherwise, once sent, staff show it.
    pub has_left: bool,
    /// Whom it goes to.
    pub to: PersonName,
    /// Their number; an inpatient may have none.
    pub phone: Option<Phone>,
    /// Their address; only patients have one.
    pub email: Option<Email>,
    /// Their language.
    pub language: Language,
    /// Their link, of the newest generation.
    pub link: Link,
    /// Whether that link leads anywhere: the visit is not over, and they were not sent away.
    pub is_welcome: bool,
    /// Whether they have entered with it; then it does not expire.
    pub has_entered: bool,
    /// The appointment.
    pub starts_at: Timestamp,
    /// The zone it was agreed in.
    pub zone: String,
    /// When it will begin, where staff said that it is late.
    pub expected_at: Option<Timestamp>,
    /// What the visit is.
    pub service: Service,
    /// When their link was opened first.
    pub opened_at: Option<Timestamp>,
    /// The patient, for staff only.
    pub patient: PersonName,
}

/// Whose messages a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those of the visits somebody may look at.
    Within(Scope),
    /// Those of the visits somebody has booked.
    BookedBy(StaffId),
}

/// Which messages a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// Whose.
    pub whose: Whose,
    /// When they are due.
    pub within: Stretch,
    /// How far they have come; at least one.
    pub statuses: &'a [MessageStatus],
    /// In which order.
    pub order: Order,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Those due last first.
    Latest,
    /// Those due next first.
    Next,
}

const INSERT: &str = "INSERT INTO outbox (id, consultation_id, participant_id, template, due_at, next_try_at, status, created_at) \
     VALUES ($1, $2, $3, $4, $5, $5, 'pending', $6)";

macro_rules! messages {
    ($scope:literal) => {
        concat!(
            "SELECT o.id, o.consultation_id, o.participant_id, o.template, o.status, o.due_at, o.sent_at, s.name, \
             s.phone, s.language, s.invitation_id, s.link_generation, s.link_opens_at, s.link_expires_at, \
             s.link_requested_at, s.standing, c.closed_at, c.starts_at, c.zone, p.name, o.channel, o.reason, o.code, \
             o.next_try_at, o.handed_at, o.tries, s.kind, p.email, c.expected_at, c.service, s.opened_at, \
             o.provider_id, o.sent_to, \
             o.handed_digest \
             FROM outbox o JOIN participants s ON s.id = o.participant_id \
             JOIN consultations c ON c.id = o.consultation_id JOIN patients p ON p.id = c.patient_id WHERE ",
            $scope
        )
    };
}

const MESSAGE: &str = messages!("o.id = $1");

const LATEST_OF_DOCTOR: &str = messages!(
    "c.doctor_id = $1 AND o.due_at >= $2 AND o.due_at < $3 \
     AND o.status IN ($4, $5, $6, $7, $8, $9, $10, $11, $12) \
     ORDER BY o.due_at DESC, o.id DESC LIMIT $13 OFFSET $14"
);
const NEXT_OF_DOCTOR: &str = messages!(
    "c.doctor_id = $1 AND o.due_at >= $2 AND o.due_at < $3 \
     AND o.status IN ($4, $5, $6, $7, $8, $9, $10, $11, $12) \
     ORDER BY o.due_at ASC, o.id ASC LIMIT $13 OFFSET $14"
);
const LATEST_OF_WARD: &str = messages!(
    "c.service = 'tele_visit' AND c.ward_id = $1 AND o.due_at >= $2 AND o.due_at < $3 \
     AND o.status IN ($4, $5, $6, $7, $8, $9, $10, $11, $12) \
     ORDER BY o.due_at DESC, o.id DESC LIMIT $13 OFFSET $14"
);
const NEXT_OF_WARD: &str = messages!(
    "c.service = 'tele_visit' AND c.ward_id = $1 AND o.due_at >= $2 AND o.due_at < $3 \
     AND o.status IN ($4, $5, $6, $7, $8, $9, $10, $11, $12) \
     ORDER BY o.due_at ASC, o.id ASC LIMIT $13 OFFSET $14"
);
const LATEST_OF_BOOKER: &str = messages!(
    "c.created_by = $1 AND o.due_at >= $2 AND o.due_at < $3 \
     AND o.status IN ($4, $5, $6, $7, $8, $9, $10, $11, $12) \
     ORDER BY o.due_at DESC, o.id DESC LIMIT $13 OFFSET $14"
);
const NEXT_OF_BOOKER: &str = messages!(
    "c.created_by = $1 AND o.due_at >= $2 AND o.due_at < $3 \
     AND o.status IN ($4, $5, $6, $7, $8, $9, $10, $11, $12) \
     ORDER BY o.due_at ASC, o.id ASC LIMIT $13 OFFSET $14"
);
const LATEST_OF_CLINIC: &str = messages!(
    "o.due_at >= $1 AND o.due_at < $2 \
     AND o.status IN ($3, $4, $5, $6, $7, $8, $9, $10, $11) \
     ORDER BY o.due_at DESC, o.id DESC LIMIT $12 OFFSET $13"
);
const NEXT_OF_CLINIC: &str = messages!(
    "o.due_at >= $1 AND o.due_at < $2 \
     AND o.status IN ($3, $4, $5, $6, $7, $8, $9, $10, $11) \
     ORDER BY o.due_at ASC, o.id ASC LIMIT $12 OFFSET $13"
);

macro_rules! counted {
    ($from:literal) => {
        concat!("SELECT o.status, COUNT(*) FROM outbox o ", $from, " GROUP BY o.status ORDER BY o.status")
    };
}

const COUNT_OF_DOCTOR: &str = counted!(
    "JOIN consultations c ON c.id = o.consultation_id WHERE c.doctor_id = $1 AND o.due_at >= $2 AND o.due_at < $3"
);
const COUNT_OF_WARD: &str = counted!(
    "JOIN consultations c ON c.id = o.consultation_id WHERE c.service = 'tele_visit' AND c.ward_id = $1 \
     AND o.due_at >= $2 AND o.due_at < $3"
);
const COUNT_OF_BOOKER: &str = counted!(
    "JOIN consultations c ON c.id = o.consultation_id WHERE c.created_by = $1 AND o.due_at >= $2 AND o.due_at < $3"
);
const COUNT_OF_CLINIC: &str = counted!("WHERE o.due_at >= $1 AND o.due_at < $2");

/// Adds a message.
pub fn add(batch: &mut Batch, message: &NewMessage) {
    batch.run_on_one(
        INSERT,
        vec![
            message.id.to_string().into(),
            message.consultation.to_string().into(),
            message.participant.to_string().into(),
            message.template.as_str().into(),
            message.due_at.into(),
            message.created_at.into(),
        ],
    );
}

/// One message.
///
/// # Errors
/// As [`Store::read`].
pub async fn find(store: &Store, id: MessageId) -> Result<Option<StoredMessage>, StoreError> {
    store.read_one(MESSAGE, vec![id.to_string().into()]).await?.as_ref().map(message).transpose()
}

/// A part of the messages that are wanted.
///
/// # Errors
/// As [`Store::read`].
pub async fn list(store: &Store, wanted: &Wanted<'_>, part: Part) -> Result<Vec<StoredMessage>, StoreError> {
    let [latest, next, _] = wanted.whose.statements();
    let sql = if wanted.order == Order::Latest { latest } else { next };
    let mut params = wanted.whose.key();
    params.extend([Value::from(wanted.within.from), Value::from(wanted.within.until)]);
    // As many as there are in the statement, whether or not some come twice.
    let statuses = wanted.statuses.iter().cycle().take(MessageStatus::ALL.len());
    params.extend(statuses.map(|status| Value::from(status.as_str())));
    params.extend([Value::from(i64::from(part.most)), Value::from(i64::from(part.skipped))]);
    store.read(sql, params).await?.iter().map(message).collect()
}

/// How many messages are due within a stretch of time, by how far they have come.
///
/// # Errors
/// As [`Store::read`].
pub async fn count(store: &Store, whose: Whose, within: Stretch) -> Result<BTreeMap<MessageStatus, u64>, StoreError> {
    let [.., counts] = whose.statements();
    let mut params = whose.key();
    params.extend([Value::from(within.from), Value::from(within.until)]);
    let rows = store.read(counts, params).await?;
    rows.iter().map(|row| Ok((row.parsed(0)?, u64::try_from(row.int(1)?).unwrap_or(0)))).collect()
}

impl Whose {
    const fn statements(self) -> [&'static str; 3] {
        match self {
            Self::Within(Scope::Doctor(_)) => [LATEST_OF_DOCTOR, NEXT_OF_DOCTOR, COUNT_OF_DOCTOR],
            Self::Within(Scope::Ward(_)) => [LATEST_OF_WARD, NEXT_OF_WARD, COUNT_OF_WARD],
            Self::Within(Scope::Clinic) => [LATEST_OF_CLINIC, NEXT_OF_CLINIC, COUNT_OF_CLINIC],
            Self::BookedBy(_) => [LATEST_OF_BOOKER, NEXT_OF_BOOKER, COUNT_OF_BOOKER],
        }
    }

    fn key(self) -> Vec<Value> {
        match self {
            Self::Within(Scope::Doctor(id)) | Self::BookedBy(id) => vec![id.to_string().into()],
            Self::Within(Scope::Ward(id)) => vec![id.to_string().into()],
            Self::Within(Scope::Clinic) => vec![],
        }
    }
}

/// Whether a message was given to somebody outside: by e-mail, or to a provider that has its own name for it.
pub(super) fn has_left(provider_id: Option<&str>, channel: Channel) -> bool {
    provider_id.is_some() || channel == Channel::Email
}

fn message(row: &Row) -> Result<StoredMessage, StoreError> {
    let is_open = row.instant_or_null(16)?.is_none();
    Ok(StoredMessage {
        id: row.parsed(0)?,
        consultation: row.parsed(1)?,
        participant: row.parsed(2)?,
        template: row.parsed(3)?,
        status: row.parsed(4)?,
        due_at: row.instant(5)?,
        sent_at: row.instant_or_null(6)?,
        to: row.parsed(7)?,
        phone: row.parsed_or_null(8)?,
        language: row.parsed(9)?,
        link: Link {
            invitation: row.parsed(10)?,
            generation: u32::try_from(row.int(11)?).map_err(|_| StoreError::Malformed { column: 11 })?,
            opens_at: row.instant(12)?,
            expires_at: row.instant(13)?,
            requested_at: row.instant_or_null(14)?,
        },
        is_welcome: is_open && row.text(15)? != Standing::Removed.as_str(),
        has_entered: row.text(15)? != Standing::Invited.as_str(),
        starts_at: row.instant(17)?,
        zone: row.text(18)?.to_owned(),
        expected_at: row.instant_or_null(28)?,
        service: row.parsed(29)?,
        opened_at: row.instant_or_null(30)?,
        patient: row.parsed(19)?,
        channel: row.parsed(20)?,
        has_left: has_left(row.text_or_null(31)?, row.parsed(20)?),
        reason: row.parsed_or_null(21)?,
        code: row.text_or_null(22)?.map(str::to_owned),
        next_try_at: row.instant(23)?,
        handed_at: row.instant_or_null(24)?,
        handed_to: row.text_or_null(32)?.map(str::to_owned),
        handed_digest: row.digest_or_null(33)?,
        tries: u32::try_from(row.int(25)?).map_err(|_| StoreError::Malformed { column: 25 })?,
        // A relative's seat is not the patient's, and neither is its mail.
        email: if row.parsed::<Kind>(26)? == Kind::Patient { row.parsed_or_null(27)? } else { None },
    })
}
