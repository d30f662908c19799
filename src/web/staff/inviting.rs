//! Inviting more people to a visit that is booked already: whoever of the patient's family has no seat in it yet.
//!
//! A form that comes again is told what it was told before. Never decides what is allowed: the hub does.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::answer::refusal_key;
use super::asked::id_of_button;
use super::caller::Caller;
use super::family::Family;
use super::forms::PageForm;
use super::forms::pairs::Pairs;
use super::forms::visit::ticked;
use super::messages::not_written_to;
use super::moving::{Seen, path};
use super::views::acts::is_open;
use super::views::form::Fault;
use super::views::inviting::{self, Inviting};
use super::views::visit_page;
use crate::domain::consultation::{Guest, Refusal};
use crate::domain::ids::{CommandId, ConsultationId, RelativeId};
use crate::hub::HubError;
use crate::providers::sms::Reach;
use crate::store::consultations;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;

/// What the address may say: an id.
#[derive(Debug, Default, Deserialize)]
pub struct Beginning {
    /// The relative who is ticked at first.
    invite: Option<String>,
}

/// `GET /consultations/{id}/people`, with somebody ticked who has just been registered (`invite`).
///
/// # Errors
/// [`Problem`].
pub async fn people(
    caller: Caller,
    PathId(id): PathId<ConsultationId>,
    beginning: web::Query<Beginning>,
) -> Result<HttpResponse, Problem> {
    let visit = WithFamily::seen_by(&caller, id).await?;
    if !visit_page::may_invite(&visit.visit.card) {
        return Ok(caller.onwards(&path(id)));
    }
    let ticked = Pairs::default().with("invite", beginning.into_inner().invite.unwrap_or_default());
    Ok(visit.show(StatusCode::OK, &ticked, &[]))
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
    let hub = &caller.site.hub;
    let command = id_of_button(&path(id), &typed).unwrap_or_else(CommandId::mint);
    let before = hub.carried_out(caller.id(), id, command).await?;
    let visit = WithFamily::seen_by(&caller, id).await?;
    let guests = visit.wanted(&typed);
    if let (Some(rev), Ok(guests)) = (before, &guests) {
        return Ok(visit.done(rev, guests));
    }
    if !visit_page::may_invite(&visit.visit.card) {
        let why = if is_open(&visit.visit.card) { Refusal::NotEntitled } else { Refusal::Closed };
        return Ok(caller.cannot(&path(id), refusal_key(why)));
    }
    let guests = match guests {
        Ok(guests) => guests,
        Err(fault) => return Ok(visit.refuse(StatusCode::UNPROCESSABLE_ENTITY, &typed, fault)),
    };
    match hub.invite(caller.member().operator(), command, id, &guests).await {
        Ok(rev) => Ok(visit.done(rev, &guests)),
        Err(HubError::Refused(refusal @ (Refusal::AlreadyInvited | Refusal::Full | Refusal::PatientNotSeated))) => {
            let fault = Fault::new(caller.texts, "invite", refusal_key(refusal));
            // Somebody else may have invited them meanwhile: the page shows who has a seat by now.
            Ok(WithFamily::seen_by(&caller, id).await?.refuse(StatusCode::CONFLICT, &typed, fault))
        }
        Err(HubError::Refused(refusal)) => Ok(caller.cannot(&path(id), refusal_key(refusal))),
        Err(error) => Err(error.into()),
    }
}

/// A visit as somebody sees it who is about to invite more people.
struct WithFamily<'a> {
    visit: Seen<'a>,
    family: Family,
    /// The relatives who have a seat.
    relatives: Vec<RelativeId>,
}

impl<'a> WithFamily<'a> {
    /// Who may not look at the visit does not learn that it exists.
    async fn seen_by(caller: &'a Caller, id: ConsultationId) -> Result<Self, Problem> {
        let visit = Seen::by(caller, id).await?;
        let store = &caller.site.store;
        let family = Family::of(store, visit.details.patient).await?.ok_or(Problem::NotFound)?;
        let relatives = consultations::relatives_invited(store, id).await?;
        Ok(Self { visit, family, relatives })
    }

    /// Those who are ticked, as they are invited.
    fn wanted(&self, typed: &Pairs) -> Result<Vec<Guest>, Fault> {
        let wanted = ticked(typed);
        if wanted.is_empty() {
            return Err(Fault::new(self.visit.caller.texts, "invite", "visit-people-missing"));
        }
        self.family.guests(self.visit.caller.texts, &wanted, self.visit.card.service)
    }

    /// They are invited, now or before: on to the visit, which says how they get their link.
    fn done(&self, rev: u64, guests: &[Guest]) -> HttpResponse {
        let (site, texts) = (&self.visit.caller.site, self.visit.caller.texts);
        let key = match site.sending.reach {
            Reach::House => "inviting-done-by-hand",
            Reach::World if guests.iter().any(|guest| guest.phone.is_none()) => "inviting-done-not-all",
            Reach::World => "inviting-done",
        };
        let phones = guests.iter().map(|guest| guest.phone.as_ref());
        let said = texts.get(key) + &not_written_to(site, texts, phones);
        self.visit.caller.done_saying(rev, &path(self.visit.card.consultation), &said)
    }

    fn refuse(&self, status: StatusCode, typed: &Pairs, fault: Fault) -> HttpResponse {
        let faults = [fault];
        self.visit.caller.refuse(status, &faults, || self.show(status, typed, &faults))
    }

    fn show(&self, status: StatusCode, typed: &Pairs, problems: &[Fault]) -> HttpResponse {
        let page = inviting::page(&Inviting {
            reader: self.visit.caller.reader(),
            here: &self.visit.caller.here(),
            card: &self.visit.card,
            details: &self.visit.details,
            family: &self.family,
            relatives: &self.relatives,
            typed,
            problems,
        });
        self.visit.caller.page(status, page)
    }
}
