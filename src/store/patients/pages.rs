//! Everybody who is registered, page by page, for a file that leaves.
//!
//! A page goes on from where the last one ended, whoever is registered, merged or erased meanwhile. Never reads more than a
//! page at once, apart from those who were registered in the same instant.

use std::collections::{HashMap, HashSet};

use super::{Patient, Relative, rows};
use crate::store::{Store, StoreError, Value};

/// Where a page ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After {
    /// When the last of it was registered.
    instant: i64,
    /// Who was read of those who were registered then: an id is a text, and texts are not compared.
    read: HashSet<String>,
}

// Merged records are read, too: they mark where a page ended.
const PATIENTS: &str = "SELECT id, name, birth_date, record_number, phone, email, language, care, ward_id, bed, discharged_on, \
     merged_into, created_at FROM patients WHERE created_at >= $1 ORDER BY created_at, id LIMIT $2";

const RELATIVES: &str = "SELECT r.id, r.name, r.relation, r.phone, r.language, r.may_receive_report, r.may_visit, r.patient_id \
     FROM patients p JOIN relatives r ON r.patient_id = p.id \
     WHERE p.created_at >= $1 AND p.created_at <= $2 AND r.removed_at IS NULL ORDER BY r.id";

const LARGEST_FAMILY: &str = "SELECT COUNT(*) FROM relatives WHERE removed_at IS NULL GROUP BY patient_id \
     ORDER BY COUNT(*) DESC LIMIT 1";

const SHARED_PHONES: &str = "SELECT phone FROM patients WHERE phone IS NOT NULL AND merged_into IS NULL \
     GROUP BY phone HAVING COUNT(*) > 1";

impl After {
    /// Before the first page.
    #[must_use]
    pub fn nobody() -> Self {
        Self { instant: i64::MIN, read: HashSet::new() }
    }
}

/// The next `limit` patients in the order they were registered, each with their relatives, and where that page ends; nothing
/// beyond the last page. Merged records are left out, so that a page may be short.
///
/// # Errors
/// As [`Store::read`].
pub async fn page(
    store: &Store,
    after: &After,
    limit: usize,
) -> Result<Option<(Vec<(Patient, Vec<Relative>)>, After)>, StoreError> {
    let wanted = i64::try_from(limit + after.read.len()).unwrap_or(i64::MAX);
    let mut patients = store.read(PATIENTS, vec![after.instant.into(), wanted.into()]).await?;
    patients.retain(|row| row.text(0).is_ok_and(|id| !after.read.contains(id)));
    let (Some(first), Some(last)) = (patients.first(), patients.last()) else { return Ok(None) };
    let (first, last) = (first.int(12)?, last.int(12)?);
    let mut next = After { instant: last, read: HashSet::new() };
    if last == after.instant {
        next.read.clone_from(&after.read);
    }
    let mut families: HashMap<String, Vec<Relative>> = HashMap::new();
    for row in store.read(RELATIVES, vec![Value::from(first), last.into()]).await? {
        families.entry(row.text(7)?.to_owned()).or_default().push(rows::relative(&row)?);
    }
    let mut page = Vec::new();
    for row in &patients {
        if row.int(12)? == last {
            next.read.insert(row.text(0)?.to_owned());
        }
        if row.text_or_null(11)?.is_none() {
            page.push((rows::patient(row)?, families.remove(row.text(0)?).unwrap_or_default()));
        }
    }
    Ok(Some((page, next)))
}

/// How many relatives the patient with the most has.
///
/// # Errors
/// As [`Store::read`].
pub async fn largest_family(store: &Store) -> Result<usize, StoreError> {
    let row = store.read_one(LARGEST_FAMILY, Vec::new()).await?;
    row.map_or(Ok(0), |row| usize::try_from(row.int(0)?).map_err(|_| StoreError::Malformed { column: 0 }))
}

/// The phones that more than one patient has.
///
/// # Errors
/// As [`Store::read`].
pub async fn shared_phones(store: &Store) -> Result<HashSet<String>, StoreError> {
    store.read(SHARED_PHONES, Vec::new()).await?.iter().map(|row| Ok(row.text(0)?.to_owned())).collect()
}
