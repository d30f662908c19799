//! The page that opens a visit: one form, of which each part says what it needs.
//!
//! Works without scripts: the buttons of a part send the whole form to `/visits/drafts` (or `/patients`), which shows it
//! again with what was asked for. Parts that a service does without are hidden by the stylesheet. Never loses what was typed.

mod overlaps;
mod patient;
mod when;

use maud::{Markup, html};

use super::form::{self, Fault, Line};
use super::moment::Here;
use super::shell::{self, Page, Place, Reader};
use crate::domain::ids::{CommandId, PatientId};
use crate::domain::service::{Admission, Service};
use crate::domain::staff::{Role, StaffMember};
use crate::store::calendars::Overlap;
use crate::store::patients::{Alike, Patient, Relative};
use crate::store::wards::Ward;
use crate::web::layout::Title;
use crate::web::staff::family::Family;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::forms::visit::{self, Wanted};
use crate::web::staff::forms::when::Planned;

/// The page as it stands.
pub struct VisitForm<'a> {
    /// Who fills it in.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// The hospital's zone.
    pub zone: &'a str,
    /// What was typed.
    pub typed: &'a Pairs,
    /// What is wrong with it.
    pub problems: &'a [Fault],
    /// Patients that match the search; none before a search.
    pub found: Option<&'a [Patient]>,
    /// Who may be the patient that was about to be added.
    pub alike: &'a [Alike],
    /// The patient the visit is about, once chosen.
    pub chosen: Option<&'a Family>,
    /// Doctors to choose from.
    pub doctors: &'a [StaffMember],
    /// Wards to choose from.
    pub wards: &'a [Ward],
    /// The dates it stands for so far; none when it is now, or not all is filled in.
    pub foreseen: &'a [Foreseen],
}

/// A date the form stands for, and what else there is at that time.
pub struct Foreseen {
    /// When.
    pub planned: Planned,
    /// What else.
    pub overlaps: Vec<Overlap>,
}

/// The whole page.
#[must_use]
pub fn page(form: &VisitForm<'_>) -> Markup {
    let texts = form.reader.texts;
    let title = texts.get("visit-title");
    let mut page =
        Page::new(if form.problems.is_empty() { Title::Plain(title.clone()) } else { Title::Error(title.clone()) });
    page.place = Some(Place::NewVisit);
    page.scripts = &["staff/visit-form.js"];
    page.stylesheets = &["booking.css"];
    let main = html! {
        main #main.visit-form tabindex="-1" {
            h1 { (title) }
            (form::summary(texts, form.problems))
            form #visit-form method="post" action="/visits" novalidate autocomplete="off" {
                input type="hidden" name="form_token" value=(form.reader.form_token);
                input type="hidden" name="command" value=(kept(form.typed, "command", CommandId::mint()));
                input type="hidden" name="new_patient" value=(kept(form.typed, "new_patient", PatientId::mint()));
                // Enter in a text field means "look", never "open the visit".
                button.visually-hidden type="submit" formaction="/visits/drafts" tabindex="-1" aria-hidden="true" { (texts.get("visit-search")) }
                (service_part(form))
                (patient::part(form))
                (people_part(form))
                (place_part(form))
                (when::part(form))
                (overlaps::part(form))
                (admission_part(form))
                div.form-end {
                    button.button.primary type="submit" {
                        // The stylesheet shows the one that is right for now or later, and the first where it cannot tell.
                        span.says-either { (texts.get("visit-save")) }
                        span.says-now { (texts.get("visit-open-now")) }
                        span.says-later { (texts.get("visit-schedule")) }
                    }
                    a.button.quiet href=(shell::landing(form.reader.member.role)) { (texts.get("visit-back")) }
                }
            }
            p #form-status.visually-hidden role="status" {}
        }
    };
    shell::page(form.reader, page, main)
}

fn service_part(form: &VisitForm<'_>) -> Markup {
    let texts = form.reader.texts;
    let chosen = visit::service(form.typed, form.reader.member);
    html! {
        fieldset #service.card.part {
            legend { (texts.get("visit-service")) }
            (form::beside(form.problems, "service"))
            div.choices {
                @for service in visit::services(form.reader.member) {
                    label.choice {
                        input type="radio" name="service" value=(service) checked[chosen == Some(service)];
                        span { b { (texts.get(&format!("service-{service}"))) } span.hint { (texts.get(&format!("service-{service}-how"))) } }
                    }
                }
            }
        }
    }
}

