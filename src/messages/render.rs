//! The text of one message, in the language of whoever it goes to: the hospital's own words, or the program's.
//!
//! Never says why a visit takes place: a text message is read on locked screens and by others.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::segments::lettered;
use crate::domain::message::Template;
use crate::domain::message::wording::{Blank, Lettering, Wording};
use crate::domain::person::Language;
use crate::domain::schedule::time_zone;
use crate::domain::service::Service;
use crate::text::Texts;

/// All that a message says.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    /// Which text.
    pub template: Template,
    /// Its language.
    pub language: Language,
    /// The hospital's own words for it, if it has any.
    pub wording: Option<&'a Wording>,
    /// In which letters.
    pub lettering: Lettering,
    /// Who writes.
    pub hospital: &'a str,
    /// What the visit is.
    pub service: Service,
    /// The appointment.
    pub starts_at: Timestamp,
    /// When it will begin, where staff said that it is late.
    pub expected_at: Option<Timestamp>,
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
    let own = letter.wording.cloned();
    let wording = own.or_else(|| built_in(letter.template, letter.language));
    Said::of(letter).in_words(wording.as_ref(), letter.lettering)
}

/// The program's own words; none only where `locales/` has none, which the tests don't let happen.
#[must_use]
pub fn built_in(template: Template, language: Language) -> Option<Wording> {
    let text = Texts::of(language).template(key(template)).replace("{$", "{");
    let wording = Wording::parse(template, &text);
    wording.inspect_err(|faults| tracing::error!(%template, %language, ?faults, "a text of our own is no wording")).ok()
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
    let Said { hospital, date, time, zone, minutes, link, .. } = Said::of(letter);
    let last = if letter.template.carries_link() { link } else { minutes };
    vec![hospital, date, time, zone, last]
}

/// What fills the blanks of a wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    hospital: String,
    service: String,
    date: String,
    time: String,
    zone: String,
    minutes: String,
    link: String,
}

impl Said {
    /// Of one message.
    #[must_use]
    pub fn of(letter: &Letter<'_>) -> Self {
        let starts_at = letter.starts_at.to_zoned(time_zone(letter.zone).unwrap_or(TimeZone::UTC));
        let told = letter.expected_at.filter(|_| letter.template == Template::RunningLate);
        let begins = told.map_or_else(|| starts_at.clone(), |at| at.to_zoned(starts_at.time_zone().clone()));
        Self {
            hospital: letter.hospital.to_owned(),
            service: service(letter.language, letter.service),
            date: date(letter.language, starts_at.date()),
            time: begins.strftime("%H:%M").to_string(),
            zone: Texts::of(letter.language).city(letter.zone),
            minutes: letter.starts_at.duration_since(letter.link_opens_at).as_mins().to_string(),
            link: letter.link.to_owned(),
        }
    }

    /// The longest that can realistically be said in this language, by a hospital of this name, with links as long as
    /// `link`, which come `minutes` before.
    #[must_use]
    pub fn longest(language: Language, hospital: &str, zone: &str, minutes: i64, link: &str) -> Self {
        let services = Service::ALL.iter().map(|kind| service(language, *kind));
        Self {
            hospital: hospital.to_owned(),
            service: longest(services),
            date: longest(days().map(|day| date(language, day))),
            time: "20:30".to_owned(),
            zone: longest([zone].into_iter().chain(LONGEST_ZONES).map(|zone| Texts::of(language).city(zone))),
            minutes: minutes.to_string(),
            link: link.to_owned(),
        }
    }

    /// These, in these words and letters.
    #[must_use]
    pub fn in_words(&self, wording: Option<&Wording>, lettering: Lettering) -> String {
        let text = wording.map(|wording| wording.filled(|blank| self.fill(blank).to_owned()));
        lettered(&text.unwrap_or_default(), lettering)
    }

    fn fill(&self, blank: Blank) -> &str {
        match blank {
            Blank::Hospital => &self.hospital,
            Blank::Service => &self.service,
            Blank::Date => &self.date,
            Blank::Time => &self.time,
            Blank::Zone => &self.zone,
            Blank::Minutes => &self.minutes,
            Blank::Link => &self.link,
        }
    }
}

