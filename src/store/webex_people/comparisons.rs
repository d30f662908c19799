//! Comparisons of both sides: Webex read page by page, what differs found in one go.
//!
//! Only the newest comparison is kept. Never decides about a difference: `differences` keeps what people decide.

use jiff::Timestamp;

use super::{count, differences, list, names};
use crate::domain::account::There;
use crate::domain::account::differences::Difference;
use crate::domain::ids::{ComparisonId, StaffId};
use crate::domain::meeting::Obstacle;
use crate::domain::person::PersonName;
use crate::domain::words::words;
use crate::store::{Batch, Row, Store, StoreError, Value};

words! {
    /// How far a comparison has come.
    Stage {
        /// Webex is being read.
        Reading = "reading",
        /// What differs is known.
        Done = "done",
    }
}

/// A comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Its id.
    pub id: ComparisonId,
    /// How far it has come.
    pub stage: Stage,
    /// Who asked for it.
    pub asked_by: PersonName,
    /// When.
    pub asked_at: Timestamp,
    /// How many people of Webex were read.
    pub people: u32,
    /// What was in the way the last time.
    pub obstacle: Option<Obstacle>,
    /// When it was done.
    pub done_at: Option<Timestamp>,
}

/// A comparison in a worker's hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Its id.
    pub id: ComparisonId,
    /// Where reading goes on; nothing at its beginning.
    pub next_page: Option<String>,
    /// How often the page was tried.
    pub tries: u32,
    /// Until when nobody else takes it; tells this lease from any other.
    pub until: Timestamp,
}

const ASK: &str = "INSERT INTO webex_comparisons (id, stage, asked_by, asked_at, people, next_try_at, tries) \
     VALUES ($1, 'reading', $2, $3, 0, 0, 0)";

const FORGET_DIFFERENCES: &str = "DELETE FROM webex_differences WHERE comparison_id <> $1";

const FORGET_PEOPLE: &str = "DELETE FROM webex_people WHERE comparison_id <> $1";

const FORGET_COMPARISONS: &str = "DELETE FROM webex_comparisons WHERE id <> $1";

const NEWEST: &str = "SELECT c.id, c.stage, s.name, c.asked_at, c.people, c.obstacle, c.done_at FROM webex_comparisons c \
     JOIN staff s ON s.id = c.asked_by ORDER BY c.id DESC LIMIT 1";

const LEASE: &str = "UPDATE webex_comparisons SET next_try_at = $1 WHERE stage = 'reading' AND next_try_at <= $2 \
     RETURNING id, next_page, tries";

const PUT_PERSON: &str = "INSERT INTO webex_people (comparison_id, person_id, email, shown_as, licences, may_sign_in) \
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (comparison_id, person_id) DO NOTHING";

const READ_ON: &str = "UPDATE webex_comparisons SET people = people + $1, next_page = $2, next_try_at = 0, tries = 0, \
     obstacle = NULL WHERE id = $3 AND stage = 'reading' AND next_try_at = $4";

const PUT_OFF: &str = "UPDATE webex_comparisons SET next_try_at = $1, tries = tries + 1, obstacle = $2 \
     WHERE id = $3 AND stage = 'reading' AND next_try_at = $4";

const START_OVER: &str = "UPDATE webex_comparisons SET next_page = NULL, people = 0, next_try_at = $1, tries = tries + 1, \
     obstacle = $2 WHERE id = $3 AND stage = 'reading' AND next_try_at = $4";

const PEOPLE: &str = "SELECT person_id, email, shown_as, licences, may_sign_in FROM webex_people \
     WHERE comparison_id = $1";

const FINISH: &str = "UPDATE webex_comparisons SET stage = 'done', people = people + $1, obstacle = NULL, done_at = $2 \
     WHERE id = $3 AND stage = 'reading' AND next_try_at = $4";

const FORGET_READ: &str = "DELETE FROM webex_people WHERE comparison_id = $1";

/// Begins a comparison, and forgets the one before.
///
/// # Errors
/// [`StoreError::Duplicate`] while another one reads; otherwise as [`Store::write`].
pub async fn ask(store: &Store, id: ComparisonId, by: StaffId, at: Timestamp) -> Result<(), StoreError> {
    let key = id.to_string();
    let mut batch = Batch::new();
    batch.run_on_one(ASK, vec![key.as_str().into(), by.to_string().into(), at.into()]);
    for forget in [FORGET_DIFFERENCES, FORGET_PEOPLE, FORGET_COMPARISONS] {
        batch.run(forget, vec![key.as_str().into()]);
    }
    store.write(batch).await.map(drop)
}

