//! Moving a visit to another time, and giving it to another doctor.
//!
//! Whatever else there is at that time is shown first, and what somebody else changed meanwhile is shown, not overwritten.
//! A form that comes again is told what it was told before. Never decides what is allowed: the hub does.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::answer::refusal_key;
use super::caller::Caller;
use super::forms::PageForm;
use super::forms::moving as form;
use super::forms::pairs::Pairs;
use super::forms::visit::{Filling, accepted};
use super::views::form::Fault;
use super::views::handing_over::{self, HandingOver};
use super::views::moving::{self, Moving};
use super::views::{shell, visit_page};
use crate::domain::consultation::Refusal;
use crate::domain::ids::{CommandId, ConsultationId, StaffId};
use crate::domain::staff::{Role, StaffMember};
use crate::hub::HubError;
use crate::hub::booking::Rescheduling;
use crate::protocol::board::Card;
use crate::store::calendars::{Overlap, Owners, Slot};
use crate::store::details::{self, Details};
use crate::store::staff;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;

/// `GET /consultations/{id}/appointment`.
///
/// # Errors
/// [`Problem`].
pub async fn appointment(caller: Caller, PathId(id): PathId<ConsultationId>) -> Result<HttpResponse, Problem> {
    let visit = Seen::by(&caller, id).await?;
    if !visit_page::may_move(&visit.card) {
        return Ok(caller.onwards(&path(id)));
    }
    Ok(visit.show_appointment(StatusCode::OK, &form::filled_in(&visit.details.appointment), &[], &[]))
}

/// `POST /consultations/{id}/appointment`: moves it.
///
/// # Errors
/// [`Problem`].
pub async fn reschedule(
    caller: Caller,
    PathId(id): PathId<ConsultationId>,
    typed: PageForm,
) -> Result<HttpResponse, Problem> {
    let typed = Pairs::from(typed.into_inner());
    let (command, hub) = (command(&typed), &caller.site.hub);
    let done = |rev| caller.done(rev, &path(id), "moving-done");
    if let Some(rev) = hub.carried_out(caller.id(), id, command).await? {
        return Ok(done(rev));
    }
    let visit = Seen::by(&caller, id).await?;
    let refuse = |status, field: &str, key: &str, overlaps: &[Overlap]| {
        let faults = [Fault::new(caller.texts, field, key)];
        caller.refuse(status, &faults, || visit.show_appointment(status, &typed, &faults, overlaps))
    };
    let present = &visit.details.appointment;
    let (member, now) = (caller.member(), caller.site.clock.now());
    let filling = Filling { member, texts: caller.texts, now, zone: &present.zone };
    let appointment = match form::read(&typed, present, visit.card.service, filling) {
        Ok(appointment) => appointment,
        Err((field, key)) => return Ok(refuse(StatusCode::UNPROCESSABLE_ENTITY, field, key, &[])),
    };
    let seen = typed.one("seen").parse().unwrap_or(present.at);
    let seen_minutes = typed.one("seen_minutes").parse().unwrap_or(present.minutes);
    if (appointment.at, appointment.minutes) == (present.at, present.minutes) {
        return Ok(refuse(StatusCode::UNPROCESSABLE_ENTITY, "date", "moving-same", &[]));
    }
    let owners = Owners { doctor: visit.details.doctor, patient: Some(visit.details.patient) };
    let slot = Slot::of(&appointment, owners);
    let to = Rescheduling { seen, seen_minutes, appointment, accepted: accepted(&typed) };
    match hub.reschedule(member.operator(), command, id, to).await {
        Ok(rev) => Ok(done(rev)),
        Err(HubError::Overlaps(_)) => {
            let overlaps = hub.overlaps(slot, Some(id)).await?;
            Ok(refuse(StatusCode::CONFLICT, "accept", "moving-taken", &overlaps))
        }
        Err(HubError::Refused(Refusal::Changed)) => {
            let overlaps = hub.overlaps(slot, Some(id)).await?;
            Ok(refuse(StatusCode::CONFLICT, "date", "moving-changed", &overlaps))
        }
        Err(HubError::Refused(refusal)) => Ok(caller.cannot(&path(id), refusal_key(refusal))),
        Err(error) => Err(error.into()),
    }
}

