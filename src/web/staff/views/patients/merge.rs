//! One person who is registered twice: finding the other record, and the two side by side.
//!
//! Says what moves and that nothing leads back, and asks before it is done.

use maud::{Markup, html};

use super::record::allowed;
use super::{STYLES, care, language, line};
use crate::domain::person::PersonName;
use crate::store::patients::{Patient, Relative, Stored};
use crate::store::wards::Ward;
use crate::text::Texts;
use crate::web::layout::Title;
use crate::web::staff::forms::merge::{self, Field, takes_other};
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::views::form::{self, Fault, Line};
use crate::web::staff::views::moment::{self, Here};
use crate::web::staff::views::shell::{self, Page, Place, Reader};

/// Looking for the other record.
pub struct OtherRecord<'a> {
    /// Who looks.
    pub reader: Reader<'a>,
    /// When and where.
    pub here: &'a Here,
    /// The hospital's wards.
    pub wards: &'a [Ward],
    /// The record that stays.
    pub kept: &'a Patient,
    /// What was looked for.
    pub typed: &'a str,
    /// Who was found, or who is alike.
    pub found: &'a [Patient],
}

/// Two records about to become one.
pub struct TwoRecords<'a> {
    /// Who compares them.
    pub reader: Reader<'a>,
    /// When and where.
    pub here: &'a Here,
    /// The hospital's wards.
    pub wards: &'a [Ward],
    /// The record that stays.
    pub kept: &'a Stored<Patient>,
    /// The record that goes.
    pub other: &'a Stored<Patient>,
    /// The relatives that move.
    pub moving: &'a [&'a Relative],
    /// The relatives whose number a relative of the record that stays has.
    pub folded: &'a [&'a Relative],
    /// What was chosen.
    pub typed: &'a Pairs,
    /// What is wrong with it.
    pub problems: &'a [Fault],
    /// All relatives of both, as shown.
    pub relatives: [&'a [Stored<Relative>]; 2],
    /// What changed since the records were shown; nothing was merged then.
    pub overtaken: Option<&'a Overtaken>,
}

/// What is no longer as it was shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overtaken {
    /// Whose records say something else now.
    pub records: Vec<PersonName>,
    /// Relatives who were added.
    pub added: Vec<Relative>,
    /// Relatives who are described otherwise, as they are now.
    pub changed: Vec<Relative>,
    /// Relatives who are gone.
    pub gone: Vec<PersonName>,
}

/// The page that looks for the other record.
#[must_use]
pub fn search_page(search: &OtherRecord<'_>) -> Markup {
    let texts = search.reader.texts;
    let address = format!("/patients/{}", search.kept.id);
    let main = html! {
        main #main.visit-form tabindex="-1" {
            (head(texts, search.kept))
            p { (texts.get("merge-search-how")) }
            form #patient-search.search role="search" method="post" action={ (address) "/merger/searches" } data-list={ (address) "/merger" } autocomplete="off" {
                input type="hidden" name="form_token" value=(search.reader.form_token);
                (Line::new("text", texts.get("patients-search")).of_kind("search").hinting(texts.get("patients-search-how")).holding(search.typed).markup(&[]))
                button.button type="submit" { (texts.get("visit-search")) }
            }
            p #patients-status.visually-hidden role="status" {}
            div #patients.stack {
                h2 #found-count { (texts.get(if search.typed.is_empty() { "merge-alike" } else { "merge-found" })) }
                @if search.found.is_empty() { p.empty { (texts.get("merge-none-found")) } }
                @else {
                    ul.people {
                        @for other in search.found {
                            li.person { (line(texts, search.here, search.wards, other, &html! {
                                a href={ (address) "/merger/" (other.id) } { (other.name) }
                            })) }
                        }
                    }
                }
            }
            a.button.quiet href=(address) { (texts.get("record-back")) }
        }
    };
    shell::page(search.reader, page(Title::Plain(texts.get("merge-title")), &["staff/patients.js"]), main)
}

/// The page with both records side by side.
#[must_use]
pub fn compare_page(two: &TwoRecords<'_>) -> Markup {
    let texts = two.reader.texts;
    let (kept, other) = (&two.kept.value, &two.other.value);
    let address = format!("/patients/{}", kept.id);
    let title = texts.get("merge-title");
    let main = html! {
        main #main.visit-form tabindex="-1" {
            (head(texts, kept))
            @if let Some(overtaken) = two.overtaken { (meanwhile(texts, overtaken)) }
            (form::summary(texts, two.problems))
            form method="post" action={ (address) "/merger/" (other.id) } novalidate {
                input type="hidden" name="form_token" value=(two.reader.form_token);
                input type="hidden" name="rev" value=(two.kept.rev);
                input type="hidden" name="other_rev" value=(two.other.rev);
                @for relative in two.relatives.into_iter().flatten() {
                    input type="hidden" name=(merge::RELATIVE) value=(merge::seen(relative));
                }
                section.card.part aria-labelledby="values-title" {
                    h2 #values-title.part-title { (texts.get("merge-values")) }
                    @for field in Field::ALL { (choice(two, field)) }
                }
                (consequences(two))
                section.card.part {
                    (form::beside(two.problems, "sure"))
                    label.choice {
                        input #sure type="checkbox" name="sure" value="1" aria-describedby=[form::sentence_for(two.problems, "sure").map(|_| "sure-error")];
                        span { b { (texts.get("merge-sure")) } span.hint { (texts.get("merge-for-good")) } }
                    }
                }
                div.form-end {
                    button.button.danger type="submit" { (texts.get("merge-now")) }
                    a.button.quiet href=(address) { (texts.get("record-back")) }
                }
            }
        }
    };
    let title = if two.problems.is_empty() { Title::Plain(title) } else { Title::Error(title) };
    shell::page(two.reader, page(title, &[]), main)
}

