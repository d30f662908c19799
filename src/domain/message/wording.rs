//! How a message is worded: words with blanks such as `{time}`, which are filled in when it is sent or shown.
//!
//! A wording of these types says who writes, and holds what its kind cannot do without. Never fills a blank by itself.

use std::collections::BTreeMap;

use super::Template;
use crate::domain::person::Language;
use crate::domain::words::words;

words! {
    /// What is filled in.
    Blank {
        /// The hospital's name.
        Hospital = "hospital",
        /// What the visit is, in words that reveal no illness.
        Service = "service",
        /// The day of the appointment.
        Date = "date",
        /// The time of the appointment; where it is late, of its beginning.
        Time = "time",
        /// The city whose clock that is.
        Zone = "zone",
        /// How many minutes before the appointment the link comes.
        Minutes = "minutes",
        /// The link.
        Link = "link",
    }
}

words! {
    /// Which letters messages are written in.
    Lettering {
        /// Without the accents that make a message cost twice.
        Plain = "plain",
        /// With all accents where the message still costs one, otherwise without.
        Accents = "accents",
    }
}

/// Words with blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Words(String),
    Blank(Blank),
}

/// The hospital's own wordings, by kind and language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wordings(BTreeMap<(Template, Language), Wording>);

/// Why a text cannot be a wording.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unworded {
    /// There is nothing in it.
    #[error("empty")]
    Empty,
    /// Far more than fits into a message.
    #[error("too long")]
    TooLong,
    /// Invisible letters.
    #[error("control letters")]
    Control,
    /// A brace that opens or closes no blank.
    #[error("a brace without its other")]
    Unclosed,
    /// No such blank.
    #[error("no blank is called {0}")]
    Unknown(String),
    /// A blank that this kind has nothing for.
    #[error("{0} has no place here")]
    Misplaced(Blank),
    /// A blank that this kind cannot do without.
    #[error("{0} is missing")]
    Missing(Blank),
    /// Letters beside the link that phones would take for a part of it.
    #[error("the link needs space around it")]
    LinkStuck,
}

/// How long a wording may be, in letters.
const LONGEST: usize = 480;

impl Template {
    /// Whether there is something to fill this blank with.
    #[must_use]
    pub const fn may_hold(self, blank: Blank) -> bool {
        match blank {
            Blank::Hospital | Blank::Service => true,
            Blank::Link => self.carries_link(),
            Blank::Time | Blank::Zone => !matches!(self, Self::ComeNow),
            Blank::Date => !matches!(self, Self::ComeNow | Self::RunningLate | Self::YouAreLate),
            Blank::Minutes => matches!(self, Self::Booked | Self::Reminder),
        }
    }

    /// Whether the message is of no use without it. Families have to know who writes.
    #[must_use]
    pub const fn must_hold(self, blank: Blank) -> bool {
        match blank {
            Blank::Hospital => true,
            Blank::Link => self.carries_link(),
            Blank::Date => matches!(self, Self::Booked | Self::Reminder | Self::Rescheduled | Self::Cancelled),
            Blank::Time => {
                matches!(self, Self::Booked | Self::Reminder | Self::Rescheduled | Self::Cancelled | Self::RunningLate)
            }
            Blank::Service | Blank::Zone | Blank::Minutes => false,
        }
    }
}

impl Wording {
    /// Reads the wording of one kind of message.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(template: Template, text: &str) -> Result<Self, Vec<Unworded>> {
        if text.chars().any(|letter| letter.is_control() && !letter.is_whitespace()) {
            return Err(vec![Unworded::Control]);
        }
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return Err(vec![Unworded::Empty]);
        }
        if text.chars().count() > LONGEST {
            return Err(vec![Unworded::TooLong]);
        }
        let mut faults = Vec::new();
        let pieces = pieces(&text, &mut faults);
        let holds = |blank| pieces.contains(&Piece::Blank(blank));
        for blank in Blank::ALL {
            if holds(*blank) && !template.may_hold(*blank) {
                faults.push(Unworded::Misplaced(*blank));
            }
            if !holds(*blank) && template.must_hold(*blank) {
                faults.push(Unworded::Missing(*blank));
            }
        }
        if !link_stands_alone(&pieces) {
            faults.push(Unworded::LinkStuck);
        }
        if faults.is_empty() { Ok(Self(pieces)) } else { Err(faults) }
    }

    /// As it is typed and stored.
    #[must_use]
    pub fn written(&self) -> String {
        self.filled(|blank| format!("{{{blank}}}"))
    }

    /// The text, with `value` for each blank.
    #[must_use]
    pub fn filled(&self, value: impl Fn(Blank) -> String) -> String {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Words(words) => words.clone(),
                Piece::Blank(blank) => value(*blank),
            })
            .collect()
    }
}

