//! What both sides differ in, as a comparison found it: each made equal, or left, by a person's choice.
//!
//! Never makes anything equal by itself.

use jiff::Timestamp;

use super::{count, list, names};
use crate::domain::account::differences::{Difference, Fate};
use crate::domain::ids::{ComparisonId, DifferenceId};
use crate::domain::meeting::Obstacle;
use crate::domain::person::PersonName;
use crate::store::{Batch, Row, Store, StoreError};

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

/// Adds a difference that was found, at its place in the list, to what is committed together.
pub(super) fn put(batch: &mut Batch, comparison: ComparisonId, position: i64, difference: &Difference) {
    batch.run_on_one(
        PUT_DIFFERENCE,
        vec![
            DifferenceId::mint().to_string().into(),
            comparison.to_string().into(),
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

/// At most `limit` differences, without the first `skipped`.
///
/// # Errors
/// As [`Store::read`].
pub async fn page(store: &Store, id: ComparisonId, skipped: u32, limit: u32) -> Result<Vec<Kept>, StoreError> {
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
