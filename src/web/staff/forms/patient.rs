//! A patient's record, as a clerk fills it in.
//!
//! Never stores anything, and never asks whether somebody alike is registered: the handlers do.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::pairs::Pairs;
use super::person::{Desk, Reading};
use super::seen::{self, Merged, Unit};
use crate::domain::ids::PatientId;
use crate::domain::patient::{Bed, Care, RecordNumber};
use crate::domain::person::Unreadable;
use crate::store::patients::Patient;
use crate::text::Texts;
use crate::web::staff::views::form::Fault;

/// The fields of the form, in their order.
pub const FIELDS: &[Unit] = &[
    &["name"],
    &["born"],
    &["record"],
    &["phone"],
    &["email"],
    &["language"],
    &["care", "ward", "bed", "discharged_on"],
];

/// Reads a record; `id` is whose.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(form: &Pairs, id: PatientId, desk: Desk) -> Result<Patient, Vec<Fault>> {
    let mut reading = Reading::of(form, desk);
    let name = reading.name("name");
    let born = reading.born("born");
    let record = record(&mut reading);
    let phone = reading.phone_if_any("phone");
    let email = reading.email_if_any("email");
    let language = reading.language("language");
    let care = care(&mut reading, desk.today);
    let faults = reading.faults();
    match (name, born, care) {
        (Some(name), Some(born), Some(care)) if faults.is_empty() => {
            Ok(Patient { id, name, born, record, phone, email, language, care })
        }
        _ => Err(faults),
    }
}

/// The form as it is filled in for a patient who is registered.
#[must_use]
pub fn filled(patient: &Patient) -> Pairs {
    let (bed, discharged_on) = match &patient.care {
        Care::Outpatient => (None, None),
        Care::Inpatient { bed, .. } => (bed.as_ref().map(ToString::to_string), None),
        Care::Discharged { on } => (None, Some(on.to_string())),
    };
    Pairs::default()
        .with("name", patient.name.to_string())
        .with("born", patient.born.to_string())
        .with("record", text(patient.record.as_ref()))
        .with("phone", text(patient.phone.as_ref()))
        .with("email", text(patient.email.as_ref()))
        .with("language", patient.language.as_str())
        .with("care", patient.care.as_str())
        .with("ward", text(patient.care.ward().as_ref()))
        .with("bed", bed.unwrap_or_default())
        .with("discharged_on", discharged_on.unwrap_or_default())
}

/// What comes of a form when the record is as it is `now`.
#[must_use]
pub fn merged(form: &Pairs, now: &Patient) -> Merged {
    let mut merged = seen::merge(form, FIELDS, &filled(now));
    merged.both.retain(|field| match *field {
        "ward" | "bed" => form.one("care") == "inpatient" && matches!(now.care, Care::Inpatient { .. }),
        "discharged_on" => form.one("care") == "discharged" && matches!(now.care, Care::Discharged { .. }),
        _ => true,
    });
    merged
}

/// What a field says now, for whoever typed something else; `label` is the key of its name.
#[must_use]
pub fn said_now(texts: Texts, label: &str, shown: &str) -> String {
    let field = texts.get(label);
    if shown.is_empty() {
        return texts.with("record-now-empty", &[("field", field.into())]);
    }
    texts.with("record-now", &[("field", field.into()), ("value", shown.to_owned().into())])
}

/// The key of a field's name.
#[must_use]
pub fn label(field: &str) -> &'static str {
    match field {
        "born" => "patient-born",
        "record" => "record-number",
        "phone" => "patient-phone",
        "email" => "record-email",
        "language" => "patient-language",
        "care" => "record-care",
        "ward" => "patient-ward",
        "bed" => "record-bed",
        "discharged_on" => "record-discharged",
        _ => "patient-name",
    }
}

/// The patients of whom was said that they are somebody else.
#[must_use]
pub fn somebody_else(form: &Pairs) -> BTreeSet<PatientId> {
    form.one("somebody_else").split(' ').filter_map(|id| id.parse().ok()).collect()
}