/// Those with the longest names, in one language or another, where people live.
const LONGEST_ZONES: [&str; 2] = ["America/Bahia_Banderas", "America/Mexico_City"];

const fn key(template: Template) -> &'static str {
    match template {
        Template::Booked => "message-booked",
        Template::Reminder => "message-reminder",
        Template::Link => "message-link",
        Template::NewLink => "message-new-link",
        Template::RunningLate => "message-running-late",
        Template::ComeNow => "message-come-now",
        Template::YouAreLate => "message-you-are-late",
        Template::Rescheduled => "message-rescheduled",
        Template::Cancelled => "message-cancelled",
    }
}

/// The service, in words that reveal no illness.
fn service(language: Language, service: Service) -> String {
    Texts::of(language).get(&format!("message-service-{service}"))
}

fn date(language: Language, day: Date) -> String {
    let said = [
        ("weekday", day.strftime("%a").to_string().into()),
        ("day", day.day().to_string().into()),
        ("month", day.strftime("%b").to_string().into()),
    ];
    Texts::of(language).with("message-date", &said)
}

/// Days that together name every weekday and every month, each with two digits.
fn days() -> impl Iterator<Item = Date> {
    (1..=12).flat_map(|month| (20..27).filter_map(move |day| Date::new(2026, month, day).ok()))
}

