//! One file that was handed in: how far it has come, what would be registered, and what is wrong with it.
//!
//! Never changes anything: registering and deleting are forms that are posted.

mod rows;

use maud::{Markup, html};

use self::rows::sorted;
use super::board::live;
use super::compare::ADDRESS;
use super::imports::{path, place};
use super::list::Leaf;
use super::moment::{self, Here};
use super::shell::{self, Page as Shell, Reader};
use crate::domain::import::{Stage, Tally};
use crate::sheets;
use crate::store::imports::{Import, Listed};
use crate::store::staff::roster::Entry;
use crate::text::Texts;
use crate::web::layout::Title;

pub use rows::{Row, Show, problems};

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
    pub leaf: Leaf,
    /// Staff who have no password yet.
    pub uninvited: &'a [Entry],
    /// Whether some of those who were registered may lack an account at Webex.
    pub may_lack_accounts: bool,
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
        around.preloads = &["lib/page.js"];
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
            @if import.stage.is_running() { (live(texts)) (running(page)) } @else { (outcome(page)) }
            @if !import.stage.is_running() && import.tally.faulty + import.tally.known > 0 { (sorted(page)) }
            @if page.may_lack_accounts { (accounts(texts)) }
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

/// Licences are given by a person's choice, never by a file.
fn accounts(texts: Texts) -> Markup {
    html! {
        p.message {
            (texts.get("webex-compare-imported")) " "
            a href=(ADDRESS) { (texts.get("webex-compare-title")) }
        }
    }
}

fn token(page: &Page<'_>) -> Markup {
    html! { input type="hidden" name="form_token" value=(page.reader.form_token); }
}

#[cfg(test)]
mod tests {
    use super::rows::sentence;
    use super::*;
    use crate::domain::import::{Fault, Subject, Why};
    use crate::domain::person::Language;

    #[test]
    fn every_problem_and_stage_has_its_sentence_in_every_language() {
        for texts in Language::ALL.iter().map(|language| Texts::of(*language)) {
            for why in Why::ALL {
                let sentence = sentence(texts, &Fault { place: None, why: *why, line: Some(7) });
                assert!(sentence.ends_with('.') && !sentence.starts_with("import-"), "{sentence}");
                for said in sentence.split(". ") {
                    assert!(said.split_whitespace().count() <= 15, "{said}");
                }
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
