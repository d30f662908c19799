//! Opening a visit: the form, its drafts, a patient added on the spot, and the booking itself. It leads on to where the visit
//! can be seen.
//!
//! Patients are searched by posting the form: a name or a number never stands in an address. Never decides what can be
//! booked: the domain does.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde_json::json;

use super::answer::{Wants, not_bookable, see_other_saying};
use super::beginning::Beginning;
use super::caller::Caller;
use super::desk::{Desk, is_elsewhere};
use super::forms::PageForm;
use super::forms::new_patient::{self, NewPatient, Registering};
use super::forms::pairs::Pairs;
use super::forms::patient::somebody_else;
use super::forms::visit;
use super::messages::not_written_to;
use super::views::form::Fault;
use super::views::shell;
use crate::domain::booking::Timing;
use crate::domain::ids::ConsultationId;
use crate::domain::staff::Role;
use crate::hub::HubError;
use crate::store::StoreError;
use crate::store::patients::{self, Alike, Patient, Relative};
use crate::web::problem::Problem;
use crate::web::site::Site;

/// `GET /visits/new`, for a `patient`, on a `day` or `at` an instant, with a `doctor`, or as a `copy` of another visit.
///
/// # Errors
/// [`Problem`].
pub async fn new(caller: Caller, beginning: web::Query<Beginning>) -> Result<HttpResponse, Problem> {
    let form = beginning.form(&caller.site, caller.member()).await?;
    Desk(&caller).show(StatusCode::OK, &form, &[], None).await
}

/// `POST /visits/drafts`: the form as it stands, with what a search found, the patient that was chosen, or more rows.
///
/// # Errors
/// [`Problem`].
pub async fn draft(caller: Caller, form: PageForm) -> Result<HttpResponse, Problem> {
    let mut form = Pairs::from(form.into_inner());
    if form.has("choose") {
        let chosen = form.one("choose").to_owned();
        form = form.with("patient", chosen).without("choose").without("patient_search");
    }
    if form.has("rows_more") {
        let rows = new_patient::rows(&form) + new_patient::ROWS;
        form = form.with("rows", rows.to_string());
    }
    Desk(&caller).show(StatusCode::OK, &form, &[], None).await
}

/// `POST /patients`: adds a patient with relatives, and shows the form with them chosen.
///
/// # Errors
/// [`Problem`].
pub async fn add_patient(caller: Caller, form: PageForm) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let (desk, site, member) = (Desk(&caller), &caller.site, caller.member());
    let registering = Registering {
        texts: caller.texts,
        today: caller.here().today(),
        country: Some(site.hospital().country),
        ward: if member.role == Role::Ward { member.ward } else { None },
    };
    let NewPatient { patient, relatives } = match new_patient::read(&form, registering) {
        Ok(new) => new,
        Err(faults) => return desk.refuse(&form, faults).await,
    };
    if is_elsewhere(site, patient.care.ward()).await? {
        return desk.refuse(&form, vec![Fault::new(caller.texts, "new_ward", "visit-ward-unknown")]).await;
    }
    let alike = unasked(site, &patient, &form).await?;
    if !alike.is_empty() {
        return desk.ask(&form, &alike).await;
    }
    let relatives = match patients::insert(&site.store, &patient, &relatives, site.clock.now()).await {
        Ok(()) => relatives,
        Err(StoreError::Duplicate) => match sent_before(site, &patient, &relatives).await? {
            Some(relatives) => relatives,
            None => {
                let form = form.with("patient_search", patient.name.to_string());
                return desk.refuse(&form, vec![Fault::new(caller.texts, "new_name", "patient-sent-before")]).await;
            }
        },
        Err(error) => return Err(error.into()),
    };
    if caller.wants == Wants::Json {
        return Ok(HttpResponse::Ok().json(json!({ "patient": patient.id.to_string() })));
    }
    let id = patient.id.to_string();
    let emptied = ["new_", "relative_", "rows", "patient_search", "somebody_else", "invite"]
        .iter()
        .fold(form, |form, field| form.without(field));
    let chosen = emptied.with("patient", id.clone()).with("people_of", id).and("invite", "patient");
    let chosen = relatives.iter().fold(chosen, |form, relative| form.and("invite", relative.id.to_string()));
    let said = caller.texts.with("visit-patient-added", &[("name", patient.name.to_string().into())]);
    let phones = std::iter::once(patient.phone.as_ref()).chain(relatives.iter().map(|relative| Some(&relative.phone)));
    let said = said + &not_written_to(site, caller.texts, phones);
    desk.show(StatusCode::OK, &chosen, &[], Some(&said)).await
}

