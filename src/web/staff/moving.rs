//! Moving a visit to another time, and giving it to another doctor.
//!
//! Whatever else there is at that time is shown first, and what somebody else changed meanwhile is shown, not overwritten.
//! Never decides what is allowed: the hub does.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use super::answer::{Wants, json_sentence, refusal_key, see_other, see_other_saying};
use super::forms::moving as form;
use super::forms::pairs::Pairs;
use super::forms::visit::{Filling, accepted};
use super::pages::{here, reader};
use super::views::form::Fault;
use super::views::handing_over::{self, HandingOver};
use super::views::moving::{self, Moving};
use super::views::{shell, visit_page};
use super::visits::PageForm;
use crate::domain::consultation::Refusal;
use crate::domain::ids::{CommandId, ConsultationId, StaffId};
use crate::domain::staff::{Role, StaffMember};
use crate::hub::HubError;
use crate::hub::booking::Rescheduling;
use crate::protocol::board::Card;
use crate::store::calendars::{Overlap, Owners, Slot};
use crate::store::details::{self, Details};
use crate::store::staff;
use crate::text::Texts;
use crate::web::csrf::FormToken;
use crate::web::guard::SignedIn;
use crate::web::layout;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::site::Site;

/// `GET /consultations/{id}/appointment`.
///
/// # Errors
/// [`Problem`].
pub async fn appointment(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    PathId(id): PathId<ConsultationId>,
) -> Result<HttpResponse, Problem> {
    let desk = Desk::at(&site, &signed_in, &token, &request, id).await?;
    if !visit_page::may_move(&desk.card) {
        return Ok(see_other(&desk.path()));
    }
    Ok(desk.show_appointment(StatusCode::OK, &form::filled_in(&desk.details.appointment), &[], &[]))
}

/// `POST /consultations/{id}/appointment`: moves it.
///
/// # Errors
/// [`Problem`].
pub async fn reschedule(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    PathId(id): PathId<ConsultationId>,
    typed: PageForm,
) -> Result<HttpResponse, Problem> {
    let typed = Pairs::from(typed.into_inner());
    let desk = Desk::at(&site, &signed_in, &token, &request, id).await?;
    let refuse = |status, field: &str, key: &str, overlaps: &[Overlap]| {
        let faults = [Fault::new(desk.texts, field, key)];
        desk.refuse(status, &faults, || desk.show_appointment(status, &typed, &faults, overlaps))
    };
    let present = &desk.details.appointment;
    let (member, now) = (&signed_in.member, site.clock.now());
    let filling = Filling { member, texts: desk.texts, now, zone: &present.zone };
    let appointment = match form::read(&typed, present, desk.card.service, filling) {
        Ok(appointment) => appointment,
        Err((field, key)) => return Ok(refuse(StatusCode::UNPROCESSABLE_ENTITY, field, key, &[])),
    };
    let seen = typed.one("seen").parse().unwrap_or(present.at);
    let seen_minutes = typed.one("seen_minutes").parse().unwrap_or(present.minutes);
    if (appointment.at, appointment.minutes) == (present.at, present.minutes) {
        return Ok(refuse(StatusCode::UNPROCESSABLE_ENTITY, "date", "moving-same", &[]));
    }
    let owners = Owners { doctor: desk.details.doctor, patient: Some(desk.details.patient) };
    let slot = Slot::of(&appointment, owners);
    let to = Rescheduling { seen, seen_minutes, appointment, accepted: accepted(&typed) };
    match site.hub.reschedule(signed_in.member.operator(), command(&typed), id, to).await {
        Ok(rev) => Ok(desk.done(rev, &desk.path(), "moving-done")),
        Err(HubError::Overlaps(_)) => {
            let overlaps = site.hub.overlaps(slot, Some(id)).await?;
            Ok(refuse(StatusCode::CONFLICT, "accept", "moving-taken", &overlaps))
        }
        Err(HubError::Refused(Refusal::Changed)) => {
            let overlaps = site.hub.overlaps(slot, Some(id)).await?;
            Ok(refuse(StatusCode::CONFLICT, "date", "moving-changed", &overlaps))
        }
        Err(HubError::Refused(refusal)) => Ok(desk.say(refusal_key(refusal))),
        Err(error) => Err(error.into()),
    }
}

/// `GET /consultations/{id}/doctor`.
///
/// # Errors
/// [`Problem`].
pub async fn doctor(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    PathId(id): PathId<ConsultationId>,
) -> Result<HttpResponse, Problem> {
    let desk = Desk::at(&site, &signed_in, &token, &request, id).await?;
    if !visit_page::may_hand_over(&desk.card, signed_in.member.role) {
        return Ok(see_other(&desk.path()));
    }
    let doctors = desk.doctors().await?;
    Ok(desk.show_doctors(StatusCode::OK, &doctors, &Pairs::default(), &[], &[]))
}

