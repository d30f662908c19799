//! Those whom an earlier program registered get the words they are found by today.
//!
//! A row says itself whether its words are due, so nothing is done twice, and whoever edits a record meanwhile has done it.
//! Never reads more of a record than its words are made of.

use super::{relatives, words, write};
use crate::domain::person::fold;
use crate::store::{Batch, Row, Store, StoreError};

/// Rows written together: few enough to be answered in time on a slow machine.
const TOGETHER: i64 = 50;

const DUE_PATIENTS: &str = "SELECT id, rev, name, record_number, phone, merged_into FROM patients WHERE words_due = TRUE \
     ORDER BY id LIMIT $1";

const DUE_RELATIVES: &str =
    "SELECT id, rev, phone, removed_at FROM relatives WHERE words_due = TRUE ORDER BY id LIMIT $1";

const PATIENT_IS_DONE: &str = "UPDATE patients SET words_due = FALSE WHERE id = $1 AND rev = $2 AND words_due = TRUE";

const RELATIVE_IS_DONE: &str = "UPDATE relatives SET words_due = FALSE WHERE id = $1 AND rev = $2 AND words_due = TRUE";

/// Writes the words of everybody whose are due. Answers of how many.
///
/// # Errors
/// As [`Store::write`].
pub async fn complete_words(store: &Store) -> Result<usize, StoreError> {
    Ok(complete(store, DUE_PATIENTS, patient).await? + complete(store, DUE_RELATIVES, relative).await?)
}

async fn complete(
    store: &Store,
    due: &'static str,
    add: fn(&mut Batch, &Row) -> Result<(), StoreError>,
) -> Result<usize, StoreError> {
    let mut completed = 0;
    loop {
        let rows = store.read(due, vec![TOGETHER.into()]).await?;
        if rows.is_empty() {
            return Ok(completed);
        }
        let mut batch = Batch::new();
        rows.iter().try_for_each(|row| add(&mut batch, row))?;
        match store.write(batch).await {
            Ok(_) => completed += rows.len(),
            // Another node was faster with one of them: those that are still due are read anew.
            Err(StoreError::Conflict | StoreError::Duplicate) => {}
            Err(error) => return Err(error),
        }
    }
}

fn patient(batch: &mut Batch, row: &Row) -> Result<(), StoreError> {
    let id = row.text(0)?;
    batch.run_on_one(PATIENT_IS_DONE, vec![id.into(), row.int(1)?.into()]);
    write::forget_words(batch, id.into());
    if row.text_or_null(5)?.is_none() {
        let phone = row.text_or_null(4)?.and_then(|phone| phone.parse().ok());
        write::put_words(batch, id, words::of_record(&fold(row.text(2)?), row.text_or_null(3)?, phone.as_ref()));
    }
    Ok(())
}

fn relative(batch: &mut Batch, row: &Row) -> Result<(), StoreError> {
    let id = row.text(0)?;
    batch.run_on_one(RELATIVE_IS_DONE, vec![id.into(), row.int(1)?.into()]);
    relatives::forget_words(batch, id);
    if row.instant_or_null(3)?.is_none()
        && let Ok(phone) = row.text(2)?.parse()
    {
        relatives::put_words(batch, id, &phone);
    }
    Ok(())
}
