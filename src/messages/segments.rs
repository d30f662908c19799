//! How many segments a text message costs, and how to keep to the letters that make it cheap.
//!
//! Source: 3GPP TS 23.038. GSM-7 fits 160 septets into one segment (153 into each of several), and some of its letters
//! take two; one letter outside it, such as `á`, turns the whole text into UCS-2, which fits 70 units (67).

use crate::domain::message::Letters;

const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
     abcdefghijklmnopqrstuvwxyzäöñüà";
/// These take two septets.
const EXTENDED: &str = "^{}\\[~]|€\u{c}";

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
        Some(costs) => count(&costs, 160, 153),
        None => count(&text.chars().map(char::len_utf16).collect::<Vec<_>>(), 70, 67),
    }
}

/// The text in GSM-7 letters: accents that GSM-7 lacks are dropped. What it cannot write at all stays as it is.
#[must_use]
pub fn in_gsm7(text: &str) -> String {
    text.chars().map(|letter| if septets(letter).is_some() { letter } else { plain(letter) }).collect()
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
    fn accents_are_dropped_only_where_they_must_be() {
        assert_eq!(in_gsm7("Hospital Ángel – Atención al niño, ¿está?"), "Hospital Angel - Atencion al niño, ¿esta?");
        assert_eq!(in_gsm7("Coração de Maria, às três"), "Coracao de Maria, às tres");
        assert_eq!(in_gsm7("医院"), "医院");
    }
}
