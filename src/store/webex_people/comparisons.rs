//! Comparisons of both sides: Webex read page by page, what differs found in one go, each difference made equal or left by a
//! person's choice.
//!
//! Only the newest comparison is kept. Never makes anything equal by itself.

use jiff::Timestamp;

use super::{count, list, names};
use crate::domain::account::{Difference, Fate, Kind, There};
use crate::domain::ids::{ComparisonId, DifferenceId, StaffId};
use crate::domain::meeting::Obstacle;
use crate::domain::person::PersonName;
use crate::domain::words::words;
use crate::store::{Batch, Row, Store, StoreError};

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

/// A difference as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub id: DifferenceId,
    /// What it is.
    pub difference: Difference,
    /// What became of it.
    pub fate: Fate,
    /// What was in the way.
    pub obstacle: Option<Obstacle>,
    /// How the person is called here.
    pub name: Option<PersonName>,
}

/// Licences to be taken back from somebody nobody here knows, in a worker's hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeBack {
    /// What it is about.
    pub kept: Kept,
    /// How often it was tried.
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

const PEOPLE: &str = "SELECT person_id, email, shown_as, licences, may_sign_in FROM webex_people \
     WHERE comparison_id = $1";

const FINISH: &str = "UPDATE webex_comparisons SET stage = 'done', people = people + $1, obstacle = NULL, done_at = $2 \
     WHERE id = $3 AND stage = 'reading' AND next_try_at = $4";

const FORGET_READ: &str = "DELETE FROM webex_people WHERE comparison_id = $1";

const PUT_DIFFERENCE: &str = "INSERT INTO webex_differences (id, comparison_id, position, kind, state, staff_id, person_id, \
     here, there, email, missing, extra, next_try_at, tries) \
     VALUES ($1, $2, $3, $4, 'open', $5, $6, $7, $8, $9, $10, $11, 0, 0)";

macro_rules! difference {
    ($rest:literal) => {
        concat!(
            "SELECT d.id, d.kind, d.state, d.staff_id, d.person_id, d.here, d.there, d.email, d.missing, d.extra, \
             d.obstacle, s.name FROM webex_differences d LEFT JOIN staff s ON s.id = d.staff_id WHERE ",
            $rest
        )
    };
}

const DIFFERENCES: &str = difference!("d.comparison_id = $1 ORDER BY d.position LIMIT $2 OFFSET $3");

const DIFFERENCE: &str = difference!("d.id = $1");

const OPEN: &str = "SELECT COUNT(*) FROM webex_differences WHERE comparison_id = $1 AND state IN ('open', 'failed')";

const DECIDE: &str = "UPDATE webex_differences SET state = $1, next_try_at = 0, tries = 0, obstacle = NULL \
     WHERE id = $2 AND state IN ('open', 'failed', 'left')";

const LEASE_TAKING: &str = "UPDATE webex_differences SET next_try_at = $1 WHERE id IN (SELECT id FROM webex_differences \
     WHERE kind = 'unknown_here' AND state IN ('asked', 'failed') AND next_try_at <= $2 \
     ORDER BY position LIMIT 4) AND state IN ('asked', 'failed') AND next_try_at <= $2 RETURNING id, tries";

const TAKEN: &str = "UPDATE webex_differences SET state = 'done', obstacle = NULL WHERE id = $1 AND next_try_at = $2";

const NOT_TAKEN: &str = "UPDATE webex_differences SET state = 'failed', obstacle = $1, next_try_at = $2, tries = tries + 1 \
     WHERE id = $3 AND next_try_at = $4";

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
    let params = vec![until.into(), obstacle.as_str().into(), reading.id.to_string().into(), reading.until.into()];
    batch.run_on_one(PUT_OFF, params);
    store.write(batch).await.map(drop)
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
        batch.run_on_one(
            PUT_DIFFERENCE,
            vec![
                DifferenceId::mint().to_string().into(),
                id.as_str().into(),
                position.into(),
                difference.kind.as_str().into(),
                difference.staff.map(|staff| staff.to_string()).into(),
                difference.person.clone().into(),
                difference.here.clone().into(),
                difference.there.clone().into(),
                difference.email.as_str().into(),
                list(&difference.missing),
                list(&difference.extra),
            ],
        );
    }
    store.write(batch).await.map(drop)
}