/// `GET /consultations/{id}/doctor`.
///
/// # Errors
/// [`Problem`].
pub async fn doctor(caller: Caller, PathId(id): PathId<ConsultationId>) -> Result<HttpResponse, Problem> {
    let visit = Seen::by(&caller, id).await?;
    if !visit_page::may_hand_over(&visit.card, caller.member().role) {
        return Ok(caller.onwards(&path(id)));
    }
    let doctors = visit.doctors().await?;
    Ok(visit.show_doctors(StatusCode::OK, &doctors, &Pairs::default(), &[], &[]))
}

/// `POST /consultations/{id}/doctor`: another doctor conducts it.
///
/// # Errors
/// [`Problem`].
pub async fn hand_over(
    caller: Caller,
    PathId(id): PathId<ConsultationId>,
    typed: PageForm,
) -> Result<HttpResponse, Problem> {
    let typed = Pairs::from(typed.into_inner());
    let (command, hub, by) = (command(&typed), &caller.site.hub, caller.member().operator());
    // A doctor's visit is no longer theirs afterwards: they would not find it.
    let next = if by.role == Role::Doctor { shell::landing(by.role).to_owned() } else { path(id) };
    let done = |rev| caller.done(rev, &next, "handing-done");
    if let Some(rev) = hub.carried_out(caller.id(), id, command).await? {
        return Ok(done(rev));
    }
    let visit = Seen::by(&caller, id).await?;
    let doctors = visit.doctors().await?;
    let refuse = |status, field: &str, key: &str, overlaps: &[Overlap]| {
        let faults = [Fault::new(caller.texts, field, key)];
        caller.refuse(status, &faults, || visit.show_doctors(status, &doctors, &typed, &faults, overlaps))
    };
    let chosen = typed.one("doctor").parse::<StaffId>().ok();
    let Some(to) = doctors.iter().find(|doctor| Some(doctor.id) == chosen) else {
        return Ok(refuse(StatusCode::UNPROCESSABLE_ENTITY, "doctor", "handing-missing", &[]));
    };
    let seen = typed.one("seen").parse::<StaffId>().ok().or(visit.details.doctor);
    match hub.hand_over(by, command, id, seen, to, &accepted(&typed)).await {
        Ok(rev) => Ok(done(rev)),
        Err(HubError::Overlaps(_)) => {
            let owners = Owners { doctor: Some(to.id), patient: None };
            let overlaps = hub.overlaps(Slot::of(&visit.details.appointment, owners), Some(id)).await?;
            Ok(refuse(StatusCode::CONFLICT, "accept", "moving-taken", &overlaps))
        }
        Err(HubError::Refused(Refusal::Changed)) => Ok(refuse(StatusCode::CONFLICT, "doctor", "handing-changed", &[])),
        Err(HubError::Refused(refusal)) => Ok(caller.cannot(&path(id), refusal_key(refusal))),
        Err(error) => Err(error.into()),
    }
}

/// A visit as somebody sees it who is about to change it.
pub(super) struct Seen<'a> {
    pub(super) caller: &'a Caller,
    pub(super) card: Card,
    pub(super) details: Details,
}

impl<'a> Seen<'a> {
    /// Who may not look at the visit does not learn that it exists.
    pub(super) async fn by(caller: &'a Caller, id: ConsultationId) -> Result<Self, Problem> {
        let card = caller.site.hub.card_for(caller.member(), id).await?;
        let details = details::find(&caller.site.store, id).await?.ok_or(Problem::NotFound)?;
        Ok(Self { caller, card, details })
    }

    /// The doctors who may conduct it, but the one who does.
    async fn doctors(&self) -> Result<Vec<StaffMember>, Problem> {
        let mut doctors = staff::doctors(&self.caller.site.store).await?;
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
            reader: self.caller.reader(),
            here: &self.caller.here(),
            card: &self.card,
            details: &self.details,
            typed,
            problems,
            overlaps,
        });
        self.caller.page(status, page)
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
            reader: self.caller.reader(),
            here: &self.caller.here(),
            card: &self.card,
            details: &self.details,
            doctors,
            typed,
            problems,
            overlaps,
        });
        self.caller.page(status, page)
    }
}

/// The page of a visit.
pub(super) fn path(id: ConsultationId) -> String {
    format!("/consultations/{id}")
}

/// The same form sent twice moves once.
fn command(typed: &Pairs) -> CommandId {
    typed.one("command").parse().unwrap_or_else(|_| CommandId::mint())
}
