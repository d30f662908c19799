//! People's names, numbers and languages, parsed at the door: a value of these types is well formed.

mod spelling;
mod telling;

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use super::words::words;

pub use telling::{share_a_word, telling_words};

words! {
    /// A language this house speaks.
    Language {
        /// Spanish, the default.
        Spanish = "es",
        /// English.
        English = "en",
        /// Portuguese.
        Portuguese = "pt",
    }
}

/// Why a text is not what a field wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Nothing was given.
    #[error("nothing was given")]
    Empty,
    /// It is longer than people's data is.
    #[error("too long")]
    TooLong,
    /// It holds characters that do not belong.
    #[error("it holds characters that do not belong")]
    Malformed,
    /// A phone number without its country, where no country is set.
    #[error("the number lacks its country")]
    NoCountry,
    /// A date that has not come yet, or lies more than 130 years back.
    #[error("not a date of birth")]
    NotABirthDate,
}

/// A person's name: 1 to 100 characters, no line breaks or control characters, single spaces.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonName(String);

/// An e-mail address, folded to lower case, at most 254 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

/// A phone number in E.164 (`+` and 7 to 15 digits).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

/// A date of birth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BirthDate(Date);

/// A two-letter country (ISO 3166-1), for numbers written without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country(phonenumber::country::Id);

impl PersonName {
    /// For searching: lower case, accents removed.
    #[must_use]
    pub fn folded(&self) -> String {
        fold(&self.0)
    }
}

impl Phone {
    /// Reads a number as people write it; one without `+` is taken to be of `home`.
    ///
    /// # Errors
    /// [`Unreadable`], when no phone anywhere has that number.
    pub fn parse(text: &str, home: Option<Country>) -> Result<Self, Unreadable> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Unreadable::Empty);
        }
        if text.chars().count() > 40 {
            return Err(Unreadable::TooLong);
        }
        if home.is_none() && !text.starts_with('+') {
            return Err(Unreadable::NoCountry);
        }
        let number = phonenumber::parse(home.map(|country| country.0), text).map_err(|_| Unreadable::Malformed)?;
        if !phonenumber::is_valid(&number) {
            return Err(Unreadable::Malformed);
        }
        Ok(Self(number.format().mode(phonenumber::Mode::E164).to_string()))
    }

    /// As it is written inside its own country.
    #[must_use]
    pub fn national(&self) -> String {
        let number = phonenumber::parse(None, &self.0);
        number.map_or_else(|_| self.0.clone(), |number| number.format().mode(phonenumber::Mode::National).to_string())
    }

    /// The country whose number it is; none for numbers that belong to no country.
    #[must_use]
    pub fn country(&self) -> Option<Country> {
        phonenumber::parse(None, &self.0).ok()?.country().id().map(Country)
    }
}

impl BirthDate {
    /// Reads `YYYY-MM-DD`, not after `today`.
    ///
    /// # Errors
    /// [`Unreadable`], when it is no date or no date of birth.
    pub fn parse(text: &str, today: Date) -> Result<Self, Unreadable> {
        let date: Date = match text.trim() {
            "" => return Err(Unreadable::Empty),
            text => text.parse().map_err(|_| Unreadable::Malformed)?,
        };
        if date > today || i32::from(today.year()) - i32::from(date.year()) > 130 {
            return Err(Unreadable::NotABirthDate);
        }
        Ok(Self(date))
    }

    /// Full years lived on `today`.
    #[must_use]
    pub fn age_on(self, today: Date) -> i16 {
        let had_birthday = (today.month(), today.day()) >= (self.0.month(), self.0.day());
        today.year() - self.0.year() - i16::from(!had_birthday)
    }
}

/// Lower case without accents, for comparing what people type with what is stored.
#[must_use]
pub fn fold(text: &str) -> String {
    text.split_whitespace()
        .map(|word| word.chars().flat_map(char::to_lowercase).map(unaccented).collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
}

fn unaccented(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        other => other,
    }
}

impl FromStr for PersonName {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        if text.chars().any(char::is_control) {
            return Err(Unreadable::Malformed);
        }
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match name.chars().count() {
            0 => Err(Unreadable::Empty),
            1..=100 if name.chars().any(char::is_alphabetic) => Ok(Self(name)),
            1..=100 => Err(Unreadable::Malformed),
            _ => Err(Unreadable::TooLong),
        }
    }
}

