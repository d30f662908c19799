//! Another number for somebody to whom nothing arrives.
//!
//! Never decides where it may be written: whoever shows the form does.

use super::pairs::Pairs;
use super::person::{Desk, Reading};
use crate::domain::person::{Country, Phone};
use crate::domain::words::words;
use crate::web::staff::views::form::Fault;

words! {
    /// Where a new number counts.
    Extent {
        /// In this visit.
        Visit = "visit",
        /// In the record, and so in every visit to come.
        Record = "record",
    }
}

/// A number as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNumber {
    /// The number.
    pub phone: Phone,
    /// Where it counts.
    pub extent: Extent,
}

/// Reads it; only numbers of `countries` are written to.
///
/// # Errors
/// What is wrong with it.
pub fn read(form: &Pairs, desk: Desk, countries: Option<&[Country]>) -> Result<NewNumber, Vec<Fault>> {
    let mut reading = Reading::of(form, desk);
    let phone = reading.phone("phone");
    let is_reached =
        |phone: &Phone| countries.is_none_or(|known| phone.country().is_some_and(|country| known.contains(&country)));
    match phone {
        Some(phone) if !is_reached(&phone) => {
            reading.note("phone", "number-country");
            Err(reading.faults())
        }
        Some(phone) => Ok(NewNumber { phone, extent: form.one("extent").parse().unwrap_or(Extent::Visit) }),
        None => Err(reading.faults()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;
    use crate::text::Texts;

    fn read_from(form: &Pairs) -> Result<NewNumber, Vec<Fault>> {
        let mexico: Country = "mx".parse().unwrap();
        let texts = Texts::of(Language::English);
        let desk = Desk { texts, today: "2026-11-24".parse().unwrap(), country: Some(mexico) };
        read(form, desk, Some(&[mexico]))
    }

    #[test]
    fn a_number_counts_for_the_visit_unless_the_record_is_chosen() {
        let form = Pairs::default().with("phone", "55 1234 5678");
        let read = read_from(&form).unwrap();
        assert_eq!((read.phone.to_string().as_str(), read.extent), ("+525512345678", Extent::Visit));
        assert_eq!(read_from(&form.with("extent", "record")).unwrap().extent, Extent::Record);
    }

    #[test]
    fn a_number_that_is_not_written_to_is_refused_with_the_reason() {
        for (typed, key) in [("+1 212 555 0123", "number-country"), ("12", "patient-phone-malformed")] {
            let faults = read_from(&Pairs::default().with("phone", typed)).unwrap_err();
            assert_eq!(faults, [Fault::new(Texts::of(Language::English), "phone", key)], "{typed}");
        }
    }
}
