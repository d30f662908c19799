//! Reading a file as a table of texts: which sign separates its cells is told by its header.
//!
//! Never understands a cell. A file that is no table of UTF-8 text is refused whole.

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
    /// It holds NUL bytes: no text, or text as UTF-16.
    NotText,
    /// It is text, but not UTF-8.
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
    if file.starts_with(b"PK\x03\x04") || file.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(Refused::Workbook);
    }
    if file.contains(&0) {
        return Err(Refused::NotText);
    }
    let text = std::str::from_utf8(file.strip_prefix(MARK).unwrap_or(file)).map_err(|_| Refused::NotUtf8)?;
    let (separator, skipped, text) = separator(text);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut lines = reader.records().map_while(Result::ok).filter_map(|record| {
        let number = record.position().map_or(0, csv::Position::line) + skipped;
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
            (b"\xFF\xFEa\x00,\x00b\x00", Refused::NotText),
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
