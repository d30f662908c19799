//! Handing a visit over: who conducts it now, and who could.
//!
//! Never offers a doctor who is not permitted the service.

use maud::{Markup, html};

use super::form::{self, Fault};
use super::moment::Here;
use super::moving::{around, present};
use super::overlaps;
use super::shell::{self, Reader};
use crate::domain::ids::CommandId;
use crate::domain::staff::StaffMember;
use crate::protocol::board::Card;
use crate::store::calendars::Overlap;
use crate::store::details::Details;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::forms::visit::accepted;

/// The page.
pub struct HandingOver<'a> {
    /// Who hands it over.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// The visit as it stands.
    pub card: &'a Card,
    /// What a card does not say.
    pub details: &'a Details,
    /// Who could conduct it.
    pub doctors: &'a [StaffMember],
    /// What was chosen.
    pub typed: &'a Pairs,
    /// What is wrong with it.
    pub problems: &'a [Fault],
    /// What else that doctor has at that time.
    pub overlaps: &'a [Overlap],
}

/// The whole page.
#[must_use]
pub fn page(handing: &HandingOver<'_>) -> Markup {
    let HandingOver { reader, here, card, details, typed, problems, .. } = handing;
    let texts = reader.texts;
    let path = format!("/consultations/{}", card.consultation);
    let chosen = typed.one("doctor");
    let main = html! {
        main #main.visit-form tabindex="-1" {
            h1 { (texts.get("handing-title")) }
            (form::summary(texts, problems))
            (present(texts, here, card, details, None))
            @if handing.doctors.is_empty() {
                p.empty { (texts.get("handing-nobody")) }
                p { a.button href=(path) { (texts.get("moving-back")) } }
            } @else {
                form method="post" action={ (path) "/doctor" } novalidate autocomplete="off" {
                    input type="hidden" name="form_token" value=(reader.form_token);
                    input type="hidden" name="command" value=(CommandId::mint());
                    input type="hidden" name="seen" value=[details.doctor];
                    div.card.part {
                        div.field {
                            label for="doctor" { (texts.get("handing-to")) }
                            p.hint #doctor-hint { (texts.get("handing-how")) }
                            (form::beside(problems, "doctor"))
                            select #doctor name="doctor" aria-describedby="doctor-hint" aria-invalid=[form::sentence_for(problems, "doctor").map(|_| "true")] {
                                option value="" { (texts.get("visit-choose")) }
                                @for doctor in handing.doctors { option value=(doctor.id) selected[doctor.id.to_string() == chosen] { (doctor.name) } }
                            }
                        }
                    }
                    (overlaps::part(*reader, here, handing.overlaps, &accepted(typed), problems))
                    div.form-end {
                        button.button.primary type="submit" { (texts.get("handing-hand-over")) }
                        a.button.quiet href=(path) { (texts.get("moving-back")) }
                    }
                }
            }
        }
    };
    shell::page(*reader, around(texts, "handing-title", problems), main)
}
