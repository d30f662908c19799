//! What families agree to when they enter, in versions: each person's browser remembers which one it was.
//!
//! Never holds markup: a text is paragraphs of plain words.

use std::str::FromStr;

use super::ByLanguage;
use crate::domain::person::Unreadable;

/// How long a text may be, in letters.
const LONGEST: usize = 3000;

/// How many paragraphs it may have.
const MOST_PARAGRAPHS: usize = 15;

/// The version that comes with the program.
const BUILT_IN: i64 = 1;

/// What families agree to now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Rises with each change of the wording.
    pub version: i64,
    /// The hospital's own wording; none where the program's own is used.
    pub texts: Option<ByLanguage<ConsentText>>,
}

/// A text of 1 to 15 paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentText(Vec<String>);

impl Consent {
    /// The program's own.
    #[must_use]
    pub const fn built_in() -> Self {
        Self { version: BUILT_IN, texts: None }
    }
}

impl ConsentText {
    /// One paragraph after the other.
    #[must_use]
    pub fn paragraphs(&self) -> &[String] {
        &self.0
    }

    /// As it is written in a form and stored: an empty line between paragraphs.
    #[must_use]
    pub fn written(&self) -> String {
        self.0.join("\n\n")
    }
}

impl FromStr for ConsentText {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        if text.chars().count() > LONGEST {
            return Err(Unreadable::TooLong);
        }
        if text.chars().any(|letter| letter.is_control() && !letter.is_whitespace()) {
            return Err(Unreadable::Malformed);
        }
        let paragraphs: Vec<String> = text
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|line| !line.is_empty())
            .collect();
        match paragraphs.len() {
            0 => Err(Unreadable::Empty),
            1..=MOST_PARAGRAPHS => Ok(Self(paragraphs)),
            _ => Err(Unreadable::TooLong),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_paragraphs() {
        let text: ConsentText = "  Usted acepta   la videollamada.\r\n\r\n\r\nPuede salir. ".parse().unwrap();
        assert_eq!(text.paragraphs(), ["Usted acepta la videollamada.", "Puede salir."]);
        assert_eq!(text.written().parse(), Ok(text));
    }

    #[test]
    fn a_text_is_bounded() {
        assert_eq!(" \n ".parse::<ConsentText>(), Err(Unreadable::Empty));
        assert_eq!("x".repeat(3001).parse::<ConsentText>(), Err(Unreadable::TooLong));
        assert_eq!("x\n".repeat(16).parse::<ConsentText>(), Err(Unreadable::TooLong));
        assert_eq!("x\u{7}".parse::<ConsentText>(), Err(Unreadable::Malformed));
    }
}