/// `POST /visits`: books.
///
/// # Errors
/// [`Problem`].
pub async fn create(caller: Caller, form: PageForm) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let (desk, site, member) = (Desk(&caller), &caller.site, caller.member());
    let hospital = site.hospital();
    let wish = match visit::read(&form, desk.filling(hospital.zone.name())) {
        Ok(wish) => wish,
        Err(faults) => return desk.refuse(&form, faults).await,
    };
    let (command, timing) = (wish.command, wish.timing);
    let bookings = match desk.bookings(wish).await? {
        Ok(bookings) => bookings,
        Err(fault) => return desk.refuse(&form, vec![fault]).await,
    };
    match site.hub.book_series(member.operator(), command, &bookings).await {
        Ok(visits) if caller.wants == Wants::Json => {
            let first = visits.first().map(ToString::to_string);
            Ok(HttpResponse::Ok().json(json!({ "consultation": first, "count": visits.len() })))
        }
        Ok(visits) => {
            let said = match (timing, bookings.first(), visits.first()) {
                (Timing::Now, Some(booking), Some(visit)) => desk.opened(booking, *visit).await?,
                _ if visits.len() > 1 => caller.texts.with("visit-booked-series", &[("count", visits.len().into())]),
                _ => caller.texts.get("visit-booked"),
            };
            let guests = bookings.first().map_or(&[][..], |booking| &booking.guests);
            let phones = guests.iter().map(|guest| guest.phone.as_ref());
            let said = said + &not_written_to(site, caller.texts, phones);
            let seen_at = match (timing, visits.first()) {
                (Timing::Scheduled, Some(visit)) => own_page(&caller, *visit).await,
                _ => None,
            };
            Ok(see_other_saying(site, seen_at.as_deref().unwrap_or(shell::landing(member.role)), &said))
        }
        Err(HubError::Overlaps(_)) => {
            desk.refuse(&form, vec![Fault::new(caller.texts, "overlaps", "visit-overlaps")]).await
        }
        Err(HubError::NotBookable(reason)) => {
            let (field, key) = not_bookable(reason);
            desk.refuse(&form, vec![Fault::new(caller.texts, field, key)]).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The page of a visit, where whoever booked it may look at it: a board shows today only.
async fn own_page(caller: &Caller, visit: ConsultationId) -> Option<String> {
    let card = caller.site.hub.card_for(caller.member(), visit).await;
    card.is_ok().then(|| format!("/consultations/{visit}"))
}

/// The relatives of a patient whose form came before, unless it said something else then. Their ids are those of the first
/// time.
async fn sent_before(site: &Site, patient: &Patient, typed: &[Relative]) -> Result<Option<Vec<Relative>>, Problem> {
    if patients::find(&site.store, patient.id).await?.as_ref() != Some(patient) {
        return Ok(None);
    }
    let known = patients::relatives_of(&site.store, patient.id).await?;
    let is_known = |typed: &Relative| known.iter().any(|known| Relative { id: known.id, ..typed.clone() } == *known);
    let is_same = known.len() == typed.len() && typed.iter().all(is_known);
    Ok(is_same.then_some(known))
}

/// Who may be the same person, unless nobody is but whom somebody has compared and found to be another.
async fn unasked(site: &Site, patient: &Patient, form: &Pairs) -> Result<Vec<Alike>, Problem> {
    let alike = patients::duplicates_of(&site.store, patient).await?;
    let looked_at = somebody_else(form);
    let is_answered = alike.iter().all(|other| looked_at.contains(&other.patient.id));
    Ok(if is_answered { Vec::new() } else { alike })
}
