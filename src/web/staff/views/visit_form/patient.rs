//! The patient of a visit: found by a search, or added with relatives on the spot.
//!
//! Never shows a name alone: who is alike in name differs in date of birth. Whoever may be the one about to be added can be
//! chosen right there.

use maud::{Markup, html};

use super::{VisitForm, ward_choice};
use crate::domain::person::Language;
use crate::domain::staff::Role;
use crate::store::patients::Patient;
use crate::web::staff::forms::new_patient;
use crate::web::staff::views::form::{self, Line};
use crate::web::staff::views::moment;
use crate::web::staff::views::patients::alike;

/// Who is chosen, the search, what it found, and adding somebody on the spot.
pub(super) fn part(form: &VisitForm<'_>) -> Markup {
    let texts = form.reader.texts;
    html! {
        fieldset #patient.card.part {
            legend { (texts.get("visit-patient")) }
            @if let Some(chosen) = form.chosen {
                p.chosen { input type="hidden" name="patient" value=(chosen.patient.id); (who(form, &chosen.patient)) }
            }
            div.search {
                (Line::new("patient_search", texts.get(if form.chosen.is_some() { "visit-search-other" } else { "visit-search-label" }))
                    .of_kind("search").hinting(texts.get("visit-search-how")).holding(form.typed.one("patient_search")).markup(form.problems))
                button.button type="submit" formaction="/visits/drafts" name="look" value="patient" { (texts.get("visit-search")) }
            }
            div #found aria-live="polite" {
                @if let Some(found) = form.found {
                    @if found.is_empty() { p.empty { (texts.get("visit-none-found")) } }
                    @for patient in found {
                        button.found type="submit" formaction="/visits/drafts" name="choose" value=(patient.id) { (who(form, patient)) }
                    }
                }
            }
            (new_patient_part(form))
        }
    }
}

/// Name, date of birth, number and ward: never a name alone.
fn who(form: &VisitForm<'_>, patient: &Patient) -> Markup {
    let texts = form.reader.texts;
    let phone = patient.phone.as_ref().map_or_else(|| texts.get("visit-no-phone"), ToString::to_string);
    let ward = form.wards.iter().find(|ward| Some(ward.id) == patient.care.ward());
    html! {
        b { (patient.name) } " "
        span.soft {
            (moment::born(texts, patient.born, form.here.today())) " · " (phone)
            @if let Some(ward) = ward { " · " (ward.name) }
        }
    }
}

fn new_patient_part(form: &VisitForm<'_>) -> Markup {
    let texts = form.reader.texts;
    let typed = form.typed;
    let language = typed.one("new_language").parse().unwrap_or(texts.language());
    let is_wrong =
        form.problems.iter().any(|problem| problem.field.starts_with("new_") || problem.field.starts_with("relative_"));
    let is_open = is_wrong
        || !form.alike.is_empty()
        || typed.has("rows_more")
        || (form.chosen.is_none() && new_patient::is_begun(typed));
    let line = |name: &'static str, key: &str| Line::new(name, texts.get(key)).holding(typed.one(name));
    html! {
        details #new-patient.new-patient open[is_open] {
            summary { (texts.get("patient-new")) }
            @if !form.alike.is_empty() { (alike_part(form)) }
            div.grid {
                (line("new_name", "patient-name").markup(form.problems))
                (line("new_born", "patient-born").of_kind("date").markup(form.problems))
                (line("new_phone", "patient-phone").of_kind("tel").hinting(texts.get("patient-phone-how")).markup(form.problems))
                div.field {
                    label for="new_language" { (texts.get("patient-language")) }
                    select #new_language name="new_language" {
                        @for known in Language::ALL { option value=(known) selected[*known == language] { (texts.get(&format!("language-{known}"))) } }
                    }
                }
                @if form.reader.member.role != Role::Ward {
                    (ward_choice(form, "new_ward", "patient-ward", typed.one("new_ward")))
                }
            }
            h3 { (texts.get("patient-relatives")) }
            @for row in 0..new_patient::rows(typed) { (relative_row(form, row)) }
            datalist #relations { @for relation in texts.get("patient-relations").split(',') { option value=(relation) {} } }
            div.part-acts {
                button.button type="submit" formaction="/patients" { (texts.get("patient-add")) }
                @if new_patient::rows(typed) < new_patient::MOST_ROWS {
                    button.button.quiet type="submit" formaction="/visits/drafts" name="rows_more" value="1" { (texts.get("patient-more-rows")) }
                }
            }
            input type="hidden" name="rows" value=(new_patient::rows(typed));
        }
    }
}

fn alike_part(form: &VisitForm<'_>) -> Markup {
    let texts = form.reader.texts;
    html! {
        section.alike aria-labelledby="alike-title" {
            h3 #alike-title { (texts.get("alike-title")) }
            (form::beside(form.problems, alike::FIELD))
            @for other in form.alike {
                button.found type="submit" formaction="/visits/drafts" name="choose" value=(other.patient.id) {
                    (who(form, &other.patient)) span.alike-why { (alike::why(texts, other.likeness)) }
                }
            }
            (alike::tick(texts, form.problems, form.alike.iter().map(|other| other.patient.id), "alike-somebody-else"))
        }
    }
}

fn relative_row(form: &VisitForm<'_>, row: usize) -> Markup {
    let texts = form.reader.texts;
    let [name, relation, phone] = new_patient::fields(row);
    html! {
        div.relative role="group" aria-label=(texts.with("patient-relative", &[("number", (row + 1).to_string().into())])) {
            (Line::new(&name, texts.get("patient-name")).holding(form.typed.one(&name)).markup(form.problems))
            (Line::new(&relation, texts.get("patient-relation")).suggesting("relations").holding(form.typed.one(&relation)).markup(form.problems))
            (Line::new(&phone, texts.get("patient-phone")).of_kind("tel").holding(form.typed.one(&phone)).markup(form.problems))
        }
    }
}
