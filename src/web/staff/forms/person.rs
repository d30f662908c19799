//! The fields that every form about people has, each read in one way, with a sentence beside it when it is wrong.
//!
//! Never gives up at the first fault: a person corrects everything at once.

use jiff::civil::Date;

use super::pairs::Pairs;
use crate::domain::person::{BirthDate, Country, Email, Language, PersonName, Phone, Unreadable};
use crate::text::Texts;
use crate::web::staff::views::form::Fault;

/// Longest relation, in letters.
const LONGEST_RELATION: usize = 40;

/// What reading depends on besides the form.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The language of the sentences.
    pub texts: Texts,
    /// Nobody is born, and nobody was discharged, after.
    pub today: Date,
    /// The country of numbers without one.
    pub country: Option<Country>,
}

/// A form being read.
pub struct Reading<'a> {
    form: &'a Pairs,
    desk: Desk,
    faults: Vec<Fault>,
}

impl<'a> Reading<'a> {
    /// Begins to read.
    #[must_use]
    pub const fn of(form: &'a Pairs, desk: Desk) -> Self {
        Self { form, desk, faults: Vec::new() }
    }

    /// What was typed into a field, trimmed.
    #[must_use]
    pub fn typed(&self, field: &str) -> &'a str {
        self.form.one(field)
    }

    /// Notes what is wrong with a field.
    pub fn note(&mut self, field: &str, key: &str) {
        self.faults.push(Fault::new(self.desk.texts, field, key));
    }

    /// Everything that was wrong, field by field.
    #[must_use]
    pub fn faults(self) -> Vec<Fault> {
        self.faults
    }

    /// A name.
    pub fn name(&mut self, field: &str) -> Option<PersonName> {
        let name = self.typed(field).parse();
        self.read(field, name, |why| match why {
            Unreadable::Empty => "patient-name-missing",
            Unreadable::TooLong => "patient-name-long",
            _ => "patient-name-malformed",
        })
    }

    /// A date of birth.
    pub fn born(&mut self, field: &str) -> Option<BirthDate> {
        let born = BirthDate::parse(self.typed(field), self.desk.today);
        self.read(field, born, |why| match why {
            Unreadable::Empty => "patient-born-missing",
            Unreadable::NotABirthDate => "patient-born-impossible",
            _ => "patient-born-malformed",
        })
    }

    /// A phone number.
    pub fn phone(&mut self, field: &str) -> Option<Phone> {
        let phone = Phone::parse(self.typed(field), self.desk.country);
        self.read(field, phone, |why| match why {
            Unreadable::Empty => "patient-phone-missing",
            Unreadable::NoCountry => "patient-phone-country",
            _ => "patient-phone-malformed",
        })
    }

    /// A phone number, for who has one.
    pub fn phone_if_any(&mut self, field: &str) -> Option<Phone> {
        if self.typed(field).is_empty() { None } else { self.phone(field) }
    }

    /// An e-mail address, for who has one.
    pub fn email_if_any(&mut self, field: &str) -> Option<Email> {
        if self.typed(field).is_empty() {
            return None;
        }
        let email = self.typed(field).parse();
        self.read(field, email, |_| "record-email-malformed")
    }

    /// What somebody is to the patient.
    pub fn relation(&mut self, field: &str) -> Option<String> {
        let relation = self.typed(field);
        let is_short = (1..=LONGEST_RELATION).contains(&relation.chars().count());
        if is_short && !relation.chars().any(char::is_control) {
            return Some(relation.to_owned());
        }
        self.note(field, "patient-relation-missing");
        None
    }

    /// A language; the reader's unless another one was chosen.
    #[must_use]
    pub fn language(&self, field: &str) -> Language {
        self.typed(field).parse().unwrap_or(self.desk.texts.language())
    }

    /// A value, or the fault's sentence.
    pub fn read<T, E>(&mut self, field: &str, value: Result<T, E>, key: impl FnOnce(E) -> &'static str) -> Option<T> {
        value.map_err(|why| self.note(field, key(why))).ok()
    }
}
