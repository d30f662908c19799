//! Reading a file as a table of texts: which sign separates its cells is told by its header.
//!
//! Never understands a cell. A file that is no table of text is refused whole, by what it holds and never by its name. Text is
//! UTF-8, or what spreadsheets call Unicode text: UTF-16 with its mark.

use std::borrow::Cow;

use super::write::{MARK, original};

/// The most rows a file may have, header apart.
pub const MOST_ROWS: usize = 50_000;

/// The longest cell that is kept whole, in characters; nothing a row may hold is longer.
const LONGEST_CELL: usize = 300;

/// Why a file is not read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is nothing in it.
    Empty,
    /// It is a workbook (`.xlsx`, `.ods`, `.xls`).
    Workbook,
    /// It is a picture.
    Picture,
    /// It is a PDF.
    Pdf,
    /// It is a page of the web, or a spreadsheet that calls itself one.
    WebPage,
    /// It is no text at all.
    NotText,
    /// It is text, but neither UTF-8 nor UTF-16.
    NotUtf8,
    /// There is nothing below the header.
    NoRows,
    /// It has more than [`MOST_ROWS`].
    TooManyRows,
}

/// A file as texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What the columns are called.
    pub header: Vec<String>,
    /// The rows that are not empty.
    pub rows: Vec<Line>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line of the file it begins on, from 1 on.
    pub number: u64,
    /// Its cells; as many as the row has.
    pub cells: Vec<String>,
}

/// Reads a whole file.
///
/// # Errors
/// [`Refused`].
pub fn read(file: &[u8]) -> Result<Table, Refused> {
    let text = text(file)?;
    let (separator, skipped, text) = separator(&text);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut lines = reader.records().map_while(Result::ok).filter_map(|record| {
        let number = record.position().map_or(0, |position| line_of(text, position)) + skipped;
        let cells: Vec<String> = record.iter().map(cell).collect();
        cells.iter().any(|cell| !cell.is_empty()).then_some(Line { number, cells })
    });
    let header = lines.next().ok_or(Refused::Empty)?.cells;
    let mut rows = Vec::new();
    for line in lines {
        if rows.len() == MOST_ROWS {
            return Err(Refused::TooManyRows);
        }
        rows.push(line);
    }
    if rows.is_empty() { Err(Refused::NoRows) } else { Ok(Table { header, rows }) }
}

/// The line a row begins on. A reader takes the position before it has passed what ended the line above: the second half of
/// a spreadsheet's line end, and empty lines.
fn line_of(text: &str, at: &csv::Position) -> u64 {
    let begins = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(begins..).unwrap_or_default();
    let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n');
    at.line() + u64::try_from(ends.count()).unwrap_or(u64::MAX)
}

/// How other files begin, and what they are.
const OTHERS: [(&[u8], Refused); 10] = [
    (b"PK\x03\x04", Refused::Workbook),
    (b"\xD0\xCF\x11\xE0", Refused::Workbook),
    (b"\x89PNG", Refused::Picture),
    (b"\xFF\xD8\xFF", Refused::Picture),
    (b"GIF8", Refused::Picture),
    (b"RIFF", Refused::Picture),
    (b"II*\0", Refused::Picture),
    (b"MM\0*", Refused::Picture),
    (b"%PDF", Refused::Pdf),
    (b"{\\rtf", Refused::NotText),
];

/// The text of a file that is text.
fn text(file: &[u8]) -> Result<Cow<'_, str>, Refused> {
    if let Some((_, what)) = OTHERS.iter().find(|(beginning, _)| file.starts_with(beginning)) {
        return Err(*what);
    }
    // Photographs of phones (HEIC, AVIF) begin with a length.
    if file.get(4..8) == Some(b"ftyp") {
        return Err(Refused::Picture);
    }
    let text: Cow<'_, str> = match file {
        [0xFF, 0xFE, units @ ..] => utf16(units, u16::from_le_bytes)?.into(),
        [0xFE, 0xFF, units @ ..] => utf16(units, u16::from_be_bytes)?.into(),
        _ => utf8(file)?.into(),
    };
    let is_page = |text: &str| {
        let beginning: String = text.trim_start().chars().take(14).collect::<String>().to_ascii_lowercase();
        ["<!doctype html", "<html", "<?xml", "<table"].iter().any(|known| beginning.starts_with(known))
    };
    if is_page(&text) { Err(Refused::WebPage) } else { Ok(text) }
}

