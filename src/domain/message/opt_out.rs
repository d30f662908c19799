//! What people answer to a message: that they want no more of them, that they want them again, or something for staff.
//!
//! Only a message that is nothing but such a word counts: "alto" is one, "soy alto" is not.
//!
//! Never decides what follows from it.

use crate::domain::person::fold;

/// What an answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// No more messages.
    Stop,
    /// Messages again.
    Start,
    /// Something for staff to read.
    Other,
}

/// In Spanish, English and Portuguese; the English ones are those at which carriers stop by themselves.
const STOP: [&str; 15] = [
    "stop",
    "stopall",
    "unsubscribe",
    "end",
    "quit",
    "alto",
    "baja",
    "parar",
    "pare",
    "detener",
    "no mas",
    "sair",
    "remover",
    "descadastrar",
    "nao mais",
];

const START: [&str; 9] =
    ["start", "unstop", "subscribe", "alta", "iniciar", "empezar", "comenzar", "comecar", "voltar"];

impl Answer {
    /// Reads an answer, without regard to case, accents and punctuation.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let letters: String =
            text.chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).take(64).collect();
        let word = fold(&letters);
        if STOP.contains(&word.as_str()) {
            Self::Stop
        } else if START.contains(&word.as_str()) {
            Self::Start
        } else {
            Self::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_stop_and_start_in_three_languages() {
        for text in ["STOP", "stop.", " Alto ", "BAJA", "¡Parar!", "Pare", "SAIR", "Não mais", "no más", "\"Stop\""]
        {
            assert_eq!(Answer::read(text), Answer::Stop, "{text}");
        }
        for text in ["START", "Alta", "iniciar", "Começar", "voltar!"] {
            assert_eq!(Answer::read(text), Answer::Start, "{text}");
        }
    }

    #[test]
    fn anything_else_is_for_staff() {
        for text in ["", "soy alto", "no puedo parar ahora", "voy tarde", "sí", "cancelar", "🙂"] {
            assert_eq!(Answer::read(text), Answer::Other, "{text}");
        }
    }
}
