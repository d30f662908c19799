//! All patients by name, or those a search found.
//!
//! Works without scripts: the search is a form, its answer the same page. Never puts a name or a number into an address.

use maud::{Markup, html};

use super::{STYLES, people};
use crate::domain::patient::Care;
use crate::domain::staff::Role;
use crate::store::patients::{Listed, Patient};
use crate::store::wards::Ward;
use crate::text::Texts;
use crate::web::layout::Title;
use crate::web::staff::views::form::Line;
use crate::web::staff::views::list::{Leaf, PageNumber, pager};
use crate::web::staff::views::moment::Here;
use crate::web::staff::views::shell::{self, Page, Place, Reader};

/// The page.
pub struct PatientList<'a> {
    /// Who reads it.
    pub reader: Reader<'a>,
    /// When and where.
    pub here: &'a Here,
    /// Wards to choose from.
    pub wards: &'a [Ward],
    /// What was looked for.
    pub typed: &'a str,
    /// Who is shown.
    pub shown: Shown,
    /// Those who are.
    pub patients: &'a [Patient],
    /// Which page of them.
    pub leaf: Leaf,
}

/// Which patients a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Those of one kind, by name.
    Listed(Listed),
    /// What a search found.
    Found,
}

/// The word of a list in an address: a kind of care, or a ward's id.
#[must_use]
pub fn read_listed(word: Option<&str>) -> Listed {
    match word.unwrap_or_default() {
        "outpatient" => Listed::Outpatients,
        "inpatient" => Listed::Inpatients,
        "discharged" => Listed::Discharged,
        word => word.parse().map_or(Listed::Everybody, Listed::OnWard),
    }
}

/// The whole page.
#[must_use]
pub fn page(list: &PatientList<'_>) -> Markup {
    let texts = list.reader.texts;
    let mut page = Page::new(Title::Plain(texts.get("patients-title")));
    page.place = Some(Place::Patients);
    page.stylesheets = STYLES;
    page.scripts = &["staff/patients.js"];
    page.preloads = &["lib/page.js"];
    let main = html! {
        main #main.wide tabindex="-1" {
            div.page-head {
                h1 { (texts.get("patients-title")) }
                div.page-acts {
                    @if list.reader.member.role == Role::Clerk { a.button href="/patients/imports" { (texts.get("import-title-patients")) } }
                    a.button.primary href="/patients/new" { (texts.get("patients-new")) }
                }
            }
            form #patient-search.search role="search" method="post" action="/patients/searches" data-list="/patients" autocomplete="off" {
                input type="hidden" name="form_token" value=(list.reader.form_token);
                (Line::new("text", texts.get("patients-search")).of_kind("search").hinting(texts.get("patients-search-how")).holding(list.typed).markup(&[]))
                button.button type="submit" { (texts.get("visit-search")) }
            }
            p #patients-status.visually-hidden role="status" {}
            div #patients.stack {
                @match list.shown {
                    Shown::Listed(listed) => (listed_part(list, listed)),
                    Shown::Found => (found_part(list)),
                }
            }
        }
    };
    shell::page(list.reader, page, main)
}

fn listed_part(list: &PatientList<'_>, listed: Listed) -> Markup {
    let texts = list.reader.texts;
    let word = word_of(listed);
    let address = if word.is_empty() { "/patients".to_owned() } else { format!("/patients?of={word}") };
    html! {
        form.list-choice method="get" action="/patients" {
            label for="of" { (texts.get("patients-show")) }
            select #of name="of" {
                option value="" { (texts.get("patients-everybody")) }
                @for care in ["outpatient", "inpatient"] { (choice(texts, care, &word)) }
                @for ward in list.wards {
                    option value=(ward.id) selected[ward.id.to_string() == word] { (texts.with("care-on-ward", &[("ward", ward.name.clone().into())])) }
                }
                (choice(texts, "discharged", &word))
            }
            button.button.small type="submit" { (texts.get("patients-show-these")) }
        }
        @if list.patients.is_empty() {
            @if listed == Listed::Everybody && list.leaf.page == PageNumber::FIRST { p.empty { (texts.get("patients-nobody-yet")) } }
            @else { p.empty { (texts.get("patients-nobody-here")) } }
        } @else {
            (people(texts, list.here, list.wards, list.patients))
        }
        (pager(texts, &address, list.leaf))
    }
}

fn found_part(list: &PatientList<'_>) -> Markup {
    let texts = list.reader.texts;
    let count = list.patients.len().to_string();
    let sentence = match (list.patients.len(), list.leaf.has_more) {
        (0, _) => texts.get("patients-none-found"),
        (1, _) => texts.get("patients-one-found"),
        (_, false) => texts.with("patients-found", &[("count", count.into())]),
        (_, true) => texts.with("patients-found-more", &[("count", count.into())]),
    };
    html! {
        div.list-head {
            h2 #found-count { (sentence) }
            a href="/patients" { (texts.get("patients-see-all")) }
        }
        @if list.patients.is_empty() { p.empty { (texts.get("patients-none-found-how")) } }
        @else { (people(texts, list.here, list.wards, list.patients)) }
    }
}

fn choice(texts: Texts, care: &str, chosen: &str) -> Markup {
    html! { option value=(care) selected[care == chosen] { (texts.get(&format!("care-{care}"))) } }
}

fn word_of(listed: Listed) -> String {
    match listed {
        Listed::Everybody => String::new(),
        Listed::Outpatients => Care::Outpatient.as_str().to_owned(),
        Listed::Inpatients => "inpatient".to_owned(),
        Listed::OnWard(ward) => ward.to_string(),
        Listed::Discharged => "discharged".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::WardId;

    #[test]
    fn a_list_is_called_in_an_address_as_it_is_read() {
        let lists = [
            Listed::Everybody,
            Listed::Outpatients,
            Listed::Inpatients,
            Listed::OnWard(WardId::mint()),
            Listed::Discharged,
        ];
        for listed in lists {
            assert_eq!(read_listed(Some(&word_of(listed))), listed);
        }
        assert_eq!(read_listed(Some("nonsense")), Listed::Everybody);
    }
}
