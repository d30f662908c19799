//! Tables as files (CSV, RFC 4180) that spreadsheets open: written so that no cell runs as a formula.
//!
//! Never decides what a table holds.

/// Files in hand are read by spreadsheets as UTF-8 only with this in front.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// A file under construction: one header, then rows of as many cells.
pub struct Sheet(csv::Writer<Vec<u8>>);

impl Sheet {
    /// A file with this header.
    #[must_use]
    pub fn with_header<'a>(header: impl IntoIterator<Item = &'a str>) -> Self {
        let mut sheet = Self(csv::WriterBuilder::new().flexible(true).from_writer(MARK.to_vec()));
        sheet.push(header);
        sheet
    }

    /// Adds a row.
    pub fn push<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        // Writing into memory does not fail.
        self.0.write_record(cells.into_iter().map(harmless)).unwrap_or_default();
    }

    /// The bytes of the file.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_inner().unwrap_or_default()
    }
}

/// A cell that a spreadsheet would run is shown as text: an apostrophe comes first (OWASP, CSV injection).
fn harmless(cell: &str) -> String {
    let is_phone = cell.strip_prefix('+').is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    if !is_phone && cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
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
}
