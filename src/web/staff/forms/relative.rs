//! One relative, as a clerk fills the form in.
//!
//! Never says whose relative it is: the address does.

use std::collections::BTreeSet;

use super::pairs::Pairs;
use super::person::{Desk, Reading};
use super::seen::{self, Merged, Unit};
use crate::domain::ids::RelativeId;
use crate::store::patients::Relative;
use crate::web::staff::views::form::Fault;

/// The fields that are typed or chosen, in their order.
pub const FIELDS: &[Unit] =
    &[&["name"], &["relation"], &["phone"], &["language"], &["may_receive_report"], &["may_visit"]];

/// Reads a relative; `id` is theirs.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(form: &Pairs, id: RelativeId, desk: Desk) -> Result<Relative, Vec<Fault>> {
    let mut reading = Reading::of(form, desk);
    let name = reading.name("name");
    let relation = reading.relation("relation");
    let phone = reading.phone("phone");
    let language = reading.language("language");
    let (may_receive_report, may_visit) = (form.has("may_receive_report"), form.has("may_visit"));
    match (name, relation, phone) {
        (Some(name), Some(relation), Some(phone)) => {
            Ok(Relative { id, name, relation, phone, language, may_receive_report, may_visit })
        }
        _ => Err(reading.faults()),
    }
}

/// The form as it is filled in for a relative who is registered.
#[must_use]
pub fn filled(relative: &Relative) -> Pairs {
    let typed = Pairs::default()
        .with("name", relative.name.to_string())
        .with("relation", relative.relation.as_str())
        .with("phone", relative.phone.to_string())
        .with("language", relative.language.as_str());
    let ticks = [("may_receive_report", relative.may_receive_report), ("may_visit", relative.may_visit)];
    ticks.iter().filter(|(_, is_ticked)| *is_ticked).fold(typed, |form, (name, _)| form.with(name, "1"))
}

/// What comes of a form when the relative is as they are `now`.
#[must_use]
pub fn merged(form: &Pairs, now: &Relative) -> Merged {
    seen::merge(form, FIELDS, &filled(now))
}

/// The relatives of whom was said that they are somebody else.
#[must_use]
pub fn somebody_else(form: &Pairs) -> BTreeSet<RelativeId> {
    form.one("somebody_else").split(' ').filter_map(|id| id.parse().ok()).collect()
}

/// The key of a field's name.
#[must_use]
pub fn label(field: &str) -> &'static str {
    match field {
        "relation" => "patient-relation",
        "phone" => "patient-phone",
        "language" => "patient-language",
        "may_receive_report" => "relative-may_receive_report",
        "may_visit" => "relative-may_visit",
        _ => "patient-name",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;
    use crate::text::Texts;

    fn desk() -> Desk {
        let texts = Texts::of(Language::English);
        Desk { texts, today: "2026-11-24".parse().unwrap(), country: Some("mx".parse().unwrap()) }
    }

    #[test]
    fn a_relative_is_read_and_filled_in_again() {
        let form = Pairs::default()
            .with("name", "Rosa Quiroga")
            .with("relation", "hija")
            .with("phone", "55 1234 5678")
            .with("language", "es")
            .with("may_visit", "1");
        let id = RelativeId::mint();
        let rosa = read(&form, id, desk()).unwrap();
        assert!(rosa.may_visit && !rosa.may_receive_report);
        assert_eq!(read(&filled(&rosa), id, desk()).unwrap(), rosa);
    }

    #[test]
    fn a_relative_needs_a_name_a_relation_and_a_number() {
        let faults = read(&Pairs::default().with("relation", "x".repeat(41)), RelativeId::mint(), desk()).unwrap_err();
        assert_eq!(faults.into_iter().map(|fault| fault.field).collect::<Vec<_>>(), ["name", "relation", "phone"]);
    }
}
