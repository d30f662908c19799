//! Webex at the door: what it reports by itself, and what an admitted browser needs in order to join a meeting there.
//!
//! A report is believed for its signature over the raw body, answered at once, and worked on later. What lets somebody in
//! is minted when their browser asks for it, for seats that are admitted with that browser and nobody else, and is neither
//! kept nor logged.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::sync::Notify;

use super::guard::Seated;
use super::problem::Problem;
use super::site::Site;
use crate::auth::seal::Sealer;
use crate::domain::consultation::{Consultation, Participant, Phase};
use crate::domain::ids::{BrowserId, ConsultationId, ParticipantId};
use crate::domain::meeting::{Obstacle, address, short_name, subject, welcome_until};
use crate::domain::service::Engine;
use crate::protocol::seat::SeatStanding;
use crate::providers::video::webex::webhooks;
use crate::providers::video::{Join, Joiner, Room, Trouble, Video, Webex, WebexJoin};
use crate::store::webex::{PASSWORD, guests, meetings, reports};

/// What the doors of Webex need.
#[derive(Clone)]
pub struct Reception {
    /// Opens the passwords of meetings.
    pub sealer: Sealer,
    /// Rung when a report came in.
    pub bell: Arc<Notify>,
    /// The last part of the address that Webex reports to.
    pub mark: String,
}

/// Why somebody does not join at Webex now.
#[derive(Debug)]
pub enum NotNow {
    /// Nothing to join: they are not admitted with this browser, or something else carries the visit.
    NotAdmitted,
    /// This stands in the way, and for so long Webex asks to be left alone.
    Hindered(Obstacle, Option<SignedDuration>),
    /// A request cannot be served.
    Problem(Problem),
}

