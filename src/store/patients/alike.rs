//! Who may be the same person as somebody about to be registered.
//!
//! Never says that they are: twins share a date of birth, and a family shares a phone.

use std::collections::HashSet;

use super::{Patient, rows};
use crate::domain::person::share_a_word;
use crate::store::{Row, Store, StoreError, Value};

/// Somebody who may be the same person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// Who is registered already.
    pub patient: Patient,
    /// In what they are alike.
    pub likeness: Likeness,
}

/// In what two patients are alike, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same record number: no two patients have one.
    RecordNumber,
    /// The same name and date of birth.
    NameAndBirth,
    /// The same phone number, and a word of the name.
    PhoneAndName,
}

const BY_RECORD_NUMBER: &str = "SELECT id, name, birth_date, record_number, phone, email, language, care, ward_id, bed, \
     discharged_on FROM patients WHERE record_number = $1 AND merged_into IS NULL";

const BY_NAME_AND_BIRTH: &str = "SELECT id, name, birth_date, record_number, phone, email, language, care, ward_id, bed, \
     discharged_on FROM patients WHERE folded = $1 AND birth_date = $2 AND merged_into IS NULL ORDER BY id LIMIT 20";

const BY_PHONE: &str = "SELECT id, name, birth_date, record_number, phone, email, language, care, ward_id, bed, \
     discharged_on FROM patients WHERE phone = $1 AND merged_into IS NULL ORDER BY id LIMIT 100";

/// Everybody who may be the same person as `candidate`, each once, for the strongest reason; never the candidate.
///
/// # Errors
/// As [`Store::read`].
pub async fn duplicates_of(store: &Store, candidate: &Patient) -> Result<Vec<Alike>, StoreError> {
    let mut found = Found { candidate, seen: HashSet::new(), alike: Vec::new() };
    if let Some(record) = &candidate.record {
        let rows = store.read(BY_RECORD_NUMBER, vec![record.to_string().into()]).await?;
        found.take(&rows, Likeness::RecordNumber)?;
    }
    let name_and_birth = vec![Value::from(candidate.name.folded()), candidate.born.to_string().into()];
    found.take(&store.read(BY_NAME_AND_BIRTH, name_and_birth).await?, Likeness::NameAndBirth)?;
    if let Some(phone) = &candidate.phone {
        let rows = store.read(BY_PHONE, vec![phone.to_string().into()]).await?;
        found.take(&rows, Likeness::PhoneAndName)?;
    }
    Ok(found.alike)
}

struct Found<'a> {
    candidate: &'a Patient,
    seen: HashSet<String>,
    alike: Vec<Alike>,
}

impl Found<'_> {
    fn take(&mut self, rows: &[Row], likeness: Likeness) -> Result<(), StoreError> {
        for row in rows {
            let patient = rows::patient(row)?;
            let is_alike = likeness != Likeness::PhoneAndName
                || share_a_word(&patient.name.folded(), &self.candidate.name.folded());
            if patient.id != self.candidate.id && is_alike && self.seen.insert(patient.id.to_string()) {
                self.alike.push(Alike { patient, likeness });
            }
        }
        Ok(())
    }
}
