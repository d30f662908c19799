//! Patients in the order of their names, page by page.

use super::{Patient, rows};
use crate::domain::ids::WardId;
use crate::store::{Store, StoreError, Value};

/// Which patients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// All of them.
    Everybody,
    /// Those who come from home.
    Outpatients,
    /// Those who lie here, on whichever ward.
    Inpatients,
    /// Those who lie on this ward.
    OnWard(WardId),
    /// Those who went home.
    Discharged,
}

macro_rules! page_of {
    ($which:literal) => {
        concat!(
            "SELECT p.id, p.name, p.birth_date, p.record_number, p.phone, p.email, p.language, p.care, p.ward_id, p.bed, \
             p.discharged_on FROM (SELECT id FROM patients WHERE merged_into IS NULL",
            $which,
            ") i JOIN patients p ON p.id = i.id ORDER BY p.folded, p.id"
        )
    };
}

const EVERYBODY: &str = page_of!(" ORDER BY folded, id LIMIT $1 OFFSET $2");
const BY_CARE: &str = page_of!(" AND care = $1 ORDER BY folded, id LIMIT $2 OFFSET $3");
const BY_WARD: &str = page_of!(" AND ward_id = $1 AND ward_id IS NOT NULL ORDER BY folded, id LIMIT $2 OFFSET $3");

/// At most `limit` patients by name, after the first `skipped`.
///
/// # Errors
/// As [`Store::read`].
pub async fn list(store: &Store, listed: Listed, skipped: u32, limit: u32) -> Result<Vec<Patient>, StoreError> {
    let (sql, mut params) = match listed {
        Listed::Everybody => (EVERYBODY, vec![]),
        Listed::Outpatients => (BY_CARE, vec![Value::from("outpatient")]),
        Listed::Inpatients => (BY_CARE, vec![Value::from("inpatient")]),
        Listed::Discharged => (BY_CARE, vec![Value::from("discharged")]),
        Listed::OnWard(ward) => (BY_WARD, vec![Value::from(ward.to_string())]),
    };
    params.extend([i64::from(limit).into(), i64::from(skipped).into()]);
    store.read(sql, params).await?.iter().map(rows::patient).collect()
}
