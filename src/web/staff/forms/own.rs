//! What staff type about themselves: language, zone, a new password, how they let people in, sentences kept ready.
//!
//! Never checks the present password: that takes the store.

use super::pairs::Pairs;
use super::when;
use crate::auth::password::{NewPassword, Weak};
use crate::domain::person::Unreadable;
use crate::domain::schedule::time_zone;
use crate::domain::service::{Admission, Admissions, Service, Services};
use crate::domain::staff::CannedMessage;
use crate::text::Texts;
use crate::web::staff::views::form::Fault;

/// How many empty lines the form for new sentences has.
const EMPTY_LINES: usize = 3;

/// The zone a form names, spelled as IANA does; `usual` where it names none.
///
/// # Errors
/// The field at fault.
pub fn zone(form: &Pairs, usual: &str) -> Result<String, &'static str> {
    let named = when::zone(form, usual);
    let found = time_zone(named).ok();
    let field = if form.one("other_zone").is_empty() { "zone" } else { "other_zone" };
    found.and_then(|zone| zone.iana_name().map(str::to_owned)).ok_or(field)
}

/// A chosen password.
///
/// # Errors
/// Why it may not be chosen, beside `field`.
pub fn password(form: &Pairs, texts: Texts, field: &str) -> Result<NewPassword, Fault> {
    NewPassword::parse(form.untouched(field)).map_err(|why| Fault::new(texts, field, weak_key(why)))
}

/// The sentence about a password that may not be chosen.
#[must_use]
pub const fn weak_key(why: Weak) -> &'static str {
    match why {
        Weak::TooShort => "password-short",
        Weak::TooLong => "password-long",
        Weak::Repetitive => "password-repetitive",
        Weak::Common => "password-common",
    }
}

/// How somebody lets people in, of the services they have; as usual where the form says nothing.
#[must_use]
pub fn admissions(form: &Pairs, services: Services) -> Admissions {
    let chosen = |service: Service| {
        let admission = form.one(&admission_field(service)).parse::<Admission>().ok()?;
        Some((service, admission))
    };
    services.iter().filter_map(chosen).collect()
}

/// The field of a service.
#[must_use]
pub fn admission_field(service: Service) -> String {
    format!("admission_{service}")
}

/// How many lines the form for sentences has, when this many are kept.
#[must_use]
pub fn lines(kept: usize) -> usize {
    (kept + EMPTY_LINES).min(CannedMessage::MOST)
}

/// The field of a line, from 0 on.
#[must_use]
pub fn line_field(line: usize) -> String {
    format!("message_{line}")
}

/// The sentences of the form in their order, without empty ones; the one whose number stands in `up` goes before the one above.
///
/// # Errors
/// Everything that is wrong with them.
pub fn canned_messages(form: &Pairs, texts: Texts) -> Result<Vec<CannedMessage>, Vec<Fault>> {
    let (mut messages, mut faults) = (Vec::new(), Vec::new());
    let up = form.one("up").parse::<usize>().ok();
    for line in 0..CannedMessage::MOST {
        let field = line_field(line);
        match form.one(&field).parse::<CannedMessage>() {
            Ok(message) => {
                let place = messages.len();
                let is_moved = up == Some(line) && place > 0;
                messages.insert(if is_moved { place - 1 } else { place }, message);
            }
            Err(Unreadable::Empty) => {}
            Err(Unreadable::TooLong) => faults.push(Fault::new(texts, &field, "profile-message-long")),
            Err(_) => faults.push(Fault::new(texts, &field, "profile-message-malformed")),
        }
    }
    if faults.is_empty() { Ok(messages) } else { Err(faults) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;

    fn texts() -> Texts {
        Texts::of(Language::English)
    }

    #[test]
    fn a_zone_is_spelled_as_iana_does() {
        let other = |zone: &str| Pairs::default().with("zone", "UTC").with("other_zone", zone);
        assert_eq!(zone(&other("america/tegucigalpa"), "UTC").unwrap(), "America/Tegucigalpa");
        assert_eq!(zone(&other("America/Atlantis"), "UTC"), Err("other_zone"));
        assert_eq!(zone(&Pairs::default().with("zone", "Nowhere"), "UTC"), Err("zone"));
        assert_eq!(zone(&Pairs::default(), "America/Lima").unwrap(), "America/Lima");
    }

    #[test]
    fn people_are_let_in_as_the_form_says_in_services_one_has() {
        let form = Pairs::default()
            .with("admission_medical_report", "one_by_one")
            .with("admission_tele_visit", "when_started")
            .with("admission_follow_up", "nonsense");
        let admissions = admissions(&form, Services::NONE.with(Service::MedicalReport).with(Service::FollowUp));
        assert_eq!(admissions.unusual().collect::<Vec<_>>(), [(Service::MedicalReport, Admission::OneByOne)]);
    }

    #[test]
    fn sentences_keep_their_order_lose_empty_lines_and_move_up() {
        let form = Pairs::default().with("message_0", "one").with("message_2", " two ").with("message_5", "three");
        let read = |form: &Pairs| {
            canned_messages(form, texts()).unwrap().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(read(&form), "one two three");
        assert_eq!(read(&form.clone().with("up", "5")), "one three two");
        assert_eq!(read(&form.clone().with("up", "0")), "one two three");
        assert_eq!(read(&form.with("up", "2")), "two one three");
    }

    #[test]
    fn a_sentence_too_long_is_told_beside_its_line() {
        let form = Pairs::default().with("message_3", "x".repeat(201)).with("message_4", "a\u{7}b");
        let faults = canned_messages(&form, texts()).unwrap_err();
        assert_eq!(faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["message_3", "message_4"]);
        assert_eq!((lines(0), lines(19)), (3, 20));
    }
}
