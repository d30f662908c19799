//! One file that was handed in: how far it has come, what would be registered, and what is wrong with it.
//!
//! Never changes anything: registering and deleting are forms that are posted.

use maud::{Markup, html};

use super::imports::{path, place};
use super::list::{PageNumber, pager};
use super::moment::{self, Here};
use super::shell::{self, Page as Shell, Reader};
use crate::domain::import::{Fault, Stage, Subject, Tally};
use crate::sheets;
use crate::store::imports::{Import, Listed, StoredRow};
use crate::store::staff::roster::Entry;
use crate::text::Texts;
use crate::web::layout::Title;

/// The longest text of a cell that a page shows, in characters.
const LONGEST_SHOWN: usize = 60;

/// `GET /imports/{id}`.
pub struct Page<'a> {
    /// Who reads it.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// The file.
    pub listed: &'a Listed,
    /// The rows shown.
    pub rows: &'a [Row<'a>],
    /// Which they are.
    pub show: Show,
    /// Which page of them.
    pub number: PageNumber,
    /// Whether there are more.
    pub has_more: bool,
    /// Staff who have no password yet.
    pub uninvited: &'a [Entry],
}

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

/// How many of how many rows the work that runs has done.
#[must_use]
pub fn progress(stage: Stage, tally: Tally) -> (u64, u64) {
    match stage {
        Stage::Receiving | Stage::Checking | Stage::Checked => (tally.checked, tally.total),
        Stage::Registering | Stage::Done | Stage::Stopped => (tally.registered, tally.fresh()),
    }
}

/// How far a file has come, in a sentence.
#[must_use]
pub fn state(texts: Texts, stage: Stage, tally: Tally) -> String {
    let (done, all) = progress(stage, tally);
    let counts = [
        ("done", done.to_string().into()),
        ("all", all.to_string().into()),
        ("fresh", tally.fresh().to_string().into()),
        ("known", tally.known.to_string().into()),
        ("faulty", tally.faulty.to_string().into()),
    ];
    texts.with(&format!("import-stage-{stage}"), &counts)
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

/// The whole page.
#[must_use]
pub fn page(page: &Page<'_>) -> Markup {
    let texts = page.reader.texts;
    let import = &page.listed.import;
    let title = texts.get(&format!("import-title-{}", import.subject));
    let mut around = Shell::new(Title::Plain(title.clone()));
    around.place = Some(place(import.subject));
    around.stylesheets = &["import.css"];
    if import.stage.is_running() {
        around.scripts = &["staff/import.js"];
        around.head = html! { noscript { meta http-equiv="refresh" content="3"; } };
    }
    let handed_in = texts.with(
        "import-handed-in-by",
        &[
            ("name", page.listed.by.to_string().into()),
            ("date", moment::date(texts, page.here.date(import.created_at)).into()),
            ("time", page.here.clock(import.created_at).into()),
        ],
    );
    let main = html! {
        main #main.wide.import tabindex="-1" {
            div.page-head {
                div { h1 { (title) } p.soft { (handed_in) } }
                p { a href=(path(import.subject)) { (texts.get("import-all")) } }
            }
            (ignored(texts, import))
            @if import.stage.is_running() { (running(page)) } @else { (outcome(page)) }
            @if !import.stage.is_running() && import.tally.faulty + import.tally.known > 0 { (sorted(page)) }
            @if !page.uninvited.is_empty() { (invitations(texts, page.uninvited)) }
        }
    };
    shell::page(page.reader, around, main)
}

fn ignored(texts: Texts, import: &Import) -> Markup {
    let ignored = sheets::heading(import.subject, &import.header, texts.language()).ignored;
    html! {
        @if !ignored.is_empty() {
            p.message.warn { (texts.with("import-ignored", &[("columns", ignored.join(", ").into())])) }
        }
    }
}

fn running(page: &Page<'_>) -> Markup {
    let texts = page.reader.texts;
    let import = &page.listed.import;
    let (done, all) = progress(import.stage, import.tally);
    html! {
        section.card.stack #import-running data-stage=(import.stage) {
            p #import-state { (state(texts, import.stage, import.tally)) }
            progress #import-progress value=(done) max=(all.max(1)) aria-labelledby="import-state" {}
            p.soft { (texts.get("import-may-leave")) }
            form method="post" action={ "/imports/" (import.id) "/removal" } {
                (token(page))
                button.button type="submit" { (texts.get(if import.stage == Stage::Registering { "import-stop" } else { "import-discard" })) }
            }
        }
    }
}

