//! Writing a table so that spreadsheets open it and no cell runs as a formula.
//!
//! Never decides what a table holds.

/// Files in hand are read by spreadsheets as UTF-8 only with this in front.
pub(super) const MARK: &[u8] = b"\xEF\xBB\xBF";

/// A file under construction: one header, then rows of as many cells.
pub struct Sheet(csv::Writer<Vec<u8>>);

impl Sheet {
    /// A file with this header.
    #[must_use]
    pub fn with_header<'a>(header: impl IntoIterator<Item = &'a str>) -> Self {
        let mut sheet = Self(writer(MARK.to_vec()));
        sheet.push(header);
        sheet
    }

    /// The next part of a file whose header was written before.
    #[must_use]
    pub fn continued() -> Self {
        Self(writer(Vec::new()))
    }

    /// Adds a row.
    pub fn push<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        // Writing into memory does not fail.
        self.0.write_record(cells.into_iter().map(harmless)).unwrap_or_default();
    }

    /// The bytes of the file, or of this part of it.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_inner().unwrap_or_default()
    }
}

fn writer(start: Vec<u8>) -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().flexible(true).from_writer(start)
}

/// A cell that a spreadsheet would run is shown as text: an apostrophe comes first (OWASP, CSV injection). One that begins
/// so already gets one more, so that [`original`] gives back what was there.
fn harmless(cell: &str) -> String {
    let is_phone = cell.strip_prefix('+').is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    if !is_phone && would_run(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell that [`harmless`] wrote.
pub(super) fn original(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if would_run(rest) => rest,
        _ => cell,
    }
}

fn would_run(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[&str]) -> String {
        let mut sheet = Sheet::with_header(["a", "b"]);
        sheet.push(cells.iter().copied());
        String::from_utf8(sheet.into_bytes()).unwrap()
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(written(&["Soto, Inés", "say \"hi\""]), "\u{feff}a,b\n\"Soto, Inés\",\"say \"\"hi\"\"\"\n");
    }

    #[test]
    fn no_cell_runs_as_a_formula() {
        for cell in ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1"] {
            assert!(written(&[cell, ""]).contains(&format!("'{cell}")), "{cell}");
        }
        assert!(written(&["+525512345678", ""]).contains("\n+525512345678,"));
    }

    #[test]
    fn what_was_made_harmless_comes_back() {
        for cell in ["=1", "'=1", "''=1", "'", "'tis", "-", "+52", "+5 2", "", "O'Neil", "''"] {
            assert_eq!(original(&harmless(cell)), cell, "{cell}");
        }
    }

    #[test]
    fn a_file_goes_on_where_its_last_part_ended() {
        let mut more = Sheet::continued();
        more.push(["1", "2"]);
        assert_eq!(more.into_bytes(), b"1,2\n");
    }
}
