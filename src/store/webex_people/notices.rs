//! What the bot has to tell: noted once per receiver and thing, told together, at most once every few minutes.
//!
//! Who writes takes the receiver first, then marks what is told, then writes. So whoever dies may have told it, and nobody
//! tells it again. Of patients nothing is read but since when a seat waits.

use jiff::{SignedDuration, Timestamp};

use super::count;
use crate::domain::ids::{MessageId, ParticipantId, StaffId};
use crate::domain::notice::{Receiver, Topic, waits_since};
use crate::store::{Batch, Row, Store, StoreError, Value};

/// Something to be told to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// To whom.
    pub receiver: Receiver,
    /// What it is about.
    pub topic: Topic,
    /// By which it is known: a seat, a message, a wish. Never told.
    pub subject: String,
}

/// Somebody who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiter {
    /// Their seat.
    pub seat: ParticipantId,
    /// For whom; nobody for a ward's visit.
    pub doctor: Option<StaffId>,
    /// Since when.
    pub since: Timestamp,
}

/// A receiver in a worker's hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Whom it may write to.
    pub receiver: Receiver,
    /// How often writing to them failed in a row.
    pub tries: u32,
    /// Tells this turn from any other.
    pub until: Timestamp,
}

const WAITING: &str = "SELECT p.id, c.doctor_id, p.arrived_at, c.starts_at FROM participants p \
     JOIN consultations c ON c.id = p.consultation_id WHERE p.standing = 'waiting' AND p.staff_id IS NULL \
     AND p.arrived_at IS NOT NULL AND c.phase IN ('scheduled', 'in_session') ORDER BY p.id";

const FAILED: &str = "SELECT o.id, c.doctor_id FROM outbox o JOIN consultations c ON c.id = o.consultation_id \
     WHERE o.status IN ('failed', 'undelivered') AND o.due_at >= $1 AND c.phase IN ('scheduled', 'in_session') \
     ORDER BY o.id";

const ACCOUNTS_IN_TROUBLE: &str = "SELECT staff_id, rev FROM webex_accounts \
     WHERE done_rev < rev AND obstacle IS NOT NULL AND tries >= $1";

// What Webex refuses is not tried again for hours: that is told at once.
const MEETINGS_IN_TROUBLE: &str = "SELECT m.consultation_id, m.rev, c.doctor_id FROM webex_meetings m \
     JOIN consultations c ON c.id = m.consultation_id WHERE m.done_rev < m.rev AND m.obstacle IS NOT NULL \
     AND (m.tries >= $1 OR m.obstacle IN ('forbidden', 'refused', 'quota')) AND c.phase IN ('scheduled', 'in_session') \
     ORDER BY m.consultation_id";

const KNOWN_THERE: &str = "SELECT a.staff_id FROM webex_accounts a JOIN staff s ON s.id = a.staff_id \
     WHERE a.wanted = 'account' AND a.person_id IS NOT NULL AND s.active = TRUE";

const NOTE: &str = "INSERT INTO webex_notices (receiver, kind, subject, state, noted_at) \
     VALUES ($1, $2, $3, 'pending', $4) ON CONFLICT (receiver, kind, subject) DO NOTHING";

const MEET: &str = "INSERT INTO webex_receivers (receiver, next_at, tries) VALUES ($1, 0, 0) \
     ON CONFLICT (receiver) DO NOTHING";

// The outer condition repeats the inner one, for the same reason as that of the outbox.
const TAKE_TURN: &str = "UPDATE webex_receivers SET next_at = $1 WHERE receiver IN (SELECT r.receiver \
     FROM webex_receivers r WHERE r.next_at <= $2 AND EXISTS (SELECT 1 FROM webex_notices n \
     WHERE n.receiver = r.receiver AND n.state = 'pending') ORDER BY r.next_at, r.receiver LIMIT 1) \
     AND next_at <= $2 RETURNING receiver, tries";

const TELL: &str = "UPDATE webex_notices SET state = 'telling', telling = $1 WHERE receiver = $2 AND state = 'pending' \
     RETURNING kind";

const TOLD: &str = "UPDATE webex_notices SET state = $1 WHERE receiver = $2 AND state = 'telling' AND telling = $3";

const CALM: &str = "UPDATE webex_receivers SET tries = 0 WHERE receiver = $1 AND next_at = $2";

const AGAIN: &str = "UPDATE webex_receivers SET next_at = $1, tries = tries + 1 WHERE receiver = $2 AND next_at = $3";

const FREE: &str = "UPDATE webex_receivers SET next_at = 0, tries = 0 WHERE receiver = $1 AND next_at = $2";

const FORGET: &str = "DELETE FROM webex_notices WHERE noted_at < $1 AND state <> 'pending'";

/// Everybody who waits now, whoever they are.
///
/// # Errors
/// As [`Store::read`].
pub async fn waiting(store: &Store) -> Result<Vec<Waiter>, StoreError> {
    let rows = store.read(WAITING, Vec::new()).await?;
    let waiter = |row: &Row| {
        let since = waits_since(row.instant(2)?, row.instant(3)?);
        Ok(Waiter { seat: row.parsed(0)?, doctor: row.parsed_or_null(1)?, since })
    };
    rows.iter().map(waiter).collect()
}

