//! The rows of a file that are set apart: what is wrong with each, or who was registered before.
//!
//! Never shows a long cell whole.

use maud::{Markup, html};

use super::Page;
use crate::domain::import::{Fault, Stage, Subject, Tally};
use crate::sheets;
use crate::store::imports::{Import, StoredRow};
use crate::text::Texts;
use crate::web::staff::views::list::pager;

/// The longest text of a cell that a page shows, in characters.
const LONGEST_SHOWN: usize = 60;

/// Which rows are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// Those with problems.
    Faulty,
    /// Those of people who were registered before.
    Known,
}

/// A row with the headings of its file.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    import: &'a Import,
    row: &'a StoredRow,
}

impl Show {
    /// Reads `?show=`; without it, problems come first.
    #[must_use]
    pub fn read(text: Option<&str>, tally: Tally) -> Self {
        match text {
            Some("known") => Self::Known,
            Some("problems") => Self::Faulty,
            _ if tally.faulty == 0 && tally.known > 0 => Self::Known,
            _ => Self::Faulty,
        }
    }
}

impl<'a> Row<'a> {
    /// A row of a file.
    #[must_use]
    pub const fn of(import: &'a Import, row: &'a StoredRow) -> Self {
        Self { import, row }
    }

    /// Who it is about, where the file says so.
    fn name(self) -> Option<String> {
        let header = &self.import.header;
        let place = match self.import.subject {
            Subject::Patients => sheets::patients::Reader::of(header).place_of_name(),
            Subject::Staff => sheets::staff::Reader::of(header).place_of_name(),
        };
        self.row.cells.get(place?).filter(|name| !name.trim().is_empty()).cloned()
    }

    /// The heading and the text of the cell that a fault is about.
    fn cell(self, fault: &Fault) -> (&'a str, String) {
        let at = |cells: &'a [String]| fault.place.and_then(|place| cells.get(place)).map_or("", String::as_str);
        let text = at(&self.row.cells);
        let mut shown: String = text.chars().take(LONGEST_SHOWN).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        (at(&self.import.header), shown)
    }
}

/// Everything that is wrong with a row, for a cell of a file.
#[must_use]
pub fn problems(texts: Texts, row: &Row<'_>) -> String {
    let said = row.row.faults.iter().map(|fault| {
        let (heading, _) = row.cell(fault);
        let sentence = sentence(texts, fault);
        if heading.is_empty() { sentence } else { format!("{heading}: {sentence}") }
    });
    said.collect::<Vec<_>>().join(" ")
}

/// The rows that are set apart, those with problems or those of people who were registered before.
pub(super) fn sorted(page: &Page<'_>) -> Markup {
    let texts = page.reader.texts;
    let import = &page.listed.import;
    let address = format!("/imports/{}", import.id);
    let showing = |show: Show| (page.show == show).then_some("true");
    let shown =
        if page.show == Show::Known { format!("{address}?show=known") } else { format!("{address}?show=problems") };
    html! {
        section.stack aria-labelledby="import-rows" {
            h2 #import-rows { (texts.get("import-rows")) }
            nav.filters aria-label=(texts.get("import-rows")) {
                a href={ (address) "?show=problems" } aria-current=[showing(Show::Faulty)] { (texts.get("import-figure-faulty")) " " span.count { (import.tally.faulty) } }
                a href={ (address) "?show=known" } aria-current=[showing(Show::Known)] { (texts.get("import-figure-known")) " " span.count { (import.tally.known) } }
            }
            @if page.rows.is_empty() {
                p.empty { (texts.get(if import.stage == Stage::Checked { "import-rows-none" } else { "import-rows-gone" })) }
            } @else if page.show == Show::Known {
                (known(texts, page))
            } @else {
                (faulty(texts, page))
            }
            (pager(texts, &shown, page.leaf))
        }
    }
}

fn faulty(texts: Texts, page: &Page<'_>) -> Markup {
    let import = &page.listed.import;
    html! {
        p { (texts.get("import-correct")) }
        p.import-acts {
            a.button href={ "/imports/" (import.id) "/problems.csv" } download { (texts.get("import-problems-file")) }
            @if import.stage != Stage::Checked { span.soft { (texts.get("import-kept")) } }
        }
        div.table-frame tabindex="0" role="region" aria-label=(texts.get("import-figure-faulty")) {
            table.import-rows {
                thead { tr { @for key in ["import-line", "import-column", "import-value", "import-problem"] { th scope="col" { (texts.get(key)) } } } }
                tbody {
                    @for row in page.rows {
                        @for fault in &row.row.faults {
                            @let (heading, shown) = row.cell(fault);
                            tr {
                                td { (row.row.line) }
                                td { (heading) }
                                td.import-cell { (shown) }
                                td {
                                    (sentence(texts, fault))
                                    @if let Some(id) = &row.row.known_id { " " a href={ "/" (import.subject) "/" (id) } { (texts.get("import-see")) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn known(texts: Texts, page: &Page<'_>) -> Markup {
    let import = &page.listed.import;
    html! {
        p { (texts.get("import-known-how")) }
        ul.import-list {
            @for row in page.rows {
                li {
                    span { (texts.with("import-on-line", &[("line", row.row.line.to_string().into())])) }
                    @if let Some(id) = &row.row.known_id { a href={ "/" (import.subject) "/" (id) } { (row.name().unwrap_or_else(|| texts.get("import-see"))) } }
                }
            }
        }
    }
}

/// What is wrong, and what to do about it.
pub(super) fn sentence(texts: Texts, fault: &Fault) -> String {
    let line = fault.line.map(|line| line.to_string()).unwrap_or_default();
    texts.with(&format!("import-why-{}", fault.why), &[("line", line.into())])
}