fn people_part(form: &VisitForm<'_>) -> Markup {
    let texts = form.reader.texts;
    html! {
        fieldset #invite.card.part {
            legend { (texts.get("visit-people")) }
            (form::beside(form.problems, "invite"))
            @if let Some(chosen) = form.chosen {
                @let wanted = visit::wanted(form.typed, chosen.patient.id);
                input type="hidden" name="people_of" value=(chosen.patient.id);
                div.choices {
                    label.choice.for-patient {
                        input type="checkbox" name="invite" value="patient" checked[wanted.contains(&Wanted::Patient)];
                        span { b { (chosen.patient.name) } span.hint { (texts.get("kind-patient")) " · "
                            (chosen.patient.phone.as_ref().map_or_else(|| texts.get("visit-link-by-hand"), ToString::to_string)) } }
                    }
                    @for relative in &chosen.relatives { (relative_choice(form, relative, &wanted)) }
                }
                @if chosen.relatives.is_empty() { p.hint { (texts.get("visit-no-relatives")) } }
            } @else {
                p.hint { (texts.get("visit-people-first")) }
            }
        }
    }
}

fn relative_choice(form: &VisitForm<'_>, relative: &Relative, wanted: &[Wanted]) -> Markup {
    let texts = form.reader.texts;
    let barred =
        [(Service::MedicalReport, "visit-relative-no-report"), (Service::TeleVisit, "visit-relative-no-visit")]
            .map(|(service, key)| (service, key, !visit::may_come(relative, service)));
    let services: Vec<_> =
        barred.iter().filter(|(.., is_barred)| *is_barred).map(|(service, ..)| service.as_str()).collect();
    html! {
        // Without scripts it can be ticked, and is refused: which service it is, only the browser knows.
        label.choice data-barred-from=[(!services.is_empty()).then(|| services.join(" "))] {
            input type="checkbox" name="invite" value=(relative.id) checked[wanted.contains(&Wanted::Relative(relative.id))];
            span {
                b { (relative.name) } span.hint { (relative.relation) " · " (relative.phone) }
                @for (_, key, _) in barred.iter().filter(|(.., is_barred)| *is_barred) { span.hint.barred { (texts.get(key)) } }
            }
        }
    }
}

/// A doctor's name, with the services they are limited to.
fn doctor_name(form: &VisitForm<'_>, doctor: &StaffMember) -> String {
    let texts = form.reader.texts;
    if doctor.services == doctor.role.possible_services() {
        return doctor.name.to_string();
    }
    let services: Vec<_> = doctor.services.iter().map(|service| texts.get(&format!("service-{service}"))).collect();
    format!("{} ({})", doctor.name, services.join(", "))
}

fn place_part(form: &VisitForm<'_>) -> Markup {
    let texts = form.reader.texts;
    let role = form.reader.member.role;
    let doctor = form.typed.one("doctor");
    html! {
        div.card.part {
            h2.part-title { (texts.get("visit-details")) }
            div.grid {
                @if role == Role::Clerk {
                    div.field.for-doctor {
                        label for="doctor" { (texts.get("visit-doctor")) }
                        (form::beside(form.problems, "doctor"))
                        select #doctor name="doctor" aria-invalid=[form::sentence_for(form.problems, "doctor").map(|_| "true")] {
                            option value="" { (texts.get("visit-choose")) }
                            @for other in form.doctors {
                                option value=(other.id) data-services=(other.services) selected[other.id.to_string() == doctor] { (doctor_name(form, other)) }
                            }
                        }
                    }
                }
                @if role != Role::Ward {
                    div.for-ward { (ward_choice(form, "ward", "visit-ward", form.typed.one("ward"))) }
                }
                (Line::new("reason", texts.get("visit-reason")).hinting(texts.get("visit-reason-how")).holding(form.typed.one("reason")).markup(form.problems))
            }
        }
    }
}

fn ward_choice(form: &VisitForm<'_>, name: &str, label: &str, chosen: &str) -> Markup {
    let texts = form.reader.texts;
    html! {
        div.field {
            label for=(name) { (texts.get(label)) }
            (form::beside(form.problems, name))
            select id=(name) name=(name) aria-invalid=[form::sentence_for(form.problems, name).map(|_| "true")] {
                option value="" { (texts.get(if name == "ward" { "visit-ward-own" } else { "patient-ward-none" })) }
                @for ward in form.wards { option value=(ward.id) selected[ward.id.to_string() == chosen] { (ward.name) } }
            }
        }
    }
}

fn admission_part(form: &VisitForm<'_>) -> Markup {
    let texts = form.reader.texts;
    let chosen = form.typed.one("admission").parse::<Admission>().ok();
    html! {
        details.card.part open[chosen.is_some()] {
            summary { (texts.get("visit-admission")) }
            div.choices {
                label.choice {
                    input type="radio" name="admission" value="" checked[chosen.is_none()];
                    span { b { (texts.get("visit-admission-usual")) } }
                }
                @for admission in Admission::ALL {
                    label.choice {
                        input type="radio" name="admission" value=(admission) checked[chosen == Some(*admission)];
                        span { b { (texts.get(&format!("visit-admission-{admission}"))) } }
                    }
                }
            }
        }
    }
}

fn kept(typed: &Pairs, name: &str, fresh: impl ToString) -> String {
    or(typed.one(name), &fresh.to_string()).to_owned()
}

fn or<'a>(typed: &'a str, otherwise: &'a str) -> &'a str {
    if typed.is_empty() { otherwise } else { typed }
}