/// The last part of the address that Webex reports to: another one once the secret is another, so that it is registered
/// anew.
#[must_use]
pub fn mark(secret: &SecretString) -> String {
    let digest = Sha256::digest(secret.expose_secret());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// `POST /callbacks/webex/{mark}`.
///
/// # Errors
/// [`Problem::NotFound`] where Webex is not in use, [`Problem::Forbidden`] without a genuine signature.
pub async fn report(site: web::Data<Site>, request: HttpRequest, body: web::Bytes) -> Result<HttpResponse, Problem> {
    let (Some(webex), Some(reception)) = (&site.hub.engines().webex, &site.webex) else {
        return Err(Problem::NotFound);
    };
    let signature = request.headers().get("x-spark-signature").and_then(|value| value.to_str().ok());
    if !signature.is_some_and(|signature| webhooks::is_genuine(webex.webhook_secret(), &body, signature)) {
        tracing::warn!("a report without a genuine signature was refused");
        metrics::counter!("antesala_reports_refused_total").increment(1);
        return Err(Problem::Forbidden);
    }
    if let Some(reported) = webhooks::read(&body) {
        let report = reports::Report {
            digest: reported.digest,
            what: reported.report.to_string(),
            meeting: reported.meeting,
            email: reported.email,
            at: site.clock.now(),
        };
        if reports::put(&site.store, &report).await? {
            reception.bell.notify_one();
        }
    }
    Ok(HttpResponse::Ok().finish())
}

/// `POST /lobby/{seat}/webex`: what the page needs in order to join, for this browser only.
///
/// # Errors
/// [`Problem`].
pub async fn enter(site: web::Data<Site>, seated: Seated) -> Result<HttpResponse, Problem> {
    let Seated(found) = seated;
    pass(join(&site, found.consultation, found.participant, found.browser).await)
}

/// `POST /lobby/{seat}/webex/link`: Webex's own page, for browsers that cannot do with ours.
///
/// # Errors
/// [`Problem`].
pub async fn link(site: web::Data<Site>, seated: Seated) -> Result<HttpResponse, Problem> {
    let Seated(found) = seated;
    way(join_link(&site, found.consultation, found.participant, found.browser).await)
}

/// The answer to a script that asked for what lets its browser in.
///
/// # Errors
/// [`Problem`].
pub fn pass(outcome: Result<WebexJoin, NotNow>) -> Result<HttpResponse, Problem> {
    answer(outcome, |join| {
        json!({
            "token": join.token.expose_secret(),
            "expires_at": join.expires_at,
            "destination": join.destination,
            "password": join.password.as_ref().map(ExposeSecret::expose_secret),
        })
    })
}

/// The answer to a script that asked where Webex's own page is.
///
/// # Errors
/// [`Problem`].
pub fn way(outcome: Result<SecretString, NotNow>) -> Result<HttpResponse, Problem> {
    answer(outcome, |link| json!({ "join_link": link.expose_secret() }))
}

/// What one admitted browser needs in order to join. Each call mints a token of its own.
///
/// # Errors
/// [`NotNow`].
pub async fn join(
    site: &Site,
    visit: ConsultationId,
    seat: ParticipantId,
    browser: BrowserId,
) -> Result<WebexJoin, NotNow> {
    let (webex, joiner, room) = admitted(site, visit, seat, browser).await?;
    let Join::Webex(join) = webex.join(&joiner, Some(&room)).await? else { return Err(NotNow::NotAdmitted) };
    // By its address there the guest is recognised when Webex reports; that of an issuer's guest is learnt in the meeting.
    guests::put(&site.store, seat, join.guest.id.clone(), join.guest.email.clone()).await?;
    metrics::counter!("antesala_webex_guests_total").increment(1);
    Ok(*join)
}

/// The address of Webex's own page, for one admitted browser.
///
/// # Errors
/// [`NotNow`].
pub async fn join_link(
    site: &Site,
    visit: ConsultationId,
    seat: ParticipantId,
    browser: BrowserId,
) -> Result<SecretString, NotNow> {
    let (webex, joiner, room) = admitted(site, visit, seat, browser).await?;
    // By this address the seat is recognised when Webex reports.
    let links = webex.links(&room, &address(seat), &joiner.name).await?;
    links.join.or_else(|| room.web_link.map(SecretString::from)).ok_or(Obstacle::NotFound.into())
}

/// The meeting of a visit, with its password.
///
/// # Errors
/// [`NotNow::Hindered`] while there is none.
pub async fn room(site: &Site, visit: ConsultationId) -> Result<Room, NotNow> {
    let standing = meetings::of_visit(&site.store, visit).await?;
    let obstacle = standing.as_ref().and_then(|standing| standing.obstacle).unwrap_or(Obstacle::NotFound);
    let kept = standing.and_then(|standing| standing.kept).ok_or(obstacle)?;
    let reception = site.webex.as_ref().ok_or(Obstacle::NotSetUp)?;
    let password = kept.password.map(|sealed| reception.sealer.open(PASSWORD, &sealed.0)).transpose();
    Ok(Room {
        id: kept.id,
        number: kept.number,
        sip_address: kept.sip_address,
        web_link: kept.web_link,
        password: password.map_err(|_| Obstacle::NotSetUp)?,
        host: kept.host,
    })
}

async fn admitted(
    site: &Site,
    id: ConsultationId,
    seat: ParticipantId,
    browser: BrowserId,
) -> Result<(Arc<Webex>, Joiner, Room), NotNow> {
    let webex = site.hub.engines().webex.clone().ok_or(Obstacle::NotSetUp)?;
    let stored = site.hub.stored(id).await.map_err(|error| NotNow::Problem(error.into()))?;
    let visit = &stored.visit;
    let seat = visit.participant(seat).ok_or(NotNow::NotAdmitted)?;
    let may_call = SeatStanding::seen_by(browser, seat.standing) == SeatStanding::Admitted;
    if !may_call || visit.engine != Engine::Webex || !matches!(visit.phase, Phase::InSession { .. }) {
        return Err(NotNow::NotAdmitted);
    }
    Ok((webex, joiner(visit, seat, site.clock.now()), room(site, id).await?))
}

fn joiner(visit: &Consultation, seat: &Participant, now: Timestamp) -> Joiner {
    let until = welcome_until(visit, seat, now);
    Joiner { subject: subject(seat.id), name: short_name(&seat.name), until, now }
}

/// The answer to a script: what it asked for, or in one word why not, and when it may ask again.
fn answer<T>(outcome: Result<T, NotNow>, told: impl FnOnce(T) -> serde_json::Value) -> Result<HttpResponse, Problem> {
    match outcome {
        Ok(given) => Ok(HttpResponse::Ok().json(told(given))),
        Err(NotNow::NotAdmitted) => Ok(why(StatusCode::CONFLICT, "not_admitted", None)),
        Err(NotNow::Hindered(obstacle, after)) => Ok(why(StatusCode::SERVICE_UNAVAILABLE, obstacle.as_str(), after)),
        Err(NotNow::Problem(problem)) => Err(problem),
    }
}

fn why(status: StatusCode, reason: &str, after: Option<SignedDuration>) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    if let Some(after) = after {
        response.insert_header((RETRY_AFTER, after.as_secs().to_string()));
    }
    response.json(json!({ "reason": reason }))
}

impl From<Trouble> for NotNow {
    fn from(trouble: Trouble) -> Self {
        Self::Hindered(trouble.obstacle, trouble.after)
    }
}

impl From<Obstacle> for NotNow {
    fn from(obstacle: Obstacle) -> Self {
        Self::Hindered(obstacle, None)
    }
}

impl From<crate::store::StoreError> for NotNow {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Problem(error.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_secret_is_another_address_that_does_not_tell_it() {
        let mark = mark(&"myBongoSecret".into());
        assert_eq!(mark.len(), 16);
        assert_ne!(mark, super::mark(&"another".into()));
        assert!(mark.bytes().all(|letter| letter.is_ascii_hexdigit()));
    }
}
