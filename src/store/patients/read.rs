//! Reading one record.

use super::{Patient, PatientId, Relative, Stored, relatives, rows};
use crate::store::{Store, StoreError};

/// What stands under a patient's id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filed {
    /// The record, and the relatives in the order they were registered.
    Here(Box<Stored<Patient>>, Vec<Stored<Relative>>),
    /// The same person's other record, into which this one was merged.
    MergedInto(PatientId),
}

const BY_ID: &str = "SELECT id, name, birth_date, record_number, phone, email, language, care, ward_id, bed, discharged_on, \
     rev, merged_into FROM patients WHERE id = $1";

/// One patient; nobody when their record was merged into another.
///
/// # Errors
/// As [`Store::read`].
pub async fn find(store: &Store, id: PatientId) -> Result<Option<Patient>, StoreError> {
    let Some(row) = store.read_one(BY_ID, vec![id.to_string().into()]).await? else { return Ok(None) };
    if row.text_or_null(12)?.is_some() { Ok(None) } else { rows::patient(&row).map(Some) }
}

/// What stands under a patient's id, whole.
///
/// # Errors
/// As [`Store::read`].
pub async fn read(store: &Store, id: PatientId) -> Result<Option<Filed>, StoreError> {
    let Some(row) = store.read_one(BY_ID, vec![id.to_string().into()]).await? else { return Ok(None) };
    if let Some(survivor) = row.parsed_or_null(12)? {
        return Ok(Some(Filed::MergedInto(survivor)));
    }
    let patient = Stored { value: rows::patient(&row)?, rev: rows::rev(&row, 11)? };
    Ok(Some(Filed::Here(Box::new(patient), relatives::of_patient(store, id).await?)))
}
