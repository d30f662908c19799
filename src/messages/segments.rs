//! How many segments a text message costs, and how to keep to the letters that make it cheap.
//!
//! Source: 3GPP TS 23.038. GSM-7 fits 160 septets into one segment (153 into each of several), and some of its letters
//! take two; one letter outside it, such as `á`, turns the whole text into UCS-2, which fits 70 units (67).

use crate::domain::message::Letters;
use crate::domain::message::wording::Lettering;

const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
     abcdefghijklmnopqrstuvwxyzäöñüà";
/// What one segment holds.
const IN_GSM7: usize = 160;
const IN_UCS2: usize = 70;

/// These take two septets.
const EXTENDED: &str = "^{}\\[~]|€\u{c}";

/// How much of one segment a text takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The letters it is written in.
    pub letters: Letters,
    /// What it takes, in letters; some of GSM-7 count twice.
    pub used: usize,
    /// What fits.
    pub limit: usize,
}

impl Measure {
    /// How much of one segment `text` takes.
    #[must_use]
    pub fn of(text: &str) -> Self {
        match text.chars().map(septets).collect::<Option<Vec<_>>>() {
            Some(costs) => Self { letters: Letters::Gsm7, used: costs.iter().sum(), limit: IN_GSM7 },
            None => Self { letters: Letters::Ucs2, used: text.chars().map(char::len_utf16).sum(), limit: IN_UCS2 },
        }
    }

    /// How many letters too many it has.
    #[must_use]
    pub const fn excess(self) -> usize {
        self.used.saturating_sub(self.limit)
    }
}

/// The letters a text needs.
#[must_use]
pub fn letters(text: &str) -> Letters {
    if text.chars().all(|letter| septets(letter).is_some()) { Letters::Gsm7 } else { Letters::Ucs2 }
}

/// How many segments a text takes; an empty one takes one.
#[must_use]
pub fn segments(text: &str) -> usize {
    let septets: Option<Vec<usize>> = text.chars().map(septets).collect();
    match septets {
        Some(costs) => count(&costs, IN_GSM7, 153),
        None => count(&text.chars().map(char::len_utf16).collect::<Vec<_>>(), IN_UCS2, 67),
    }
}

/// The text in GSM-7 letters: accents that GSM-7 lacks are dropped. What it cannot write at all stays as it is.
#[must_use]
pub fn in_gsm7(text: &str) -> String {
    text.chars().map(|letter| if septets(letter).is_some() { letter } else { plain(letter) }).collect()
}

/// The text in the letters the hospital chose.
#[must_use]
pub fn lettered(text: &str, lettering: Lettering) -> String {
    match lettering {
        Lettering::Accents if segments(text) == 1 => text.to_owned(),
        Lettering::Accents | Lettering::Plain => in_gsm7(text),
    }
}

/// Packs letters of these costs into segments; none is split in two.
fn count(costs: &[usize], alone: usize, each: usize) -> usize {
    if costs.iter().sum::<usize>() <= alone {
        return 1;
    }
    let (segments, _) =
        costs.iter().fold(
            (1, 0),
            |(segments, used), cost| {
                if used + cost <= each { (segments, used + cost) } else { (segments + 1, *cost) }
            },
        );
    segments
}

fn septets(letter: char) -> Option<usize> {
    match letter {
        _ if BASIC.contains(letter) => Some(1),
        _ if EXTENDED.contains(letter) => Some(2),
        _ => None,
    }
}

fn plain(letter: char) -> char {
    match letter {
        'á' | 'â' | 'ã' => 'a',
        'ê' | 'ë' => 'e',
        'í' | 'î' | 'ï' => 'i',
        'ó' | 'ô' | 'õ' => 'o',
        'ú' | 'û' => 'u',
        'ç' => 'c',
        'Á' | 'À' | 'Â' | 'Ã' => 'A',
        'È' | 'Ê' | 'Ë' => 'E',
        'Í' | 'Ì' | 'Î' | 'Ï' => 'I',
        'Ó' | 'Ò' | 'Ô' | 'Õ' => 'O',
        'Ú' | 'Ù' | 'Û' => 'U',
        '‘' | '’' => '\'',
        '“' | '”' | '«' | '»' => '"',
        '–' | '—' => '-',
        '\u{a0}' => ' ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alphabet_is_whole() {
        // 128 positions, of which one escapes to the extension table.
        assert_eq!(BASIC.chars().count(), 127);
        assert_eq!(BASIC.chars().collect::<std::collections::BTreeSet<_>>().len(), 127);
    }

    #[test]
    fn segments_are_counted_as_carriers_do() {
        let cases = [
            ("", 0, 1),
            ("a", 160, 1),
            ("a", 161, 2),
            ("a", 306, 2),
            ("a", 307, 3),
            ("ñ", 160, 1),
            ("€", 80, 1),
            ("€", 81, 2),
            ("€", 152, 2), // 76 in each: the 77th would be split
            ("€", 153, 3),
            ("á", 70, 1),
            ("á", 71, 2),
            ("á", 134, 2),
            ("á", 135, 3),
            ("🙂", 35, 1),
            ("🙂", 36, 2),
            ("🙂", 66, 2), // 33 in each: a surrogate pair stays together
            ("🙂", 67, 3),
        ];
        for (letter, times, expected) in cases {
            assert_eq!(segments(&letter.repeat(times)), expected, "{times} × {letter}");
        }
    }

    #[test]
    fn one_letter_costs_ninety() {
        let text = format!("{}á", "a".repeat(100));
        assert_eq!(segments(&text), 2);
        assert_eq!(segments(&in_gsm7(&text)), 1);
        assert_eq!((letters(&text), letters(&in_gsm7(&text))), (Letters::Ucs2, Letters::Gsm7));
    }

    #[test]
    fn what_is_too_much_is_counted() {
        let excess = |letter: &str, times| Measure::of(&letter.repeat(times)).excess();
        assert_eq!((excess("a", 160), excess("a", 163), excess("€", 81)), (0, 3, 2));
        assert_eq!((excess("á", 70), excess("á", 75), excess("🙂", 36)), (0, 5, 2));
        for (letter, times) in [("a", 160), ("a", 161), ("€", 80), ("€", 81), ("á", 70), ("á", 71), ("🙂", 36)]
        {
            let text = letter.repeat(times);
            assert_eq!(segments(&text) == 1, Measure::of(&text).excess() == 0, "{times} × {letter}");
        }
    }

    #[test]
    fn accents_are_kept_where_they_cost_nothing() {
        let (short, long) = ("Clínica: entre ya".to_owned(), format!("Clínica {}", "a".repeat(70)));
        assert_eq!(lettered(&short, Lettering::Accents), short);
        assert_eq!(lettered(&short, Lettering::Plain), "Clinica: entre ya");
        assert_eq!(lettered(&long, Lettering::Accents), in_gsm7(&long));
    }

    #[test]
    fn accents_are_dropped_only_where_they_must_be() {
        assert_eq!(in_gsm7("Hospital Ángel – Atención al niño, ¿está?"), "Hospital Angel - Atencion al niño, ¿esta?");
        assert_eq!(in_gsm7("Coração de Maria, às três"), "Coracao de Maria, às tres");
        assert_eq!(in_gsm7("医院"), "医院");
    }
}
