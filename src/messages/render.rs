//! The text of one message, in the language of whoever it goes to.
//!
//! Never says whom or what a visit is about: a text message is read on locked screens and by others.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::segments::in_gsm7;
use crate::domain::message::Template;
use crate::domain::person::Language;
use crate::domain::schedule::time_zone;
use crate::text::Texts;

/// All that a message says.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    /// Which text.
    pub template: Template,
    /// Its language.
    pub language: Language,
    /// Who writes.
    pub hospital: &'a str,
    /// The appointment.
    pub starts_at: Timestamp,
    /// The IANA zone it was agreed in.
    pub zone: &'a str,
    /// When the link goes out.
    pub link_opens_at: Timestamp,
    /// What stands where the link belongs.
    pub link: &'a str,
}

/// The text. In one segment when the hospital's name has at most 30 letters and its address at most 40.
#[must_use]
pub fn render(letter: &Letter<'_>) -> String {
    let key = match letter.template {
        Template::Booked => "message-booked",
        Template::Link => "message-link",
        Template::NewLink => "message-new-link",
        Template::Rescheduled => "message-rescheduled",
        Template::Cancelled => "message-cancelled",
    };
    let said = Said::of(letter);
    in_gsm7(&Texts::of(letter.language).with(
        key,
        &[
            ("hospital", letter.hospital.into()),
            ("date", said.date.into()),
            ("time", said.time.into()),
            ("zone", said.zone.into()),
            ("minutes", said.minutes.into()),
            ("link", letter.link.into()),
        ],
    ))
}

/// The subject of the same as an e-mail. Says no more than that there is one: it is read in lists, on locked screens.
#[must_use]
pub fn subject(letter: &Letter<'_>) -> String {
    Texts::of(letter.language).with("message-subject", &[("hospital", letter.hospital.into())])
}

/// What fills the blanks of a template that a provider keeps: 1 hospital, 2 date, 3 time, 4 city of the zone, and 5 the
/// link, or where there is none the minutes before the appointment at which it comes.
#[must_use]
pub fn blanks(letter: &Letter<'_>) -> Vec<String> {
    let said = Said::of(letter);
    let last = if letter.template.carries_link() { letter.link.to_owned() } else { said.minutes };
    vec![letter.hospital.to_owned(), said.date, said.time, said.zone, last]
}

/// When a visit is, in words.
struct Said {
    date: String,
    time: String,
    zone: String,
    minutes: String,
}

impl Said {
    fn of(letter: &Letter<'_>) -> Self {
        let starts_at = letter.starts_at.to_zoned(time_zone(letter.zone).unwrap_or(TimeZone::UTC));
        let date = [
            ("weekday", starts_at.strftime("%a").to_string().into()),
            ("day", starts_at.day().to_string().into()),
            ("month", starts_at.strftime("%b").to_string().into()),
        ];
        Self {
            date: Texts::of(letter.language).with("message-date", &date),
            time: starts_at.strftime("%H:%M").to_string(),
            zone: city(letter.zone),
            minutes: letter.starts_at.duration_since(letter.link_opens_at).as_mins().to_string(),
        }
    }
}

/// The city that names a zone, as people know it.
fn city(zone: &str) -> String {
    zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::segments::segments;

    fn letter(template: Template, language: Language) -> Letter<'static> {
        Letter {
            template,
            language,
            hospital: "Hospital General Díaz",
            starts_at: "2026-11-23T16:30:00Z".parse().unwrap(),
            zone: "America/Mexico_City",
            link_opens_at: "2026-11-23T16:20:00Z".parse().unwrap(),
            link: "https://antesala.example/j/8rH9RHmJbG7v3d2_hwV2Cg",
        }
    }

    #[test]
    fn texts_read_well() {
        let said = [
            (
                Template::Booked,
                Language::Spanish,
                "Hospital General Diaz: su videollamada es el lunes 23 nov a las 10:30 (Mexico City). Le enviaremos el enlace 10 minutos antes.",
            ),
            (
                Template::Link,
                Language::Spanish,
                "Hospital General Diaz: videollamada a las 10:30 (Mexico City). Toque para entrar: https://antesala.example/j/8rH9RHmJbG7v3d2_hwV2Cg",
            ),
            (
                Template::NewLink,
                Language::English,
                "Hospital General Diaz: your new link. The old one no longer works. Tap to enter: https://antesala.example/j/8rH9RHmJbG7v3d2_hwV2Cg",
            ),
            (
                Template::Rescheduled,
                Language::Spanish,
                "Hospital General Diaz: su videollamada cambia al lunes 23 nov a las 10:30 (Mexico City). Antes le enviaremos el enlace.",
            ),
            (
                Template::Cancelled,
                Language::Portuguese,
                "Hospital General Diaz: sua videochamada de seg 23 nov às 10:30 (Mexico City) foi cancelada. Pedimos desculpas.",
            ),
        ];
        for (template, language, text) in said {
            assert_eq!(render(&letter(template, language)), text);
        }
    }

    #[test]
    fn the_longest_still_takes_one_segment() {
        let hospital = "Hospital Álvaro Obregón Ramíre";
        assert_eq!(hospital.chars().count(), 30);
        let public_url = "https://videoconsultas.hospital.gob.mx:443".get(..40).unwrap();
        let link = format!("{public_url}/j/8rH9RHmJbG7v3d2_hwV2Cg");
        for language in Language::ALL {
            for template in Template::ALL {
                let longest = Letter {
                    hospital,
                    link: &link,
                    zone: "America/Bahia_Banderas",
                    // A Wednesday in September: the longest weekday; an hour and three quarters ahead.
                    starts_at: "2026-09-23T16:30:00Z".parse().unwrap(),
                    link_opens_at: "2026-09-23T14:45:00Z".parse().unwrap(),
                    ..letter(*template, *language)
                };
                let text = render(&longest);
                assert_eq!(segments(&text), 1, "{} letters: {text}", text.chars().count());
            }
        }
    }

    #[test]
    fn only_the_templates_that_should_carry_the_link() {
        for language in Language::ALL {
            for template in Template::ALL {
                let letter = letter(*template, *language);
                let text = render(&letter);
                assert_eq!(text.ends_with(letter.link), template.carries_link(), "{text}");
                assert!(!text.contains("{$"), "{text}");
            }
        }
    }

    #[test]
    fn every_day_and_month_has_its_name() {
        for language in Language::ALL {
            let mut seen = std::collections::BTreeSet::new();
            for month in 1..=12 {
                let starts_at = format!("2026-{month:02}-15T16:30:00Z").parse().unwrap();
                seen.insert(render(&Letter { starts_at, ..letter(Template::Cancelled, *language) }));
            }
            for day in 1..=7 {
                let starts_at = format!("2026-03-{day:02}T16:30:00Z").parse().unwrap();
                let text = render(&Letter { starts_at, ..letter(Template::Cancelled, *language) });
                seen.insert(text.replace(&format!(" {day} "), " "));
            }
            assert_eq!(seen.len(), 19, "{seen:?}");
        }
    }
}
