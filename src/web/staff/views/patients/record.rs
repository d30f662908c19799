//! One patient's record: who they are, their relatives, their visits.
//!
//! Never changes anything; everything that can be done is a link to a page of its own.

use maud::{Markup, html};

use super::{STYLES, care, language};
use crate::store::patients::{Patient, Relative, Stored, VisitOfPatient};
use crate::store::wards::Ward;
use crate::text::Texts;
use crate::web::layout::Title;
use crate::web::staff::views::list::{Leaf, pager};
use crate::web::staff::views::moment::{self, Here};
use crate::web::staff::views::shell::{self, Page, Place, Reader};

/// The page.
pub struct Record<'a> {
    /// Who reads it.
    pub reader: Reader<'a>,
    /// When and where.
    pub here: &'a Here,
    /// The hospital's wards.
    pub wards: &'a [Ward],
    /// Whose record.
    pub patient: &'a Patient,
    /// Their relatives.
    pub relatives: &'a [Stored<Relative>],
    /// Their visits that are still to come, or under way.
    pub open: &'a [VisitOfPatient],
    /// Their visits that are over.
    pub past: &'a [VisitOfPatient],
    /// Which page of those.
    pub leaf: Leaf,
}

/// The whole page.
#[must_use]
pub fn page(record: &Record<'_>) -> Markup {
    let texts = record.reader.texts;
    let patient = record.patient;
    let address = format!("/patients/{}", patient.id);
    // The tab does not tell whoever looks over a shoulder who is a patient here.
    let mut page = Page::new(Title::Plain(texts.get("record-title")));
    page.place = Some(Place::Patients);
    page.stylesheets = STYLES;
    let main = html! {
        main #main.wide tabindex="-1" {
            div.page-head {
                div {
                    p.soft { a href="/patients" { (texts.get("patients-title")) } }
                    h1 { (patient.name) }
                    p.soft { (moment::born(texts, patient.born, record.here.today())) }
                }
                div.page-acts {
                    a.button.primary href={ "/visits/new?patient=" (patient.id) } { (texts.get("record-new-visit")) }
                    a.button href={ (address) "/edit" } { (texts.get("record-edit")) }
                }
            }
            div.record {
                (facts(record))
                (relatives(record, &address))
            }
            (visits(record, &address))
            p { a href={ (address) "/merger" } { (texts.get("merge-offer")) } }
        }
    };
    shell::page(record.reader, page, main)
}

fn facts(record: &Record<'_>) -> Markup {
    let texts = record.reader.texts;
    let patient = record.patient;
    let facts = [
        ("record-care", Some(care(texts, &patient.care, record.wards))),
        ("record-number", patient.record.as_ref().map(ToString::to_string)),
        ("patient-phone", patient.phone.as_ref().map(ToString::to_string)),
        ("record-email", patient.email.as_ref().map(ToString::to_string)),
        ("patient-language", Some(language(texts, patient.language))),
    ];
    html! {
        section.card.part aria-labelledby="facts-title" {
            h2 #facts-title.part-title { (texts.get("record-facts")) }
            dl.facts {
                @for (key, value) in &facts {
                    div { dt { (texts.get(key)) } dd { (value.as_deref().unwrap_or(&texts.get("record-unknown"))) } }
                }
            }
        }
    }
}

fn relatives(record: &Record<'_>, address: &str) -> Markup {
    let texts = record.reader.texts;
    html! {
        section.card.part aria-labelledby="relatives-title" {
            div.part-head {
                h2 #relatives-title.part-title { (texts.get("patient-relatives")) }
                a.button.small href={ (address) "/relatives/new" } { (texts.get("relative-add")) }
            }
            @if record.relatives.is_empty() { p.empty { (texts.get("relative-none")) } }
            @else {
                ul.relatives {
                    @for relative in record.relatives.iter().map(|stored| &stored.value) {
                        li {
                            div {
                                p { b { (relative.name) } ", " (relative.relation) }
                                p.soft { (relative.phone) " · " (language(texts, relative.language)) }
                                p.allowed { (allowed(texts, relative)) }
                            }
                            a.button.small href={ "/relatives/" (relative.id) } {
                                (texts.get("relative-edit")) span.visually-hidden { " " (relative.name) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What a relative may do, in a sentence.
pub(super) fn allowed(texts: Texts, relative: &Relative) -> String {
    texts.get(match (relative.may_receive_report, relative.may_visit) {
        (true, true) => "relative-may-both",
        (true, false) => "relative-may-hear",
        (false, true) => "relative-may-visit-only",
        (false, false) => "relative-may-nothing",
    })
}

fn visits(record: &Record<'_>, address: &str) -> Markup {
    let texts = record.reader.texts;
    html! {
        section.stack aria-labelledby="open-title" {
            h2 #open-title { (texts.get("record-open-visits")) }
            @if record.open.is_empty() { p.empty { (texts.get("record-no-open-visits")) } }
            @else { (visit_list(record, record.open)) }
        }
        @if !record.past.is_empty() {
            section.stack aria-labelledby="past-title" {
                h2 #past-title { (texts.get("record-past-visits")) }
                (visit_list(record, record.past))
                (pager(texts, address, record.leaf))
            }
        }
    }
}

fn visit_list(record: &Record<'_>, visits: &[VisitOfPatient]) -> Markup {
    let texts = record.reader.texts;
    let here = record.here;
    html! {
        ul.people {
            @for visit in visits {
                li.person.of-visit {
                    b.person-name {
                        a href={ "/consultations/" (visit.id) } { (moment::date(texts, here.date(visit.starts_at))) ", " (here.clock(visit.starts_at)) }
                    }
                    span { (texts.get(&format!("service-{}", visit.service))) }
                    span.soft { @if let Some(doctor) = &visit.doctor { (doctor) } }
                    span.phase { (texts.get(&format!("phase-{}", visit.phase))) }
                }
            }
        }
    }
}
