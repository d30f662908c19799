//! Working on a file in chunks: who holds it, what the chunk's rows have in common with others, and what became of them.
//!
//! A lease keeps two workers apart; what makes doubles impossible is `rev`: each chunk is one batch that moves it on, so a
//! worker that was thought dead, or whose file was stopped, writes nothing.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::rows::{faults_as_text, number};
use super::{Import, StoredRow, import};
use crate::domain::import::Fault;
use crate::domain::patient::RecordNumber;
use crate::store::{Batch, Row, Store, StoreError, Value};

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Who it is about was registered before, with this id.
    Known(String),
    /// It has problems; who they are about, where that is somebody registered.
    Faulty(Vec<Fault>, Option<String>),
}

/// A row, and what became of it; rows without problems need none.
pub type Judged = (u64, Verdict);

/// Somebody registered whom a row may be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Their id.
    pub id: String,
    /// Their name, folded.
    pub folded: String,
    /// When they were born.
    pub born: String,
    /// Their record number.
    pub record: Option<RecordNumber>,
}

// The outer condition repeats the inner one: where two workers choose the same file, PostgreSQL lets the second look again
// once the first has committed, and it looks at the outer condition only. A small file need not wait for a large one.
const LEASE: &str = "UPDATE imports SET leased_until = $1, rev = rev + 1 WHERE id IN (SELECT id FROM imports \
     WHERE stage IN ('checking', 'registering') AND (leased_until IS NULL OR leased_until <= $2) ORDER BY rev, id LIMIT 1) \
     AND (leased_until IS NULL OR leased_until <= $2) \
     RETURNING id, subject, stage, header, language, country, zone, total, checked, known, faulty, registered, created_by, \
     created_at, rev";

const TWINS_BY_HANDLE: &str = "SELECT r.position, (SELECT o.line FROM import_rows o WHERE o.import_id = r.import_id \
     AND o.handle = r.handle AND o.position < r.position ORDER BY o.position LIMIT 1) FROM import_rows r \
     WHERE r.import_id = $1 AND r.position >= $2 AND r.position <= $3";

const TWINS_BY_PERSON: &str = "SELECT r.position, (SELECT o.line FROM import_rows o WHERE o.import_id = r.import_id \
     AND o.folded_name = r.folded_name AND o.born = r.born AND o.position < r.position ORDER BY o.position LIMIT 1) \
     FROM import_rows r WHERE r.import_id = $1 AND r.position >= $2 AND r.position <= $3";

const KNOWN_BY_RECORD: &str = "SELECT r.position, p.id, p.folded, p.birth_date, p.record_number \
     FROM import_rows r JOIN patients p ON p.record_number = r.handle \
     WHERE r.import_id = $1 AND r.position >= $2 AND r.position <= $3 AND r.state = 'fresh'";

const KNOWN_BY_PERSON: &str = "SELECT r.position, p.id, p.folded, p.birth_date, p.record_number \
     FROM import_rows r JOIN patients p ON p.folded = r.folded_name AND p.birth_date = r.born \
     WHERE p.merged_into IS NULL AND r.import_id = $1 AND r.position >= $2 AND r.position <= $3 AND r.state = 'fresh' \
     ORDER BY p.id";

const KNOWN_STAFF: &str = "SELECT r.position, s.id FROM import_rows r JOIN staff s ON s.email = r.handle \
     WHERE r.import_id = $1 AND r.position >= $2 AND r.position <= $3 AND r.state = 'fresh'";

const CHECKED: &str = "UPDATE imports SET checked = $1, known = known + $2, faulty = faulty + $3, stage = $4, \
     leased_until = NULL, rev = rev + 1 WHERE id = $5 AND rev = $6 AND stage = 'checking'";

const REGISTERED: &str = "UPDATE imports SET registered = registered + $1, known = known + $2, faulty = faulty + $3, \
     leased_until = NULL, rev = rev + 1 WHERE id = $4 AND rev = $5 AND stage = 'registering'";

const DONE: &str = "UPDATE imports SET stage = 'done', leased_until = NULL, rev = rev + 1 \
     WHERE id = $1 AND rev = $2 AND stage = 'registering'";

const JUDGE: &str = "UPDATE import_rows SET state = $1, faults = $2, known_id = $3 \
     WHERE import_id = $4 AND position = $5 AND state = 'fresh'";

const FORGET_ROW: &str = "DELETE FROM import_rows WHERE import_id = $1 AND position = $2 AND state = 'fresh'";

const FORGET_HARMLESS: &str = "DELETE FROM import_rows WHERE import_id = $1 AND state <> 'faulty'";

/// Takes a file that has work to be done, for nobody else to take before `until`.
///
/// # Errors
/// As [`Store::write`]; what was taken by then is free again at `until`.
pub async fn lease(store: &Store, now: Timestamp, until: Timestamp) -> Result<Option<Import>, StoreError> {
    let mut batch = Batch::new();
    batch.run(LEASE, vec![until.into(), now.into()]);
    store.write(batch).await?.iter().flatten().next().map(import).transpose()
}

/// For each of these rows, the line above it with the same handle, and the one with the same person.
///
/// # Errors
/// As [`Store::read`].
pub async fn twins(store: &Store, import: &Import, rows: &[StoredRow]) -> Result<[BTreeMap<u64, u64>; 2], StoreError> {
    let mut found = [BTreeMap::new(), BTreeMap::new()];
    for (sql, found) in [TWINS_BY_HANDLE, TWINS_BY_PERSON].into_iter().zip(&mut found) {
        for row in store.read(sql, span(import, rows)).await? {
            if row.0.get(1) != Some(&Value::Null) {
                found.insert(count(&row, 0)?, count(&row, 1)?);
            }
        }
    }
    Ok(found)
}

