//! What else there is at the time of a visit that is booked or moved: shown before anything is saved.
//!
//! Never accepts for somebody: the tick carries exactly the visits that were shown with it. Never names another doctor's
//! patients to a doctor.

use maud::{Markup, html};

use super::form::{self, Fault};
use super::moment::{self, Here};
use super::shell::Reader;
use crate::domain::ids::ConsultationId;
use crate::domain::staff::Role;
use crate::store::calendars::{Overlap, Whose};
use crate::text::Texts;

/// The box; empty where nothing else is at that time.
#[must_use]
pub fn part(
    reader: Reader<'_>,
    here: &Here,
    overlaps: &[Overlap],
    accepted: &[ConsultationId],
    problems: &[Fault],
) -> Markup {
    let texts = reader.texts;
    let ids: Vec<_> = overlaps.iter().map(|other| other.consultation.to_string()).collect();
    html! {
        @if !overlaps.is_empty() {
            fieldset.card.part.moving-overlaps {
                legend { (texts.get("overlaps-title")) }
                (form::beside(problems, "accept"))
                ul { @for other in overlaps { li { (one(reader, &when(texts, here, other), other)) } } }
                label.choice {
                    input #accept type="checkbox" name="accept" value=(ids.join(" "))
                        checked[overlaps.iter().all(|other| accepted.contains(&other.consultation))]
                        aria-invalid=[form::sentence_for(problems, "accept").map(|_| "true")];
                    span { b { (texts.get("moving-accept")) } span.hint { (texts.get("overlaps-accept-how")) } }
                }
            }
        }
    }
}

/// When on the reader's clock.
fn when(texts: Texts, here: &Here, other: &Overlap) -> String {
    let day = moment::day(texts, here.date(other.starts_at));
    format!("{day}, {}–{}", here.clock(other.starts_at), here.clock(other.ends_at()))
}

/// Who is taken, when, and by what; with whom is told to clerks only.
#[must_use]
pub fn one(reader: Reader<'_>, when: &str, other: &Overlap) -> Markup {
    let texts = reader.texts;
    let whose = match other.whose {
        Whose::Doctor => "overlaps-doctor",
        Whose::Patient => "overlaps-patient",
        Whose::Both => "overlaps-both",
    };
    html! {
        (texts.get(whose)) " " b { (when) } ", " (texts.get(&format!("service-{}", other.service)))
        @if reader.member.role == Role::Clerk {
            ", " (other.patient) @if let Some(doctor) = &other.doctor { ", " (doctor) }
        }
    }
}
