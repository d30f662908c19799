//! When a visit is: now, or on a wall clock whose zone is named.
//!
//! Never guesses a zone: the hospital's stands first, any other can be written.

use maud::{Markup, html};

use super::{VisitForm, or};
use crate::domain::booking::Timing;
use crate::web::staff::views::form::Line;
use crate::web::staff::views::zones;

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
                (zones::fields(texts, form.zone, zone, typed.one("other_zone"), form.problems))
            }
        }
    }
}