/// What is not UTF-8 is text of another kind only if no byte of it is a sign that no text has.
fn utf8(file: &[u8]) -> Result<&str, Refused> {
    if file.iter().any(|byte| is_no_letter(char::from(*byte))) {
        return Err(Refused::NotText);
    }
    std::str::from_utf8(file.strip_prefix(MARK).unwrap_or(file)).map_err(|_| Refused::NotUtf8)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Refused> {
    let (units, rest) = bytes.as_chunks::<2>();
    let text: Result<String, _> = char::decode_utf16(units.iter().map(|pair| unit(*pair))).collect();
    match text {
        Ok(text) if rest.is_empty() && !text.chars().any(is_no_letter) => Ok(text),
        _ => Err(Refused::NotText),
    }
}

/// Old programs end a file with the sign 1A.
fn is_no_letter(sign: char) -> bool {
    sign.is_ascii_control() && !['\t', '\n', '\r', '\u{b}', '\u{c}', '\u{1a}', '\u{7f}'].contains(&sign)
}

/// The sign between cells, and the text from the header on; spreadsheets may name the sign in a line of its own.
fn separator(text: &str) -> (u8, u64, &str) {
    let text = text.trim_start_matches(['\r', '\n']);
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(&[sign]) = first.trim_end().to_ascii_lowercase().strip_prefix("sep=").map(str::as_bytes) {
        return (sign, 1, rest);
    }
    let mut is_quoted = false;
    let mut counts = [(b',', 0_u32), (b';', 0), (b'\t', 0)];
    for byte in text.bytes().take_while({
        let mut is_inside = false;
        move |byte| {
            is_inside ^= *byte == b'"';
            is_inside || *byte != b'\n'
        }
    }) {
        is_quoted ^= byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(sign, _)| *sign == byte && !is_quoted) {
            *count += 1;
        }
    }
    // Of equals the first: a header of one column is taken to be separated by commas.
    let (sign, _) = counts.into_iter().rev().max_by_key(|(_, count)| *count).unwrap_or((b',', 0));
    (sign, 0, text)
}

