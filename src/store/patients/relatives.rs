//! The relatives of a patient, with the digits they are found by.
//!
//! Never deletes a relative's row: a visit to which they were invited still names them.

use jiff::Timestamp;

use super::{PatientId, Relative, RelativeId, Rev, Stored, rows, seats, words};
use crate::domain::person::{PersonName, Phone};
use crate::store::{Batch, Store, StoreError};

const INSERT: &str = "INSERT INTO relatives (id, patient_id, name, relation, phone, language, may_receive_report, may_visit, \
     created_at, words_due) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, FALSE)";

const UPDATE: &str = "UPDATE relatives SET name = $1, relation = $2, phone = $3, language = $4, may_receive_report = $5, \
     may_visit = $6, words_due = FALSE, rev = rev + 1 WHERE id = $7 AND rev = $8 AND removed_at IS NULL";

const REMOVE: &str =
    "UPDATE relatives SET removed_at = $1, rev = rev + 1 WHERE id = $2 AND rev = $3 AND removed_at IS NULL";

const INSERT_WORD: &str = "INSERT INTO relative_words (word, relative_id) VALUES ($1, $2)";

const FORGET_WORDS: &str = "DELETE FROM relative_words WHERE relative_id = $1";

/// Holds the patient's row for this batch, so that no merge passes unseen.
const IS_KEPT: &str = "UPDATE patients SET rev = rev WHERE id = $1 AND merged_into IS NULL";

const IS_AS_READ: &str =
    "UPDATE relatives SET rev = rev WHERE id = $1 AND rev = $2 AND patient_id = $3 AND removed_at IS NULL";

/// Whoever adds a relative holds the patient's row, too ([`IS_KEPT`]): one of the two waits, and sees what the other did.
const ARE_ALL: &str = "UPDATE patients SET rev = rev WHERE id = $1 \
     AND (SELECT COUNT(*) FROM relatives WHERE patient_id = $1 AND removed_at IS NULL) = $2";

const NAME: &str = "SELECT name FROM relatives WHERE id = $1";

const OF_PATIENT: &str = "SELECT id, name, relation, phone, language, may_receive_report, may_visit, rev FROM relatives \
     WHERE patient_id = $1 AND removed_at IS NULL ORDER BY id";

const BY_ID: &str = "SELECT id, name, relation, phone, language, may_receive_report, may_visit, rev, patient_id \
     FROM relatives WHERE id = $1 AND removed_at IS NULL";

/// The relatives of one patient, in the order they were registered.
///
/// # Errors
/// As [`Store::read`].
pub async fn relatives_of(store: &Store, patient: PatientId) -> Result<Vec<Relative>, StoreError> {
    Ok(of_patient(store, patient).await?.into_iter().map(|stored| stored.value).collect())
}

/// One relative, and whose.
///
/// # Errors
/// As [`Store::read`].
pub async fn find_relative(store: &Store, id: RelativeId) -> Result<Option<(PatientId, Stored<Relative>)>, StoreError> {
    let Some(row) = store.read_one(BY_ID, vec![id.to_string().into()]).await? else { return Ok(None) };
    Ok(Some((row.parsed(8)?, Stored { value: rows::relative(&row)?, rev: rows::rev(&row, 7)? })))
}

/// What a relative is, or was, called: also one who was removed.
///
/// # Errors
/// As [`Store::read`].
pub async fn name_of_relative(store: &Store, id: RelativeId) -> Result<Option<PersonName>, StoreError> {
    store.read_one(NAME, vec![id.to_string().into()]).await?.map(|row| row.parsed(0)).transpose()
}

/// Adds a relative to a patient who is registered.
///
/// # Errors
/// [`StoreError::Conflict`] when the patient is not, or no longer, registered; [`StoreError::Duplicate`] when the same form
/// was sent before. Otherwise as [`Store::write`].
pub async fn add_relative(
    store: &Store,
    patient: PatientId,
    relative: &Relative,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(IS_KEPT, vec![patient.to_string().into()]);
    add(&mut batch, patient, relative, now);
    store.write(batch).await.map(drop)
}

/// Writes what is now known of a relative; their seats in visits that are still open follow.
///
/// # Errors
/// [`StoreError::Conflict`] when they are no longer as they were read. Otherwise as [`Store::write`].
pub async fn edit_relative(store: &Store, relative: &Stored<Relative>) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    let Stored { value, rev } = relative;
    set(&mut batch, value, *rev);
    store.write(batch).await.map(drop)
}

/// Removes a relative; visits to which they are invited still know them.
///
/// # Errors
/// As [`edit_relative`].
pub async fn remove_relative(store: &Store, id: RelativeId, read: Rev, now: Timestamp) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    remove(&mut batch, id, read, now);
    store.write(batch).await.map(drop)
}

pub(super) async fn of_patient(store: &Store, patient: PatientId) -> Result<Vec<Stored<Relative>>, StoreError> {
    let rows = store.read(OF_PATIENT, vec![patient.to_string().into()]).await?;
    rows.iter().map(|row| Ok(Stored { value: rows::relative(row)?, rev: rows::rev(row, 7)? })).collect()
}

pub(super) fn add(batch: &mut Batch, patient: PatientId, relative: &Relative, now: Timestamp) {
    batch.run_on_one(
        INSERT,
        vec![
            relative.id.to_string().into(),
            patient.to_string().into(),
            relative.name.to_string().into(),
            relative.relation.as_str().into(),
            relative.phone.to_string().into(),
            relative.language.as_str().into(),
            relative.may_receive_report.into(),
            relative.may_visit.into(),
            now.into(),
        ],
    );
    put_words(batch, &relative.id.to_string(), &relative.phone);
}

pub(super) fn set(batch: &mut Batch, relative: &Relative, read: Rev) {
    batch.run_on_one(
        UPDATE,
        vec![
            relative.name.to_string().into(),
            relative.relation.as_str().into(),
            relative.phone.to_string().into(),
            relative.language.as_str().into(),
            relative.may_receive_report.into(),
            relative.may_visit.into(),
            relative.id.to_string().into(),
            read.0.into(),
        ],
    );
    forget_words(batch, &relative.id.to_string());
    put_words(batch, &relative.id.to_string(), &relative.phone);
    seats::follow_relative(batch, relative);
}

pub(super) fn remove(batch: &mut Batch, id: RelativeId, read: Rev, now: Timestamp) {
    batch.run_on_one(REMOVE, vec![now.into(), id.to_string().into(), read.0.into()]);
    forget_words(batch, &id.to_string());
}

/// The digits of this number lead to this relative's patient.
pub(super) fn put_words(batch: &mut Batch, relative: &str, phone: &Phone) {
    for word in words::of_phone(phone) {
        batch.run_on_one(INSERT_WORD, vec![word.as_bytes().into(), relative.into()]);
    }
}

/// No number leads to this relative's patient any more.
pub(super) fn forget_words(batch: &mut Batch, relative: &str) {
    batch.run(FORGET_WORDS, vec![relative.into()]);
}

/// Nothing is written with this batch unless these are all the relatives of a patient whose row it holds, as they were read.
pub(super) fn are_as_read(batch: &mut Batch, patient: PatientId, read: &[Stored<Relative>]) {
    let patient = patient.to_string();
    for Stored { value, rev } in read {
        batch.run_on_one(IS_AS_READ, vec![value.id.to_string().into(), rev.0.into(), patient.as_str().into()]);
    }
    let count = i64::try_from(read.len()).unwrap_or(i64::MAX);
    batch.run_on_one(ARE_ALL, vec![patient.into(), count.into()]);
}
