//! Live views: the sockets of seats and boards, and the same by polling where WebSockets are blocked.
//!
//! Never: says who may; the guard and the hub do.

use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use actix_web::{HttpRequest, HttpResponse, web};
use bytestring::ByteString;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::csrf;
use super::guard::{Seated, SignedIn};
use super::path_id::PathId;
use super::problem::Problem;
use super::site::Site;
use super::socket::{self, LARGEST_FRAME, Peer, Watched};
use crate::domain::consultation::{Command, Joining};
use crate::domain::ids::{BrowserId, CommandId, ConsultationId, ParticipantId};
use crate::hub::HubError;
use crate::hub::consultation::{Connect, Poll, Said};
use crate::hub::line::{Line, Polled};
use crate::protocol::board::ToBoard;
use crate::protocol::frame;

/// Which connection a browser that polls goes on with.
#[derive(Deserialize)]
pub struct PolledConnection {
    connection: Option<u64>,
}

/// `GET /lobby/{seat}/socket`.
///
/// # Errors
/// [`Problem`].
pub async fn seat_socket(
    request: HttpRequest,
    payload: web::Payload,
    site: web::Data<Site>,
    seated: Seated,
) -> Result<HttpResponse, actix_web::Error> {
    let Seated(found) = seated;
    upgradable(&request, &site)?;
    let visit = site.hub.visit(found.consultation).await.map_err(Problem::from)?;
    let peer = Peer::Seat { visit, seat: found.participant, browser: found.browser };
    socket::open(&request, payload, site.hub.mint_connection(), peer, None, site.clock.clone())
}

/// `GET /lobby/{seat}/state`.
///
/// # Errors
/// [`Problem`].
pub async fn seat_state(
    site: web::Data<Site>,
    seated: Seated,
    polled: web::Query<PolledConnection>,
) -> Result<HttpResponse, Problem> {
    let Seated(found) = seated;
    match polled.connection {
        Some(connection) => go_on(&site, found.consultation, found.browser, connection).await,
        None => begin(&site, found.consultation, found.participant, found.browser).await,
    }
}

/// `POST /lobby/{seat}/state`.
///
/// # Errors
/// [`Problem`].
pub async fn seat_say(
    site: web::Data<Site>,
    seated: Seated,
    polled: web::Query<PolledConnection>,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    say(&site, seated.0.consultation, seated.0.browser, polled.connection, body).await
}

/// `GET /consultations/{id}/call/socket`: staff take their seat.
///
/// # Errors
/// [`Problem`].
pub async fn call_socket(
    request: HttpRequest,
    payload: web::Payload,
    site: web::Data<Site>,
    signed_in: SignedIn,
    id: PathId<ConsultationId>,
) -> Result<HttpResponse, actix_web::Error> {
    upgradable(&request, &site)?;
    let (seat, browser) = take_staff_seat(&site, &signed_in, id.0).await?;
    let visit = site.hub.visit(id.0).await.map_err(Problem::from)?;
    let peer = Peer::Seat { visit, seat, browser };
    socket::open(&request, payload, site.hub.mint_connection(), peer, watched(&site, &signed_in), site.clock.clone())
}

/// `GET /consultations/{id}/call/state`.
///
/// # Errors
/// [`Problem`].
pub async fn call_state(
    site: web::Data<Site>,
    signed_in: SignedIn,
    id: PathId<ConsultationId>,
    polled: web::Query<PolledConnection>,
) -> Result<HttpResponse, Problem> {
    if let Some(connection) = polled.connection {
        return go_on(&site, id.0, BrowserId::from(signed_in.session), connection).await;
    }
    let (seat, browser) = take_staff_seat(&site, &signed_in, id.0).await?;
    begin(&site, id.0, seat, browser).await
}

/// `POST /consultations/{id}/call/state`.
///
/// # Errors
/// [`Problem`].
pub async fn call_say(
    site: web::Data<Site>,
    signed_in: SignedIn,
    id: PathId<ConsultationId>,
    polled: web::Query<PolledConnection>,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    say(&site, id.0, BrowserId::from(signed_in.session), polled.connection, body).await
}

/// `GET /board/socket`.
///
/// # Errors
/// [`Problem`].
pub async fn board_socket(
    request: HttpRequest,
    payload: web::Payload,
    site: web::Data<Site>,
    signed_in: SignedIn,
) -> Result<HttpResponse, actix_web::Error> {
    upgradable(&request, &site)?;
    let board = site.hub.board(&signed_in.member).ok_or(Problem::Forbidden)?;
    let acts_for = signed_in.member.operator().acts_for();
    let peer = Peer::Board { board, session: signed_in.session, acts_for };
    socket::open(&request, payload, site.hub.mint_connection(), peer, watched(&site, &signed_in), site.clock.clone())
}

