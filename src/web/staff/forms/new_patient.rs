//! A patient added on the spot, with relatives.
//!
//! Never stores anything; the patient's id comes with the form, so that a double submit adds nobody twice.

use jiff::civil::Date;

use super::pairs::Pairs;
use super::person::{Desk, Reading};
use crate::domain::ids::{PatientId, RelativeId, WardId};
use crate::domain::patient::Care;
use crate::domain::person::{Country, Language};
use crate::store::patients::{Patient, Relative};
use crate::text::Texts;
use crate::web::staff::views::form::Fault;

/// A patient as typed and understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPatient {
    /// Who.
    pub patient: Patient,
    /// With whom.
    pub relatives: Vec<Relative>,
}

/// What reading depends on.
#[derive(Clone, Copy)]
pub struct Registering {
    /// The language of the sentences.
    pub texts: Texts,
    /// The date of birth lies before.
    pub today: Date,
    /// The country of numbers without one.
    pub country: Option<Country>,
    /// The ward of who registers, if they have one.
    pub ward: Option<WardId>,
}

/// Rows for relatives that the form has at first.
pub const ROWS: usize = 2;

/// Rows for relatives the form may grow to.
pub const MOST_ROWS: usize = 12;

/// How many rows the form shows.
#[must_use]
pub fn rows(form: &Pairs) -> usize {
    form.one("rows").parse().unwrap_or(ROWS).clamp(ROWS, MOST_ROWS)
}

/// Whether anything of the new patient was typed.
#[must_use]
pub fn is_begun(form: &Pairs) -> bool {
    ["new_name", "new_born", "new_phone"].iter().any(|field| !form.one(field).is_empty())
}

/// Reads the part of the form that adds a patient.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(form: &Pairs, registering: Registering) -> Result<NewPatient, Vec<Fault>> {
    let Registering { texts, today, country, ward } = registering;
    let mut reading = Reading::of(form, Desk { texts, today, country });
    let name = reading.name("new_name");
    let born = reading.born("new_born");
    let phone = reading.phone_if_any("new_phone");
    let language = reading.language("new_language");
    let mut relatives: Vec<Relative> = Vec::new();
    for row in 0..rows(form) {
        let Some(relative) = relative(&mut reading, row, language) else { continue };
        let is_same = |other: &Relative| other.phone == relative.phone && other.name.folded() == relative.name.folded();
        if relatives.iter().any(is_same) {
            let [.., phone] = fields(row);
            reading.note(&phone, "patient-relative-twice");
        }
        relatives.push(relative);
    }
    let faults = reading.faults();
    match (name, born) {
        (Some(name), Some(born)) if faults.is_empty() => {
            let id = form.one("new_patient").parse().unwrap_or_else(|_| PatientId::mint());
            let care = Care::on(ward.or_else(|| form.one("new_ward").parse().ok()));
            let patient = Patient { id, name, born, record: None, phone, email: None, language, care };
            Ok(NewPatient { patient, relatives })
        }
        _ => Err(faults),
    }
}

/// One row; nobody when it is empty or wrong.
fn relative(reading: &mut Reading<'_>, row: usize, language: Language) -> Option<Relative> {
    let [name, relation, phone] = fields(row);
    if [&name, &relation, &phone].iter().all(|field| reading.typed(field).is_empty()) {
        return None;
    }
    let (name, relation, phone) = (reading.name(&name), reading.relation(&relation), reading.phone(&phone));
    Some(Relative {
        id: RelativeId::mint(),
        name: name?,
        relation: relation?,
        phone: phone?,
        language,
        may_receive_report: true,
        may_visit: true,
    })
}

/// The field names of a row: name, relation, phone.
#[must_use]
pub fn fields(row: usize) -> [String; 3] {
    ["name", "relation", "phone"].map(|field| format!("relative_{row}_{field}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registering() -> Registering {
        Registering {
            texts: Texts::of(Language::English),
            today: "2026-11-23".parse().unwrap(),
            country: "mx".parse().ok(),
            ward: None,
        }
    }

    fn form(pairs: &[(&str, &str)]) -> Pairs {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>().into()
    }

    fn fields_at_fault(form: &Pairs, registering: Registering) -> Vec<String> {
        read(form, registering).unwrap_err().into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn a_patient_comes_with_relatives_and_empty_rows_are_nobody() {
        let form = form(&[
            ("new_name", "Tomás Díaz"),
            ("new_born", "1950-02-11"),
            ("relative_1_name", "Rosa Díaz"),
            ("relative_1_relation", "daughter"),
            ("relative_1_phone", "55 1234 5678"),
        ]);
        let patient = read(&form, registering()).unwrap();
        assert_eq!(patient.patient.phone, None);
        assert_eq!(patient.relatives.len(), 1);
        assert_eq!(patient.relatives[0].phone.to_string(), "+525512345678");
    }

    #[test]
    fn every_fault_is_told_beside_its_field() {
        let mut form = form(&[("new_born", "2027-01-01"), ("new_phone", "12"), ("relative_0_name", "Rosa Díaz")]);
        assert_eq!(
            fields_at_fault(&form, registering()),
            ["new_name", "new_born", "new_phone", "relative_0_relation", "relative_0_phone"]
        );
        form = form
            .with("new_name", "Tomás")
            .with("new_born", "1950-02-11")
            .with("relative_0_name", "")
            .with("new_phone", "55 1234 5678");
        assert_eq!(fields_at_fault(&form, Registering { country: None, ..registering() }), ["new_phone"]);
    }

    #[test]
    fn the_same_relative_in_two_rows_is_told_at_the_second() {
        let form = form(&[
            ("new_name", "Tomás Díaz"),
            ("new_born", "1950-02-11"),
            ("relative_0_name", "Rosa Díaz"),
            ("relative_0_relation", "daughter"),
            ("relative_0_phone", "55 1234 5678"),
            ("relative_1_name", "ROSA  Diaz"),
            ("relative_1_relation", "hija"),
            ("relative_1_phone", "+52 55 1234 5678"),
        ]);
        assert_eq!(fields_at_fault(&form, registering()), ["relative_1_phone"]);
        let shared = form.clone().with("relative_1_name", "Julián Díaz");
        assert_eq!(read(&shared, registering()).unwrap().relatives.len(), 2, "a family shares a phone");
        let other = form.with("relative_1_phone", "55 1234 5679");
        assert_eq!(read(&other, registering()).unwrap().relatives.len(), 2, "two may have one name");
    }

    #[test]
    fn the_form_grows_but_not_without_end() {
        assert_eq!(rows(&form(&[])), ROWS);
        assert_eq!(rows(&form(&[("rows", "5")])), 5);
        assert_eq!(rows(&form(&[("rows", "5000")])), MOST_ROWS);
    }
}
