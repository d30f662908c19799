//! An open agenda follows: its socket, and the same where WebSockets are blocked.
//!
//! Never says what changed, which the page reads for itself.

use actix_web::{HttpRequest, HttpResponse, web};

use super::agenda::Asked;
use super::caller::Caller;
use crate::hub::agendas::Interest;
use crate::protocol::agenda::ToAgenda;
use crate::protocol::frame;
use crate::web::live::{upgradable, watched};
use crate::web::problem::Problem;
use crate::web::socket::{self, Peer};

/// `GET /agenda/socket`, with what the agenda's address says.
///
/// # Errors
/// [`Problem`].
pub async fn socket(
    request: HttpRequest,
    payload: web::Payload,
    caller: Caller,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, actix_web::Error> {
    let site = &caller.site;
    upgradable(&request, site)?;
    let interest = interest(&caller, &asked)?;
    let peer = Peer::Agenda { agendas: site.hub.agendas().clone(), session: caller.signed_in.session, interest };
    let watched = watched(site, &caller.signed_in);
    socket::open(&request, payload, site.hub.mint_connection(), peer, watched, site.clock.clone())
}

/// `GET /agenda/state`: where nothing can be told, something may have changed.
///
/// # Errors
/// [`Problem`].
pub async fn state(caller: Caller, asked: web::Query<Asked>) -> Result<HttpResponse, Problem> {
    interest(&caller, &asked)?;
    Ok(HttpResponse::Ok().content_type("application/json").body(frame(&ToAgenda::Changed).to_string()))
}

fn interest(caller: &Caller, asked: &Asked) -> Result<Interest, Problem> {
    let here = caller.here();
    let shown = asked.shown(caller.member(), &here);
    Ok(Interest { whose: shown.whose(caller.member())?, within: shown.stretch(&here) })
}
