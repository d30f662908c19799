//! What a clerk sees of patients: lists, records, forms, and two records side by side.
//!
//! Never shows a name alone: who is alike in name differs in date of birth.

pub mod alike;
pub mod fields;
pub mod list;
pub mod merge;
pub mod record;
pub mod relative;

use maud::{Markup, html};

use super::moment::{self, Here};
use crate::domain::patient::Care;
use crate::domain::person::Language;
use crate::store::patients::Patient;
use crate::store::wards::Ward;
use crate::text::Texts;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::forms::seen::{self, Unit};

/// The stylesheet of these pages.
const STYLES: &[&str] = &["patients.css"];

/// Where somebody is treated, in words: `Inpatient: North, bed 12`.
fn care(texts: Texts, care: &Care, wards: &[Ward]) -> String {
    match care {
        Care::Outpatient => texts.get("care-outpatient"),
        Care::Inpatient { ward, bed } => {
            let ward = wards.iter().find(|known| known.id == *ward).map(|known| known.name.clone()).unwrap_or_default();
            match bed {
                None => texts.with("care-on-ward", &[("ward", ward.into())]),
                Some(bed) => texts.with("care-in-bed", &[("ward", ward.into()), ("bed", bed.to_string().into())]),
            }
        }
        Care::Discharged { on } => texts.with("care-discharged-on", &[("date", moment::date(texts, *on).into())]),
    }
}

/// The name of a language.
fn language(texts: Texts, language: Language) -> String {
    texts.get(&format!("language-{language}"))
}

/// One line of a list of patients: the name leads to the record, the rest tells people of one name apart.
fn line(texts: Texts, here: &Here, wards: &[Ward], patient: &Patient, link: &Markup) -> Markup {
    html! {
        b.person-name { (link) }
        span.soft { (moment::born(texts, patient.born, here.today())) }
        span.soft.person-record {
            @if let Some(record) = &patient.record { (texts.with("record-number-short", &[("number", record.to_string().into())])) }
        }
        span.soft { (patient.phone.as_ref().map_or_else(|| texts.get("visit-no-phone"), ToString::to_string)) }
        span.person-care { (care(texts, &patient.care, wards)) }
    }
}

/// Patients to choose from, each leading to their record.
fn people(texts: Texts, here: &Here, wards: &[Ward], patients: &[Patient]) -> Markup {
    html! {
        ul.people {
            @for patient in patients {
                li.person { (line(texts, here, wards, patient, &html! { a href={ "/patients/" (patient.id) } { (patient.name) } })) }
            }
        }
    }
}

/// A choice of languages.
/// What the form's reader saw of each field, for telling what they changed from what somebody else did.
fn seen(typed: &Pairs, units: &[Unit]) -> Markup {
    let names = units.iter().copied().flatten().map(|name| seen::field(name));
    html! {
        @for name in names.filter(|name| typed.has(name)) { input type="hidden" name=(name) value=(typed.one(&name)); }
    }
}

fn language_choice(texts: Texts, chosen: Language) -> Markup {
    html! {
        div.field {
            label for="language" { (texts.get("patient-language")) }
            select #language name="language" {
                @for known in Language::ALL { option value=(known) selected[*known == chosen] { (language(texts, *known)) } }
            }
        }
    }
}