impl Wordings {
    /// The hospital's own, if it has one.
    #[must_use]
    pub fn of(&self, template: Template, language: Language) -> Option<&Wording> {
        self.0.get(&(template, language))
    }
}

impl FromIterator<((Template, Language), Wording)> for Wordings {
    fn from_iter<I: IntoIterator<Item = ((Template, Language), Wording)>>(wordings: I) -> Self {
        Self(wordings.into_iter().collect())
    }
}

fn pieces(text: &str, faults: &mut Vec<Unworded>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(brace) = rest.find(['{', '}']) {
        let (words, from_brace) = rest.split_at(brace);
        if !words.is_empty() {
            pieces.push(Piece::Words(words.to_owned()));
        }
        let Some((name, after)) = from_brace.strip_prefix('{').and_then(|inside| inside.split_once('}')) else {
            faults.push(Unworded::Unclosed);
            return pieces;
        };
        match name.trim().parse() {
            Ok(blank) => pieces.push(Piece::Blank(blank)),
            Err(_) => faults.push(Unworded::Unknown(name.trim().to_owned())),
        }
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    pieces
}

/// Phones find the end of a link by the space after it: a full stop there would lead nowhere.
fn link_stands_alone(pieces: &[Piece]) -> bool {
    pieces.iter().enumerate().filter(|(_, piece)| **piece == Piece::Blank(Blank::Link)).all(|(place, _)| {
        let before = place.checked_sub(1).and_then(|place| pieces.get(place));
        let after = pieces.get(place + 1);
        let ends = before.is_none_or(|piece| matches!(piece, Piece::Words(words) if words.ends_with(' ')));
        ends && after.is_none_or(|piece| matches!(piece, Piece::Words(words) if words.starts_with(' ')))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(template: Template, text: &str) -> Vec<Unworded> {
        Wording::parse(template, text).unwrap_err()
    }

    #[test]
    fn a_wording_is_filled_and_written_as_it_was_typed() {
        let text = "{hospital}: su cita es el {date} a las { time }.\nHasta  pronto";
        let wording = Wording::parse(Template::Booked, text).unwrap();
        assert_eq!(wording.written(), "{hospital}: su cita es el {date} a las {time}. Hasta pronto");
        assert_eq!(Wording::parse(Template::Booked, &wording.written()), Ok(wording.clone()));
        let said = wording.filled(|blank| if blank == Blank::Time { "10:30" } else { "x" }.to_owned());
        assert_eq!(said, "x: su cita es el x a las 10:30. Hasta pronto");
    }

    #[test]
    fn what_cannot_be_sent_is_named() {
        for (template, text, fault) in [
            (Template::ComeNow, " \n ", Unworded::Empty),
            (Template::ComeNow, "{hospital} {link}\u{7}", Unworded::Control),
            (Template::ComeNow, "{hospital} {link", Unworded::Unclosed),
            (Template::ComeNow, "{hospital} } {link}", Unworded::Unclosed),
            (Template::ComeNow, "{hospital} {enlace} {link}", Unworded::Unknown("enlace".to_owned())),
            (Template::ComeNow, "{hospital} {} {link}", Unworded::Unknown(String::new())),
            (Template::ComeNow, "{hospital} {time} {link}", Unworded::Misplaced(Blank::Time)),
            (Template::ComeNow, "Entre: {link}", Unworded::Missing(Blank::Hospital)),
            (Template::ComeNow, "{hospital}: entre.", Unworded::Missing(Blank::Link)),
            (Template::ComeNow, "{hospital}: {link}.", Unworded::LinkStuck),
            (Template::ComeNow, "{hospital}:{link}", Unworded::LinkStuck),
            (Template::ComeNow, "{hospital}{link}", Unworded::LinkStuck),
            (Template::Cancelled, "{hospital} {date} {time} {link}", Unworded::Misplaced(Blank::Link)),
            (Template::RunningLate, "{hospital}: hay retraso", Unworded::Missing(Blank::Time)),
        ] {
            let found = faults(template, text);
            assert!(found.contains(&fault), "{text}: {found:?}");
        }
        assert_eq!(faults(Template::ComeNow, &"x".repeat(481)), [Unworded::TooLong]);
        assert_eq!(
            faults(Template::Booked, "hola {hora}"),
            [
                Unworded::Unknown("hora".to_owned()),
                Unworded::Missing(Blank::Hospital),
                Unworded::Missing(Blank::Date),
                Unworded::Missing(Blank::Time)
            ]
        );
    }

    #[test]
    fn no_kind_needs_what_it_has_nothing_for() {
        for template in Template::ALL {
            for blank in Blank::ALL {
                assert!(!template.must_hold(*blank) || template.may_hold(*blank), "{template} {blank}");
            }
        }
    }
}
