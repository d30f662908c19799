//! Patients with their relatives as rows of a file: one row for each patient, relatives in numbered groups of columns.
//!
//! Never knows who is registered already.

mod names;
mod reader;
mod sharing;

use self::names::{COLUMNS, OF_RELATIVES, STATUSES, Status};
use super::columns;
use super::vocabulary::{CHOICES, LANGUAGES, written};
use crate::domain::ids::WardId;
use crate::domain::patient::{Bed, Care, RecordNumber};
use crate::domain::person::{BirthDate, Email, Language, PersonName, Phone};

pub(super) use names::Column;
pub use reader::{Marks, Reader};
pub use sharing::Sharing;

/// Groups of columns for relatives that an example has.
pub const GROUPS: usize = 3;

/// A patient as a file has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatientRow {
    /// Their name.
    pub name: PersonName,
    /// When they were born.
    pub born: BirthDate,
    /// The number of their record.
    pub record: Option<RecordNumber>,
    /// Where their messages go.
    pub phone: Option<Phone>,
    /// Whether others have the number of this row, and are not the same person.
    pub shares_phone: bool,
    /// Where letters to them go.
    pub email: Option<Email>,
    /// The language of their messages.
    pub language: Language,
    /// Where they are treated.
    pub care: Care,
    /// Who belongs to them.
    pub relatives: Vec<RelativeRow>,
}

/// A relative as a file has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelativeRow {
    /// Their name.
    pub name: PersonName,
    /// What they are to the patient.
    pub relation: String,
    /// Where their messages go.
    pub phone: Phone,
    /// The language of their messages.
    pub language: Language,
    /// Whether they may hear from a doctor how the patient is.
    pub may_receive_report: bool,
    /// Whether they may visit the patient by video.
    pub may_visit: bool,
}

/// The columns of a file with this many groups for relatives.
#[must_use]
pub fn header(groups: usize, language: Language) -> Vec<String> {
    let own = COLUMNS.iter().map(|column| column.meaning);
    let numbers = 1..=u16::try_from(groups).unwrap_or(u16::MAX);
    let groups = numbers.flat_map(|number| OF_RELATIVES.iter().map(move |of| Column::Relative(number, of.meaning)));
    own.chain(groups).map(|column| columns::Column::written(column, language)).collect()
}

/// The cells of a patient, in the order of [`header`]; `ward` is the name of their ward.
#[must_use]
pub fn cells(patient: &PatientRow, ward: &str, language: Language) -> Vec<String> {
    let text = |shown: Option<String>| shown.unwrap_or_default();
    let (status, bed, discharged) = match &patient.care {
        Care::Outpatient => (Status::Outpatient, None, None),
        Care::Inpatient { bed, .. } => (Status::Inpatient, bed.as_ref().map(Bed::to_string), None),
        Care::Discharged { on } => (Status::Discharged, None, Some(on.to_string())),
    };
    let choice = |yes| written(CHOICES, yes, language).to_owned();
    let own = vec![
        patient.name.to_string(),
        patient.born.to_string(),
        text(patient.record.as_ref().map(RecordNumber::to_string)),
        text(patient.phone.as_ref().map(Phone::to_string)),
        text(patient.shares_phone.then(|| choice(true))),
        text(patient.email.as_ref().map(Email::to_string)),
        written(LANGUAGES, patient.language, language).to_owned(),
        written(STATUSES, status, language).to_owned(),
        ward.to_owned(),
        text(bed),
        text(discharged),
    ];
    let relatives = patient.relatives.iter().flat_map(|relative| {
        [
            relative.name.to_string(),
            relative.relation.clone(),
            relative.phone.to_string(),
            written(LANGUAGES, relative.language, language).to_owned(),
            choice(relative.may_receive_report),
            choice(relative.may_visit),
        ]
    });
    own.into_iter().chain(relatives).collect()
}

/// Invented people that show what a file may hold; `ward` is one of the house.
#[must_use]
pub fn example(ward: Option<WardId>) -> Vec<PatientRow> {
    let relative = |name: &str, relation: &str, phone: &str, may_receive_report| {
        Some(RelativeRow {
            name: name.parse().ok()?,
            relation: relation.to_owned(),
            phone: phone.parse().ok()?,
            language: Language::Spanish,
            may_receive_report,
            may_visit: true,
        })
    };
    let patient = |name: &str, born: &str, record: &str, phone: &str, care, relatives: Vec<Option<RelativeRow>>| {
        Some(PatientRow {
            name: name.parse().ok()?,
            born: born.parse().ok()?,
            record: record.parse().ok(),
            phone: phone.parse().ok(),
            shares_phone: false,
            email: None,
            language: Language::Spanish,
            care,
            relatives: relatives.into_iter().flatten().collect(),
        })
    };
    let rosa = relative("Rosa Ejemplo", "hija", "+525512345679", true);
    let julian = relative("Julián Ejemplo", "vecino", "+525512345680", false);
    let inside = ward.map_or(Care::Outpatient, |ward| Care::Inpatient { ward, bed: "12 B".parse().ok() });
    [
        patient("Tomás Ejemplo", "1950-02-11", "A-1001", "+525512345678", inside, vec![rosa, julian]),
        patient("Inés Muestra", "1984-09-30", "A-1002", "+525512345681", Care::Outpatient, vec![]),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests;