/// At most `limit` differences, without the first `skipped`.
///
/// # Errors
/// As [`Store::read`].
pub async fn differences(store: &Store, id: ComparisonId, skipped: u32, limit: u32) -> Result<Vec<Kept>, StoreError> {
    let params = vec![id.to_string().into(), i64::from(limit).into(), i64::from(skipped).into()];
    store.read(DIFFERENCES, params).await?.iter().map(kept).collect()
}

/// How many nobody has decided about, or came to nothing.
///
/// # Errors
/// As [`Store::read`].
pub async fn undecided(store: &Store, id: ComparisonId) -> Result<u32, StoreError> {
    let row = store.read_one(OPEN, vec![id.to_string().into()]).await?;
    row.map_or(Ok(0), |row| count(&row, 0))
}

/// One difference.
///
/// # Errors
/// As [`Store::read`].
pub async fn find(store: &Store, id: DifferenceId) -> Result<Option<Kept>, StoreError> {
    store.read_one(DIFFERENCE, vec![id.to_string().into()]).await?.as_ref().map(kept).transpose()
}

/// Adds what somebody decided about a difference to what is committed together; nothing may have become of it meanwhile.
pub fn decide(batch: &mut Batch, id: DifferenceId, fate: Fate) {
    batch.run_on_one(DECIDE, vec![fate.as_str().into(), id.to_string().into()]);
}

/// Takes what is to be taken back from people nobody here knows, for nobody else to take before `until`.
///
/// # Errors
/// As [`Store::write`].
pub async fn lease_taking(store: &Store, now: Timestamp, until: Timestamp) -> Result<Vec<TakeBack>, StoreError> {
    let mut batch = Batch::new();
    batch.run(LEASE_TAKING, vec![until.into(), now.into()]);
    let mut taken = Vec::new();
    for row in store.write(batch).await?.iter().flatten() {
        if let Some(kept) = find(store, row.parsed(0)?).await? {
            taken.push(TakeBack { kept, tries: count(row, 1)?, until });
        }
    }
    Ok(taken)
}

/// It was taken back.
///
/// # Errors
/// As [`Store::write`].
pub async fn taken(store: &Store, work: &TakeBack) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run(TAKEN, vec![work.kept.id.to_string().into(), work.until.into()]);
    store.write(batch).await.map(drop)
}

/// It was not, for this reason; it is tried again then.
///
/// # Errors
/// As [`Store::write`].
pub async fn not_taken(store: &Store, work: &TakeBack, obstacle: Obstacle, next: Timestamp) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    let params = vec![obstacle.as_str().into(), next.into(), work.kept.id.to_string().into(), work.until.into()];
    batch.run(NOT_TAKEN, params);
    store.write(batch).await.map(drop)
}

impl Kind {
    /// Whether making it equal is a wish for somebody who works here.
    #[must_use]
    pub const fn is_of_staff(self) -> bool {
        !matches!(self, Self::UnknownHere)
    }
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

fn kept(row: &Row) -> Result<Kept, StoreError> {
    let text = |column| row.text_or_null(column).map(|text| text.map(str::to_owned));
    Ok(Kept {
        id: row.parsed(0)?,
        difference: Difference {
            kind: row.parsed(1)?,
            staff: row.parsed_or_null(3)?,
            person: text(4)?,
            here: text(5)?,
            there: text(6)?,
            email: row.text(7)?.to_owned(),
            missing: names(row, 8)?,
            extra: names(row, 9)?,
        },
        fate: row.parsed(2)?,
        obstacle: row.parsed_or_null(10)?,
        name: row.parsed_or_null(11)?,
    })
}
