//! What a phone wrote, read from the bytes of its PDU as a gateway hands them on.
//!
//! Source: SMPP 3.4, 5.2.19 (`data_coding`), and 3GPP TS 23.038, 6.2.1. Never refuses: what cannot be read is none, and
//! whoever asks takes the gateway's own reading of it.

/// The letters of GSM 7-bit, each at its number. `\u{1b}` leads to [`EXTENDED`].
const LETTERS: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u{1b}ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
    ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// Those that take two.
const EXTENDED: [(u8, char); 9] = [
    (0x14, '^'),
    (0x28, '{'),
    (0x29, '}'),
    (0x2f, '\\'),
    (0x3c, '['),
    (0x3d, '~'),
    (0x3e, ']'),
    (0x40, '|'),
    (0x65, '€'),
];

/// The text of bytes written as hexadecimal; none in a coding we do not know, or where they cannot be that.
#[must_use]
pub fn text(coding: &str, hexadecimal: &str) -> Option<String> {
    let bytes = bytes(hexadecimal)?;
    match coding.trim() {
        "0" | "" => Some(plain(&bytes)),
        "3" => Some(latin1(&bytes)),
        "8" => utf16(&bytes),
        _ => None,
    }
}

/// GSM 7-bit, one letter to a byte. Operators also pass on what is none: then it is taken for UTF-8 or Latin-1.
fn plain(bytes: &[u8]) -> String {
    if bytes.is_ascii() {
        return gsm7(bytes);
    }
    std::str::from_utf8(bytes).map_or_else(|_| latin1(bytes), str::to_owned)
}

fn gsm7(bytes: &[u8]) -> String {
    let mut bytes = bytes.iter().copied();
    let mut text = String::new();
    while let Some(byte) = bytes.next() {
        let letter = match byte {
            0x1b => {
                bytes.next().and_then(|byte| EXTENDED.iter().find(|(known, _)| *known == byte)).map(|(_, one)| *one)
            }
            byte => LETTERS.chars().nth(byte.into()),
        };
        text.push(letter.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    text
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// Big-endian.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks();
    let units = pairs.iter().map(|pair| u16::from_be_bytes(*pair));
    let letters = char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER));
    rest.is_empty().then(|| letters.collect())
}

fn bytes(hexadecimal: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut digits = hexadecimal.trim().chars().map(|digit| digit.to_digit(16));
    while let Some(high) = digits.next() {
        bytes.push(u8::try_from(high? * 16 + digits.next()??).ok()?);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_coding_is_read_as_it_was_written() {
        for (coding, bytes, expected) in [
            ("8", "0041004c0054004f", "ALTO"),
            ("8", "004c006c006500670061007200e9", "Llegaré"),
            ("8", "D83DDE42", "🙂"),
            ("8", "d83d", "\u{fffd}"),
            ("3", "4c6c65676172e9", "Llegaré"),
            ("0", "4c6c6567617205", "Llegaré"),
            ("", "00024060", "@$¡¿"),
            ("0", "1b651b141b7f", "€^\u{fffd}"),
            ("0", "53ed", "Sí"),
            ("0", "53c3ad", "Sí"),
            ("0", "", ""),
        ] {
            assert_eq!(text(coding, bytes).as_deref(), Some(expected), "{coding} {bytes}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_none() {
        for (coding, bytes) in [("8", "0041ff"), ("8", "004"), ("3", "+f"), ("0", "hola"), ("4", "41"), ("x", "41")] {
            assert_eq!(text(coding, bytes), None, "{coding} {bytes}");
        }
    }

    #[test]
    fn the_alphabet_is_whole() {
        assert_eq!(LETTERS.chars().count(), 128);
        for (letter, place) in [('_', 0x11), ('Ñ', 0x5d), ('à', 0x7f), ('A', 0x41), ('z', 0x7a), ('É', 0x1f)] {
            assert_eq!(LETTERS.chars().position(|known| known == letter), Some(place), "{letter}");
        }
    }
}