/// For each of these rows, the registered patients with its record number, and those of its name and date of birth.
///
/// # Errors
/// As [`Store::read`].
pub async fn known_people(
    store: &Store,
    import: &Import,
    rows: &[StoredRow],
) -> Result<[BTreeMap<u64, Vec<Known>>; 2], StoreError> {
    let mut found = [BTreeMap::new(), BTreeMap::new()];
    for (sql, found) in [KNOWN_BY_RECORD, KNOWN_BY_PERSON].into_iter().zip(&mut found) {
        for row in store.read(sql, span(import, rows)).await? {
            let people: &mut Vec<Known> = found.entry(count(&row, 0)?).or_default();
            people.push(known(&row)?);
        }
    }
    Ok(found)
}

/// For each of these rows, the id of whoever works here with its address.
///
/// # Errors
/// As [`Store::read`].
pub async fn known_staff(
    store: &Store,
    import: &Import,
    rows: &[StoredRow],
) -> Result<BTreeMap<u64, String>, StoreError> {
    let found = store.read(KNOWN_STAFF, span(import, rows)).await?;
    found.iter().map(|row| Ok((count(row, 0)?, row.text(1)?.to_owned()))).collect()
}

/// Records what became of the rows up to the position `to`.
///
/// # Errors
/// [`StoreError::Conflict`] when the lease was lost or the file removed: then nothing is written. Otherwise as
/// [`Store::write`].
pub async fn check(store: &Store, import: &Import, to: u64, judged: &[Judged]) -> Result<(), StoreError> {
    let stage = if to >= import.tally.total { "checked" } else { "checking" };
    let [known, faulty] = counts(judged);
    let mut batch = Batch::new();
    batch.run_on_one(
        CHECKED,
        vec![
            number(to).into(),
            known.into(),
            faulty.into(),
            stage.into(),
            import.id.to_string().into(),
            import.rev.into(),
        ],
    );
    judge(&mut batch, import, judged);
    store.write(batch).await.map(drop)
}

/// Begins a batch that registers the rows at these positions: they are gone once it commits. What else became of rows that
/// were to be registered goes into the same batch. Whoever calls adds the people.
pub fn register(batch: &mut Batch, import: &Import, positions: &[u64], judged: &[Judged]) {
    let [known, faulty] = counts(judged);
    let id = import.id.to_string();
    let registered = i64::try_from(positions.len()).unwrap_or(i64::MAX);
    batch.run_on_one(
        REGISTERED,
        vec![registered.into(), known.into(), faulty.into(), id.as_str().into(), import.rev.into()],
    );
    judge(batch, import, judged);
    for position in positions {
        batch.run_on_one(FORGET_ROW, vec![id.as_str().into(), number(*position).into()]);
    }
}

/// Records that a row could not be registered.
///
/// # Errors
/// As [`check`].
pub async fn refute(store: &Store, import: &Import, judged: Judged) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    register(&mut batch, import, &[], &[judged]);
    store.write(batch).await.map(drop)
}

/// Records that every row was registered that could be. Those with problems stay for whoever corrects them.
///
/// # Errors
/// As [`check`].
pub async fn finish(store: &Store, import: &Import) -> Result<(), StoreError> {
    let id = import.id.to_string();
    let mut batch = Batch::new();
    batch.run_on_one(DONE, vec![id.as_str().into(), import.rev.into()]);
    batch.run(FORGET_HARMLESS, vec![id.as_str().into()]);
    store.write(batch).await.map(drop)
}

fn judge(batch: &mut Batch, import: &Import, judged: &[Judged]) {
    for (position, verdict) in judged {
        let (state, faults, id) = match verdict {
            Verdict::Known(id) => ("known", None, Some(id.as_str())),
            Verdict::Faulty(faults, id) => ("faulty", Some(faults_as_text(faults)), id.as_deref()),
        };
        batch.run_on_one(
            JUDGE,
            vec![state.into(), faults.into(), id.into(), import.id.to_string().into(), number(*position).into()],
        );
    }
}

/// How many are known, how many faulty.
fn counts(judged: &[Judged]) -> [i64; 2] {
    let known = judged.iter().filter(|(_, verdict)| matches!(verdict, Verdict::Known(_))).count();
    [known, judged.len() - known].map(|count| i64::try_from(count).unwrap_or(i64::MAX))
}

fn span(import: &Import, rows: &[StoredRow]) -> Vec<Value> {
    let position = |row: Option<&StoredRow>| number(row.map_or(0, |row| row.position));
    vec![import.id.to_string().into(), position(rows.first()).into(), position(rows.last()).into()]
}

/// From the second to the fifth column: id, name, date of birth, record number.
pub(super) fn known(row: &Row) -> Result<Known, StoreError> {
    Ok(Known {
        id: row.text(1)?.to_owned(),
        folded: row.text(2)?.to_owned(),
        born: row.text(3)?.to_owned(),
        record: row.parsed_or_null(4)?,
    })
}

fn count(row: &Row, column: usize) -> Result<u64, StoreError> {
    u64::try_from(row.int(column)?).map_err(|_| StoreError::Malformed { column })
}
