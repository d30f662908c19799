//! The words a record is found by: beginnings of names, record numbers, digits of phone numbers.
//!
//! They are kept as bytes, so that a range of them is the same on both engines. A number is also kept from its end, so that
//! its last digits find it. Never holds a number in two spellings that begin alike.

use std::collections::BTreeSet;

use super::Patient;
use crate::domain::person::{Phone, fold};

/// Begins the words of numbers that are read from their end. No word of a name, a record number or a search begins so.
const FROM_THE_END: char = ';';

/// How many digits must be typed before they are taken for a number's last ones: fewer end too many numbers.
const SHORTEST_ENDING: usize = 4;

/// What a patient's own row is found by.
pub(super) fn of_patient(patient: &Patient) -> BTreeSet<String> {
    let record = patient.record.as_ref().map(ToString::to_string);
    of_record(&patient.name.folded(), record.as_deref(), patient.phone.as_ref())
}

/// What somebody is found by who has this folded name, this record number and this phone.
pub(super) fn of_record(folded: &str, record: Option<&str>, phone: Option<&Phone>) -> BTreeSet<String> {
    let mut words: BTreeSet<String> = endings(folded).map(str::to_owned).collect();
    if let Some(record) = record {
        let written = fold(record);
        words.insert(written.chars().filter(|letter| letter.is_alphanumeric()).collect());
        words.insert(written);
    }
    words.extend(phone.into_iter().flat_map(of_phone));
    words.remove("");
    words
}

/// What a phone number is found by: its digits with and without the country, and from the end.
pub(super) fn of_phone(phone: &Phone) -> BTreeSet<String> {
    let whole = digits(&phone.to_string());
    [from_the_end(&whole), digits(&phone.national()), whole].into()
}

/// The word by which these last digits of a number find it; none where it is not digits that were typed, or too few.
pub(super) fn ending(typed: &str) -> Option<String> {
    let is_number = typed.len() >= SHORTEST_ENDING && typed.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| from_the_end(typed))
}

fn from_the_end(digits: &str) -> String {
    std::iter::once(FROM_THE_END).chain(digits.chars().rev()).collect()
}

/// What was typed, word by word; a number is one word, however it is spaced.
pub(super) fn typed(text: &str) -> Vec<String> {
    if text.chars().any(char::is_alphabetic) {
        let folded = fold(text);
        let words = folded.split(' ').map(|word| word.trim_matches([',', ';', '.']));
        return words.filter(|word| !word.is_empty()).map(str::to_owned).collect();
    }
    Some(digits(text)).filter(|digits| !digits.is_empty()).into_iter().collect()
}

/// Whether all that was typed begins words of this patient; relatives' numbers aside.
pub(super) fn begin_all(typed: &[String], patient: &Patient) -> bool {
    let words = of_patient(patient);
    typed.iter().all(|typed| words.iter().any(|word| word.starts_with(typed.as_str())))
}

/// The bounds of all words that begin so; the end is excluded.
pub(super) fn range(beginning: &str) -> [Vec<u8>; 2] {
    // No text in UTF-8 holds the byte 0xFF, so this ends the range of all that begin so.
    [beginning.as_bytes().to_vec(), beginning.bytes().chain([0xFF]).collect()]
}

/// The name from each of its words on: "rosa diaz-luna", "diaz-luna", "luna".
fn endings(folded: &str) -> impl Iterator<Item = &str> {
    let starts = folded.char_indices().zip(folded.chars().skip(1)).filter_map(|((at, one), next)| {
        (!one.is_alphanumeric() && next.is_alphanumeric()).then_some(at + one.len_utf8())
    });
    std::iter::once(0).chain(starts).filter_map(|start| folded.get(start..))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::PatientId;
    use crate::domain::patient::Care;
    use crate::domain::person::Language;

    fn patient(name: &str, record: Option<&str>, phone: Option<&str>) -> Patient {
        Patient {
            id: PatientId::mint(),
            name: name.parse().unwrap(),
            born: "1950-02-11".parse().unwrap(),
            record: record.map(|record| record.parse().unwrap()),
            phone: phone.map(|phone| phone.parse().unwrap()),
            email: None,
            language: Language::Spanish,
            care: Care::Outpatient,
        }
    }

    #[test]
    fn a_patient_is_found_by_each_word_record_and_number() {
        let tomas = patient("Tomás Díaz-Luna", Some("AB-12/7"), Some("+525512345678"));
        let words: Vec<_> = of_patient(&tomas).into_iter().collect();
        assert_eq!(
            words,
            ["525512345678", "5512345678", ";876543215525", "ab-12/7", "ab127", "diaz-luna", "luna", "tomas diaz-luna"]
        );
    }

    #[test]
    fn a_number_is_one_word_however_it_is_spaced() {
        assert_eq!(typed("+52 (55) 1234-56"), ["5255123456"]);
        assert_eq!(typed(" Díaz,  TOMÁS "), ["diaz", "tomas"]);
        assert_eq!(typed("ab-12"), ["ab-12"]);
        assert_eq!(typed(" % _ "), Vec::<String>::new());
    }

    #[test]
    fn only_four_digits_or_more_are_taken_for_a_numbers_end() {
        assert_eq!(ending("5678").as_deref(), Some(";8765"));
        for typed in ["678", "a678", "56 78", ""] {
            assert_eq!(ending(typed), None, "{typed}");
        }
        assert!(typed(";8765").iter().chain(&typed(";8765 ana")).all(|word| !word.starts_with(FROM_THE_END)));
    }

    #[test]
    fn typed_words_begin_in_any_order() {
        let tomas = patient("Tomás Díaz Luna", None, Some("+525512345678"));
        let typed = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert!(begin_all(&typed(&["lu", "to", "55"]), &tomas));
        assert!(!begin_all(&typed(&["lu", "omas"]), &tomas));
    }
}
