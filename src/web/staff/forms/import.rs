//! A file that is handed in, read at the door: it becomes rows with their marks, or one sentence that says why not.
//!
//! Never judges a row: that takes longer than somebody waits for a page.

use crate::domain::import::{self, Subject, Why};
use crate::domain::person::{Country, Language};
use crate::sheets::{self, Line, MOST_ROWS, Refused, Table, patients, staff};
use crate::store::imports::NewRow;
use crate::text::Texts;
use crate::web::staff::views::form::Fault;

/// The file's field.
pub const FILE: &str = "file";

/// A file as rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedIn {
    /// Its headings.
    pub header: Vec<String>,
    /// Its rows, in order.
    pub rows: Vec<NewRow>,
}

/// Reads a file; `country` is that of numbers without one.
///
/// # Errors
/// Why it cannot be read.
pub fn read(subject: Subject, file: &[u8], language: Language, country: Option<Country>) -> Result<HandedIn, Fault> {
    let texts = Texts::of(language);
    let table = sheets::read(file).map_err(|why| Fault { field: FILE.to_owned(), sentence: refused(texts, why) })?;
    let heading = sheets::heading(subject, &table.header, language);
    let wrong = |key: &str, columns: &[String]| {
        let sentence = texts.with(key, &[("columns", columns.join(", ").into())]);
        Err(Fault { field: FILE.to_owned(), sentence })
    };
    if !heading.is_known {
        return Err(Fault::new(texts, FILE, "import-no-header"));
    }
    if !heading.missing.is_empty() {
        return wrong("import-missing-columns", &heading.missing);
    }
    if !heading.doubled.is_empty() {
        return wrong("import-doubled-columns", &heading.doubled);
    }
    Ok(rows(subject, table, country))
}

fn refused(texts: Texts, why: Refused) -> String {
    let key = match why {
        Refused::Empty => "import-empty",
        Refused::Workbook => "import-workbook",
        Refused::Picture => "import-picture",
        Refused::Pdf => "import-pdf",
        Refused::WebPage => "import-web-page",
        Refused::NotText => "import-not-text",
        Refused::NotUtf8 => "import-not-utf8",
        Refused::NoRows => "import-no-rows",
        Refused::TooManyRows => return texts.with("import-too-many", &[("most", MOST_ROWS.to_string().into())]),
    };
    texts.get(key)
}

fn rows(subject: Subject, table: Table, country: Option<Country>) -> HandedIn {
    let Table { header, rows } = table;
    let mut marked: Box<dyn FnMut(u64, Line) -> NewRow> = match subject {
        Subject::Patients => {
            let reader = patients::Reader::of(&header);
            let (place, mut sharing) = (reader.place_of_phone(), patients::Sharing::default());
            Box::new(move |position, Line { number, cells }| {
                let marks = reader.marks(&cells, country);
                let above = sharing.above(number, &marks);
                let alike = above.map(|line| import::Fault { place, why: Why::PhoneAbove, line: Some(line) });
                let patients::Marks { record, folded, born, .. } = marks;
                let faults = alike.into_iter().collect();
                NewRow { position, line: number, cells, handle: record, folded, born, faults }
            })
        }
        Subject::Staff => {
            let reader = staff::Reader::of(&header);
            Box::new(move |position, Line { number, cells }| {
                let handle = reader.mark(&cells);
                NewRow { position, line: number, cells, handle, folded: None, born: None, faults: Vec::new() }
            })
        }
    };
    let rows = (1..).zip(rows).map(|(position, line)| marked(position, line)).collect();
    HandedIn { header, rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(file: &[u8]) -> String {
        read(Subject::Patients, file, Language::English, None).unwrap_err().sentence
    }

    #[test]
    fn rows_carry_what_they_are_recognised_by() {
        let file = b"nombre;nacimiento;expediente\nAna Cruz;01/02/1950;a-1\n";
        let read = read(Subject::Patients, file, Language::Spanish, None).unwrap();
        let [row] = read.rows.as_slice() else { panic!("{read:?}") };
        assert_eq!((row.position, row.line), (1, 2));
        assert_eq!(row.handle.as_deref(), Some("A-1"));
        assert_eq!((row.folded.as_deref(), row.born.as_deref()), (Some("ana cruz"), Some("1950-02-01")));
    }

    #[test]
    fn a_phone_and_a_similar_name_above_are_told_at_the_phone() {
        let file = "nombre,nacimiento,celular,teléfono compartido\nAna Cruz,1950-02-01,5512345678,\n\
            Eva Cruz,1970-02-01,+52 55 1234 5678,\nLeo Cruz,1980-02-01,5512345678,sí\nIda Paz,1980-02-01,5512345678,\n";
        let read = read(Subject::Patients, file.as_bytes(), Language::Spanish, "mx".parse().ok()).unwrap();
        let above = import::Fault { place: Some(2), why: Why::PhoneAbove, line: Some(2) };
        assert_eq!(
            read.rows.into_iter().map(|row| row.faults).collect::<Vec<_>>(),
            [vec![], vec![above], vec![], vec![]]
        );
    }

    #[test]
    fn every_refusal_is_one_sentence_with_what_to_do() {
        assert!(sentence(b"").contains("empty"));
        assert!(sentence(b"PK\x03\x04").contains("CSV UTF-8"));
        assert!(sentence(b"nombre\nIn\xE9s").contains("CSV UTF-8"));
        for (file, what) in [
            (&b"\x89PNG\r\n\x1A\n"[..], "picture"),
            (b"%PDF-1.7", "PDF"),
            (b"<html><table>", "web page"),
            (b"\0\x01\x02", "no CSV file"),
        ] {
            let said = sentence(file);
            assert!(said.contains(what) && said.contains("CSV"), "{said}");
        }
        assert!(sentence(b"name,born\n").contains("no rows"));
        assert!(sentence(b"1,2,3\n4,5,6\n").contains("first line"));
        assert!(sentence(b"name,color\nAna,red\n").contains("date of birth"));
        assert!(sentence(b"name,nombre,born\nAna,Ana,1950-01-01\n").contains("twice"));
        let many = format!("name,born\n{}", "a,b\n".repeat(MOST_ROWS + 1));
        assert!(sentence(many.as_bytes()).contains("50000"));
    }
}