fn page<'a>(title: Title, scripts: &'a [&'a str]) -> Page<'a> {
    let mut page = Page::new(title);
    page.place = Some(Place::Patients);
    page.stylesheets = STYLES;
    page.scripts = scripts;
    page
}

fn head(texts: Texts, kept: &Patient) -> Markup {
    html! {
        div {
            p.soft { a href={ "/patients/" (kept.id) } { (kept.name) } }
            h1 { (texts.get("merge-title")) }
        }
    }
}

fn choice(two: &TwoRecords<'_>, field: Field) -> Markup {
    let texts = two.reader.texts;
    let (kept, other) = (&two.kept.value, &two.other.value);
    let takes_other = takes_other(two.typed, field, kept, other);
    let said = |patient| said(two, field, patient).unwrap_or_else(|| texts.get("record-unknown"));
    html! {
        @if field.is_same(kept, other) {
            div.merge-same { b { (texts.get(label(field))) } span { (said(kept)) } }
        } @else {
            fieldset.merge-choice {
                legend { (texts.get(label(field))) }
                div.choices {
                    @for (word, patient, hint, is_chosen) in [("kept", kept, "merge-of-kept", !takes_other), ("other", other, "merge-of-other", takes_other)] {
                        label.choice {
                            input type="radio" name=(field.choice()) value=(word) checked[is_chosen];
                            span { b { (said(patient)) } span.hint { (texts.get(hint)) } }
                        }
                    }
                }
            }
        }
    }
}

/// What changed meanwhile, so that whoever compares again knows where to look.
fn meanwhile(texts: Texts, overtaken: &Overtaken) -> Markup {
    let named = |key: &str, name: &PersonName| texts.with(key, &[("name", name.to_string().into())]);
    let described = |key: &str, relative: &Relative| {
        let about = [
            ("name", relative.name.to_string().into()),
            ("relation", relative.relation.clone().into()),
            ("phone", relative.phone.to_string().into()),
            ("language", language(texts, relative.language).into()),
        ];
        format!("{} {}", texts.with(key, &about), allowed(texts, relative))
    };
    html! {
        div.message.warn role="alert" {
            p { (texts.get("merge-overtaken")) }
            ul {
                @for name in &overtaken.records { li { (named("merge-record-changed", name)) } }
                @for relative in &overtaken.added { li { (described("merge-relative-added", relative)) } }
                @for relative in &overtaken.changed { li { (described("merge-relative-changed", relative)) } }
                @for name in &overtaken.gone { li { (named("merge-relative-gone", name)) } }
            }
        }
    }
}

fn consequences(two: &TwoRecords<'_>) -> Markup {
    let texts = two.reader.texts;
    html! {
        section.card.part aria-labelledby="moves-title" {
            h2 #moves-title.part-title { (texts.get("merge-moves")) }
            ul.plain {
                li { (texts.get("merge-visits-move")) }
                @for relative in two.moving { li { (texts.with("merge-relative-moves", &[("name", relative.name.to_string().into())])) } }
                @for relative in two.folded {
                    li { (texts.with("merge-relative-folds", &[("name", relative.name.to_string().into()), ("phone", relative.phone.to_string().into())])) }
                }
                li { (texts.get("merge-address-leads-on")) }
            }
        }
    }
}

const fn label(field: Field) -> &'static str {
    match field {
        Field::Name => "patient-name",
        Field::Born => "patient-born",
        Field::RecordNumber => "record-number",
        Field::Phone => "patient-phone",
        Field::Email => "record-email",
        Field::Language => "patient-language",
        Field::Care => "record-care",
    }
}

/// What a record says; nothing where it is silent.
fn said(two: &TwoRecords<'_>, field: Field, patient: &Patient) -> Option<String> {
    let texts = two.reader.texts;
    match field {
        Field::Name => Some(patient.name.to_string()),
        Field::Born => Some(moment::born(texts, patient.born, two.here.today())),
        Field::RecordNumber => patient.record.as_ref().map(ToString::to_string),
        Field::Phone => patient.phone.as_ref().map(ToString::to_string),
        Field::Email => patient.email.as_ref().map(ToString::to_string),
        Field::Language => Some(language(texts, patient.language)),
        Field::Care => Some(care(texts, &patient.care, two.wards)),
    }
}
