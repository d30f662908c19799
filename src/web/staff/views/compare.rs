//! Both sides compared: how far the comparison has come, and each difference with the choice that ends it.
//!
//! Never offers to end more than one at a time: nothing is made equal without having been looked at.

use maud::{Markup, html};

use super::list::{Leaf, pager};
use super::member::named;
use super::moment::{self, Here};
use super::shell::{self, Page, Place, Reader};
use crate::domain::account::Names;
use crate::domain::account::differences::{Fate, Kind};
use crate::store::webex_people::comparisons::{Comparison, Stage};
use crate::store::webex_people::differences::Kept;
use crate::store::webex_people::licences::Known;
use crate::text::Texts;
use crate::web::layout::Title;

/// Where the page is.
pub const ADDRESS: &str = "/staff/webex";

/// What is to become of a difference.
pub const DO: &str = "do";

/// Both sides are made equal.
pub const EQUAL: &str = "equal";

/// It stays as it is.
pub const LEAVE: &str = "leave";

/// `GET /staff/webex`.
pub struct ComparePage<'a> {
    /// The admin.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// The newest comparison.
    pub comparison: Option<&'a Comparison>,
    /// The differences shown.
    pub rows: &'a [Kept],
    /// How many wait for a decision, on all pages.
    pub undecided: u32,
    /// Names of licences.
    pub known: &'a Known,
    /// Which page that is.
    pub leaf: Leaf,
}

/// How far a comparison has come, in a sentence.
#[must_use]
pub fn state(texts: Texts, comparison: &Comparison) -> String {
    let people = [("people", i64::from(comparison.people).into())];
    match (comparison.stage, comparison.obstacle) {
        (Stage::Reading, Some(obstacle)) => texts.get(&format!("webex-people-{obstacle}")),
        (Stage::Reading, None) => texts.with("webex-compare-reading", &people),
        (Stage::Done, _) => texts.with("webex-compare-done", &people),
    }
}

/// The whole page.
#[must_use]
pub fn page(compare: &ComparePage<'_>) -> Markup {
    let texts = compare.reader.texts;
    let is_reading = compare.comparison.is_some_and(|comparison| comparison.stage == Stage::Reading);
    let mut page = Page::new(Title::Plain(texts.get("webex-compare-title")));
    page.place = Some(Place::Staff);
    page.stylesheets = &["people.css", "webex_people.css"];
    if is_reading {
        page.scripts = &["staff/webex-compare.js"];
        // A browser without scripts follows too.
        page.head = html! { noscript { meta http-equiv="refresh" content="5"; } };
    }
    let main = html! {
        main #main.wide tabindex="-1" {
            p { a href="/staff" { (texts.get("people-back")) } " · " a href="/staff/webex/choices" { (texts.get("webex-choices-title")) } }
            div.page-head {
                div { h1 { (texts.get("webex-compare-title")) } p.soft { (texts.get("webex-compare-how")) } }
                @if !is_reading {
                    form method="post" action=(ADDRESS) {
                        input type="hidden" name="form_token" value=(compare.reader.form_token);
                        button.button.primary type="submit" {
                            (texts.get(if compare.comparison.is_some() { "webex-compare-again" } else { "webex-compare-begin" }))
                        }
                    }
                }
            }
            @if let Some(comparison) = compare.comparison { (so_far(compare, comparison)) }
            @else { p.empty { (texts.get("webex-compare-never")) } }
        }
    };
    shell::page(compare.reader, page, main)
}

fn so_far(compare: &ComparePage<'_>, comparison: &Comparison) -> Markup {
    let texts = compare.reader.texts;
    let asked = [
        ("name", comparison.asked_by.to_string().into()),
        ("time", moment::instant(texts, compare.here, comparison.asked_at).into()),
    ];
    html! {
        section #webex-comparison.card.part data-stage=(comparison.stage) {
            p.soft { (texts.with("webex-compare-asked", &asked)) }
            p #webex-compare-state role="status" { (state(texts, comparison)) }
            @if comparison.stage == Stage::Reading { progress aria-label=(texts.get("webex-compare-title")) {} }
            @else if compare.rows.is_empty() { p { b { (texts.get("webex-compare-equal")) } } }
            @else { p { b { (texts.with("webex-compare-undecided", &[("count", i64::from(compare.undecided).into())])) } } }
        }
        @if !compare.rows.is_empty() {
            ul.differences { @for kept in compare.rows { (row(compare, kept)) } }
        }
        (pager(texts, ADDRESS, compare.leaf))
    }
}

fn row(compare: &ComparePage<'_>, kept: &Kept) -> Markup {
    let texts = compare.reader.texts;
    let difference = &kept.difference;
    let kind = difference.kind;
    let title = kept.name.as_ref().map(ToString::to_string).or_else(|| difference.there.clone());
    let title = title.unwrap_or_else(|| difference.email.clone());
    html! {
        li.card.part.difference id={ "difference-" (kept.id) } data-kind=(kind) data-fate=(kept.fate) {
            div.difference-head {
                h2.part-title {
                    @if let Some(staff) = difference.staff { a href={ "/staff/" (staff) } { (title) } } @else { (title) }
                }
                span.account-state data-state=(kept.fate) { (texts.get(&format!("webex-fate-{}", kept.fate))) }
            }
            p.soft { (difference.email) }
            p { (texts.get(&format!("webex-difference-{kind}"))) }
            (sides(compare, kept))
            @if let (Fate::Failed, Some(obstacle)) = (kept.fate, kept.obstacle) { p { (texts.get(&format!("webex-people-{obstacle}"))) } }
            @if matches!(kept.fate, Fate::Open | Fate::Failed | Fate::Left) { (choice(compare, kept, &title)) }
        }
    }
}

/// What stands on each side.
fn sides(compare: &ComparePage<'_>, kept: &Kept) -> Markup {
    let texts = compare.reader.texts;
    let difference = &kept.difference;
    let licences = |key: &str, ids: &Names| {
        html! { @if !ids.is_empty() { div { dt { (texts.get(key)) } dd { (named(compare.known, ids)) } } } }
    };
    html! {
        dl.facts {
            @if matches!(difference.kind, Kind::Name | Kind::Address) {
                div { dt { (texts.get("webex-difference-here")) } dd { (difference.here.as_deref().unwrap_or("—")) } }
                div { dt { (texts.get("webex-difference-there")) } dd { (difference.there.as_deref().unwrap_or("—")) } }
            }
            (licences("webex-difference-lacks", &difference.missing))
            (licences("webex-difference-besides", &difference.extra))
        }
    }
}

fn choice(compare: &ComparePage<'_>, kept: &Kept, title: &str) -> Markup {
    let texts = compare.reader.texts;
    let whom = html! { span.visually-hidden { ": " (title) } };
    html! {
        form.difference-choice method="post" action={ (ADDRESS) "/differences/" (kept.id) } {
            input type="hidden" name="form_token" value=(compare.reader.form_token);
            input type="hidden" name="page" value=(compare.leaf.page.number());
            button.button type="submit" name=(DO) value=(EQUAL) { (texts.get(&format!("webex-equal-{}", kept.difference.kind))) (whom) }
            @if kept.fate == Fate::Open {
                button.button.quiet type="submit" name=(DO) value=(LEAVE) { (texts.get("webex-leave")) (whom) }
            }
        }
    }
}