fn record(reading: &mut Reading<'_>) -> Option<RecordNumber> {
    if reading.typed("record").is_empty() {
        return None;
    }
    let record = reading.typed("record").parse();
    reading.read("record", record, |why| match why {
        Unreadable::TooLong => "record-number-long",
        _ => "record-number-malformed",
    })
}

fn care(reading: &mut Reading<'_>, today: Date) -> Option<Care> {
    match reading.typed("care") {
        "" | "outpatient" => Some(Care::Outpatient),
        "inpatient" => {
            let ward = reading.typed("ward").parse();
            let ward = reading.read("ward", ward, |_| "record-ward-missing");
            let bed = match reading.typed("bed") {
                "" => Some(None),
                text => reading.read("bed", text.parse::<Bed>().map(Some), |_| "record-bed-malformed"),
            };
            Some(Care::Inpatient { ward: ward?, bed: bed? })
        }
        "discharged" => {
            let on = reading.typed("discharged_on");
            let key = |_| if on.is_empty() { "record-discharged-missing" } else { "record-discharged-malformed" };
            let on = reading.read("discharged_on", on.parse::<Date>(), key)?;
            if on > today {
                reading.note("discharged_on", "record-discharged-future");
                return None;
            }
            Some(Care::Discharged { on })
        }
        _ => {
            reading.note("care", "record-care-missing");
            None
        }
    }
}

fn text<T: ToString>(value: Option<&T>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::WardId;
    use crate::domain::person::Language;

    fn desk() -> Desk {
        let texts = Texts::of(Language::English);
        Desk { texts, today: "2026-11-24".parse().unwrap(), country: Some("mx".parse().unwrap()) }
    }

    fn whole() -> Pairs {
        let pairs = [
            ("name", " Tomás  Quiroga "),
            ("born", "1950-02-11"),
            ("record", "san-7"),
            ("phone", "55 1234 5678"),
            ("email", "tomas@correo.example"),
            ("language", "pt"),
            ("care", "inpatient"),
            ("ward", "0190a000-0000-7000-8000-000000000001"),
            ("bed", "12 B"),
        ];
        pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec().into()
    }

    fn faults(form: &Pairs) -> Vec<String> {
        read(form, PatientId::mint(), desk()).unwrap_err().into_iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn a_record_is_read_and_filled_in_again() {
        let id = PatientId::mint();
        let patient = read(&whole(), id, desk()).unwrap();
        assert_eq!(patient.name.to_string(), "Tomás Quiroga");
        assert_eq!(patient.care.ward(), Some("0190a000-0000-7000-8000-000000000001".parse::<WardId>().unwrap()));
        assert_eq!(read(&filled(&patient), id, desk()).unwrap(), patient);
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let wrong = [
            ("record", "=cmd"),
            ("phone", "12"),
            ("email", "tomas"),
            ("ward", ""),
            ("bed", "un lugar junto a la ventana"),
        ];
        let form = wrong.iter().fold(whole(), |form, (name, value)| form.with(name, *value));
        assert_eq!(
            faults(&form.with("name", "").with("born", "")),
            ["name", "born", "record", "phone", "email", "ward", "bed"]
        );
        let home = whole().with("care", "discharged");
        assert_eq!(faults(&home), ["discharged_on"]);
        assert_eq!(faults(&home.clone().with("discharged_on", "2026-11-25")), ["discharged_on"]);
        assert_eq!(faults(&home.with("discharged_on", "yesterday")), ["discharged_on"]);
        assert_eq!(faults(&whole().with("care", "asleep")), ["care"]);
    }

    #[test]
    fn where_somebody_no_longer_lies_is_forgotten() {
        let patient = read(&whole().with("care", "outpatient"), PatientId::mint(), desk()).unwrap();
        assert_eq!(patient.care, Care::Outpatient);
    }

    #[test]
    fn the_tick_names_whom_it_is_about() {
        let ids = [PatientId::mint(), PatientId::mint()];
        let form = Pairs::default().with("somebody_else", format!("{} {} x", ids[0], ids[1]));
        assert_eq!(somebody_else(&form), ids.into());
        assert!(somebody_else(&Pairs::default()).is_empty());
    }
}
