//! A date and time as people say it, with its zone named.
//!
//! Never converts to the reader's zone: only their browser knows it (`static/lib/when.js`).

use jiff::civil::DateTime;
use maud::{Markup, html};

use crate::domain::person::Language;
use crate::domain::schedule::Appointment;
use crate::text::Texts;
use crate::web::zone;

/// `Monday 23 November, 9:10 a.m. (Mexico City time)`, in a `<time>` element that names instant and zone.
#[must_use]
pub fn moment(texts: Texts, appointment: &Appointment) -> Markup {
    html! {
        time datetime=(appointment.at) data-zone=(appointment.zone) {
            span data-moment { (day(texts, appointment.wall)) ", " (clock(texts, appointment.wall)) }
            " "
            span.soft data-zone-name { "(" (zone::name(texts, &appointment.zone)) ")" }
        }
    }
}

/// `Monday 23 November`.
#[must_use]
pub fn day(texts: Texts, wall: DateTime) -> String {
    let weekday = nth(&texts.get("when-weekdays"), wall.date().weekday().to_monday_zero_offset());
    let month = nth(&texts.get("when-months"), wall.month() - 1);
    texts.with(
        "when-day",
        &[("weekday", weekday.into()), ("number", wall.day().to_string().into()), ("month", month.into())],
    )
}

/// `9:10 a.m.`, or `09:10` where people count to 24.
#[must_use]
pub fn clock(texts: Texts, wall: DateTime) -> String {
    if matches!(texts.language(), Language::Portuguese) {
        return format!("{:02}:{:02}", wall.hour(), wall.minute());
    }
    let half = texts.get(if wall.hour() < 12 { "when-am" } else { "when-pm" });
    let hour = match wall.hour() % 12 {
        0 => 12,
        hour => hour,
    };
    format!("{hour}:{:02} {half}", wall.minute())
}

fn nth(list: &str, index: i8) -> String {
    let index = usize::try_from(index).unwrap_or_default();
    list.split(',').nth(index).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_as_people_say_it() {
        let wall: DateTime = "2026-11-23T21:05".parse().unwrap();
        let say = |language| {
            let texts = Texts::of(language);
            format!("{}, {} ({})", day(texts, wall), clock(texts, wall), zone::name(texts, "America/Mexico_City"))
        };
        assert_eq!(say(Language::Spanish), "lunes 23 de noviembre, 9:05 p. m. (hora de Ciudad de México)");
        assert_eq!(say(Language::English), "Monday 23 November, 9:05 p.m. (Mexico City time)");
        assert_eq!(say(Language::Portuguese), "segunda-feira, 23 de novembro, 21:05 (horário da Cidade do México)");
    }

    #[test]
    fn midnight_and_noon_are_twelve() {
        let clock_at = |text: &str| clock(Texts::of(Language::English), text.parse().unwrap());
        assert_eq!(clock_at("2026-01-01T00:00"), "12:00 a.m.");
        assert_eq!(clock_at("2026-01-01T12:30"), "12:30 p.m.");
    }
}
