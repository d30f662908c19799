//! What a hospital's settings are made of, parsed at the door: a value of these types is well formed.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use jiff::tz::TimeZone;

use crate::domain::person::{Language, Unreadable};

/// How long a name may be. With more than 30 letters some messages take two segments.
const LONGEST_NAME: usize = 60;

/// How long a sentence of help may be: it stands on every page of a family.
const LONGEST_HELP: usize = 200;

/// How many months records may be kept.
const POSSIBLE_MONTHS: RangeInclusive<u16> = 1..=240;

/// A hospital's name: one line of 1 to 60 letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HospitalName(String);

/// A ward's name: one line of 1 to 60 letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WardName(String);

/// A phone number as it is to be read: digits, with the marks people put between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpPhone(String);

/// A line of at most 200 letters that helps families.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpText(String);

/// An IANA zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    name: String,
    rules: TimeZone,
}

/// 1 to 240 months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Months(u16);

/// How long each class of records is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Visits and what happened in them.
    pub visits: Months,
    /// What was sent to families.
    pub messages: Months,
    /// The technical side of calls.
    pub calls: Months,
    /// Who did what.
    pub audit: Months,
}

/// One thing in each language the house speaks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByLanguage<T> {
    /// In Spanish.
    pub spanish: T,
    /// In English.
    pub english: T,
    /// In Portuguese.
    pub portuguese: T,
}

impl HospitalName {
    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl HelpPhone {
    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl HelpText {
    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Zone {
    /// Its IANA name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// When its clocks change.
    #[must_use]
    pub const fn rules(&self) -> &TimeZone {
        &self.rules
    }
}

impl Default for Retention {
    fn default() -> Self {
        Self { visits: Months(60), messages: Months(3), calls: Months(3), audit: Months(60) }
    }
}

impl<T> ByLanguage<T> {
    /// The one of this language.
    pub const fn of(&self, language: Language) -> &T {
        match language {
            Language::Spanish => &self.spanish,
            Language::English => &self.english,
            Language::Portuguese => &self.portuguese,
        }
    }

    /// Makes one for each language.
    ///
    /// # Errors
    /// The first that `make` answers.
    pub fn try_each<E>(mut make: impl FnMut(Language) -> Result<T, E>) -> Result<Self, E> {
        Ok(Self {
            spanish: make(Language::Spanish)?,
            english: make(Language::English)?,
            portuguese: make(Language::Portuguese)?,
        })
    }
}

impl FromStr for HospitalName {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let name = line(text, LONGEST_NAME)?;
        if name.chars().any(char::is_alphanumeric) { Ok(Self(name)) } else { Err(Unreadable::Malformed) }
    }
}

impl FromStr for WardName {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let name = line(text, LONGEST_NAME)?;
        if name.chars().any(char::is_alphanumeric) { Ok(Self(name)) } else { Err(Unreadable::Malformed) }
    }
}

impl FromStr for HelpPhone {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let phone = line(text, 40)?;
        let digits = phone.chars().filter(char::is_ascii_digit).count();
        let belongs = |mark: char| mark.is_ascii_digit() || matches!(mark, ' ' | '-' | '.' | '(' | ')' | '/');
        let is_phone = phone.strip_prefix('+').unwrap_or(&phone).chars().all(belongs) && (3..=15).contains(&digits);
        if is_phone { Ok(Self(phone)) } else { Err(Unreadable::Malformed) }
    }
}

impl FromStr for HelpText {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        line(text, LONGEST_HELP).map(Self)
    }
}

impl FromStr for Zone {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let rules = TimeZone::get(text.trim()).map_err(|_| Unreadable::Malformed)?;
        let name = rules.iana_name().ok_or(Unreadable::Malformed)?.to_owned();
        Ok(Self { name, rules })
    }
}

impl FromStr for Months {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let months = text.trim().parse().map_err(|_| Unreadable::Malformed)?;
        if POSSIBLE_MONTHS.contains(&months) { Ok(Self(months)) } else { Err(Unreadable::Malformed) }
    }
}

/// Single spaces, no line breaks or control characters.
fn line(text: &str, longest: usize) -> Result<String, Unreadable> {
    let text = text.trim();
    if text.chars().any(char::is_control) {
        return Err(Unreadable::Malformed);
    }
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.chars().count() {
        0 => Err(Unreadable::Empty),
        length if length > longest => Err(Unreadable::TooLong),
        _ => Ok(line),
    }
}

impl fmt::Display for HospitalName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Display for WardName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Display for HelpPhone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Display for HelpText {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.name)
    }
}

impl fmt::Display for Months {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}
