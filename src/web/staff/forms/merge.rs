//! Which value stays when two records become one, field by field, and which relatives were seen beside them.
//!
//! Never merges: it says what the record that stays shall be.

use std::collections::BTreeMap;

use super::pairs::Pairs;
use crate::domain::ids::RelativeId;
use crate::store::patients::{Patient, Relative, Rev, Stored};

/// The form's field that holds a relative as seen; it comes once for each.
pub const RELATIVE: &str = "relative";

/// How the relatives of two records are no longer those that were seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meanwhile {
    /// Who was added.
    pub added: Vec<Relative>,
    /// Who is described otherwise now.
    pub changed: Vec<Relative>,
    /// Who is gone.
    pub gone: Vec<RelativeId>,
}

/// One of the things a record says of a patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Their name.
    Name,
    /// When they were born.
    Born,
    /// The number of their record.
    RecordNumber,
    /// Their phone number.
    Phone,
    /// Their e-mail address.
    Email,
    /// Their language.
    Language,
    /// Where they are treated.
    Care,
}

impl Meanwhile {
    /// What has become of the relatives that the form has seen; `now` are those of both records.
    #[must_use]
    pub fn since(form: &Pairs, now: &[&Stored<Relative>]) -> Self {
        let mut seen: BTreeMap<RelativeId, Rev> = form.all(RELATIVE).filter_map(read_seen).collect();
        let mut meanwhile = Self::default();
        for Stored { value, rev } in now {
            match seen.remove(&value.id) {
                Some(seen) if seen == *rev => {}
                Some(_) => meanwhile.changed.push(value.clone()),
                None => meanwhile.added.push(value.clone()),
            }
        }
        meanwhile.gone.extend(seen.into_keys());
        meanwhile
    }

    /// Whether all are as they were.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// How the form keeps a relative as seen.
#[must_use]
pub fn seen(relative: &Stored<Relative>) -> String {
    format!("{} {}", relative.value.id, relative.rev)
}

fn read_seen(written: &str) -> Option<(RelativeId, Rev)> {
    let (id, rev) = written.split_once(' ')?;
    Some((id.parse().ok()?, rev.parse().ok()?))
}

impl Field {
    /// All of them, in the order a record lists them.
    pub const ALL: [Self; 7] =
        [Self::Name, Self::Born, Self::RecordNumber, Self::Phone, Self::Email, Self::Language, Self::Care];

    /// The form's field in which one of the two is chosen.
    #[must_use]
    pub const fn choice(self) -> &'static str {
        match self {
            Self::Name => "take_name",
            Self::Born => "take_born",
            Self::RecordNumber => "take_record",
            Self::Phone => "take_phone",
            Self::Email => "take_email",
            Self::Language => "take_language",
            Self::Care => "take_care",
        }
    }

    /// Whether both records say the same.
    #[must_use]
    pub fn is_same(self, one: &Patient, other: &Patient) -> bool {
        match self {
            Self::Name => one.name == other.name,
            Self::Born => one.born == other.born,
            Self::RecordNumber => one.record == other.record,
            Self::Phone => one.phone == other.phone,
            Self::Email => one.email == other.email,
            Self::Language => one.language == other.language,
            Self::Care => one.care == other.care,
        }
    }

    fn is_empty(self, patient: &Patient) -> bool {
        match self {
            Self::RecordNumber => patient.record.is_none(),
            Self::Phone => patient.phone.is_none(),
            Self::Email => patient.email.is_none(),
            Self::Name | Self::Born | Self::Language | Self::Care => false,
        }
    }

    fn take(self, from: &Patient, into: &mut Patient) {
        match self {
            Self::Name => into.name = from.name.clone(),
            Self::Born => into.born = from.born,
            Self::RecordNumber => into.record = from.record.clone(),
            Self::Phone => into.phone = from.phone.clone(),
            Self::Email => into.email = from.email.clone(),
            Self::Language => into.language = from.language,
            Self::Care => into.care = from.care.clone(),
        }
    }
}