/// `GET /board/state`.
///
/// # Errors
/// [`Problem`].
pub async fn board_state(site: web::Data<Site>, signed_in: SignedIn) -> Result<HttpResponse, Problem> {
    let today = site.hub.today_for(&signed_in.member).await?;
    let snapshot = frame(&ToBoard::Snapshot { day: today.day, cards: &today.cards, rest: today.rest });
    Ok(HttpResponse::Ok().content_type("application/json").body(snapshot.to_string()))
}

/// A session that lives as long as its socket.
#[must_use]
pub fn watched(site: &Site, signed_in: &SignedIn) -> Option<Watched> {
    Some(Watched { store: site.store.clone(), session: signed_in.session })
}

/// # Errors
/// [`Problem`] when the request comes from elsewhere, or the node stops.
pub fn upgradable(request: &HttpRequest, site: &Site) -> Result<(), Problem> {
    if !csrf::is_our_origin(request.headers(), &site.public_url) {
        return Err(Problem::Forbidden);
    }
    if site.is_draining() { Err(Problem::Stopping) } else { Ok(()) }
}

/// The seat of whoever is signed in, given to them if they conduct the visit and have none.
async fn take_staff_seat(
    site: &Site,
    signed_in: &SignedIn,
    id: ConsultationId,
) -> Result<(ParticipantId, BrowserId), Problem> {
    let member = &signed_in.member;
    let browser = BrowserId::from(signed_in.session);
    let joining = Joining {
        by: member.operator(),
        name: member.name.clone(),
        language: member.language,
        seat: ParticipantId::mint(),
        browser,
    };
    match site.hub.command(id, CommandId::mint(), Command::Join(joining)).await {
        // Over or not begun: the snapshot of an earlier seat tells; without one there is nothing to see.
        Ok(_) | Err(HubError::Refused(_)) => {}
        Err(error) => return Err(error.into()),
    }
    let stored = site.hub.stored(id).await?;
    let seat = stored.visit.seat_of_staff(member.id).ok_or(Problem::Forbidden)?;
    Ok((seat.id, browser))
}

/// A browser that polls goes on with its connection. One that is unknown is gone, and opens another if it still needs it: a
/// late request must not take the seat from the browser's own socket.
async fn go_on(site: &Site, id: ConsultationId, browser: BrowserId, connection: u64) -> Result<HttpResponse, Problem> {
    let visit = site.hub.visit(id).await?;
    let messages = visit.send(Poll { connection, browser }).await.ok().flatten().ok_or(Problem::Gone)?;
    Ok(messages_of(connection, &messages))
}

/// A browser that polls opens a connection.
async fn begin(
    site: &Site,
    id: ConsultationId,
    seat: ParticipantId,
    browser: BrowserId,
) -> Result<HttpResponse, Problem> {
    let visit = site.hub.visit(id).await?;
    let connection = site.hub.mint_connection();
    let now = site.clock.now();
    let heard = Arc::new(AtomicI64::new(now.as_microsecond()));
    let connect = Connect { connection, seat, browser, line: Line::Polled(Polled::open(now)), heard };
    if !visit.send(connect).await.unwrap_or(false) {
        return Err(Problem::NotFound);
    }
    go_on(site, id, browser, connection).await
}

async fn say(
    site: &Site,
    id: ConsultationId,
    browser: BrowserId,
    connection: Option<u64>,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let connection = connection.ok_or(Problem::Malformed)?;
    let frame =
        ByteString::try_from(body).ok().filter(|frame| frame.len() <= LARGEST_FRAME).ok_or(Problem::Malformed)?;
    let visit = site.hub.visit(id).await?;
    let is_heard = visit.send(Said { connection, browser, frame }).await.map_err(|_| Problem::Unavailable(None))?;
    if is_heard { Ok(HttpResponse::NoContent().finish()) } else { Err(Problem::Gone) }
}

fn messages_of(connection: u64, messages: &[ByteString]) -> HttpResponse {
    #[derive(serde::Serialize)]
    struct Answer<'a> {
        connection: u64,
        messages: Vec<&'a RawValue>,
    }
    let messages = messages.iter().filter_map(|message| serde_json::from_str(message).ok()).collect();
    HttpResponse::Ok().json(Answer { connection, messages })
}
