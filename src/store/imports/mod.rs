//! Files that were handed in, and how far each has come.
//!
//! A file is kept row by row (`rows`), worked on in chunks by whoever holds its lease (`work`), and its rows are deleted as
//! soon as nobody needs them: they hold personal data. Never understands a cell, and never registers anybody.

mod phones;
mod rows;
mod work;

use jiff::{SignedDuration, Timestamp};

use super::{Batch, Row, Store, StoreError};
use crate::domain::ids::{ImportId, StaffId};
use crate::domain::import::{Stage, Subject, Tally};
use crate::domain::person::{Country, Language, PersonName};

pub use phones::known_phones;
pub use rows::{NewRow, Sorted, StoredRow, fresh_rows, put, receive, rows_after, sorted, unread_rows};
pub use work::{Judged, Known, Verdict, check, finish, known_people, known_staff, lease, refute, register, twins};

/// How long a file that nobody decides about, and rows that nobody corrects, are kept.
pub const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long a file may take to arrive.
const ARRIVES_WITHIN: SignedDuration = SignedDuration::from_mins(15);

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// What its rows are.
    pub subject: Subject,
    /// How far it has come.
    pub stage: Stage,
    /// Its headings.
    pub header: Vec<String>,
    /// The language of people for whom it gives none.
    pub language: Language,
    /// The country of numbers without one.
    pub country: Option<Country>,
    /// The zone of whoever handed it in, by its IANA name.
    pub zone: String,
    /// How many rows have come how far.
    pub tally: Tally,
    /// Who handed it in.
    pub created_by: StaffId,
    /// When.
    pub created_at: Timestamp,
    /// Grows with every change.
    pub rev: i64,
}

/// A file in a list, with the name of whoever handed it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The file.
    pub import: Import,
    /// Their name.
    pub by: PersonName,
}

const INSERT: &str = "INSERT INTO imports (id, subject, stage, header, language, country, zone, total, checked, known, faulty, registered, \
     created_by, created_at, rev) VALUES ($1, $2, 'receiving', $3, $4, $5, $6, $7, 0, 0, 0, 0, $8, $9, 1)";

macro_rules! import {
    ($rest:literal) => {
        concat!(
            "SELECT i.id, i.subject, i.stage, i.header, i.language, i.country, i.zone, i.total, i.checked, i.known, i.faulty, \
             i.registered, i.created_by, i.created_at, i.rev, s.name FROM imports i JOIN staff s ON s.id = i.created_by ",
            $rest
        )
    };
}

const BY_ID: &str = import!("WHERE i.id = $1");

const LATEST: &str = import!("WHERE i.subject = $1 ORDER BY i.created_at DESC, i.id DESC LIMIT $2");

const RUNNING_OF: &str =
    import!("WHERE i.created_by = $1 AND i.stage IN ('receiving', 'checking', 'registering') LIMIT 1");

const BEGIN_REGISTERING: &str = "UPDATE imports SET stage = 'registering', leased_until = NULL, rev = rev + 1 \
     WHERE id = $1 AND stage = 'checked'";

const STOP: &str = "UPDATE imports SET stage = 'stopped', leased_until = NULL, rev = rev + 1 \
     WHERE id = $1 AND stage = 'registering'";

const FORGET_ROWS: &str = "DELETE FROM import_rows WHERE import_id = $1";

const FORGET: &str = "DELETE FROM imports WHERE id = $1 AND stage IN ('receiving', 'checking', 'checked')";

const FORGET_OLD_ROWS: &str = "DELETE FROM import_rows WHERE import_id IN (SELECT id FROM imports \
     WHERE (stage <> 'registering' AND created_at < $1) OR (stage = 'receiving' AND created_at < $2))";

const FORGET_OLD: &str = "DELETE FROM imports WHERE (stage IN ('checking', 'checked') AND created_at < $1) \
     OR (stage = 'receiving' AND created_at < $2)";

