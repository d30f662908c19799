//! The form of a patient's record: for somebody new, and for somebody who is registered.
//!
//! Fields that a kind of care does without are hidden by the stylesheet. Never loses what was typed.

use maud::{Markup, html};

use super::{STYLES, alike, language_choice, line, seen};
use crate::domain::ids::PatientId;
use crate::store::patients::{Alike, Likeness, Rev};
use crate::store::wards::Ward;
use crate::text::Texts;
use crate::web::layout::Title;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::forms::patient::FIELDS;
use crate::web::staff::views::form::{self, Fault, Line};
use crate::web::staff::views::moment::Here;
use crate::web::staff::views::shell::{self, Page, Place, Reader};

/// The page as it stands.
pub struct PatientForm<'a> {
    /// Who fills it in.
    pub reader: Reader<'a>,
    /// When and where.
    pub here: &'a Here,
    /// Wards to choose from.
    pub wards: &'a [Ward],
    /// Whose record.
    pub whose: Whose,
    /// What was typed.
    pub typed: &'a Pairs,
    /// What is wrong with it.
    pub problems: &'a [Fault],
    /// Who may be the same person.
    pub alike: &'a [Alike],
    /// What to know before saving again.
    pub warning: Option<&'a str>,
}

/// Whose record a form is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Somebody about to be registered.
    Newcomer(PatientId),
    /// Somebody who is registered, as the form's reader saw them.
    Registered(PatientId, Rev),
}

/// The whole page.
#[must_use]
pub fn page(form: &PatientForm<'_>) -> Markup {
    let texts = form.reader.texts;
    let (title, action, back) = match form.whose {
        Whose::Newcomer(_) => ("record-new-title", "/patients/new".to_owned(), "/patients".to_owned()),
        Whose::Registered(id, _) => ("record-edit-title", format!("/patients/{id}/edit"), format!("/patients/{id}")),
    };
    let title = texts.get(title);
    let mut page =
        Page::new(if form.problems.is_empty() { Title::Plain(title.clone()) } else { Title::Error(title.clone()) });
    page.place = Some(Place::Patients);
    page.stylesheets = STYLES;
    let main = html! {
        main #main.visit-form tabindex="-1" {
            h1 { (title) }
            @if let Some(key) = form.warning { p.message.warn { (texts.get(key)) } }
            (form::summary(texts, form.problems))
            form method="post" action=(action) novalidate autocomplete="off" {
                input type="hidden" name="form_token" value=(form.reader.form_token);
                @match form.whose {
                    Whose::Newcomer(id) => input type="hidden" name="patient" value=(id);,
                    Whose::Registered(_, rev) => input type="hidden" name="rev" value=(rev);,
                }
                (seen(form.typed, FIELDS))
                (alike_part(form))
                (person_part(form))
                (reaching_part(form))
                (care_part(form))
                div.form-end {
                    button.button.primary type="submit" { (texts.get(if matches!(form.whose, Whose::Newcomer(_)) { "record-register" } else { "record-save" })) }
                    a.button.quiet href=(back) { (texts.get("record-back")) }
                }
            }
        }
    };
    shell::page(form.reader, page, main)
}

fn alike_part(form: &PatientForm<'_>) -> Markup {
    let texts = form.reader.texts;
    let asks = form.alike.iter().filter(|alike| alike.likeness != Likeness::RecordNumber);
    let asked: Vec<PatientId> = asks.map(|alike| alike.patient.id).collect();
    let people = html! {
        @for alike in form.alike {
            li.person {
                (line(texts, form.here, form.wards, &alike.patient, &html! {
                    (alike::aside(texts, &format!("/patients/{}", alike.patient.id), &alike.patient.name))
                }))
                span.alike-why { (alike::why(texts, alike.likeness)) }
            }
        }
    };
    html! {
        @if !form.alike.is_empty() {
            (alike::card(texts, form.problems, &people, &html! {
                @if !asked.is_empty() { (alike::tick(texts, form.problems, &asked, "alike-somebody-else")) }
            }))
        }
    }
}

fn person_part(form: &PatientForm<'_>) -> Markup {
    let texts = form.reader.texts;
    html! {
        fieldset.card.part {
            legend { (texts.get("record-person")) }
            div.grid {
                (typed(form, "name", "patient-name").markup(form.problems))
                (typed(form, "born", "patient-born").of_kind("date").markup(form.problems))
                (typed(form, "record", "record-number").hinting(texts.get("record-number-how")).markup(form.problems))
            }
        }
    }
}

fn reaching_part(form: &PatientForm<'_>) -> Markup {
    let texts = form.reader.texts;
    html! {
        fieldset.card.part {
            legend { (texts.get("record-reaching")) }
            div.grid {
                (typed(form, "phone", "patient-phone").of_kind("tel").hinting(texts.get("patient-phone-how")).markup(form.problems))
                (typed(form, "email", "record-email").of_kind("email").hinting(texts.get("record-email-how")).markup(form.problems))
                (language_choice(texts, form.typed.one("language").parse().unwrap_or(texts.language())))
            }
            @for changed in form.problems.iter().filter(|problem| problem.field == "language") {
                p.field-error #language-error { (changed.sentence) }
            }
        }
    }
}

fn care_part(form: &PatientForm<'_>) -> Markup {
    let texts = form.reader.texts;
    let chosen = match form.typed.one("care") {
        "" => "outpatient",
        word => word,
    };
    html! {
        fieldset #care.card.part.care {
            legend { (texts.get("record-care")) }
            (form::beside(form.problems, "care"))
            div.choices {
                @for word in ["outpatient", "inpatient", "discharged"] {
                    label.choice {
                        input type="radio" name="care" value=(word) checked[word == chosen];
                        span { b { (texts.get(&format!("care-{word}"))) } span.hint { (texts.get(&format!("care-{word}-how"))) } }
                    }
                }
            }
            div.grid.for-inpatient {
                (ward_choice(form, texts))
                (typed(form, "bed", "record-bed").hinting(texts.get("record-bed-how")).markup(form.problems))
            }
            div.grid.for-discharged {
                (typed(form, "discharged_on", "record-discharged").of_kind("date").markup(form.problems))
            }
        }
    }
}

fn ward_choice(form: &PatientForm<'_>, texts: Texts) -> Markup {
    let problem = form::sentence_for(form.problems, "ward");
    html! {
        div.field {
            label for="ward" { (texts.get("patient-ward")) }
            (form::beside(form.problems, "ward"))
            select #ward name="ward" aria-invalid=[problem.map(|_| "true")] aria-describedby=[problem.map(|_| "ward-error")] {
                option value="" { (texts.get("visit-choose")) }
                @for ward in form.wards { option value=(ward.id) selected[ward.id.to_string() == form.typed.one("ward")] { (ward.name) } }
            }
        }
    }
}

fn typed<'a>(form: &PatientForm<'a>, name: &'static str, key: &str) -> Line<'a> {
    Line::new(name, form.reader.texts.get(key)).holding(form.typed.one(name))
}
