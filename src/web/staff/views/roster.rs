//! Who works here, for admins: one row each, by name.
//!
//! On a phone a row becomes a card, and each cell says what it is. Never shows anything clinical.

use maud::{Markup, html};

use super::list::{Leaf, pager};
use super::messages::alarm;
use super::moment::{self, Here};
use super::settings::messages;
use super::shell::{self, Page, Place, Reader};
use crate::domain::ids::WardId;
use crate::domain::message::budget::{Alarm, Budget};
use crate::domain::staff::{AccountState, Role, StaffMember};
use crate::domain::words::words;
use crate::store::staff::roster::Entry;
use crate::store::wards::Ward;
use crate::text::Texts;
use crate::web::layout::Title;
use crate::web::staff::forms::roster::Filter;

/// `GET /staff`, and what a search found.
pub struct List<'a> {
    /// Who reads it.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// Whom it shows.
    pub filter: &'a Filter,
    /// How many that are.
    pub count: usize,
    /// Those of this page.
    pub entries: &'a [Entry],
    /// Every ward.
    pub wards: &'a [Ward],
    /// Which page that is.
    pub leaf: Leaf,
    /// Today's limit of messages, which only an admin can lift.
    pub budget: Option<Budget>,
    /// Whether they need accounts at Webex.
    pub needs_accounts: bool,
}

words! {
    /// The columns.
    Column {
        /// Who.
        Name = "name",
        /// How they sign in.
        Email = "email",
        /// What they are here for.
        Role = "role",
        /// Where.
        Ward = "ward",
        /// What they may book or be given.
        Services = "services",
        /// When they were last here.
        SignedIn = "signed-in",
        /// Whether they can sign in.
        State = "state",
    }
}

/// The whole page.
#[must_use]
pub fn page(list: &List<'_>) -> Markup {
    let texts = list.reader.texts;
    let mut page = Page::new(Title::Plain(texts.get("people-title")));
    page.place = Some(Place::Staff);
    page.stylesheets = &["people.css"];
    let is_everybody = *list.filter == Filter::default();
    let main = html! {
        main #main.wide tabindex="-1" {
            div.page-head {
                div { h1 { (texts.get("people-title")) } p.soft { (texts.with("people-count", &[("count", list.count.into())])) } }
                div.page-acts {
                    @if list.needs_accounts { a.button.quiet href="/staff/webex" { (texts.get("webex-compare-title")) } }
                    a.button.quiet href="/staff/export.csv" download { (texts.get("import-export-staff")) }
                    a.button href="/staff/imports" { (texts.get("import-title-staff")) }
                    a.button.primary href="/staff/new" { (texts.get("people-add")) }
                }
            }
            @if let Some(budget) = list.budget.filter(|budget| budget.alarm() != Alarm::Silent) {
                (alarm(texts, budget))
                p { a href=(messages::PATH) { (texts.get("sending-title")) } }
            }
            (filters(list))
            @if list.entries.is_empty() {
                div.empty.stack {
                    p { (texts.get(if is_everybody { "people-empty" } else { "people-none-such" })) }
                    @if !is_everybody { p { a href="/staff" { (texts.get("people-show-all")) } } }
                }
            } @else {
                table.people role="table" {
                    caption.visually-hidden { (texts.get("people-title")) }
                    thead role="rowgroup" { tr role="row" {
                        @for column in Column::ALL { th scope="col" role="columnheader" { (label(texts, *column)) } }
                    } }
                    tbody role="rowgroup" { @for entry in list.entries { (row(list, entry)) } }
                }
                @if list.filter.text.is_empty() { (pager(texts, &list.filter.address(), list.leaf)) }
                @else if list.leaf.has_more { p.soft { (texts.get("people-more-found")) } }
            }
        }
    };
    shell::page(list.reader, page, main)
}

/// One form: without a name it leads to an address that can be kept, with one it is posted.
fn filters(list: &List<'_>) -> Markup {
    let texts = list.reader.texts;
    let filter = list.filter;
    html! {
        form.people-filters method="post" action="/staff/search" role="search" {
            input type="hidden" name="form_token" value=(list.reader.form_token);
            div.field {
                label for="search" { (texts.get("people-search")) }
                input #search name="search" type="search" value=(filter.text) autocomplete="off" spellcheck="false";
            }
            div.field {
                label for="role" { (label(texts, Column::Role)) }
                select #role name="role" {
                    option value="" { (texts.get("people-any-role")) }
                    @for role in Role::ALL { option value=(role) selected[filter.role == Some(*role)] { (texts.get(shell::role_key(*role))) } }
                }
            }
            div.field {
                label for="state" { (label(texts, Column::State)) }
                select #state name="state" {
                    option value="" { (texts.get("people-any-state")) }
                    @for state in AccountState::ALL { option value=(state) selected[filter.state == Some(*state)] { (state_name(texts, *state)) } }
                }
            }
            button.button type="submit" { (texts.get("people-show")) }
        }
    }
}

fn row(list: &List<'_>, entry: &Entry) -> Markup {
    let texts = list.reader.texts;
    let member = &entry.member;
    html! {
        tr role="row" data-state=(entry.state()) {
            th scope="row" role="rowheader" { a href={ "/staff/" (member.id) } { (member.name) } }
            @for column in Column::ALL.iter().filter(|column| **column != Column::Name) {
                td role="cell" data-column=(column) data-label=(label(texts, *column)) { (cell(list, entry, *column)) }
            }
        }
    }
}

fn cell(list: &List<'_>, entry: &Entry, column: Column) -> Markup {
    let texts = list.reader.texts;
    let member = &entry.member;
    html! {
        @match column {
            Column::Name => (member.name),
            Column::Email => (member.email),
            Column::Role => (texts.get(shell::role_key(member.role))),
            Column::Ward => (ward_name(list.wards, member.ward)),
            Column::Services => (services(texts, member)),
            Column::SignedIn => (signed_in(texts, list.here, entry)),
            Column::State => span.account-state data-state=(entry.state()) { (state_name(texts, entry.state())) },
        }
    }
}

/// The name of a state.
#[must_use]
pub fn state_name(texts: Texts, state: AccountState) -> String {
    texts.get(match state {
        AccountState::Active => "people-state-active",
        AccountState::NotSetUp => "people-state-not-set-up",
        AccountState::Disabled => "people-state-disabled",
    })
}

/// What somebody may book or be given; a dash for nothing.
#[must_use]
pub fn services(texts: Texts, member: &StaffMember) -> String {
    let names: Vec<_> = member.services.iter().map(|service| texts.get(&format!("service-{service}"))).collect();
    if names.is_empty() { "—".to_owned() } else { names.join(", ") }
}

/// The name of somebody's ward; a dash for none.
#[must_use]
pub fn ward_name(wards: &[Ward], id: Option<WardId>) -> &str {
    wards.iter().find(|ward| Some(ward.id) == id).map_or("—", |ward| &ward.name)
}

/// When somebody last signed in.
#[must_use]
pub fn signed_in(texts: Texts, here: &Here, entry: &Entry) -> String {
    entry.signed_in_at.map_or_else(|| texts.get("people-never"), |at| moment::instant(texts, here, at))
}

fn label(texts: Texts, column: Column) -> String {
    texts.get(&format!("people-{column}"))
}
