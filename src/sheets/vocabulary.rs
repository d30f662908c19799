//! The words files use for columns and choices: written in one way for each language, understood in several, whatever the
//! case and accents.
//!
//! These are part of the file format, like its separators, and not sentences: a file in Portuguese is read by a house that
//! speaks Spanish.

use crate::domain::person::{Language, fold};

/// What one meaning is called.
pub(super) struct Called<T: 'static> {
    pub(super) meaning: T,
    /// In Spanish, English and Portuguese.
    pub(super) written: [&'static str; 3],
    /// What else is understood, folded.
    pub(super) understood: &'static [&'static str],
}

/// How a language of a person is called.
pub(super) const LANGUAGES: &[Called<Language>] = &[
    Called {
        meaning: Language::Spanish,
        written: ["es"; 3],
        understood: &["espanol", "spanish", "espanhol", "castellano"],
    },
    Called { meaning: Language::English, written: ["en"; 3], understood: &["ingles", "english"] },
    Called { meaning: Language::Portuguese, written: ["pt"; 3], understood: &["portugues", "portuguese"] },
];

/// Yes and no.
pub(super) const CHOICES: &[Called<bool>] = &[
    Called {
        meaning: true,
        written: ["sí", "yes", "sim"],
        understood: &["s", "y", "1", "x", "true", "verdadero", "verdadeiro"],
    },
    Called { meaning: false, written: ["no", "no", "não"], understood: &["n", "0", "false", "falso"] },
];

/// What a text means, if anything.
pub(super) fn meaning<T: Copy>(words: &[Called<T>], text: &str) -> Option<T> {
    let text = plain(text);
    let is_it = |called: &&Called<T>| {
        called.understood.contains(&text.as_str()) || called.written.iter().any(|written| plain(written) == text)
    };
    words.iter().find(is_it).map(|called| called.meaning)
}

/// How a meaning is written in a language.
pub(super) fn written<T: Copy + PartialEq>(
    words: &'static [Called<T>],
    meaning: T,
    language: Language,
) -> &'static str {
    words.iter().find(|called| called.meaning == meaning).map_or("", |called| {
        let [spanish, english, portuguese] = called.written;
        match language {
            Language::Spanish => spanish,
            Language::English => english,
            Language::Portuguese => portuguese,
        }
    })
}

/// Folded, and with single spaces for what people write between words.
pub(super) fn plain(text: &str) -> String {
    let is_between = |letter: char| letter.is_whitespace() || "_-.:*/()".contains(letter);
    fold(&text.replace(is_between, " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_understood_in_any_language_and_written_in_one() {
        for text in ["sí", "SI", " yes ", "Sim", "1", "x"] {
            assert_eq!(meaning(CHOICES, text), Some(true), "{text}");
        }
        assert_eq!(meaning(CHOICES, "não"), Some(false));
        assert_eq!(meaning(CHOICES, "maybe"), None);
        assert_eq!(written(CHOICES, false, Language::Portuguese), "não");
        assert_eq!(meaning(LANGUAGES, "Español"), Some(Language::Spanish));
    }

    #[test]
    fn words_that_are_understood_are_folded_already() {
        for called in CHOICES {
            assert!(called.understood.iter().all(|word| plain(word) == *word));
        }
        for called in LANGUAGES {
            assert!(called.understood.iter().all(|word| plain(word) == *word));
        }
    }
}
