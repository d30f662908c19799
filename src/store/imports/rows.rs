//! The rows of a file: put there as they came, read page by page.
//!
//! Lists of cells and faults are JSON inside TEXT, which no statement looks into.

use serde_json::{Value as Json, json};

use super::Import;
use crate::domain::ids::ImportId;
use crate::domain::import::Fault;
use crate::store::{Batch, Row, Store, StoreError, Value};

/// A row as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRow {
    /// Its place among the rows, from 1 on.
    pub position: u64,
    /// The line of the file it began on.
    pub line: u64,
    /// Its cells.
    pub cells: Vec<String>,
    /// What is unique of it: a record number, an e-mail address.
    pub handle: Option<String>,
    /// A patient's name, folded.
    pub folded: Option<String>,
    /// A patient's date of birth.
    pub born: Option<String>,
    /// What was wrong with it when it came: it repeats a row above.
    pub faults: Vec<Fault>,
}

/// A row as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRow {
    /// Its place among the rows, from 1 on.
    pub position: u64,
    /// The line of the file it began on.
    pub line: u64,
    /// Its cells.
    pub cells: Vec<String>,
    /// A patient's name, folded.
    pub folded: Option<String>,
    /// A patient's date of birth.
    pub born: Option<String>,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// Who it is about, when they were registered before.
    pub known_id: Option<String>,
}

/// What became of rows that were looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorted {
    /// They have problems.
    Faulty,
    /// Who they are about was registered before.
    Known,
}

const INSERT: &str = "INSERT INTO import_rows (import_id, position, line, cells, handle, folded_name, born, faults, state) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'fresh')";

const RECEIVED: &str = "UPDATE imports SET stage = 'checking', rev = rev + 1 WHERE id = $1 AND stage = 'receiving'";

const UNREAD: &str = "SELECT position, line, cells, folded_name, born, faults, known_id FROM import_rows \
     WHERE import_id = $1 AND position > $2 ORDER BY position LIMIT $3";

const FRESH: &str = "SELECT position, line, cells, folded_name, born, faults, known_id FROM import_rows \
     WHERE import_id = $1 AND state = 'fresh' ORDER BY position LIMIT $2";

const SORTED: &str = "SELECT position, line, cells, folded_name, born, faults, known_id FROM import_rows \
     WHERE import_id = $1 AND state = $2 ORDER BY position LIMIT $3 OFFSET $4";

const SORTED_AFTER: &str = "SELECT position, line, cells, folded_name, born, faults, known_id FROM import_rows \
     WHERE import_id = $1 AND state = $2 AND position > $3 ORDER BY position LIMIT $4";

/// Stores some of the rows of a file that is being received.
///
/// # Errors
/// As [`Store::write`].
pub async fn put(store: &Store, id: ImportId, rows: &[NewRow]) -> Result<(), StoreError> {
    let id = id.to_string();
    let mut batch = Batch::new();
    for row in rows {
        batch.run_on_one(
            INSERT,
            vec![
                id.as_str().into(),
                number(row.position).into(),
                number(row.line).into(),
                list_as_text(&row.cells).into(),
                row.handle.as_deref().into(),
                row.folded.as_deref().into(),
                row.born.as_deref().into(),
                (!row.faults.is_empty()).then(|| faults_as_text(&row.faults)).into(),
            ],
        );
    }
    store.write(batch).await.map(drop)
}

/// Says that all rows have come; from now on somebody may look at them.
///
/// # Errors
/// [`StoreError::Conflict`] when the file is gone; otherwise as [`Store::write`].
pub async fn receive(store: &Store, id: ImportId) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(RECEIVED, vec![id.to_string().into()]);
    store.write(batch).await.map(drop)
}

/// The next rows to look at.
///
/// # Errors
/// As [`Store::read`].
pub async fn unread_rows(store: &Store, import: &Import, limit: u16) -> Result<Vec<StoredRow>, StoreError> {
    let params = vec![import.id.to_string().into(), number(import.tally.checked).into(), i64::from(limit).into()];
    stored(&store.read(UNREAD, params).await?)
}

/// The next rows to register.
///
/// # Errors
/// As [`Store::read`].
pub async fn fresh_rows(store: &Store, import: &Import, limit: u16) -> Result<Vec<StoredRow>, StoreError> {
    stored(&store.read(FRESH, vec![import.id.to_string().into(), i64::from(limit).into()]).await?)
}

/// Rows that were sorted out, a page of them.
///
/// # Errors
/// As [`Store::read`].
pub async fn sorted(
    store: &Store,
    id: ImportId,
    which: Sorted,
    skip: u32,
    limit: u32,
) -> Result<Vec<StoredRow>, StoreError> {
    let page: [Value; 2] = [i64::from(limit).into(), i64::from(skip).into()];
    let params = [Value::from(id.to_string()), which.as_str().into()].into_iter().chain(page).collect();
    stored(&store.read(SORTED, params).await?)
}

/// Rows that were sorted out, those after `position`.
///
/// # Errors
/// As [`Store::read`].
pub async fn rows_after(
    store: &Store,
    id: ImportId,
    which: Sorted,
    position: u64,
    limit: u16,
) -> Result<Vec<StoredRow>, StoreError> {
    let params =
        vec![Value::from(id.to_string()), which.as_str().into(), number(position).into(), i64::from(limit).into()];
    stored(&store.read(SORTED_AFTER, params).await?)
}

impl Sorted {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Faulty => "faulty",
            Self::Known => "known",
        }
    }
}

/// Counts of rows are far below where this could matter.
pub(super) fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

pub(super) fn list_as_text(cells: &[String]) -> String {
    json!(cells).to_string()
}

pub(super) fn list_from_text(text: &str) -> Option<Vec<String>> {
    serde_json::from_str(text).ok()
}

pub(super) fn faults_as_text(faults: &[Fault]) -> String {
    let faults: Vec<Json> = faults.iter().map(|fault| json!([fault.place, fault.why.as_str(), fault.line])).collect();
    Json::Array(faults).to_string()
}

fn faults_from_text(text: &str) -> Option<Vec<Fault>> {
    let faults: Vec<(Option<usize>, String, Option<u64>)> = serde_json::from_str(text).ok()?;
    faults.into_iter().map(|(place, why, line)| Some(Fault { place, why: why.parse().ok()?, line })).collect()
}

fn stored(rows: &[Row]) -> Result<Vec<StoredRow>, StoreError> {
    let count = |row: &Row, column| u64::try_from(row.int(column)?).map_err(|_| StoreError::Malformed { column });
    let one = |row: &Row| {
        Ok(StoredRow {
            position: count(row, 0)?,
            line: count(row, 1)?,
            cells: list_from_text(row.text(2)?).ok_or(StoreError::Malformed { column: 2 })?,
            folded: row.text_or_null(3)?.map(str::to_owned),
            born: row.text_or_null(4)?.map(str::to_owned),
            faults: match row.text_or_null(5)? {
                Some(text) => faults_from_text(text).ok_or(StoreError::Malformed { column: 5 })?,
                None => Vec::new(),
            },
            known_id: row.text_or_null(6)?.map(str::to_owned),
        })
    };
    rows.iter().map(one).collect()
}
