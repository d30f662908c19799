//! From rows to patients and relatives, and back to values.

use super::{Patient, Relative, Rev};
use crate::domain::patient::Care;
use crate::store::{Row, StoreError, Value};

/// Eleven columns from the first on: id, name, date of birth, record number, phone, e-mail, language, care, ward, bed, date
/// of discharge.
pub(super) fn patient(row: &Row) -> Result<Patient, StoreError> {
    Ok(Patient {
        id: row.parsed(0)?,
        name: row.parsed(1)?,
        born: row.parsed(2)?,
        record: row.parsed_or_null(3)?,
        phone: row.parsed_or_null(4)?,
        email: row.parsed_or_null(5)?,
        language: row.parsed(6)?,
        care: care(row, 7)?,
    })
}

/// Seven columns from the first on: id, name, relation, phone, language, may hear the report, may visit.
pub(super) fn relative(row: &Row) -> Result<Relative, StoreError> {
    Ok(Relative {
        id: row.parsed(0)?,
        name: row.parsed(1)?,
        relation: row.text(2)?.to_owned(),
        phone: row.parsed(3)?,
        language: row.parsed(4)?,
        may_receive_report: row.bool(5)?,
        may_visit: row.bool(6)?,
    })
}

/// A `rev` column.
pub(super) fn rev(row: &Row, column: usize) -> Result<Rev, StoreError> {
    row.int(column).map(Rev)
}

/// Values of a patient, in this order: name, folded name, date of birth, record number, phone, e-mail, language, care, ward,
/// bed, date of discharge.
pub(super) fn values(patient: &Patient) -> Vec<Value> {
    let bed = if let Care::Inpatient { bed, .. } = &patient.care { bed.as_ref() } else { None };
    let discharged_on = if let Care::Discharged { on } = patient.care { Some(on.to_string()) } else { None };
    vec![
        patient.name.to_string().into(),
        patient.name.folded().into(),
        patient.born.to_string().into(),
        patient.record.as_ref().map(ToString::to_string).into(),
        patient.phone.as_ref().map(ToString::to_string).into(),
        patient.email.as_ref().map(ToString::to_string).into(),
        patient.language.as_str().into(),
        patient.care.as_str().into(),
        patient.care.ward().map(|ward| ward.to_string()).into(),
        bed.map(ToString::to_string).into(),
        discharged_on.into(),
    ]
}

/// Four columns, from `first` on: care, ward, bed, date of discharge.
fn care(row: &Row, first: usize) -> Result<Care, StoreError> {
    Ok(match row.text(first)? {
        "outpatient" => Care::Outpatient,
        "inpatient" => Care::Inpatient { ward: row.parsed(first + 1)?, bed: row.parsed_or_null(first + 2)? },
        "discharged" => Care::Discharged { on: row.parsed(first + 3)? },
        _ => return Err(StoreError::Malformed { column: first }),
    })
}
