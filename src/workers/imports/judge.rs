//! Whether a row is about somebody new, somebody registered, or somebody it confuses with another. Pure.

use crate::domain::import::{Fault, Why};
use crate::domain::person::share_a_word;
use crate::store::imports::{Known, StoredRow, Verdict};

/// Where a row's marks stand in the file, for saying what is wrong with them.
#[derive(Clone, Copy)]
pub(super) struct Places {
    /// Of the record number.
    pub(super) record: Option<usize>,
    /// Of the name.
    pub(super) name: Option<usize>,
    /// Of the phone.
    pub(super) phone: Option<usize>,
}

/// Who is registered that a row may be about.
#[derive(Clone, Copy, Default)]
pub(super) struct Found<'a> {
    /// Those with its record number.
    pub(super) by_record: &'a [Known],
    /// Those of its name and date of birth.
    pub(super) by_person: &'a [Known],
    /// Those with its phone.
    pub(super) by_phone: &'a [Known],
}

/// What is already known about a row's patient: nothing when they are new.
///
/// One who has the row's record number, name and date of birth is registered. Another person with that record number, or one
/// of that name and date of birth with another record number, is for people to tell apart; so is one with its phone and a
/// word of its name.
pub(super) fn among_registered(
    row: &StoredRow,
    has_record: bool,
    Found { by_record, by_person, by_phone }: Found<'_>,
    places: Places,
) -> Option<Verdict> {
    let at = |place, why, id: &str| Some(Verdict::Faulty(vec![Fault { place, why, line: None }], Some(id.to_owned())));
    if let Some(known) = by_record.first() {
        let is_same = Some(&known.folded) == row.folded.as_ref() && Some(&known.born) == row.born.as_ref();
        return if is_same {
            Some(Verdict::Known(known.id.clone()))
        } else {
            at(places.record, Why::RecordTaken, &known.id)
        };
    }
    let is_it = |known: &&Known| !has_record || known.record.is_none();
    match (by_person.iter().find(is_it), by_person.first()) {
        (Some(known), _) => Some(Verdict::Known(known.id.clone())),
        (None, Some(other)) => at(places.name, Why::OtherRecord, &other.id),
        (None, None) => {
            let name = row.folded.as_deref().unwrap_or_default();
            let alike = by_phone.iter().find(|known| share_a_word(&known.folded, name))?;
            at(places.phone, Why::PhoneKnown, &alike.id)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACES: Places = Places { record: Some(2), name: Some(0), phone: Some(3) };

    fn row() -> StoredRow {
        StoredRow {
            position: 1,
            line: 2,
            cells: vec![],
            folded: Some("tomas diaz".to_owned()),
            born: Some("1950-02-11".to_owned()),
            faults: vec![],
            known_id: None,
        }
    }

    fn known(id: &str, folded: &str, record: Option<&str>) -> Known {
        Known {
            id: id.to_owned(),
            folded: folded.to_owned(),
            born: "1950-02-11".to_owned(),
            record: record.map(|record| record.parse().unwrap()),
        }
    }

    fn faulty(place: usize, why: Why, id: &str) -> Option<Verdict> {
        Some(Verdict::Faulty(vec![Fault { place: Some(place), why, line: None }], Some(id.to_owned())))
    }

    #[test]
    fn the_same_person_is_known_and_another_with_their_record_is_not() {
        let tomas = [known("t", "tomas diaz", Some("A-1"))];
        let ana = [known("a", "ana cruz", Some("A-1"))];
        let told = |by_record: &[Known], by_person: &[Known]| {
            among_registered(&row(), true, Found { by_record, by_person, by_phone: &[] }, PLACES)
        };
        assert_eq!(told(&tomas, &tomas), Some(Verdict::Known("t".to_owned())));
        assert_eq!(told(&ana, &[]), faulty(2, Why::RecordTaken, "a"));
        assert_eq!(told(&ana, &tomas), faulty(2, Why::RecordTaken, "a"));
        assert_eq!(told(&[], &[]), None);
    }

    #[test]
    fn without_a_record_number_name_and_birth_decide() {
        let recorded = [known("t", "tomas diaz", Some("A-1"))];
        let both = [known("t", "tomas diaz", Some("A-1")), known("u", "tomas diaz", None)];
        let told = |has_record, by_person: &[Known]| {
            among_registered(&row(), has_record, Found { by_person, ..Found::default() }, PLACES)
        };
        assert_eq!(told(false, &recorded), Some(Verdict::Known("t".to_owned())));
        assert_eq!(told(true, &recorded), faulty(0, Why::OtherRecord, "t"));
        assert_eq!(told(true, &both), Some(Verdict::Known("u".to_owned())));
    }

    #[test]
    fn a_phone_and_a_word_of_the_name_are_for_people_to_tell_apart() {
        let told = |by_person: &[Known], by_phone: &[Known]| {
            among_registered(&row(), true, Found { by_person, by_phone, ..Found::default() }, PLACES)
        };
        let family = [known("a", "ana cruz", None), known("r", "rosa diaz", None)];
        assert_eq!(told(&[], &family), faulty(3, Why::PhoneKnown, "r"));
        assert_eq!(told(&[], &family[..1]), None, "a phone alone is a family's");
        let tomas = [known("t", "tomas diaz", None)];
        assert_eq!(told(&tomas, &family), Some(Verdict::Known("t".to_owned())), "who is registered is not asked about");
    }
}
