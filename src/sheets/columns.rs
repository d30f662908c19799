//! Which column of a file holds what, by its header.
//!
//! Never reads a row. The columns we add ourselves (line, problem) are known and skipped, so that a list of problems can be
//! corrected and handed in again.

use super::vocabulary::{Called, meaning, written};
use super::{patients, staff};
use crate::domain::import::Subject;
use crate::domain::person::Language;

/// What a header says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// Whether any column is known; otherwise the first line is no header.
    pub is_known: bool,
    /// Columns that must be there and are not, as they are written.
    pub missing: Vec<String>,
    /// Columns that are there twice, as they are written.
    pub doubled: Vec<String>,
    /// Columns that are not understood, and ignored.
    pub ignored: Vec<String>,
}

/// A column of one kind of file.
pub(super) trait Column: Copy + PartialEq + 'static {
    /// Those that a file must have.
    const REQUIRED: &'static [Self];

    /// The column of this heading.
    fn called(heading: &str) -> Option<Self>;

    /// Its heading.
    fn written(self, language: Language) -> String;
}

/// What each column of a file is, in order; nothing where it is ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns<C>(pub(super) Vec<Option<C>>);

#[derive(Clone, Copy, PartialEq)]
enum Remark {
    Line,
    Problem,
}

const REMARKS: &[Called<Remark>] = &[
    Called { meaning: Remark::Line, written: ["línea", "line", "linha"], understood: &[] },
    Called { meaning: Remark::Problem, written: ["problema", "problem", "problema"], understood: &[] },
];

/// What the header of a file says, in words of `language`.
#[must_use]
pub fn heading(subject: Subject, header: &[String], language: Language) -> Heading {
    match subject {
        Subject::Patients => said::<patients::Column>(header, language),
        Subject::Staff => said::<staff::Column>(header, language),
    }
}

/// The columns of a list of problems: line and problem, then those of the file.
#[must_use]
pub fn header_of_problems(header: &[String], language: Language) -> Vec<String> {
    let remarks = [Remark::Line, Remark::Problem].map(|remark| written(REMARKS, remark, language).to_owned());
    let own = header.iter().filter(|heading| !is_remark(heading)).cloned();
    remarks.into_iter().chain(own).collect()
}

/// The cells of a row under [`header_of_problems`]: where it stood, what is wrong with it, and what the file said.
#[must_use]
pub fn cells_of_problem(header: &[String], line: u64, problem: String, cells: &[String]) -> Vec<String> {
    let headings = header.iter().map(String::as_str).chain(std::iter::repeat(""));
    let own = cells.iter().zip(headings).filter(|(_, heading)| !is_remark(heading)).map(|(cell, _)| cell.clone());
    [line.to_string(), problem].into_iter().chain(own).collect()
}

/// Whether a column is one that a list of problems has in front.
fn is_remark(heading: &str) -> bool {
    meaning(REMARKS, heading).is_some()
}

impl<C: Column> Columns<C> {
    pub(super) fn of(header: &[String]) -> Self {
        Self(header.iter().map(|heading| C::called(heading)).collect())
    }

    /// The place of a column.
    pub(super) fn place(&self, column: C) -> Option<usize> {
        self.0.iter().position(|known| *known == Some(column))
    }
}

fn said<C: Column>(header: &[String], language: Language) -> Heading {
    let columns = Columns::<C>::of(header);
    let known: Vec<C> = columns.0.iter().copied().flatten().collect();
    let is_doubled = |column: &&C| known.iter().filter(|other| other == column).count() > 1;
    let mut doubled: Vec<String> = known.iter().filter(is_doubled).map(|column| column.written(language)).collect();
    doubled.dedup();
    let is_ignored = |heading: &&String| C::called(heading).is_none() && !is_remark(heading) && !heading.is_empty();
    Heading {
        is_known: !known.is_empty(),
        missing: C::REQUIRED
            .iter()
            .filter(|column| !known.contains(column))
            .map(|column| column.written(language))
            .collect(),
        doubled,
        ignored: header.iter().filter(is_ignored).cloned().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said_of(subject: Subject, header: &str) -> Heading {
        let header: Vec<String> = header.split(',').map(str::to_owned).collect();
        heading(subject, &header, Language::English)
    }

    #[test]
    fn headings_are_understood_in_three_languages() {
        for header in [
            "Nombre,Fecha de nacimiento,Expediente,Teléfono,Correo,Idioma,Estado,Sala,Cama,Fecha de alta,Familiar 1 nombre,Familiar 1 parentesco,FAMILIAR_1_TELEFONO,Familiar 1 idioma,Familiar 1 informe,Familiar 1 visita",
            "name,date of birth,record number,phone,email,language,status,ward,bed,discharged on,relative 1 name,relative 1 relation,relative 1 phone,relative 1 language,relative 1 report,relative 1 visit",
            "Nome,Data de nascimento,Prontuário,Telefone,E-mail,Idioma,Situação,Ala,Leito,Data da alta,Familiar 1 nome,Familiar 1 parentesco,Familiar 1 telefone,Familiar 1 idioma,Familiar 1 boletim,Familiar 1 visita",
        ] {
            let said = said_of(Subject::Patients, header);
            assert_eq!(said, Heading { is_known: true, ..Heading::default() }, "{header}");
        }
        for header in [
            "nombre,correo,función,sala,servicios,idioma",
            "name,email,role,ward,services,language",
            "nome,e-mail,função,ala,serviços,idioma",
        ] {
            assert_eq!(said_of(Subject::Staff, header), Heading { is_known: true, ..Heading::default() }, "{header}");
        }
    }

    #[test]
    fn what_is_written_is_understood() {
        for language in Language::ALL {
            for subject in Subject::ALL {
                let header = match subject {
                    Subject::Patients => patients::header(3, *language),
                    Subject::Staff => staff::header(*language),
                };
                let said = heading(*subject, &header, *language);
                assert_eq!(said, Heading { is_known: true, ..Heading::default() }, "{header:?}");
            }
        }
    }

    #[test]
    fn missing_doubled_and_unknown_columns_are_named() {
        let said = said_of(Subject::Patients, "nombre,nome,color,line,Problema,");
        assert_eq!(said.missing, ["date of birth"]);
        assert_eq!(said.doubled, ["name"]);
        assert_eq!(said.ignored, ["color"]);
        assert!(!said_of(Subject::Patients, "1,2,3").is_known);
    }

    #[test]
    fn a_list_of_problems_that_comes_back_gets_its_remarks_once() {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let header = texts(&["línea", "problema", "nombre"]);
        assert_eq!(header_of_problems(&header, Language::English), ["line", "problem", "nombre"]);
        let cells = cells_of_problem(&header, 7, "Write a name.".to_owned(), &texts(&["3", "old", "Ana", "extra"]));
        assert_eq!(cells, ["7", "Write a name.", "Ana", "extra"]);
    }
}
