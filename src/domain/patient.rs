//! How a patient is treated, and the numbers a hospital knows them by.
//!
//! Never holds what they are treated for.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use super::ids::WardId;
use super::person::Unreadable;

/// Where a patient is treated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Care {
    /// At home, or at a surgery.
    Outpatient,
    /// In the hospital.
    Inpatient {
        /// Where.
        ward: WardId,
        /// In which bed, once that is known.
        bed: Option<Bed>,
    },
    /// Back home.
    Discharged {
        /// Since when.
        on: Date,
    },
}

/// A bed as the ward calls it: up to 20 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bed(String);

/// The number of a patient's record: up to 32 letters, digits, `-`, `/` and `.`, in capitals; unique in the hospital.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordNumber(String);

impl Care {
    /// The one spelling, for the store and the forms.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Outpatient => "outpatient",
            Self::Inpatient { .. } => "inpatient",
            Self::Discharged { .. } => "discharged",
        }
    }

    /// Where they lie, if they do.
    #[must_use]
    pub const fn ward(&self) -> Option<WardId> {
        match self {
            Self::Inpatient { ward, .. } => Some(*ward),
            Self::Outpatient | Self::Discharged { .. } => None,
        }
    }

    /// Where they are treated, for who lies on this ward or on none.
    #[must_use]
    pub fn on(ward: Option<WardId>) -> Self {
        ward.map_or(Self::Outpatient, |ward| Self::Inpatient { ward, bed: None })
    }
}

impl FromStr for Bed {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let bed = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match bed.chars().count() {
            0 => Err(Unreadable::Empty),
            1..=20 if !bed.chars().any(char::is_control) => Ok(Self(bed)),
            1..=20 => Err(Unreadable::Malformed),
            _ => Err(Unreadable::TooLong),
        }
    }
}

impl FromStr for RecordNumber {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let number = text.trim().to_uppercase();
        match number.chars().count() {
            0 => Err(Unreadable::Empty),
            1..=32 if number.chars().all(|letter| letter.is_alphanumeric() || "-/.".contains(letter)) => {
                Ok(Self(number))
            }
            1..=32 => Err(Unreadable::Malformed),
            _ => Err(Unreadable::TooLong),
        }
    }
}

impl fmt::Display for Bed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Display for RecordNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_number_is_written_in_one_way() {
        assert_eq!(" ab-12/7 ".parse::<RecordNumber>().unwrap().to_string(), "AB-12/7");
        assert_eq!("=cmd".parse::<RecordNumber>(), Err(Unreadable::Malformed));
        assert_eq!(" ".parse::<RecordNumber>(), Err(Unreadable::Empty));
        assert_eq!("7".repeat(33).parse::<RecordNumber>(), Err(Unreadable::TooLong));
    }

    #[test]
    fn a_bed_is_a_short_line() {
        assert_eq!(" 12  B ".parse::<Bed>().unwrap().to_string(), "12 B");
        assert_eq!("12\u{0}".parse::<Bed>(), Err(Unreadable::Malformed));
    }
}
