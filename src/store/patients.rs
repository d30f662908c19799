//! Patients and their relatives.
//!
//! A patient is found by how any word of their name begins, without regard to case or accents, or by a phone number,
//! their own or a relative's. Never merges two people: that is for staff to decide.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Batch, Row, Store, StoreError, Value};
use crate::domain::ids::{PatientId, RelativeId};
use crate::domain::patient::{Care, RecordNumber};
use crate::domain::person::{BirthDate, Email, Language, PersonName, Phone, fold};

/// A patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patient {
    /// Their id.
    pub id: PatientId,
    /// Their name.
    pub name: PersonName,
    /// When they were born.
    pub born: BirthDate,
    /// The number of their record, where the hospital gives one.
    pub record: Option<RecordNumber>,
    /// Where their messages go; an inpatient may have none.
    pub phone: Option<Phone>,
    /// Where letters to them go.
    pub email: Option<Email>,
    /// The language of their messages and pages.
    pub language: Language,
    /// Where they are treated.
    pub care: Care,
}

/// A relative of one patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relative {
    /// Their id.
    pub id: RelativeId,
    /// Their name.
    pub name: PersonName,
    /// What they are to the patient, in the house's language.
    pub relation: String,
    /// Where their messages go.
    pub phone: Phone,
    /// The language of their messages and pages.
    pub language: Language,
    /// Whether they may hear from a doctor how the patient is.
    pub may_receive_report: bool,
    /// Whether they may visit the patient by video.
    pub may_visit: bool,
}

/// Whom to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Search {
    /// Somebody whose name, from one of its words on, begins so.
    Named(String),
    /// Somebody with this number, or with a relative who has it.
    Called(Phone),
}

const INSERT: &str = "INSERT INTO patients (id, name, folded, birth_date, record_number, phone, email, language, care, ward_id, bed, \
     discharged_on, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

const INSERT_WORD: &str = "INSERT INTO patient_words (word, patient_id) VALUES ($1, $2)";

const INSERT_RELATIVE: &str = "INSERT INTO relatives (id, patient_id, name, relation, phone, language, may_receive_report, may_visit, created_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

const BY_ID: &str = "SELECT id, name, birth_date, record_number, phone, email, language, care, ward_id, bed, discharged_on \
     FROM patients WHERE id = $1";

const NAMED: &str = "SELECT id, name, birth_date, record_number, phone, email, language, care, ward_id, bed, discharged_on \
     FROM patients \
     WHERE id IN (SELECT patient_id FROM patient_words WHERE word >= $1 AND word < $2) ORDER BY folded, id LIMIT $3";

const CALLED: &str = "SELECT id, name, birth_date, record_number, phone, email, language, care, ward_id, bed, discharged_on \
     FROM patients \
     WHERE phone = $1 OR id IN (SELECT patient_id FROM relatives WHERE phone = $1) ORDER BY folded, id LIMIT $2";

const RELATIVES: &str = "SELECT id, name, relation, phone, language, may_receive_report, may_visit FROM relatives \
     WHERE patient_id = $1 AND removed_at IS NULL ORDER BY id";

/// Stores a patient with their relatives, all or nobody.
///
/// # Errors
/// [`StoreError::Duplicate`] when one of the ids is stored already: the same form was sent twice. Otherwise as
/// [`Store::write`].
pub async fn insert(
    store: &Store,
    patient: &Patient,
    relatives: &[Relative],
    now: Timestamp,
) -> Result<(), StoreError> {
    let id = patient.id.to_string();
    let folded = patient.name.folded();
    let mut batch = Batch::new();
    batch.run_on_one(
        INSERT,
        vec![
            id.as_str().into(),
            patient.name.to_string().into(),
            folded.as_str().into(),
            patient.born.to_string().into(),
            patient.record.as_ref().map(RecordNumber::to_string).into(),
            patient.phone.as_ref().map(Phone::to_string).into(),
            patient.email.as_ref().map(Email::to_string).into(),
            patient.language.as_str().into(),
            patient.care.as_str().into(),
            patient.care.ward().map(|ward| ward.to_string()).into(),
            bed(&patient.care).into(),
            discharged_on(&patient.care).into(),
            now.into(),
        ],
    );
    for word in words(&folded) {
        batch.run_on_one(INSERT_WORD, vec![word.as_bytes().into(), id.as_str().into()]);
    }
    for relative in relatives {
        batch.run_on_one(
            INSERT_RELATIVE,
            vec![
                relative.id.to_string().into(),
                id.as_str().into(),
                relative.name.to_string().into(),
                relative.relation.as_str().into(),
                relative.phone.to_string().into(),
                relative.language.as_str().into(),
                relative.may_receive_report.into(),
                relative.may_visit.into(),
                now.into(),
            ],
        );
    }
    store.write(batch).await.map(drop)
}

/// One patient.
///
/// # Errors
/// As [`Store::read`].
pub async fn find(store: &Store, id: PatientId) -> Result<Option<Patient>, StoreError> {
    store.read_one(BY_ID, vec![id.to_string().into()]).await?.map(|row| patient(&row)).transpose()
}

/// The relatives of one patient, in the order they were registered.
///
/// # Errors
/// As [`Store::read`].
pub async fn relatives_of(store: &Store, patient: PatientId) -> Result<Vec<Relative>, StoreError> {
    store.read(RELATIVES, vec![patient.to_string().into()]).await?.iter().map(relative).collect()
}

/// At most `limit` patients, by name. A name that is empty once folded finds nobody.
///
/// # Errors
/// As [`Store::read`].
pub async fn search(store: &Store, wanted: &Search, limit: u16) -> Result<Vec<Patient>, StoreError> {
    let limit = Value::from(i64::from(limit));
    let rows = match wanted {
        Search::Named(text) => {
            let start = fold(text);
            if start.is_empty() {
                return Ok(Vec::new());
            }
            // No text in UTF-8 holds the byte 0xFF, so this ends the range of all that begin so.
            let end: Vec<u8> = start.bytes().chain([0xFF]).collect();
            store.read(NAMED, vec![start.as_bytes().into(), end.as_slice().into(), limit]).await?
        }
        Search::Called(phone) => store.read(CALLED, vec![phone.to_string().into(), limit]).await?,
    };
    rows.iter().map(patient).collect()
}

/// The name from each of its words on: "rosa diaz" and "diaz".
fn words(folded: &str) -> BTreeSet<&str> {
    let starts = folded.match_indices(' ').map(|(space, _)| space + 1);
    std::iter::once(0).chain(starts).filter_map(|start| folded.get(start..)).collect()
}

fn bed(care: &Care) -> Option<String> {
    if let Care::Inpatient { bed, .. } = care { bed.as_ref().map(ToString::to_string) } else { None }
}

fn discharged_on(care: &Care) -> Option<String> {
    if let Care::Discharged { on } = care { Some(on.to_string()) } else { None }
}

fn patient(row: &Row) -> Result<Patient, StoreError> {
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

/// Four columns, from `first` on: care, ward, bed, date of discharge.
fn care(row: &Row, first: usize) -> Result<Care, StoreError> {
    Ok(match row.text(first)? {
        "outpatient" => Care::Outpatient,
        "inpatient" => Care::Inpatient { ward: row.parsed(first + 1)?, bed: row.parsed_or_null(first + 2)? },
        "discharged" => Care::Discharged { on: row.parsed(first + 3)? },
        _ => return Err(StoreError::Malformed { column: first }),
    })
}

fn relative(row: &Row) -> Result<Relative, StoreError> {
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