/// Whether the other record's value is chosen: as the form says, else where only the other has one.
#[must_use]
pub fn takes_other(form: &Pairs, field: Field, kept: &Patient, other: &Patient) -> bool {
    match form.one(field.choice()) {
        "other" => true,
        "kept" => false,
        _ => field.is_empty(kept) && !field.is_empty(other),
    }
}

/// The record that stays, as it shall be.
#[must_use]
pub fn survivor(form: &Pairs, kept: &Patient, other: &Patient) -> Patient {
    let mut survivor = kept.clone();
    for field in Field::ALL.into_iter().filter(|field| takes_other(form, *field, kept, other)) {
        field.take(other, &mut survivor);
    }
    survivor
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::PatientId;
    use crate::domain::patient::Care;
    use crate::domain::person::Language;

    fn patient(name: &str) -> Patient {
        Patient {
            id: PatientId::mint(),
            name: name.parse().unwrap(),
            born: "1950-02-11".parse().unwrap(),
            record: None,
            phone: None,
            email: None,
            language: Language::Spanish,
            care: Care::Outpatient,
        }
    }

    #[test]
    fn what_only_one_record_knows_is_taken_unless_somebody_says_otherwise() {
        let kept = patient("Tomás Quiroga");
        let other = Patient { phone: Some("+525512345678".parse().unwrap()), ..patient("Tomás Quiroga Díaz") };
        let merged = survivor(&Pairs::default(), &kept, &other);
        assert_eq!(merged, Patient { phone: other.phone.clone(), ..kept.clone() });
        let form = Pairs::default().with("take_phone", "kept").with("take_name", "other");
        assert_eq!(survivor(&form, &kept, &other), Patient { name: other.name.clone(), ..kept.clone() });
    }

    #[test]
    fn relatives_are_told_apart_from_those_that_were_seen() {
        let relative = |name: &str| Relative {
            id: RelativeId::mint(),
            name: name.parse().unwrap(),
            relation: "hija".to_owned(),
            phone: "+525512345678".parse().unwrap(),
            language: Language::Spanish,
            may_receive_report: true,
            may_visit: true,
        };
        let stored = |value: &Relative, rev: &str| Stored { value: value.clone(), rev: rev.parse().unwrap() };
        let [same, edited, removed, new] = ["Ana", "Eva", "Rut", "Noa"].map(relative);
        let shown = [stored(&same, "1"), stored(&edited, "1"), stored(&removed, "4")];
        let form = shown.iter().fold(Pairs::default(), |form, relative| form.and(RELATIVE, seen(relative)));
        let form = form.and(RELATIVE, "nobody");
        let now = [stored(&same, "1"), stored(&edited, "2"), stored(&new, "1")];
        let meanwhile = Meanwhile::since(&form, &now.iter().collect::<Vec<_>>());
        let told = Meanwhile { added: vec![new], changed: vec![edited], gone: vec![removed.id] };
        assert_eq!(meanwhile, told);
        assert!(Meanwhile::since(&form, &shown.iter().collect::<Vec<_>>()).is_nothing());
    }

    #[test]
    fn every_field_can_be_taken() {
        let kept = patient("Tomás Quiroga");
        let other = Patient {
            id: kept.id,
            born: "1951-02-11".parse().unwrap(),
            record: Some("K-7".parse().unwrap()),
            phone: Some("+525512345678".parse().unwrap()),
            email: Some("tomas@correo.example".parse().unwrap()),
            language: Language::English,
            care: Care::Discharged { on: "2026-01-01".parse().unwrap() },
            ..patient("Tomás Díaz")
        };
        let form = Field::ALL.iter().fold(Pairs::default(), |form, field| form.with(field.choice(), "other"));
        assert_eq!(survivor(&form, &kept, &other), other);
        assert!(Field::ALL.iter().all(|field| !field.is_same(&kept, &other)));
    }
}
