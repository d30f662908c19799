//! What has happened in a visit, in words.
//!
//! Never says which browser it was, nor anything of a link.

use jiff::Timestamp;
use maud::{Markup, html};

use super::super::moment::{self, Here};
use crate::store::details::Told;
use crate::text::Texts;

/// The store's words for what happens, each with a sentence. Another one is left out: it tells people nothing.
const KINDS: &[&str] = &[
    "booked",
    "started",
    "arrived",
    "device_changed",
    "new_device_waits",
    "admitted",
    "held",
    "left",
    "returned",
    "removed",
    "staff_joined",
    "invited",
    "link_requested",
    "link_renewed",
    "link_resent",
    "delayed",
    "text_asked",
    "extended",
    "rescheduled",
    "handed_over",
    "engine_switched",
    "ended",
    "cancelled",
    "no_show",
];

/// The first first, day by day.
pub(super) fn list(texts: Texts, here: &Here, told: &[Told]) -> Markup {
    let known: Vec<&Told> = told.iter().filter(|told| KINDS.contains(&told.kind.as_str()) && !is_own(told)).collect();
    let begins_day = |place: usize, told: &Told| {
        let before = place.checked_sub(1).and_then(|before| known.get(before));
        before.is_none_or(|before| here.date(before.at) != here.date(told.at))
    };
    html! {
        ol.told {
            @for (place, told) in known.iter().enumerate() {
                li {
                    @if begins_day(place, told) { b.told-day { (moment::day(texts, here.date(told.at))) } }
                    time datetime=(told.at) { (here.clock(told.at)) }
                    span { (sentence(texts, here, told)) }
                }
            }
        }
    }
}

/// Whoever conducts a visit opens their own door.
fn is_own(told: &Told) -> bool {
    told.kind == "admitted" && told.staff.is_some() && told.seat == told.staff
}

fn sentence(texts: Texts, here: &Here, told: &Told) -> String {
    let name = |name: &Option<String>| name.clone().unwrap_or_default();
    let until = told.detail.as_ref().and_then(|detail| detail.parse::<Timestamp>().ok());
    let moment = until.map(|at| format!("{}, {}", moment::day(texts, here.date(at)), here.clock(at)));
    texts.with(
        &key(told),
        &[
            ("seat", name(&told.seat).into()),
            ("staff", name(&told.staff).into()),
            ("to", name(&told.to).into()),
            ("when", moment.unwrap_or_default().into()),
        ],
    )
}

/// What the house did by itself is told apart from what somebody did.
fn key(told: &Told) -> String {
    match (told.kind.as_str(), &told.staff, &told.detail) {
        (kind @ ("admitted" | "ended"), None, _) => format!("told-{kind}-alone"),
        (kind @ ("no_show" | "engine_switched"), _, Some(which)) => format!("told-{kind}-{which}"),
        (kind, ..) => format!("told-{kind}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;

    fn told(kind: &str, detail: Option<&str>, staff: Option<&str>) -> Told {
        Told {
            at: "2026-11-23T15:10:00Z".parse().unwrap(),
            kind: kind.to_owned(),
            seat: Some("Rosa Díaz".to_owned()),
            staff: staff.map(str::to_owned),
            to: None,
            detail: detail.map(str::to_owned),
        }
    }

    fn said(told: &Told) -> String {
        let here = Here { now: told.at, zone: "America/Mexico_City".to_owned() };
        sentence(Texts::of(Language::English), &here, told)
    }

    #[test]
    fn it_says_who_did_what() {
        assert_eq!(said(&told("admitted", None, Some("Inés Soto"))), "Inés Soto let Rosa Díaz in.");
        assert_eq!(said(&told("admitted", None, None)), "Rosa Díaz was let in.");
        let moved = told("rescheduled", Some("2026-11-24T16:00:00Z"), Some("Pilar Cruz"));
        assert_eq!(said(&moved), "Pilar Cruz moved it to Tuesday 24 November 2026, 10:00.");
    }

    #[test]
    fn whatever_happens_has_its_sentence_in_every_language() {
        for language in Language::ALL {
            let texts = Texts::of(*language);
            for kind in KINDS.iter().filter(|kind| !["no_show", "engine_switched"].contains(*kind)) {
                for staff in [Some("Inés Soto"), None] {
                    let key = key(&told(kind, None, staff));
                    assert_ne!(texts.template(&key), key);
                }
            }
            let told_apart = [
                ("no_show", "patient"),
                ("no_show", "staff"),
                ("engine_switched", "webex"),
                ("engine_switched", "direct"),
            ];
            for (kind, which) in told_apart {
                let key = key(&told(kind, Some(which), None));
                assert_ne!(texts.template(&key), key);
            }
        }
    }

    #[test]
    fn what_nobody_knows_is_left_out() {
        let here = Here { now: Timestamp::UNIX_EPOCH, zone: "UTC".to_owned() };
        let list = list(Texts::of(Language::English), &here, &[told("repainted", None, None)]).into_string();
        assert!(!list.contains("<li"), "{list}");
        let ines = Some("Inés Soto".to_owned());
        let own = Told { seat: ines.clone(), staff: ines, ..told("admitted", None, None) };
        let list = super::list(Texts::of(Language::English), &here, &[own]).into_string();
        assert!(!list.contains("<li"), "{list}");
    }
}
