//! Writing a patient's own row with the words it is found by.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Patient, Relative, Rev, Stored, relatives, rows, seats, words};
use crate::store::{Batch, Store, StoreError, Value};

const INSERT: &str = "INSERT INTO patients (name, folded, birth_date, record_number, phone, email, language, care, ward_id, \
     bed, discharged_on, id, created_at, words_due) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, FALSE)";

const UPDATE: &str = "UPDATE patients SET name = $1, folded = $2, birth_date = $3, record_number = $4, phone = $5, \
     email = $6, language = $7, care = $8, ward_id = $9, bed = $10, discharged_on = $11, words_due = FALSE, rev = rev + 1 \
     WHERE id = $12 AND rev = $13 AND merged_into IS NULL";

const INSERT_WORD: &str = "INSERT INTO patient_words (word, patient_id) VALUES ($1, $2)";

const FORGET_WORDS: &str = "DELETE FROM patient_words WHERE patient_id = $1";

/// Stores a patient with their relatives, all or nobody.
///
/// # Errors
/// [`StoreError::Duplicate`] when one of the ids is stored already (the same form was sent twice), or the record number is
/// another patient's. Otherwise as [`Store::write`].
pub async fn insert(
    store: &Store,
    patient: &Patient,
    relatives: &[Relative],
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    add(&mut batch, patient, relatives, now);
    store.write(batch).await.map(drop)
}

/// Adds a patient with their relatives to a batch; many may go together.
pub fn add(batch: &mut Batch, patient: &Patient, relatives: &[Relative], now: Timestamp) {
    let mut values = rows::values(patient);
    values.extend([patient.id.to_string().into(), now.into()]);
    batch.run_on_one(INSERT, values);
    add_words(batch, patient);
    for relative in relatives {
        relatives::add(batch, patient.id, relative, now);
    }
}

/// Writes what a patient's record now says; seats in visits that are still open take over name, number and language.
///
/// # Errors
/// [`StoreError::Conflict`] when the record is no longer as it was read, [`StoreError::Duplicate`] when the record number is
/// another patient's. Otherwise as [`Store::write`].
pub async fn edit(store: &Store, patient: &Stored<Patient>) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    set(&mut batch, &patient.value, patient.rev);
    store.write(batch).await.map(drop)
}

/// Adds an edit to a batch.
pub(super) fn set(batch: &mut Batch, patient: &Patient, read: Rev) {
    let mut values = rows::values(patient);
    values.extend([patient.id.to_string().into(), read.0.into()]);
    batch.run_on_one(UPDATE, values);
    forget_words(batch, patient.id.to_string().into());
    add_words(batch, patient);
    seats::follow_patient(batch, patient);
}

/// Nothing leads to this patient any more.
pub(super) fn forget_words(batch: &mut Batch, patient: Value) {
    batch.run(FORGET_WORDS, vec![patient]);
}

/// These words lead to this patient.
pub(super) fn put_words(batch: &mut Batch, patient: &str, words: BTreeSet<String>) {
    for word in words {
        batch.run_on_one(INSERT_WORD, vec![word.as_bytes().into(), patient.into()]);
    }
}

fn add_words(batch: &mut Batch, patient: &Patient) {
    put_words(batch, &patient.id.to_string(), words::of_patient(patient));
}
