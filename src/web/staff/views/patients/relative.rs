//! The form of one relative.
//!
//! Removing somebody stands apart from saving, and asks first.

use maud::{Markup, html};

use super::{STYLES, alike, language_choice, seen};
use crate::domain::ids::{ConsultationId, PatientId, RelativeId};
use crate::domain::person::PersonName;
use crate::store::patients::{Relative, Rev};
use crate::web::layout::Title;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::forms::relative::FIELDS;
use crate::web::staff::views::form::{self, Fault, Line};
use crate::web::staff::views::shell::{self, Page, Place, Reader};

/// The page as it stands.
pub struct RelativeForm<'a> {
    /// Who fills it in.
    pub reader: Reader<'a>,
    /// Whose relative.
    pub patient: (PatientId, &'a PersonName),
    /// Which relative.
    pub which: Which,
    /// What was typed.
    pub typed: &'a Pairs,
    /// What is wrong with it.
    pub problems: &'a [Fault],
    /// Whose number was typed.
    pub alike: &'a [Relative],
    /// What to know before saving again.
    pub warning: Option<&'a str>,
}

/// Which relative a form is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Somebody about to be added.
    Newcomer(RelativeId),
    /// Somebody who is registered, as the form's reader saw them.
    Registered(RelativeId, Rev),
}

/// The visit that somebody is registered for, if they are.
#[must_use]
pub fn visit(typed: &Pairs) -> Option<ConsultationId> {
    typed.one("visit").parse().ok()
}

/// Where the form was opened from: the record, or a visit they are to be invited to.
#[must_use]
pub fn origin(patient: PatientId, typed: &Pairs) -> String {
    visit(typed).map_or_else(|| format!("/patients/{patient}"), |visit| format!("/consultations/{visit}/people"))
}

/// Where the next relative is registered, for the same visit if for one.
#[must_use]
pub fn another(patient: PatientId, typed: &Pairs) -> String {
    let form = format!("/patients/{patient}/relatives/new");
    visit(typed).map_or_else(|| form.clone(), |visit| format!("{form}?visit={visit}"))
}

/// The whole page.
#[must_use]
pub fn page(form: &RelativeForm<'_>) -> Markup {
    let texts = form.reader.texts;
    let (patient, name) = form.patient;
    let (title, action) = match form.which {
        Which::Newcomer(_) => ("relative-new-title", format!("/patients/{patient}/relatives")),
        Which::Registered(id, _) => ("relative-edit-title", format!("/relatives/{id}")),
    };
    let title = texts.get(title);
    let mut page =
        Page::new(if form.problems.is_empty() { Title::Plain(title.clone()) } else { Title::Error(title.clone()) });
    page.place = Some(Place::Patients);
    page.stylesheets = STYLES;
    let main = html! {
        main #main.visit-form tabindex="-1" {
            div {
                p.soft { (texts.get("relative-of")) " " a href={ "/patients/" (patient) } { (name) } }
                h1 { (title) }
            }
            @if let Some(key) = form.warning { p.message.warn { (texts.get(key)) } }
            (form::summary(texts, form.problems))
            form method="post" action=(action) novalidate autocomplete="off" {
                input type="hidden" name="form_token" value=(form.reader.form_token);
                @match form.which {
                    Which::Newcomer(id) => input type="hidden" name="relative" value=(id);,
                    Which::Registered(_, rev) => input type="hidden" name="rev" value=(rev);,
                }
                @if let Some(visit) = visit(form.typed) { input type="hidden" name="visit" value=(visit); }
                (seen(form.typed, FIELDS))
                (alike_part(form))
                (fields(form))
                div.form-end {
                    button.button.primary type="submit" { (texts.get("record-save")) }
                    @if matches!(form.which, Which::Newcomer(_)) {
                        button.button type="submit" name="and_another" value="1" { (texts.get("relative-save-and-another")) }
                    }
                    a.button.quiet href=(origin(patient, form.typed)) { (texts.get("record-back")) }
                }
            }
            @if let Which::Registered(id, rev) = form.which { (removal(form, id, rev)) }
        }
    };
    shell::page(form.reader, page, main)
}

fn alike_part(form: &RelativeForm<'_>) -> Markup {
    let texts = form.reader.texts;
    let people = html! {
        @for other in form.alike {
            li.person {
                b.person-name { (alike::aside(texts, &format!("/relatives/{}", other.id), &other.name)) }
                span.soft { (other.relation) " · " (other.phone) }
            }
        }
    };
    let ids = form.alike.iter().map(|other| other.id);
    html! {
        @if !form.alike.is_empty() {
            (alike::card(texts, form.problems, &people, &alike::tick(texts, form.problems, ids, "relative-somebody-else")))
        }
    }
}

fn fields(form: &RelativeForm<'_>) -> Markup {
    let texts = form.reader.texts;
    let line = |name: &'static str, key: &str| Line::new(name, texts.get(key)).holding(form.typed.one(name));
    html! {
        fieldset.card.part {
            legend { (texts.get("record-person")) }
            div.grid {
                (line("name", "patient-name").markup(form.problems))
                (line("relation", "patient-relation").suggesting("relations").markup(form.problems))
                (line("phone", "patient-phone").of_kind("tel").hinting(texts.get("patient-phone-how")).markup(form.problems))
                (language_choice(texts, form.typed.one("language").parse().unwrap_or(texts.language())))
            }
            datalist #relations { @for relation in texts.get("patient-relations").split(',') { option value=(relation) {} } }
            @for changed in form.problems.iter().filter(|problem| problem.field == "language") {
                p.field-error #language-error { (changed.sentence) }
            }
        }
        fieldset.card.part {
            legend { (texts.get("relative-may")) }
            div.choices {
                @for name in ["may_receive_report", "may_visit"] {
                    div {
                        (form::beside(form.problems, name))
                        label.choice {
                            input id=(name) type="checkbox" name=(name) value="1" checked[form.typed.has(name)];
                            span { b { (texts.get(&format!("relative-{name}"))) } span.hint { (texts.get(&format!("relative-{name}-how"))) } }
                        }
                    }
                }
            }
        }
    }
}

fn removal(form: &RelativeForm<'_>, id: RelativeId, rev: Rev) -> Markup {
    let texts = form.reader.texts;
    html! {
        details.card.part {
            summary { (texts.get("relative-remove")) }
            p { (texts.get("relative-remove-how")) }
            form.form-end method="post" action={ "/relatives/" (id) "/removal" } {
                input type="hidden" name="form_token" value=(form.reader.form_token);
                input type="hidden" name="rev" value=(rev);
                button.button.danger type="submit" { (texts.get("relative-remove-now")) }
            }
        }
    }
}
