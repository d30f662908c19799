//! Moving a visit: what the appointment is now, beside what it is to be.
//!
//! Never loses what was typed.

use maud::{Markup, html};

use super::form::{self, Fault, Line};
use super::moment::{self, Here};
use super::shell::{self, Page, Place, Reader};
use super::{overlaps, twice, visit_page, zones};
use crate::domain::ids::CommandId;
use crate::protocol::board::Card;
use crate::store::calendars::Overlap;
use crate::store::details::Details;
use crate::text::Texts;
use crate::web::layout::Title;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::forms::visit::accepted;
use crate::web::staff::forms::when;

/// The page.
pub struct Moving<'a> {
    /// Who moves it.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// The visit as it stands.
    pub card: &'a Card,
    /// What a card does not say.
    pub details: &'a Details,
    /// What was typed.
    pub typed: &'a Pairs,
    /// What is wrong with it.
    pub problems: &'a [Fault],
    /// What else there is at that time.
    pub overlaps: &'a [Overlap],
}

/// The whole page.
#[must_use]
pub fn page(moving: &Moving<'_>) -> Markup {
    let Moving { reader, here, card, details, typed, problems, .. } = moving;
    let texts = reader.texts;
    let path = format!("/consultations/{}", card.consultation);
    let line = |name: &'static str, key: &str| Line::new(name, texts.get(key)).holding(typed.one(name));
    let zone = details.appointment.zone.as_str();
    let main = html! {
        main #main.visit-form tabindex="-1" {
            h1 { (texts.get("moving-title")) }
            (form::summary(texts, problems))
            (present(texts, here, card, details, Some("moving-now")))
            form method="post" action={ (path) "/appointment" } novalidate autocomplete="off" {
                input type="hidden" name="form_token" value=(reader.form_token);
                input type="hidden" name="command" value=(CommandId::mint());
                // What is accepted now is the appointment that is shown above.
                input type="hidden" name="seen" value=(details.appointment.at);
                input type="hidden" name="seen_minutes" value=(details.appointment.minutes);
                fieldset.card.part {
                    legend { (texts.get("moving-to")) }
                    div.grid {
                        (line("date", "visit-date").of_kind("date").markup(problems))
                        (line("time", "visit-time").of_kind("time").markup(problems))
                        (line("minutes", "visit-minutes").of_kind("number").markup(problems))
                        (zones::fields(texts, zone, typed.one("zone"), typed.one("other_zone"), problems))
                    }
                    (twice::part(texts, when::twice(typed, zone), problems))
                    p.hint { (texts.get("moving-how")) }
                }
                (overlaps::part(*reader, here, moving.overlaps, &accepted(typed), problems))
                div.form-end {
                    button.button.primary type="submit" { (texts.get("moving-move")) }
                    a.button.quiet href=(path) { (texts.get("moving-back")) }
                }
            }
        }
    };
    shell::page(*reader, around(texts, "moving-title", problems), main)
}

/// The visit as it is now; `word` is the key of what stands before its time.
#[must_use]
pub fn present(texts: Texts, here: &Here, card: &Card, details: &Details, word: Option<&str>) -> Markup {
    html! {
        div.chosen {
            p { b { (card.patient.name) } " " span.soft { (moment::born(texts, card.patient.born, here.today())) } }
            p { (texts.get(&format!("service-{}", card.service))) @if let Some(doctor) = &card.doctor { " · " (doctor) } }
            p { @if let Some(word) = word { (texts.get(word)) " " } (visit_page::when(texts, here, details)) }
        }
    }
}

/// What surrounds a form about one visit.
#[must_use]
pub fn around(texts: Texts, title: &str, problems: &[Fault]) -> Page<'static> {
    let title = texts.get(title);
    let mut page = Page::new(if problems.is_empty() { Title::Plain(title) } else { Title::Error(title) });
    page.place = Some(Place::Agenda);
    page.stylesheets = &["agenda.css", "booking.css"];
    page
}
