//! How somebody comes in, what of theirs is still to come, and the button that closes the door to them.
//!
//! Never offers to close it without asking first.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::MemberPage;
use crate::domain::service::Service;
use crate::domain::staff::AccountState;
use crate::text::Texts;
use crate::web::staff::views::moment;
use crate::web::staff::views::roster;

/// Sign-in, and the link to choose a password.
pub(super) fn section(person: &MemberPage<'_>, address: &str) -> Markup {
    let (texts, entry) = (person.reader.texts, person.entry);
    html! {
        section.card.part aria-labelledby="access-title" {
            h2 #access-title.part-title { (texts.get("people-access")) }
            dl.facts {
                div { dt { (texts.get("people-signed-in")) } dd { (roster::signed_in(texts, person.here, entry)) } }
                div { dt { (texts.get("people-password")) } dd { (password(person)) } }
                @if person.at_webex.is_none() { div { dt { (texts.get("people-video")) } dd { (texts.get("people-video-not-needed")) } } }
            }
            @if person.is_reader() { p.hint { (texts.get("people-self")) " " a href="/profile" { (texts.get("staff-nav-profile")) } } }
            @else if entry.is_active {
                form method="post" action={ (address) "/invitations" } {
                    input type="hidden" name="form_token" value=(person.reader.form_token);
                    p.hint { (texts.get("people-link-how")) }
                    button.button type="submit" { (texts.get("people-link")) }
                }
            }
        }
    }
}

/// The door, to be closed or opened again.
pub(super) fn door(person: &MemberPage<'_>, address: &str) -> Markup {
    let texts = person.reader.texts;
    let token = html! { input type="hidden" name="form_token" value=(person.reader.form_token); };
    html! {
        section.card.part aria-labelledby="door-title" {
            @if person.entry.is_active {
                h2 #door-title.part-title { (texts.get("people-disable-title")) }
                p { (texts.get("people-disable-how")) }
                (coming(texts, person, address))
                details.asking {
                    summary.button.danger { (texts.get("people-disable")) }
                    form method="post" action={ (address) "/disablement" } {
                        (token)
                        p { (texts.with("people-disable-question", &[("name", person.entry.member.name.to_string().into())])) }
                        button.button.stop type="submit" { (texts.get("people-disable-answer")) }
                    }
                }
            } @else {
                h2 #door-title.part-title { (texts.get("people-enable-title")) }
                p { (texts.get("people-enable-how")) }
                (coming(texts, person, address))
                form method="post" action={ (address) "/enablement" } {
                    (token)
                    button.button type="submit" { (texts.get("people-enable")) }
                }
            }
        }
    }
}

fn password(person: &MemberPage<'_>) -> String {
    let texts = person.reader.texts;
    let link = person.link_until.map(|until| moment::instant(texts, person.here, until));
    match (person.entry.state(), link) {
        (AccountState::Disabled, _) => texts.get("people-password-disabled"),
        (AccountState::NotSetUp, None) => texts.get("people-password-none"),
        (AccountState::NotSetUp, Some(until)) => texts.with("people-password-invited", &[("until", until.into())]),
        (AccountState::Active, None) => texts.get("people-password-set"),
        (AccountState::Active, Some(until)) => texts.with("people-password-again", &[("until", until.into())]),
    }
}

/// How many visits of each service they still have to conduct.
fn coming(texts: Texts, person: &MemberPage<'_>, address: &str) -> Markup {
    let mut counts = BTreeMap::<Service, usize>::new();
    for (_, service) in person.coming {
        *counts.entry(*service).or_default() += 1;
    }
    html! {
        @if !counts.is_empty() {
            div #coming.message.warn.stack {
                p { b { (texts.get("people-coming")) } }
                ul { @for (service, count) in &counts { li { (texts.get(&format!("service-{service}"))) ": " (count) } } }
                form.stack method="post" action={ (address) "/handovers" } {
                    input type="hidden" name="form_token" value=(person.reader.form_token);
                    div.field {
                        label for="doctor" { (texts.get("people-handover-to")) }
                        select #doctor name="doctor" {
                            option value="" { (texts.get("visit-choose")) }
                            @for doctor in person.doctors.iter().filter(|doctor| doctor.id != person.entry.member.id) {
                                option value=(doctor.id) { (doctor.name) }
                            }
                        }
                    }
                    button.button type="submit" { (texts.get("people-handover")) }
                }
            }
        }
    }
}