impl FromStr for Email {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let text = text.trim().to_lowercase();
        if text.is_empty() {
            return Err(Unreadable::Empty);
        }
        if text.len() > 254 {
            return Err(Unreadable::TooLong);
        }
        let well_formed = text.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty() && !host.contains('@') && host.split('.').all(|label| !label.is_empty())
        });
        if !well_formed || text.chars().any(|letter| letter.is_whitespace() || letter.is_control()) {
            return Err(Unreadable::Malformed);
        }
        Ok(Self(text))
    }
}

impl FromStr for Phone {
    type Err = Unreadable;

    /// Reads what [`Phone::parse`] made, by its shape alone: a number that existed when it was stored stays readable, and
    /// reading one costs no search through the world's numbering plans.
    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let digits = text.strip_prefix('+').ok_or(Unreadable::NoCountry)?;
        let is_number = (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { Ok(Self(text.to_owned())) } else { Err(Unreadable::Malformed) }
    }
}

impl FromStr for BirthDate {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        text.parse().map(Self).map_err(|_| Unreadable::Malformed)
    }
}

impl FromStr for Country {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        text.trim().to_uppercase().parse().map(Self).map_err(|_| Unreadable::Malformed)
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Display for Email {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Display for BirthDate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl fmt::Display for Country {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_is_read_as_people_write_it() {
        let mexico: Country = "mx".parse().unwrap();
        for text in ["55 1234 5678", "+52 55 1234 5678", "(55) 1234-5678"] {
            assert_eq!(Phone::parse(text, Some(mexico)).unwrap().to_string(), "+525512345678", "{text}");
        }
        let digits = |phone: &str| phone.replace(|letter: char| !letter.is_ascii_digit(), "");
        for (phone, national) in
            [("+525512345678", "5512345678"), ("+5511912345678", "11912345678"), ("+442079460018", "02079460018")]
        {
            assert_eq!(digits(&phone.parse::<Phone>().unwrap().national()), national);
        }
        assert_eq!(Phone::parse("55 1234 5678", None), Err(Unreadable::NoCountry));
        assert_eq!(Phone::parse("12", Some(mexico)), Err(Unreadable::Malformed));
        assert_eq!(Phone::parse("call me", Some(mexico)), Err(Unreadable::Malformed));
        assert_eq!(Phone::parse(" ", Some(mexico)), Err(Unreadable::Empty));
    }

    #[test]
    fn a_number_tells_its_country() {
        for (number, country) in [("+525512345678", "MX"), ("+5511912345678", "BR"), ("+12125550123", "US")] {
            let number: Phone = number.parse().unwrap();
            assert_eq!(number.country(), Some(country.parse().unwrap()), "{number}");
        }
    }

    #[test]
    fn a_name_is_tidied_and_bounded() {
        assert_eq!("  Rosa   Díaz ".parse::<PersonName>().unwrap().to_string(), "Rosa Díaz");
        assert_eq!("12 34".parse::<PersonName>(), Err(Unreadable::Malformed));
        assert_eq!("Rosa\nDíaz".parse::<PersonName>(), Err(Unreadable::Malformed));
        assert_eq!("x".repeat(101).parse::<PersonName>(), Err(Unreadable::TooLong));
        assert_eq!("Íñigo Muñoz".parse::<PersonName>().unwrap().folded(), "inigo munoz");
    }

    #[test]
    fn an_address_is_folded() {
        assert_eq!(" Ines@Hospital.example ".parse::<Email>().unwrap().to_string(), "ines@hospital.example");
        for text in ["ines", "@host", "a@b@c", "a b@c", "a@", "a@b..c"] {
            assert_eq!(text.parse::<Email>(), Err(Unreadable::Malformed), "{text}");
        }
    }

    #[test]
    fn a_birth_date_lies_in_a_lifetime() {
        let today: Date = "2026-11-23".parse().unwrap();
        assert_eq!(BirthDate::parse("1950-11-24", today).unwrap().age_on(today), 75);
        assert_eq!(BirthDate::parse("1950-11-23", today).unwrap().age_on(today), 76);
        assert_eq!(BirthDate::parse("2026-11-24", today), Err(Unreadable::NotABirthDate));
        assert_eq!(BirthDate::parse("1850-01-01", today), Err(Unreadable::NotABirthDate));
        assert_eq!(BirthDate::parse("31/12/1950", today), Err(Unreadable::Malformed));
    }
}
