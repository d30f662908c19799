//! Inviting more people to a visit that is booked already: whoever of the patient's family has no seat in it yet.
//!
//! A form that comes again is told what it was told before. Never decides what is allowed: the hub does.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::answer::{refusal_key, see_other_saying};
use super::caller::Caller;
use super::family::Family;
use super::forms::PageForm;
use super::forms::pairs::Pairs;
use super::forms::visit::ticked;
use super::messages::not_written_to;
use super::views::form::Fault;
use super::views::inviting::{self, Inviting};
use super::views::visit_page;
use crate::domain::consultation::Refusal;
use crate::domain::ids::{CommandId, ConsultationId, RelativeId};
use crate::hub::HubError;
use crate::protocol::board::Card;
use crate::providers::sms::Reach;
use crate::store::consultations;
use crate::store::details::{self, Details};
use crate::web::path_id::PathId;
use crate::web::problem::Problem;

/// `GET /consultations/{id}/people`.
///
/// # Errors
/// [`Problem`].
pub async fn people(caller: Caller, PathId(id): PathId<ConsultationId>) -> Result<HttpResponse, Problem> {
    let visit = Seen::by(&caller, id).await?;
    if !visit_page::may_invite(&visit.card) {
        return Ok(caller.onwards(&path(id)));
    }
    Ok(visit.show(StatusCode::OK, &Pairs::default(), &[]))
}

/// `POST /consultations/{id}/people`: invites those who are ticked (`invite`).
///
/// # Errors
/// [`Problem`].
pub async fn invite(
    caller: Caller,
    PathId(id): PathId<ConsultationId>,
    typed: PageForm,
) -> Result<HttpResponse, Problem> {
    let typed = Pairs::from(typed.into_inner());
    let (hub, texts) = (&caller.site.hub, caller.texts);
    let command = typed.one("command").parse().unwrap_or_else(|_| CommandId::mint());
    let done = match caller.site.sending.reach {
        Reach::House => "inviting-done-by-hand",
        Reach::World => "inviting-done",
    };
    if let Some(rev) = hub.carried_out(caller.id(), id, command).await? {
        return Ok(caller.done(rev, &path(id), done));
    }
    let visit = Seen::by(&caller, id).await?;
    let refuse = |status, fault: Fault| {
        let faults = [fault];
        caller.refuse(status, &faults, || visit.show(status, &typed, &faults))
    };
    let wanted = ticked(&typed);
    if wanted.is_empty() {
        let missing = Fault::new(texts, "invite", "visit-people-missing");
        return Ok(refuse(StatusCode::UNPROCESSABLE_ENTITY, missing));
    }
    let guests = match visit.family.guests(texts, &wanted, visit.card.service) {
        Ok(guests) => guests,
        Err(fault) => return Ok(refuse(StatusCode::UNPROCESSABLE_ENTITY, fault)),
    };
    match hub.invite(caller.member().operator(), command, id, &guests).await {
        Ok(rev) => {
            let called = guests.iter().map(|guest| (&guest.name, guest.phone.as_ref()));
            let unreached = not_written_to(&caller.site, texts, called);
            if unreached.is_empty() || caller.wants == super::answer::Wants::Json {
                return Ok(caller.done(rev, &path(id), done));
            }
            Ok(see_other_saying(&caller.site, &path(id), &(texts.get(done) + &unreached)))
        }
        Err(HubError::Refused(refusal @ (Refusal::AlreadyInvited | Refusal::Full | Refusal::PatientNotSeated))) => {
            // Somebody else may have invited them meanwhile: the page shows who has a seat by now.
            let visit = Seen::by(&caller, id).await?;
            let faults = [Fault::new(texts, "invite", refusal_key(refusal))];
            let status = StatusCode::CONFLICT;
            Ok(caller.refuse(status, &faults, || visit.show(status, &typed, &faults)))
        }
        Err(HubError::Refused(refusal)) => Ok(caller.cannot(&path(id), refusal_key(refusal))),
        Err(error) => Err(error.into()),
    }
}

/// A visit as somebody sees it who is about to invite more people.
struct Seen<'a> {
    caller: &'a Caller,
    card: Card,
    details: Details,
    family: Family,
    /// The relatives who have a seat.
    relatives: Vec<RelativeId>,
}

impl<'a> Seen<'a> {
    /// Who may not look at the visit does not learn that it exists.
    async fn by(caller: &'a Caller, id: ConsultationId) -> Result<Self, Problem> {
        let store = &caller.site.store;
        let card = caller.site.hub.card_for(caller.member(), id).await?;
        let details = details::find(store, id).await?.ok_or(Problem::NotFound)?;
        let family = Family::of(store, details.patient).await?.ok_or(Problem::NotFound)?;
        let relatives = consultations::relatives_invited(store, id).await?;
        Ok(Self { caller, card, details, family, relatives })
    }

    fn show(&self, status: StatusCode, typed: &Pairs, problems: &[Fault]) -> HttpResponse {
        let page = inviting::page(&Inviting {
            reader: self.caller.reader(),
            here: &self.caller.here(),
            card: &self.card,
            details: &self.details,
            family: &self.family,
            relatives: &self.relatives,
            typed,
            problems,
        });
        self.caller.page(status, page)
    }
}

fn path(id: ConsultationId) -> String {
    format!("/consultations/{id}")
}
