//! The host's own way into a meeting at Webex: a link that is made when they ask for it.
//!
//! Only who conducts the visit gets one. It stands on the answer to this one request and nowhere else.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use secrecy::ExposeSecret;
use serde_json::json;

use super::answer::{Wants, json_sentence, see_other_saying};
use super::caller::Caller;
use super::views::hosting as view;
use crate::domain::consultation::{Consultation, may_conduct};
use crate::domain::ids::ConsultationId;
use crate::domain::meeting::Obstacle;
use crate::domain::service::Engine;
use crate::store::webex::meetings;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::webex::{NotNow, room};

/// `POST /consultations/{id}/webex`.
///
/// # Errors
/// [`Problem`].
pub async fn start(caller: Caller, PathId(id): PathId<ConsultationId>) -> Result<HttpResponse, Problem> {
    let stored = caller.site.hub.stored(id).await?;
    if !may_conduct(&stored.visit, caller.member().operator()) {
        return Err(Problem::Forbidden);
    }
    match link(&caller, &stored.visit).await {
        Ok(link) if caller.wants == Wants::Json => Ok(HttpResponse::Ok().json(json!({ "start_link": link }))),
        Ok(link) => Ok(caller.page(StatusCode::OK, view::page(caller.reader(), id, &link))),
        Err(NotNow::Problem(problem)) => Err(problem),
        Err(NotNow::NotAdmitted) => Ok(refuse(&caller, id, StatusCode::CONFLICT, "webex-not-carrying")),
        Err(NotNow::Hindered(obstacle, _)) => {
            Ok(refuse(&caller, id, StatusCode::SERVICE_UNAVAILABLE, &format!("webex-obstacle-{obstacle}")))
        }
    }
}

async fn link(caller: &Caller, visit: &Consultation) -> Result<String, NotNow> {
    let site = &caller.site;
    if visit.engine != Engine::Webex || !visit.phase.is_open() {
        return Err(NotNow::NotAdmitted);
    }
    let webex = site.hub.engines().webex.clone().ok_or(Obstacle::NotSetUp)?;
    let room = room(site, visit.id).await?;
    let member = caller.member();
    // A ward starts in the name of the account that hosts its visits; a doctor in their own.
    let own = member.email.to_string();
    let email = if visit.doctor == Some(member.id) { &own } else { room.host.as_ref().unwrap_or(&own) };
    let links = webex.links(&room, email, &member.name.to_string()).await?;
    let link = links.start.ok_or(Obstacle::NoHost)?;
    meetings::starts(&site.store, visit.id, member.id).await?;
    Ok(link.expose_secret().to_owned())
}

fn refuse(caller: &Caller, id: ConsultationId, status: StatusCode, key: &str) -> HttpResponse {
    let sentence = caller.texts.get(key);
    match caller.wants {
        Wants::Json => json_sentence(status, &sentence, &[]),
        Wants::Page => see_other_saying(&caller.site, &format!("/consultations/{id}"), &sentence),
    }
}
