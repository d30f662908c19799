//! When a visit is: now, or on a wall clock whose zone is named.
//!
//! Never guesses a zone: the hospital's stands first, any other can be written.

use maud::{Markup, html};

use super::{VisitForm, or};
use crate::domain::booking::Timing;
use crate::domain::service::Service;
use crate::web::staff::forms::when::{self, MOST_WEEKS, weeks};
use crate::web::staff::views::form::{self, Line};
use crate::web::staff::views::{twice, zones};

/// Now, or a date and a time in a zone.
pub(super) fn part(form: &VisitForm<'_>) -> Markup {
    let texts = form.reader.texts;
    let typed = form.typed;
    let timing = typed.one("when").parse().unwrap_or(Timing::Now);
    let zone = typed.one("zone");
    let today = form.here.today();
    let is_twice = when::twice(typed, form.zone).filter(|_| timing == Timing::Scheduled);
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
                (weeks_choice(form))
            }
            (twice::part(texts, is_twice, form.problems))
            (minutes(form))
        }
    }
}

fn minutes(form: &VisitForm<'_>) -> Markup {
    let texts = form.reader.texts;
    let minutes = |service: Service| service.usual_minutes().to_string().into();
    let hint = texts.with(
        "visit-minutes-how",
        &[
            ("report", minutes(Service::MedicalReport)),
            ("follow_up", minutes(Service::FollowUp)),
            ("others", minutes(Service::HomeConsultation)),
        ],
    );
    html! {
        div.length {
            (Line::new("minutes", texts.get("visit-minutes")).of_kind("number").hinting(hint)
                .holding(form.typed.one("minutes")).markup(form.problems))
        }
    }
}

fn weeks_choice(form: &VisitForm<'_>) -> Markup {
    let texts = form.reader.texts;
    let chosen = weeks(form.typed);
    html! {
        div.field {
            label for="weeks" { (texts.get("visit-weeks")) }
            (form::beside(form.problems, "weeks"))
            select #weeks name="weeks" aria-invalid=[form::sentence_for(form.problems, "weeks").map(|_| "true")] {
                option value="1" selected[chosen == 1] { (texts.get("visit-weeks-once")) }
                @for times in 2..=MOST_WEEKS {
                    option value=(times) selected[chosen == times] { (texts.with("visit-weeks-times", &[("times", times.to_string().into())])) }
                }
            }
        }
    }
}
