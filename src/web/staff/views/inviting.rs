//! Inviting more people: who has a seat in the visit, and who of the family could have one.
//!
//! Never offers somebody who may not come to such a visit.

use maud::{Markup, html};

use super::form::{self, Fault};
use super::moment::Here;
use super::moving::{around, present};
use super::shell::{self, Reader};
use crate::domain::consultation::{Kind, Standing};
use crate::domain::ids::{CommandId, RelativeId};
use crate::domain::service::Service;
use crate::domain::staff::Role;
use crate::protocol::board::{Card, CardSeat};
use crate::store::details::Details;
use crate::store::patients::Relative;
use crate::web::staff::family::Family;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::forms::visit::{Wanted, may_come, ticked};

/// The page.
pub struct Inviting<'a> {
    /// Who invites.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// The visit as it stands.
    pub card: &'a Card,
    /// What a card does not say.
    pub details: &'a Details,
    /// The patient's family.
    pub family: &'a Family,
    /// The relatives who have a seat.
    pub relatives: &'a [RelativeId],
    /// Who was ticked.
    pub typed: &'a Pairs,
    /// What is wrong with it.
    pub problems: &'a [Fault],
}

/// The whole page.
#[must_use]
pub fn page(inviting: &Inviting<'_>) -> Markup {
    let Inviting { reader, here, card, details, problems, .. } = inviting;
    let texts = reader.texts;
    let path = format!("/consultations/{}", card.consultation);
    let main = html! {
        main #main.visit-form tabindex="-1" {
            h1 { (texts.get("inviting-title")) }
            (form::summary(texts, problems))
            (present(texts, here, card, details, None))
            p { (texts.get("inviting-there")) " " (names(card, |seat| !was_sent_away(seat))) }
            @if card.seats.iter().any(was_sent_away) {
                p { (texts.with("inviting-sent-away", &[("names", names(card, was_sent_away).into())])) }
            }
            @if is_everybody_there(inviting) {
                p #invite.empty { (texts.get("inviting-nobody")) }
                (missing(inviting))
                p { a.button.quiet href=(path) { (texts.get("moving-back")) } }
            } @else {
                form method="post" action={ (path) "/people" } novalidate autocomplete="off" {
                    input type="hidden" name="form_token" value=(reader.form_token);
                    input type="hidden" name="command" value=(CommandId::mint());
                    fieldset #invite.card.part {
                        legend { (texts.get("inviting-who")) }
                        p.hint { (texts.get("inviting-how")) }
                        (form::beside(problems, "invite"))
                        (choices(inviting))
                        (missing(inviting))
                    }
                    div.form-end {
                        button.button.primary type="submit" { (texts.get("inviting-invite")) }
                        a.button.quiet href=(path) { (texts.get("moving-back")) }
                    }
                }
            }
        }
    };
    shell::page(*reader, around(texts, "inviting-title", problems), main)
}

/// The names of those guests.
fn names(card: &Card, are_meant: impl Fn(&CardSeat) -> bool) -> String {
    let is_guest = |seat: &&CardSeat| matches!(seat.kind, Kind::Patient | Kind::Relative | Kind::Interpreter);
    let guests = card.seats.iter().filter(is_guest).filter(|seat| are_meant(seat));
    guests.map(|seat| seat.name.to_string()).collect::<Vec<_>>().join(", ")
}

fn was_sent_away(seat: &CardSeat) -> bool {
    seat.standing == Standing::Removed.as_str()
}

fn is_everybody_there(inviting: &Inviting<'_>) -> bool {
    !lacks_patient(inviting) && newcomers(inviting).next().is_none()
}

fn lacks_patient(inviting: &Inviting<'_>) -> bool {
    let card = inviting.card;
    card.service.seats_patient() && card.seats.iter().all(|seat| seat.kind != Kind::Patient)
}

/// The relatives who have no seat.
fn newcomers<'a>(inviting: &Inviting<'a>) -> impl Iterator<Item = &'a Relative> {
    let has_seat = inviting.relatives;
    inviting.family.relatives.iter().filter(move |relative| !has_seat.contains(&relative.id))
}

fn choices(inviting: &Inviting<'_>) -> Markup {
    let (texts, service) = (inviting.reader.texts, inviting.card.service);
    let wanted = ticked(inviting.typed);
    let patient = &inviting.family.patient;
    html! {
        div.choices {
            @if lacks_patient(inviting) {
                label.choice {
                    input type="checkbox" name="invite" value="patient" checked[wanted.contains(&Wanted::Patient)];
                    span { b { (patient.name) } span.hint { (texts.get("kind-patient")) " · "
                        (patient.phone.as_ref().map_or_else(|| texts.get("visit-link-by-hand"), ToString::to_string)) } }
                }
            }
            @for relative in newcomers(inviting) {
                @let barred = barred(relative, service);
                label.choice {
                    input type="checkbox" name="invite" value=(relative.id) disabled[barred.is_some()]
                        checked[barred.is_none() && wanted.contains(&Wanted::Relative(relative.id))];
                    span {
                        b { (relative.name) } span.hint { (relative.relation) " · " (relative.phone) }
                        @if let Some(key) = barred { span.hint.barred { (texts.get(key)) } }
                    }
                }
            }
        }
    }
}

/// Why somebody may not come to such a visit.
fn barred(relative: &Relative, service: Service) -> Option<&'static str> {
    let key = match service {
        Service::MedicalReport => "visit-relative-no-report",
        _ => "visit-relative-no-visit",
    };
    (!may_come(relative, service)).then_some(key)
}

/// Where somebody is registered who is not in the list.
fn missing(inviting: &Inviting<'_>) -> Markup {
    let texts = inviting.reader.texts;
    html! {
        @if inviting.reader.member.role == Role::Clerk {
            @let form = format!("/patients/{}/relatives/new?visit={}", inviting.details.patient, inviting.card.consultation);
            div.part-acts { a.button.small href=(form) { (texts.get("inviting-register")) } }
        } @else {
            p.hint { (texts.get("inviting-ask-clerk")) }
        }
    }
}
