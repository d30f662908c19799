//! The dates of a visit, and what else doctor and patient have at that time: shown before anything is saved.
//!
//! Never accepts for somebody: the tick carries exactly the visits that were shown with it. Never names another doctor's
//! patients to a doctor.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use maud::{Markup, html};

use super::{Foreseen, VisitForm};
use crate::domain::schedule::{NoSuchTime, reading_of, time_zone};
use crate::store::calendars::Overlap;
use crate::web::staff::forms::visit::accepted;
use crate::web::staff::forms::when::{self, Planned};
use crate::web::staff::views::{form, moment, overlaps};
use crate::web::zone;

/// The box; empty when there is one date and nothing else at that time.
pub(super) fn part(form: &VisitForm<'_>) -> Markup {
    let is_series = form.foreseen.len() > 1;
    let is_free = form.foreseen.iter().all(|date| date.overlaps.is_empty());
    html! {
        div #overlaps tabindex="-1" {
            @if is_series || !is_free { (dates(form)) }
            @else { (form::beside(form.problems, "overlaps")) }
        }
    }
}

fn dates(form: &VisitForm<'_>) -> Markup {
    let texts = form.reader.texts;
    let others: Vec<_> = form.foreseen.iter().flat_map(|date| &date.overlaps).collect();
    let ids: Vec<_> = others.iter().map(|other| other.consultation.to_string()).collect();
    let accepted = accepted(form.typed);
    let title = if others.is_empty() { "overlaps-dates" } else { "overlaps-title" };
    html! {
        fieldset.card.part.overlaps.is-taken[!others.is_empty()] {
            legend { (texts.get(title)) }
            (form::beside(form.problems, "overlaps"))
            p.hint { (texts.with("overlaps-zone", &[("zone", zone::name(texts, when::zone(form.typed, form.zone)).into())])) }
            ul.dates { @for date in form.foreseen { li { (one_date(form, date)) } } }
            @if !others.is_empty() {
                label.choice {
                    input #accept type="checkbox" name="accept" value=(ids.join(" "))
                        checked[others.iter().all(|other| accepted.contains(&other.consultation))];
                    span { b { (texts.get("overlaps-accept")) } span.hint { (texts.get("overlaps-accept-how")) } }
                }
            }
        }
    }
}

fn one_date(form: &VisitForm<'_>, date: &Foreseen) -> Markup {
    let texts = form.reader.texts;
    let Planned { wall, appointment } = &date.planned;
    let zone = time_zone(when::zone(form.typed, form.zone)).unwrap_or(TimeZone::UTC);
    let clock = |at: DateTime| format!("{:02}:{:02}", at.hour(), at.minute());
    html! {
        p { b { (moment::date(texts, wall.date())) ", " (clock(*wall)) } " "
            @match appointment {
                Err(NoSuchTime::Twice) => span.wrong { (texts.get("overlaps-twice")) },
                Err(_) => span.wrong { (texts.get("overlaps-skipped")) },
                Ok(appointment) => {
                    @if let Some(reading) = reading_of(appointment.at, &zone) { "(" (reading) ") " }
                    @if date.overlaps.is_empty() { span.soft { (texts.get("overlaps-free")) } }
                }
            }
        }
        @if !date.overlaps.is_empty() { ul { @for other in &date.overlaps { li { (overlaps::one(form.reader, &when_on_form(form, other), other)) } } } }
    }
}

/// When on the form's clock.
fn when_on_form(form: &VisitForm<'_>, other: &Overlap) -> String {
    let zone = time_zone(when::zone(form.typed, form.zone)).unwrap_or(TimeZone::UTC);
    let clock = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%H:%M").to_string();
    format!("{}–{}", clock(other.starts_at), clock(other.ends_at()))
}