fn longest(texts: impl IntoIterator<Item = String>) -> String {
    texts.into_iter().max_by_key(|text| text.chars().count()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::message::Letters;
    use crate::messages::segments::{Measure, segments};

    fn letter(template: Template, language: Language) -> Letter<'static> {
        Letter {
            template,
            language,
            wording: None,
            lettering: Lettering::Plain,
            hospital: "Hospital General Díaz",
            service: Service::MedicalReport,
            starts_at: "2026-11-23T16:30:00Z".parse().unwrap(),
            expected_at: "2026-11-23T16:45:00Z".parse().ok(),
            zone: "America/Mexico_City",
            link_opens_at: "2026-11-23T16:20:00Z".parse().unwrap(),
            link: "https://antesala.example/j/8rH9RHmJbG7v3d2_hwV2Cg",
        }
    }

    /// Every kind in every language.
    fn every() -> impl Iterator<Item = (Template, Language)> {
        Template::ALL.iter().flat_map(|template| Language::ALL.iter().map(|language| (*template, *language)))
    }

    #[test]
    fn texts_read_well() {
        let said = [
            (
                Template::Booked,
                Language::Spanish,
                "Hospital General Diaz: informe médico por video el lunes 23 nov a las 10:30 (Ciudad de México). Enlace 10 min antes. Busque luz y buena señal.",
            ),
            (
                Template::Reminder,
                Language::Spanish,
                "Hospital General Diaz: recuerde su informe médico por video: lunes 23 nov, 10:30 (Ciudad de México). El enlace llega 10 min antes.",
            ),
            (
                Template::Link,
                Language::Spanish,
                "Hospital General Diaz: videollamada a las 10:30 (Ciudad de México). Toque y entre: https://antesala.example/j/8rH9RHmJbG7v3d2_hwV2Cg",
            ),
            (
                Template::NewLink,
                Language::English,
                "Hospital General Diaz: your new link. The old one no longer works. Tap to enter: https://antesala.example/j/8rH9RHmJbG7v3d2_hwV2Cg",
            ),
            (
                Template::RunningLate,
                Language::Portuguese,
                "Hospital General Diaz: boletim médico por vídeo com atraso. Novo horário previsto: 10:45 (Cidade do México). Pedimos desculpas.",
            ),
            (
                Template::ComeNow,
                Language::Spanish,
                "Hospital General Diaz: ya puede pasar. Toque para entrar: https://antesala.example/j/8rH9RHmJbG7v3d2_hwV2Cg",
            ),
            (
                Template::YouAreLate,
                Language::English,
                "Hospital General Diaz: your video visit was at 10:30. You can still enter: https://antesala.example/j/8rH9RHmJbG7v3d2_hwV2Cg",
            ),
            (
                Template::Rescheduled,
                Language::Spanish,
                "Hospital General Diaz: su videollamada cambia al lunes 23 nov a las 10:30 (Ciudad de México). Antes le enviaremos el enlace.",
            ),
            (
                Template::Cancelled,
                Language::Portuguese,
                "Hospital General Diaz: sua videochamada de seg 23 nov às 10:30 (Cidade do México) foi cancelada. Pedimos desculpas.",
            ),
        ];
        for (template, language, text) in said {
            let plain = |text: &str| lettered(text, Lettering::Plain);
            assert_eq!(render(&letter(template, language)), plain(text));
        }
    }

    /// The longest a hospital with a name of 30 letters and an address of 40 can say.
    fn longest_of(language: Language, hospital: &str) -> Said {
        assert_eq!(hospital.chars().count(), 30);
        let public_url = "https://videoconsultas.hospital.gob.mx:443".get(..40).unwrap();
        Said::longest(language, hospital, "America/Sao_Paulo", 105, &format!("{public_url}/j/8rH9RHmJbG7v3d2_hwV2Cg"))
    }

    #[test]
    fn the_longest_still_takes_one_segment_in_either_lettering() {
        for hospital in ["Hospital Álvaro Obregón Ramíre", "Hospital General de la Ciudad1"] {
            for (template, language) in every() {
                for lettering in Lettering::ALL {
                    let wording = built_in(template, language);
                    let text = longest_of(language, hospital).in_words(wording.as_ref(), *lettering);
                    let Measure { letters, used, limit } = Measure::of(&text);
                    assert_eq!(limit, if letters == Letters::Gsm7 { 160 } else { 70 });
                    assert!(used <= limit, "{template} {language} {lettering}: {used} of {limit}: {text}");
                    assert_eq!(segments(&text), 1);
                }
            }
        }
    }

    #[test]
    fn short_texts_keep_their_accents_where_the_hospital_wants_that() {
        let short = Letter {
            lettering: Lettering::Accents,
            wording: Some(&Wording::parse(Template::ComeNow, "{hospital}: ya le atenderán. Entre: {link}").unwrap()),
            hospital: "Clínica Luz",
            link: "https://luz.mx/j/8rH9RHmJbG7v3d2_hwV2Cg",
            ..letter(Template::ComeNow, Language::Spanish)
        };
        let text = render(&short);
        assert_eq!(Measure::of(&text).letters, Letters::Gsm7, "{text}: would be 72");
        let wording = Wording::parse(Template::ComeNow, "{hospital}: su turno llegó. {link}").unwrap();
        let text = render(&Letter { wording: Some(&wording), ..short });
        assert_eq!(text, "Clínica Luz: su turno llegó. https://luz.mx/j/8rH9RHmJbG7v3d2_hwV2Cg");
        assert_eq!((segments(&text), Measure::of(&text).letters), (1, Letters::Ucs2));
    }

    #[test]
    fn only_the_templates_that_should_carry_the_link() {
        for (template, language) in every() {
            let letter = letter(template, language);
            let text = render(&letter);
            assert_eq!(text.ends_with(letter.link), template.carries_link(), "{text}");
            assert!(text.starts_with("Hospital General Diaz") && !text.contains(['{', '}', '$']), "{text}");
        }
    }

    #[test]
    fn the_hospitals_own_words_come_first() {
        let own = Wording::parse(Template::Cancelled, "{hospital}: no habrá cita el {date} a las {time}.").unwrap();
        let letter = Letter { wording: Some(&own), ..letter(Template::Cancelled, Language::Spanish) };
        assert_eq!(render(&letter), "Hospital General Diaz: no habra cita el lunes 23 nov a las 10:30.");
    }

    #[test]
    fn every_day_and_month_has_its_name() {
        for language in Language::ALL {
            let names: std::collections::BTreeSet<_> =
                days().flat_map(|day| date(*language, day).split(' ').map(str::to_owned).collect::<Vec<_>>()).collect();
            // Seven weekdays, twelve months, seven numbers.
            assert_eq!(names.len(), 26, "{names:?}");
        }
    }

    #[test]
    fn no_service_is_called_by_an_illness_and_each_has_its_name() {
        for language in Language::ALL {
            let names: std::collections::BTreeSet<_> =
                Service::ALL.iter().map(|kind| service(*language, *kind)).collect();
            assert_eq!(names.len(), Service::ALL.len(), "{names:?}");
            assert!(names.iter().all(|name| !name.starts_with("message-")), "{names:?}");
        }
    }
}
