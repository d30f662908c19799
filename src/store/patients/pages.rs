//! Everybody who is registered, page by page, for a file that leaves.
//!
//! Never reads more than a page at once.

use std::collections::HashMap;

use super::{Patient, Relative, rows};
use crate::store::{Store, StoreError, Value};

// In the order they were registered: whoever is registered meanwhile comes last. Merged records are counted, so that a merge
// meanwhile moves nobody from one page to another.
const PATIENTS: &str = "SELECT id, name, birth_date, record_number, phone, email, language, care, ward_id, bed, discharged_on, \
     merged_into FROM patients ORDER BY id LIMIT $1 OFFSET $2";

const RELATIVES: &str = "SELECT id, name, relation, phone, language, may_receive_report, may_visit, patient_id FROM relatives \
     WHERE patient_id IN (SELECT id FROM patients ORDER BY id LIMIT $1 OFFSET $2) AND removed_at IS NULL ORDER BY id";

const LARGEST_FAMILY: &str = "SELECT COUNT(*) FROM relatives WHERE removed_at IS NULL GROUP BY patient_id \
     ORDER BY COUNT(*) DESC LIMIT 1";

/// The patients of one page, each with their relatives; nothing beyond the last page. Merged records are left out, so that a
/// page may be short.
///
/// # Errors
/// As [`Store::read`].
pub async fn page(
    store: &Store,
    skipped: u32,
    limit: u32,
) -> Result<Option<Vec<(Patient, Vec<Relative>)>>, StoreError> {
    let params = || vec![Value::from(i64::from(limit)), i64::from(skipped).into()];
    let patients = store.read(PATIENTS, params()).await?;
    if patients.is_empty() {
        return Ok(None);
    }
    let mut families: HashMap<String, Vec<Relative>> = HashMap::new();
    for row in store.read(RELATIVES, params()).await? {
        families.entry(row.text(7)?.to_owned()).or_default().push(rows::relative(&row)?);
    }
    let mut page = Vec::new();
    for row in &patients {
        if row.text_or_null(11)?.is_none() {
            page.push((rows::patient(row)?, families.remove(row.text(0)?).unwrap_or_default()));
        }
    }
    Ok(Some(page))
}

/// How many relatives the patient with the most has.
///
/// # Errors
/// As [`Store::read`].
pub async fn largest_family(store: &Store) -> Result<usize, StoreError> {
    let row = store.read_one(LARGEST_FAMILY, Vec::new()).await?;
    row.map_or(Ok(0), |row| usize::try_from(row.int(0)?).map_err(|_| StoreError::Malformed { column: 0 }))
}