/// Stores a file whose rows are about to come.
///
/// # Errors
/// [`StoreError::Duplicate`] when whoever hands it in has another one running; otherwise as [`Store::write`].
pub async fn insert(store: &Store, import: &Import) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(
        INSERT,
        vec![
            import.id.to_string().into(),
            import.subject.as_str().into(),
            rows::list_as_text(&import.header).into(),
            import.language.as_str().into(),
            import.country.map(|country| country.to_string()).unwrap_or_default().into(),
            import.zone.as_str().into(),
            rows::number(import.tally.total).into(),
            import.created_by.to_string().into(),
            import.created_at.into(),
        ],
    );
    store.write(batch).await.map(drop)
}

/// One file.
///
/// # Errors
/// As [`Store::read`].
pub async fn find(store: &Store, id: ImportId) -> Result<Option<Listed>, StoreError> {
    store.read_one(BY_ID, vec![id.to_string().into()]).await?.as_ref().map(listed).transpose()
}

/// At most `limit` files of a kind, the latest first.
///
/// # Errors
/// As [`Store::read`].
pub async fn latest(store: &Store, subject: Subject, limit: u16) -> Result<Vec<Listed>, StoreError> {
    let rows = store.read(LATEST, vec![subject.as_str().into(), i64::from(limit).into()]).await?;
    rows.iter().map(listed).collect()
}

/// The file of somebody that the house still works on, if there is one.
///
/// # Errors
/// As [`Store::read`].
pub async fn running_of(store: &Store, member: StaffId) -> Result<Option<Listed>, StoreError> {
    store.read_one(RUNNING_OF, vec![member.to_string().into()]).await?.as_ref().map(listed).transpose()
}

/// Lets a file that was looked at be registered.
///
/// # Errors
/// [`StoreError::Conflict`] when it does not wait for that; [`StoreError::Duplicate`] when whoever handed it in has another
/// one running; otherwise as [`Store::write`].
pub async fn begin_registering(store: &Store, id: ImportId) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(BEGIN_REGISTERING, vec![id.to_string().into()]);
    store.write(batch).await.map(drop)
}

/// Stops a file that is being registered; deletes the rows of any, and the whole file when nothing of it was registered.
///
/// # Errors
/// As [`Store::write`].
pub async fn remove(store: &Store, id: ImportId) -> Result<(), StoreError> {
    let id = id.to_string();
    let mut batch = Batch::new();
    batch.run(STOP, vec![id.as_str().into()]);
    batch.run(FORGET_ROWS, vec![id.as_str().into()]);
    batch.run(FORGET, vec![id.as_str().into()]);
    store.write(batch).await.map(drop)
}

/// Deletes what is older than [`KEPT`], and files that never arrived whole.
///
/// # Errors
/// As [`Store::write`].
pub async fn forget_old(store: &Store, now: Timestamp) -> Result<(), StoreError> {
    let (kept, arrived) = (now - KEPT, now - ARRIVES_WITHIN);
    let mut batch = Batch::new();
    batch.run(FORGET_OLD_ROWS, vec![kept.into(), arrived.into()]);
    batch.run(FORGET_OLD, vec![kept.into(), arrived.into()]);
    store.write(batch).await.map(drop)
}

fn listed(row: &Row) -> Result<Listed, StoreError> {
    Ok(Listed { import: import(row)?, by: row.parsed(15)? })
}

/// Fifteen columns: those of [`Import`], in order.
fn import(row: &Row) -> Result<Import, StoreError> {
    let count = |column| u64::try_from(row.int(column)?).map_err(|_| StoreError::Malformed { column });
    Ok(Import {
        id: row.parsed(0)?,
        subject: row.parsed(1)?,
        stage: row.parsed(2)?,
        header: rows::list_from_text(row.text(3)?).ok_or(StoreError::Malformed { column: 3 })?,
        language: row.parsed(4)?,
        country: row.text(5)?.parse().ok(),
        zone: row.text(6)?.to_owned(),
        tally: Tally {
            total: count(7)?,
            checked: count(8)?,
            known: count(9)?,
            faulty: count(10)?,
            registered: count(11)?,
        },
        created_by: row.parsed(12)?,
        created_at: row.instant(13)?,
        rev: row.int(14)?,
    })
}