fn outcome(page: &Page<'_>) -> Markup {
    let texts = page.reader.texts;
    let import = &page.listed.import;
    let tally = import.tally;
    let is_over = import.stage != Stage::Checked;
    let kind = match import.stage {
        Stage::Done => "message good",
        Stage::Stopped => "message warn",
        _ => "message",
    };
    let figure = |key: &str, count: u64| html! { div { dt { (texts.get(key)) } dd { (count) } } };
    html! {
        p class=(kind) { (state(texts, import.stage, tally)) }
        dl.import-figures {
            (figure("import-figure-rows", tally.total))
            (figure(if is_over { "import-figure-registered" } else { "import-figure-fresh" }, if is_over { tally.registered } else { tally.fresh() }))
            (figure("import-figure-known", tally.known))
            (figure("import-figure-faulty", tally.faulty))
        }
        @if !is_over { (decide(page)) } @else if !page.rows.is_empty() { div.import-acts { (discard(page)) } }
    }
}

/// Registering asks once; deleting the file needs no question, since it can be handed in again.
fn decide(page: &Page<'_>) -> Markup {
    let texts = page.reader.texts;
    let import = &page.listed.import;
    let fresh = import.tally.fresh();
    let count = [("count", fresh.to_string().into())];
    html! {
        div.import-acts {
            @if fresh > 0 {
                details.import-ask {
                    summary.button.primary { (texts.with(&format!("import-register-{}", import.subject), &count)) }
                    form.card.stack method="post" action={ "/imports/" (import.id) "/registration" } {
                        (token(page))
                        p { (texts.with(&format!("import-sure-{}", import.subject), &count)) }
                        button.button.primary type="submit" { (texts.get("import-register-now")) }
                    }
                }
            }
            (discard(page))
        }
    }
}

fn discard(page: &Page<'_>) -> Markup {
    html! {
        form method="post" action={ "/imports/" (page.listed.import.id) "/removal" } {
            (token(page))
            button.button type="submit" { (page.reader.texts.get("import-discard")) }
        }
    }
}

fn sorted(page: &Page<'_>) -> Markup {
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
            (pager(texts, &shown, page.number, page.has_more))
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

fn invitations(texts: Texts, people: &[Entry]) -> Markup {
    html! {
        section.stack aria-labelledby="import-invite" {
            h2 #import-invite { (texts.get("import-invite")) }
            p { (texts.get("import-invite-how")) }
            ul.import-list {
                @for Entry { member, .. } in people {
                    li {
                        a href={ "/staff/" (member.id) } { (member.name) }
                        span { (texts.get(shell::role_key(member.role))) }
                    }
                }
            }
        }
    }
}

fn sentence(texts: Texts, fault: &Fault) -> String {
    let line = fault.line.map(|line| line.to_string()).unwrap_or_default();
    texts.with(&format!("import-why-{}", fault.why), &[("line", line.into())])
}

fn token(page: &Page<'_>) -> Markup {
    html! { input type="hidden" name="form_token" value=(page.reader.form_token); }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::import::Why;
    use crate::domain::person::Language;

    #[test]
    fn every_problem_and_stage_has_its_sentence_in_every_language() {
        for texts in Language::ALL.iter().map(|language| Texts::of(*language)) {
            for why in Why::ALL {
                let sentence = sentence(texts, &Fault { place: None, why: *why, line: Some(7) });
                assert!(sentence.ends_with('.') && !sentence.starts_with("import-"), "{sentence}");
                assert!(sentence.split_whitespace().count() <= 16, "{sentence}");
            }
            for stage in Stage::ALL {
                assert!(!state(texts, *stage, Tally::default()).starts_with("import-"), "{stage}");
            }
            for subject in Subject::ALL {
                for key in ["title", "export", "register", "sure"] {
                    let key = format!("import-{key}-{subject}");
                    assert_ne!(texts.template(&key), key);
                }
            }
        }
    }

    #[test]
    fn what_is_counted_depends_on_what_is_done() {
        let tally = Tally { total: 10, checked: 10, known: 1, faulty: 2, registered: 3 };
        assert_eq!(progress(Stage::Checking, tally), (10, 10));
        assert_eq!(progress(Stage::Registering, tally), (3, 7));
        assert_eq!(Show::read(None, tally), Show::Faulty);
        assert_eq!(Show::read(None, Tally { faulty: 0, ..tally }), Show::Known);
        assert_eq!(Show::read(Some("known"), tally), Show::Known);
    }
}
