//! The fields about a member of staff, for adding and for changing.
//!
//! Services a role cannot be permitted are hidden by the stylesheet; a browser that cannot tell shows them all, and they are
//! left out when the form is read.

use maud::{Markup, html};

use crate::domain::person::Language;
use crate::domain::service::Service;
use crate::domain::staff::{Role, StaffMember};
use crate::store::wards::Ward;
use crate::text::Texts;
use crate::web::staff::forms::member;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::views::form::{self, Fault, Line};
use crate::web::staff::views::{roster, shell, zones};

/// All of them.
pub(super) fn all(texts: Texts, typed: &Pairs, problems: &[Fault], wards: &[Ward], zone: &str) -> Markup {
    html! {
        div.card.part {
            div.grid {
                (Line::new("name", texts.get("people-name")).holding(typed.one("name")).markup(problems))
                (Line::new("email", texts.get("people-email")).of_kind("email").hinting(texts.get("people-email-how"))
                    .holding(typed.one("email")).markup(problems))
            }
        }
        (role_part(texts, typed, problems))
        (services_part(texts, typed, problems))
        div.card.part {
            h2.part-title { (texts.get("people-place")) }
            div.grid {
                (ward_field(texts, typed, problems, wards))
                div.field {
                    label for="language" { (texts.get("people-language")) }
                    (form::beside(problems, "language"))
                    select #language name="language" {
                        @for language in Language::ALL {
                            option value=(language) selected[typed.one("language") == language.as_str()] { (texts.get(&format!("language-{language}"))) }
                        }
                    }
                }
                (zones::fields(texts, zone, typed.one("zone"), typed.one("other_zone"), problems))
            }
        }
    }
}

fn role_part(texts: Texts, typed: &Pairs, problems: &[Fault]) -> Markup {
    html! {
        fieldset #role.card.part {
            legend { (texts.get("people-role")) }
            (form::beside(problems, "role"))
            div.choices {
                @for role in Role::ALL {
                    label.choice {
                        input type="radio" name="role" value=(role) checked[typed.one("role") == role.as_str()];
                        span { b { (texts.get(shell::role_key(*role))) } span.hint { (texts.get(&format!("role-{role}-how"))) } }
                    }
                }
            }
        }
    }
}

fn services_part(texts: Texts, typed: &Pairs, problems: &[Fault]) -> Markup {
    let ticked = member::services(typed);
    html! {
        fieldset #services.card.part {
            legend { (texts.get("people-services")) }
            p.hint { (texts.get("people-services-how")) }
            (form::beside(problems, "services"))
            div.choices {
                @for service in Service::ALL {
                    label.choice data-service=(service) {
                        input type="checkbox" name="service" value=(service) checked[ticked.hold(*service)];
                        span { b { (texts.get(&format!("service-{service}"))) } span.hint { (texts.get(&format!("service-{service}-how"))) } }
                    }
                }
            }
        }
    }
}

fn ward_field(texts: Texts, typed: &Pairs, problems: &[Fault], wards: &[Ward]) -> Markup {
    let problem = form::sentence_for(problems, "ward");
    html! {
        div.field {
            label for="ward" { (texts.get("people-ward")) }
            p #ward-hint.hint { (texts.get(if wards.is_empty() { "people-no-wards" } else { "people-ward-how" })) }
            (form::beside(problems, "ward"))
            select #ward name="ward" aria-describedby={ "ward-hint" @if problem.is_some() { " ward-error" } } aria-invalid=[problem.map(|_| "true")] {
                option value="" { "—" }
                @for ward in wards { option value=(ward.id) selected[typed.one("ward") == ward.id.to_string()] { (ward.name) } }
            }
        }
    }
}

/// Where somebody as they are now differs from what was wanted: each field, and what stands there now.
#[must_use]
pub fn meanwhile(texts: Texts, wards: &[Ward], now: &StaffMember, wanted: &StaffMember) -> Vec<Fault> {
    let fields: [(&str, bool, String); 7] = [
        ("name", now.name == wanted.name, now.name.to_string()),
        ("email", now.email == wanted.email, now.email.to_string()),
        ("role", now.role == wanted.role, texts.get(shell::role_key(now.role))),
        ("services", now.services == wanted.services, roster::services(texts, now)),
        ("ward", now.ward == wanted.ward, roster::ward_name(wards, now.ward).to_owned()),
        ("language", now.language == wanted.language, texts.get(&format!("language-{}", now.language))),
        ("zone", now.zone == wanted.zone, now.zone.clone()),
    ];
    let differing = fields.into_iter().filter(|(_, is_same, _)| !is_same);
    differing
        .map(|(field, _, value)| {
            let sentence = texts.with("people-meanwhile", &[("value", value.into())]);
            Fault { field: field.to_owned(), sentence }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::StaffId;

    #[test]
    fn what_changed_meanwhile_is_told_field_by_field() {
        let texts = Texts::of(Language::English);
        let wanted = StaffMember {
            id: StaffId::mint(),
            email: "ines@hospital.example".parse().unwrap(),
            name: "Inés Soto".parse().unwrap(),
            role: Role::Doctor,
            ward: None,
            language: Language::Spanish,
            zone: "UTC".to_owned(),
            services: Role::Doctor.possible_services(),
        };
        let mut now = wanted.clone();
        assert_eq!(meanwhile(texts, &[], &now, &wanted), []);
        now.name = "Inés Soto Amaya".parse().unwrap();
        now.role = Role::Clerk;
        let faults = meanwhile(texts, &[], &now, &wanted);
        assert_eq!(faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["name", "role"]);
        assert!(faults[0].sentence.contains("Inés Soto Amaya") && faults[1].sentence.contains("Clerk"), "{faults:?}");
    }
}