/// The newest, if there ever was one.
///
/// # Errors
/// As [`Store::read`].
pub async fn newest(store: &Store) -> Result<Option<Comparison>, StoreError> {
    store.read_one(NEWEST, Vec::new()).await?.as_ref().map(comparison).transpose()
}

/// Takes the one that reads, if a page of it is due, for nobody else to take before `until`.
///
/// # Errors
/// As [`Store::write`].
pub async fn lease(store: &Store, now: Timestamp, until: Timestamp) -> Result<Option<Reading>, StoreError> {
    let mut batch = Batch::new();
    batch.run(LEASE, vec![until.into(), now.into()]);
    let rows = store.write(batch).await?;
    let Some(row) = rows.iter().flatten().next() else { return Ok(None) };
    let next_page = row.text_or_null(1)?.map(str::to_owned);
    Ok(Some(Reading { id: row.parsed(0)?, next_page, tries: count(row, 2)?, until }))
}

/// Keeps those of a page who matter, of `read` who were on it; reading goes on there.
///
/// # Errors
/// [`StoreError::Conflict`] when it is in other hands by now, or another comparison was asked for.
pub async fn read_on(
    store: &Store,
    reading: &Reading,
    read: usize,
    people: &[There],
    next: &str,
) -> Result<(), StoreError> {
    let id = reading.id.to_string();
    let mut batch = Batch::new();
    let read = i64::try_from(read).unwrap_or(i64::MAX);
    batch.run_on_one(READ_ON, vec![read.into(), next.into(), id.as_str().into(), reading.until.into()]);
    for person in people {
        batch.run(
            PUT_PERSON,
            vec![
                id.as_str().into(),
                person.person.as_str().into(),
                person.email.as_str().into(),
                person.name.clone().into(),
                list(&person.licences),
                person.may_sign_in.into(),
            ],
        );
    }
    store.write(batch).await.map(drop)
}

/// A page could not be read, for this reason; it is tried again then.
///
/// # Errors
/// As [`read_on`].
pub async fn put_off(store: &Store, reading: &Reading, obstacle: Obstacle, until: Timestamp) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(PUT_OFF, hindered(reading, obstacle, until));
    store.write(batch).await.map(drop)
}

/// Where it was to go on there is nothing any more, for this reason; it is read from its beginning then.
///
/// # Errors
/// As [`read_on`].
pub async fn start_over(
    store: &Store,
    reading: &Reading,
    obstacle: Obstacle,
    until: Timestamp,
) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(START_OVER, hindered(reading, obstacle, until));
    batch.run(FORGET_READ, vec![reading.id.to_string().into()]);
    store.write(batch).await.map(drop)
}

fn hindered(reading: &Reading, obstacle: Obstacle, until: Timestamp) -> Vec<Value> {
    vec![until.into(), obstacle.as_str().into(), reading.id.to_string().into(), reading.until.into()]
}

/// Those who were read so far and matter.
///
/// # Errors
/// As [`Store::read`].
pub async fn people(store: &Store, id: ComparisonId) -> Result<Vec<There>, StoreError> {
    store.read(PEOPLE, vec![id.to_string().into()]).await?.iter().map(there).collect()
}

/// Keeps what differs; whom it was found in is forgotten.
///
/// # Errors
/// As [`read_on`].
pub async fn finish(
    store: &Store,
    reading: &Reading,
    read: usize,
    found: &[Difference],
    at: Timestamp,
) -> Result<(), StoreError> {
    let id = reading.id.to_string();
    let mut batch = Batch::new();
    let read = i64::try_from(read).unwrap_or(i64::MAX);
    batch.run_on_one(FINISH, vec![read.into(), at.into(), id.as_str().into(), reading.until.into()]);
    batch.run(FORGET_READ, vec![id.as_str().into()]);
    for (position, difference) in (0_i64..).zip(found) {
        differences::put(&mut batch, reading.id, position, difference);
    }
    store.write(batch).await.map(drop)
}

fn comparison(row: &Row) -> Result<Comparison, StoreError> {
    Ok(Comparison {
        id: row.parsed(0)?,
        stage: row.parsed(1)?,
        asked_by: row.parsed(2)?,
        asked_at: row.instant(3)?,
        people: count(row, 4)?,
        obstacle: row.parsed_or_null(5)?,
        done_at: row.instant_or_null(6)?,
    })
}

fn there(row: &Row) -> Result<There, StoreError> {
    Ok(There {
        person: row.text(0)?.to_owned(),
        email: row.text(1)?.to_owned(),
        name: row.text_or_null(2)?.map(str::to_owned),
        licences: names(row, 3)?,
        may_sign_in: row.bool(4)?,
    })
}
