//! An hour that a clock shows twice, because it is put back: which of the two is meant.
//!
//! Never chooses for somebody.

use maud::{Markup, html};

use super::form::{self, Fault};
use super::moment;
use crate::text::Texts;
use crate::web::staff::forms::when::Twice;

/// The choice; an empty place, which scripts fill, where the hour occurs once.
#[must_use]
pub fn part(texts: Texts, twice: Option<Twice>, problems: &[Fault]) -> Markup {
    html! {
        div #twice.for-later { @if let Some(twice) = twice { (choice(texts, twice, problems)) } }
    }
}

fn choice(texts: Texts, twice: Twice, problems: &[Fault]) -> Markup {
    let clock = twice.wall.strftime("%H:%M").to_string();
    let day = moment::date(texts, twice.wall.date());
    html! {
        fieldset #reading.twice tabindex="-1" {
            legend { (texts.with("visit-twice", &[("time", clock.into()), ("day", day.into())])) }
            p.hint { (texts.get("visit-twice-how")) }
            (form::beside(problems, "reading"))
            div.choices.two {
                @for (reading, key) in twice.readings.iter().zip(["visit-twice-first", "visit-twice-second"]) {
                    label.choice {
                        input type="radio" name="reading" value=(reading.at) checked[twice.chosen == Some(reading.at)];
                        span { b { (texts.get(key)) } span.hint { (reading) } }
                    }
                }
            }
        }
    }
}