/// Messages of coming visits, due from then on, that did not arrive, and whose visits they are.
///
/// # Errors
/// As [`Store::read`].
pub async fn failed_messages(store: &Store, from: Timestamp) -> Result<Vec<(MessageId, Option<StaffId>)>, StoreError> {
    let rows = store.read(FAILED, vec![from.into()]).await?;
    rows.iter().map(|row| Ok((row.parsed(0)?, row.parsed_or_null(1)?))).collect()
}

/// Accounts that Webex would not see to, after so many tries; each by a word of its own for each wish.
///
/// # Errors
/// As [`Store::read`].
pub async fn accounts_in_trouble(store: &Store, tries: u32) -> Result<Vec<String>, StoreError> {
    let rows = store.read(ACCOUNTS_IN_TROUBLE, vec![i64::from(tries).into()]).await?;
    rows.iter().map(|row| Ok(format!("account-{}-{}", row.text(0)?, row.int(1)?))).collect()
}

/// Meetings that Webex would not make or move, after so many tries, each by a word of its own for each wish; and whose visits
/// they are.
///
/// # Errors
/// As [`Store::read`].
pub async fn meetings_in_trouble(store: &Store, tries: u32) -> Result<Vec<(String, Option<StaffId>)>, StoreError> {
    let rows = store.read(MEETINGS_IN_TROUBLE, vec![i64::from(tries).into()]).await?;
    rows.iter().map(|row| Ok((format!("meeting-{}-{}", row.text(0)?, row.int(1)?), row.parsed_or_null(2)?))).collect()
}

/// Staff whom Webex knows: to others nobody writes, since that would invite them.
///
/// # Errors
/// As [`Store::read`].
pub async fn known_there(store: &Store) -> Result<Vec<StaffId>, StoreError> {
    store.read(KNOWN_THERE, Vec::new()).await?.iter().map(|row| row.parsed(0)).collect()
}

/// Notes what is to be told. What was noted before, to the same receiver, stays as it is.
///
/// # Errors
/// As [`Store::write`].
pub async fn note(store: &Store, notes: &[Note], at: Timestamp) -> Result<(), StoreError> {
    if notes.is_empty() {
        return Ok(());
    }
    let mut batch = Batch::new();
    for note in notes {
        let receiver = note.receiver.to_string();
        batch.run(MEET, vec![receiver.as_str().into()]);
        let params = vec![receiver.into(), note.topic.as_str().into(), note.subject.as_str().into(), at.into()];
        batch.run(NOTE, params);
    }
    store.write(batch).await.map(drop)
}

/// Takes somebody who may be written to and is to be told something; nobody else writes to them for `quiet`.
///
/// # Errors
/// As [`Store::write`].
pub async fn take_turn(store: &Store, now: Timestamp, quiet: SignedDuration) -> Result<Option<Turn>, StoreError> {
    let until = now + quiet;
    let mut batch = Batch::new();
    batch.run(TAKE_TURN, vec![until.into(), now.into()]);
    let rows = store.write(batch).await?;
    let Some(row) = rows.iter().flatten().next() else { return Ok(None) };
    Ok(Some(Turn { receiver: row.parsed(0)?, tries: count(row, 1)?, until }))
}

/// Marks all that waits for this receiver as being told; answers what each is about.
///
/// # Errors
/// As [`Store::write`].
pub async fn begin_telling(store: &Store, turn: Turn) -> Result<Vec<Topic>, StoreError> {
    let mut batch = Batch::new();
    batch.run(TELL, vec![telling(turn), turn.receiver.to_string().into()]);
    store.write(batch).await?.iter().flatten().map(|row| row.parsed(0)).collect()
}

/// It was told, or nobody can say whether it was: it is not told again.
///
/// # Errors
/// As [`Store::write`].
pub async fn told(store: &Store, turn: Turn) -> Result<(), StoreError> {
    end(store, turn, "told", CALM, Vec::new()).await
}

/// There was nothing to tell any more: the next thing may be told at once.
///
/// # Errors
/// As [`Store::write`].
pub async fn was_needless(store: &Store, turn: Turn) -> Result<(), StoreError> {
    end(store, turn, "needless", FREE, Vec::new()).await
}

/// It certainly was not told; it is tried again then.
///
/// # Errors
/// As [`Store::write`].
pub async fn put_off(store: &Store, turn: Turn, next: Timestamp) -> Result<(), StoreError> {
    end(store, turn, "pending", AGAIN, vec![next.into()]).await
}

/// Forgets what was told before then.
///
/// # Errors
/// As [`Store::write`].
pub async fn forget_old(store: &Store, before: Timestamp) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run(FORGET, vec![before.into()]);
    store.write(batch).await.map(drop)
}

async fn end(
    store: &Store,
    turn: Turn,
    state: &'static str,
    receiver: &'static str,
    mut params: Vec<Value>,
) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run(TOLD, vec![state.into(), turn.receiver.to_string().into(), telling(turn)]);
    params.extend([turn.receiver.to_string().into(), turn.until.into()]);
    batch.run(receiver, params);
    store.write(batch).await.map(drop)
}

/// By which what is told in one go is known.
fn telling(turn: Turn) -> Value {
    turn.until.as_microsecond().to_string().into()
}