fn cell(text: &str) -> String {
    let text = original(text.trim_matches([' ', '\u{a0}']));
    match text.char_indices().nth(LONGEST_CELL) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::Sheet;

    fn rows(file: &str) -> Vec<(u64, Vec<String>)> {
        read(file.as_bytes()).unwrap().rows.into_iter().map(|line| (line.number, line.cells)).collect()
    }

    fn row(number: u64, cells: &[&str]) -> (u64, Vec<String>) {
        (number, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn the_header_tells_what_separates_cells() {
        for file in [
            "a,b\n1,2",
            "a;b\r\n1;2\r\n",
            "a\tb\n1\t2\n",
            "\u{feff}a,b\n1,2\n",
            "\"a;x\",b\n1,2\n",
            "sep=;\r\na;b\r\n1;2",
        ] {
            let table = read(file.as_bytes()).unwrap();
            assert_eq!(table.header.last().unwrap(), "b", "{file}");
            assert_eq!(table.rows[0].cells, ["1", "2"], "{file}");
        }
        assert_eq!(read("sep=;\na;b\n1;2".as_bytes()).unwrap().rows[0].number, 3);
        assert_eq!(read("a\n1".as_bytes()).unwrap().header, ["a"]);
    }

    #[test]
    fn lines_are_counted_as_a_spreadsheet_counts_them() {
        for end in ["\n", "\r\n"] {
            let file = ["a,b", "1,2", "", "3,4", "\"two", "lines\",5", "6,7"].join(end);
            let numbers: Vec<_> = rows(&file).into_iter().map(|(number, _)| number).collect();
            assert_eq!(numbers, [2, 4, 5, 7], "{end:?}");
        }
    }

    #[test]
    fn quotes_hold_separators_quotes_and_line_breaks() {
        let file = "a,b\n\"Soto, Inés\",\"say \"\"hi\"\"\"\n\"two\r\nlines\",\"\"\nx,y\n";
        assert_eq!(
            rows(file),
            [row(2, &["Soto, Inés", "say \"hi\""]), row(3, &["two\r\nlines", ""]), row(5, &["x", "y"])]
        );
        // A quote that is never closed takes the rest of the file: one row, for which the next reader finds a problem.
        assert_eq!(rows("a,b\n1,\"2\n3,4\n").len(), 1);
    }

    #[test]
    fn empty_rows_are_nobody_and_short_ones_stay_short() {
        assert_eq!(rows("a,b\n\n,\n1\n , \n1,2,3\n"), [row(4, &["1"]), row(6, &["1", "2", "3"])]);
    }

    #[test]
    fn what_is_no_table_of_text_is_refused() {
        let many = format!("a\n{}", "1\n".repeat(MOST_ROWS + 1));
        for (file, why) in [
            (&b""[..], Refused::Empty),
            (b"\xEF\xBB\xBF\r\n\n", Refused::Empty),
            (b"PK\x03\x04\x14\x00\x06\x00", Refused::Workbook),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Refused::Workbook),
            (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", Refused::Picture),
            (b"\xFF\xD8\xFF\xE0\0\x10JFIF", Refused::Picture),
            (b"RIFF\x24\0\0\0WEBPVP8 ", Refused::Picture),
            (b"\0\0\0\x18ftypheic", Refused::Picture),
            (b"%PDF-1.7\n%\xE2\xE3", Refused::Pdf),
            (b"\n <!DOCTYPE html><html>", Refused::WebPage),
            (b"<?xml version=\"1.0\"?><Workbook/>", Refused::WebPage),
            (b"{\\rtf1\\ansi nombre,nacimiento}", Refused::NotText),
            (b"\x1F\x8B\x08\0\xE9", Refused::NotText),
            (b"\xFF\xFEa\x00,\x00b", Refused::NotText),
            (b"\xFF\xFEa\x00\x00\xD8\n\x00", Refused::NotText),
            (b"a,b\n1,\x00", Refused::NotText),
            (b"nombre,b\nIn\xE9s,2", Refused::NotUtf8),
            (b"a,b\n", Refused::NoRows),
            (b"a,b\n,\n", Refused::NoRows),
            (many.as_bytes(), Refused::TooManyRows),
        ] {
            assert_eq!(read(file), Err(why));
        }
        assert_eq!(read(format!("a\n{}", "1\n".repeat(MOST_ROWS)).as_bytes()).unwrap().rows.len(), MOST_ROWS);
    }

    #[test]
    fn unicode_text_of_a_spreadsheet_is_read() {
        let written = "nombre\tnacimiento\r\nInés 🙂\t1950-02-11\r\n";
        let little: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain(written.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let big: Vec<u8> = [0xFE, 0xFF].into_iter().chain(written.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        for file in [little, big] {
            let table = read(&file).unwrap();
            assert_eq!(table.header, ["nombre", "nacimiento"]);
            assert_eq!(table.rows[0].cells, ["Inés 🙂", "1950-02-11"]);
        }
    }

    #[test]
    fn what_was_written_is_read_back() {
        let cells = ["=cmd|' /C calc'!A0", "'=1", "-", "+525512345678", "Soto; \"Inés\"", "O'Neil"];
        let mut sheet = Sheet::with_header(["a", "b", "c", "d", "e", "f"]);
        sheet.push(cells);
        assert_eq!(read(&sheet.into_bytes()).unwrap().rows[0].cells, cells);
    }

    #[test]
    fn an_endless_cell_is_cut() {
        let file = format!("a\n{}", "ñ".repeat(LONGEST_CELL + 9));
        assert_eq!(rows(&file)[0].1[0].chars().count(), LONGEST_CELL);
    }
}