/// `POST /consultations/{id}/doctor`: another doctor conducts it.
///
/// # Errors
/// [`Problem`].
pub async fn hand_over(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    PathId(id): PathId<ConsultationId>,
    typed: PageForm,
) -> Result<HttpResponse, Problem> {
    let typed = Pairs::from(typed.into_inner());
    let desk = Desk::at(&site, &signed_in, &token, &request, id).await?;
    let doctors = desk.doctors().await?;
    let refuse = |status, field: &str, key: &str, overlaps: &[Overlap]| {
        let faults = [Fault::new(desk.texts, field, key)];
        desk.refuse(status, &faults, || desk.show_doctors(status, &doctors, &typed, &faults, overlaps))
    };
    let chosen = typed.one("doctor").parse::<StaffId>().ok();
    let Some(to) = doctors.iter().find(|doctor| Some(doctor.id) == chosen) else {
        return Ok(refuse(StatusCode::UNPROCESSABLE_ENTITY, "doctor", "handing-missing", &[]));
    };
    let seen = typed.one("seen").parse::<StaffId>().ok().or(desk.details.doctor);
    let by = signed_in.member.operator();
    match site.hub.hand_over(by, command(&typed), id, seen, to, &accepted(&typed)).await {
        Ok(rev) => {
            // A doctor's visit is no longer theirs.
            let next = if by.role == Role::Doctor { shell::landing(by.role).to_owned() } else { desk.path() };
            Ok(desk.done(rev, &next, "handing-done"))
        }
        Err(HubError::Overlaps(_)) => {
            let owners = Owners { doctor: Some(to.id), patient: None };
            let overlaps = site.hub.overlaps(Slot::of(&desk.details.appointment, owners), Some(id)).await?;
            Ok(refuse(StatusCode::CONFLICT, "accept", "moving-taken", &overlaps))
        }
        Err(HubError::Refused(Refusal::Changed)) => Ok(refuse(StatusCode::CONFLICT, "doctor", "handing-changed", &[])),
        Err(HubError::Refused(refusal)) => Ok(desk.say(refusal_key(refusal))),
        Err(error) => Err(error.into()),
    }
}

/// One member of staff with one visit before them.
struct Desk<'a> {
    site: &'a Site,
    signed_in: &'a SignedIn,
    token: &'a FormToken,
    texts: Texts,
    wants: Wants,
    card: Card,
    details: Details,
}

impl<'a> Desk<'a> {
    /// Who may not look at the visit does not learn that it exists.
    async fn at(
        site: &'a Site,
        signed_in: &'a SignedIn,
        token: &'a FormToken,
        request: &HttpRequest,
        id: ConsultationId,
    ) -> Result<Self, Problem> {
        let card = site.hub.card_for(&signed_in.member, id).await?;
        let details = details::find(&site.store, id).await?.ok_or(Problem::NotFound)?;
        let texts = Texts::of(signed_in.member.language);
        Ok(Self { site, signed_in, token, texts, wants: Wants::of(request), card, details })
    }

    fn path(&self) -> String {
        format!("/consultations/{}", self.card.consultation)
    }

    /// The doctors who may conduct it, but the one who does.
    async fn doctors(&self) -> Result<Vec<StaffMember>, Problem> {
        let mut doctors = staff::doctors(&self.site.store).await?;
        doctors.retain(|doctor| doctor.services.hold(self.card.service) && Some(doctor.id) != self.details.doctor);
        Ok(doctors)
    }

    fn show_appointment(
        &self,
        status: StatusCode,
        typed: &Pairs,
        problems: &[Fault],
        overlaps: &[Overlap],
    ) -> HttpResponse {
        let page = moving::page(&Moving {
            reader: reader(self.signed_in, self.token, None),
            here: &here(self.site, self.signed_in),
            card: &self.card,
            details: &self.details,
            typed,
            problems,
            overlaps,
        });
        layout::page(status, page)
    }

    fn show_doctors(
        &self,
        status: StatusCode,
        doctors: &[StaffMember],
        typed: &Pairs,
        problems: &[Fault],
        overlaps: &[Overlap],
    ) -> HttpResponse {
        let page = handing_over::page(&HandingOver {
            reader: reader(self.signed_in, self.token, None),
            here: &here(self.site, self.signed_in),
            card: &self.card,
            details: &self.details,
            doctors,
            typed,
            problems,
            overlaps,
        });
        layout::page(status, page)
    }

    /// What is wrong, to a script; else the page that says it.
    fn refuse(&self, status: StatusCode, faults: &[Fault], page: impl FnOnce() -> HttpResponse) -> HttpResponse {
        match self.wants {
            Wants::Json => {
                let first = faults.first().map(|fault| fault.sentence.as_str()).unwrap_or_default();
                json_sentence(status, first, faults)
            }
            Wants::Page => page(),
        }
    }

    fn done(&self, rev: u64, next: &str, key: &str) -> HttpResponse {
        match self.wants {
            Wants::Json => HttpResponse::Ok().json(json!({ "rev": rev })),
            Wants::Page => see_other_saying(self.site, next, &self.texts.get(key)),
        }
    }

    /// It cannot be done at all any more: the visit's page shows why.
    fn say(&self, key: &str) -> HttpResponse {
        let sentence = self.texts.get(key);
        match self.wants {
            Wants::Json => json_sentence(StatusCode::CONFLICT, &sentence, &[]),
            Wants::Page => see_other_saying(self.site, &self.path(), &sentence),
        }
    }
}

/// The same form sent twice moves once.
fn command(typed: &Pairs) -> CommandId {
    typed.one("command").parse().unwrap_or_else(|_| CommandId::mint())
}
