//! When a visit is: now, or on a wall clock whose zone is named.
//!
//! Never guesses a zone: the hospital's stands first, any other can be written.

use maud::{Markup, html};

use super::{VisitForm, or};
use crate::domain::booking::Timing;
use crate::text::Texts;
use crate::web::staff::views::form::Line;
use crate::web::zone;

/// Zones where the hospital's families live most often; any other can be written.
const ZONES: &[&str] = &[
    "America/Mexico_City",
    "America/Cancun",
    "America/Hermosillo",
    "America/Mazatlan",
    "America/Chihuahua",
    "America/Ciudad_Juarez",
    "America/Tijuana",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Guatemala",
    "America/Bogota",
    "America/Lima",
    "America/Santiago",
    "America/Argentina/Buenos_Aires",
    "America/Sao_Paulo",
    "America/Manaus",
    "Europe/Madrid",
    "Europe/Lisbon",
    "UTC",
];

/// Now, or a date and a time in a zone.
pub(super) fn part(form: &VisitForm<'_>) -> Markup {
    let texts = form.reader.texts;
    let typed = form.typed;
    let timing = typed.one("when").parse().unwrap_or(Timing::Now);
    let zone = typed.one("zone");
    let today = form.here.today();
    html! {
        fieldset #when.card.part {
            legend { (texts.get("visit-when")) }
            div.choices.two {
                @for choice in Timing::ALL {
                    label.choice {
                        input type="radio" name="when" value=(choice) checked[*choice == timing];
                        span { b { (texts.get(&format!("visit-{choice}"))) } span.hint { (texts.get(&format!("visit-{choice}-how"))) } }
                    }
                }
            }
            div.grid.for-later {
                (Line::new("date", texts.get("visit-date")).of_kind("date").holding(or(typed.one("date"), &today.to_string())).markup(form.problems))
                (Line::new("time", texts.get("visit-time")).of_kind("time").holding(typed.one("time")).markup(form.problems))
                div.field {
                    label for="zone" { (texts.get("visit-zone")) }
                    select #zone name="zone" {
                        option value=(form.zone) selected[zone == form.zone] { (zone_name(texts, form.zone)) }
                        @for other in ZONES.iter().filter(|other| **other != form.zone) {
                            option value=(other) selected[zone == *other] { (zone_name(texts, other)) }
                        }
                    }
                }
                (Line::new("other_zone", texts.get("visit-other-zone")).hinting(texts.get("visit-other-zone-how"))
                    .holding(typed.one("other_zone")).markup(form.problems))
            }
        }
    }
}

/// `Mexico City time (America/Mexico_City)`.
fn zone_name(texts: Texts, iana: &str) -> String {
    format!("{} ({iana})", zone::name(texts, iana))
}
