//! The link: opening it changes nothing, entering exchanges it for a seat, and a dead one can be replaced.
//!
//! Unknown, expired and replaced links look alike, except to the browser that already holds the seat. Only the newest link of
//! a visit that is over, or was called off, says so.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::views::{self, Door, LinkProblem, Remedy, VisitDocument};
use crate::auth::links::Token;
use crate::auth::secret::Secret16;
use crate::domain::consultation::Command;
use crate::domain::ids::{BrowserId, CommandId, ParticipantId};
use crate::domain::person::Language;
use crate::domain::schedule::Appointment;
use crate::hub::HubError;
use crate::store::consultations::{self, FoundLink, NewBrowser};
use crate::store::history;
use crate::text::Texts;
use crate::web::cookies::{self, Name};
use crate::web::csrf::FormToken;
use crate::web::guard::seated_at;
use crate::web::layout::page;
use crate::web::problem::Problem;
use crate::web::requests::accepts_json;
use crate::web::site::Site;
use crate::web::{guard::Seated, language};

/// What the landing's form carries.
#[derive(Deserialize)]
pub struct Entry {
    consent: i64,
    lang: Option<String>,
}

/// `GET /j/{token}`.
///
/// # Errors
/// [`Problem`].
pub async fn open(
    request: HttpRequest,
    site: web::Data<Site>,
    form_token: FormToken,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let Some(found) = find(&site, &request, &token).await? else {
        return Ok(dead(&site, &request, &token, &form_token));
    };
    if let Some(Seated(held)) = seated_at(&site, &request, found.participant).await? {
        let has_news = !found.is_open() || found.standing == "removed";
        if found.belongs_to(held.browser) || has_news {
            return Ok(to_lobby(found.participant));
        }
    }
    if let Some(closed) = closed(&site, &request, &found) {
        return Ok(closed);
    }
    if !is_alive(&site, &found) {
        return Ok(dead(&site, &request, &token, &form_token));
    }
    welcome(&site, &found, texts(&request, found.language), &token, &form_token, None)
}

/// `POST /j/{token}`: a person, not a scanner, takes their seat.
///
/// # Errors
/// [`Problem`].
pub async fn enter(
    request: HttpRequest,
    site: web::Data<Site>,
    form_token: FormToken,
    token: web::Path<String>,
    entry: web::Form<Entry>,
) -> Result<HttpResponse, Problem> {
    let Some(found) = find(&site, &request, &token).await?.filter(|found| found.is_newest) else {
        return Ok(dead(&site, &request, &token, &form_token));
    };
    if let Some(closed) = closed(&site, &request, &found) {
        return Ok(closed);
    }
    if !is_newest_consent(&site, entry.consent).await? {
        return ask_again(&request, &site, &form_token, &token, &found, entry.lang.as_deref());
    }
    let seat = found.participant;
    let held = seated_at(&site, &request, seat).await?;
    let cookie = Secret16::mint();
    let browser = NewBrowser {
        id: BrowserId::mint(),
        participant: seat,
        cookie_hash: cookie.hash(),
        consent_version: entry.consent,
        language: entry.lang.as_deref().and_then(|lang| lang.parse().ok()).unwrap_or(found.language),
    };
    let id = CommandId::mint();
    let (arrived, is_new) = match held {
        Some(Seated(held)) => {
            let arrive = Command::Arrive { participant: seat, browser: held.browser };
            (site.hub.command(found.consultation, id, arrive).await, false)
        }
        None => {
            let arrive = Command::Arrive { participant: seat, browser: browser.id };
            (site.hub.command_from(found.consultation, id, arrive, browser).await, true)
        }
    };
    match arrived {
        Ok(_) => {}
        Err(HubError::Refused(_)) => return Ok(dead(&site, &request, &token, &form_token)),
        Err(error) => return Err(error.into()),
    }
    let mut response = if accepts_json(request.headers()) {
        HttpResponse::Ok().json(serde_json::json!({ "seat": seat.to_string() }))
    } else {
        to_lobby(seat)
    };
    if is_new {
        let cookie = cookies::put(&site.public_url, Name::Seat(seat), cookie.to_text());
        // Only a cookie with a malformed name can fail here; ours is made of an id.
        drop(response.add_cookie(&cookie));
    }
    Ok(response)
}

/// `POST /j/{token}/requests`: the answer is the same whatever the link was.
///
/// # Errors
/// [`Problem`].
pub async fn ask(
    request: HttpRequest,
    site: web::Data<Site>,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let found = find(&site, &request, &token).await?;
    if let Some(found) = &found {
        if let Some(closed) = closed(&site, &request, found) {
            return Ok(closed);
        }
        let ask = Command::RequestLink { participant: found.participant, generation: found.generation };
        match site.hub.command(found.consultation, CommandId::mint(), ask).await {
            Ok(_) | Err(HubError::Refused(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let hospital = site.hospital();
    let texts = Texts::of(language::of(&request, hospital.language));
    let answer = views::link_problem(&LinkProblem { texts, hospital: &hospital, remedy: Remedy::Asked });
    Ok(page(StatusCode::OK, answer))
}

/// `POST /j/{token}/openings`: a person has the page before them; what only fetches links runs no script. The answer is the
/// same whatever the link was.
///
/// # Errors
/// [`Problem`].
pub async fn opened(
    request: HttpRequest,
    site: web::Data<Site>,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    if let Some(found) = find(&site, &request, &token).await?.filter(|found| is_alive(&site, found)) {
        history::opened(&site.store, found.participant, site.clock.now()).await?;
    }
    Ok(HttpResponse::NoContent().finish())
}

/// The page before the door.
fn welcome(
    site: &Site,
    found: &FoundLink,
    texts: Texts,
    token: &str,
    form_token: &FormToken,
    problem: Option<String>,
) -> Result<HttpResponse, Problem> {
    let appointment = Appointment::now(found.starts_at, &found.zone).map_err(|_| Problem::Unavailable(None))?;
    let status = if problem.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    let document = views::visit(&VisitDocument {
        texts,
        hospital: &site.hospital(),
        service: found.service,
        appointment: &appointment,
        expected_at: None,
        door: Door::Landing { token, form_token: form_token.as_str(), problem },
    });
    Ok(page(status, document))
}

/// Whether this is what the hospital asks families to agree to now. Another node may know a newer version.
async fn is_newest_consent(site: &Site, version: i64) -> Result<bool, Problem> {
    if version != site.hospital().consent.version {
        site.settings.look_again(&site.store).await?;
    }
    Ok(version == site.hospital().consent.version)
}

/// The consent was changed while somebody read the older one: they read the new one before they enter.
fn ask_again(
    request: &HttpRequest,
    site: &Site,
    form_token: &FormToken,
    token: &str,
    found: &FoundLink,
    lang: Option<&str>,
) -> Result<HttpResponse, Problem> {
    let texts = lang.and_then(|lang| lang.parse().ok()).map_or_else(|| texts(request, found.language), Texts::of);
    let sentence = texts.get("landing-consent-changed");
    if accepts_json(request.headers()) {
        return Ok(HttpResponse::Conflict().json(serde_json::json!({ "sentence": sentence })));
    }
    welcome(site, found, texts, token, form_token, Some(sentence))
}

/// What the link stands for; guessing is slowed down by address.
async fn find(site: &Site, request: &HttpRequest, token: &str) -> Result<Option<FoundLink>, Problem> {
    let found = match Token::parse(token) {
        Some(token) => consultations::find_link(&site.store, &token.hash()).await?,
        None => None,
    };
    if found.is_none() {
        metrics::counter!("antesala_unknown_links_total").increment(1);
        site.link_guesses.take(site.client(request), site.clock.now()).map_err(|_| Problem::TooMany)?;
    }
    Ok(found)
}

fn is_alive(site: &Site, found: &FoundLink) -> bool {
    let may_enter = match found.standing.as_str() {
        "invited" => site.clock.now() < found.expires_at,
        "removed" => false,
        // Expiry blocks only a first entry.
        _ => true,
    };
    found.is_newest && found.is_open() && may_enter
}

/// Who was invited need not ask for another link to what will not take place any more.
fn closed(site: &Site, request: &HttpRequest, found: &FoundLink) -> Option<HttpResponse> {
    let [title, how] = match found.phase.as_str() {
        "cancelled" => ["farewell-cancelled-title", "farewell-cancelled-how"],
        "no_show" => ["farewell-no-show-title", "farewell-no-show-how"],
        "ended" => ["farewell-ended-title", "farewell-no-show-how"],
        _ => return None,
    };
    if !found.is_newest || found.standing == "removed" {
        return None;
    }
    let (texts, hospital) = (texts(request, found.language), site.hospital());
    let remedy = Remedy::Closed { title, how };
    Some(page(StatusCode::GONE, views::link_problem(&LinkProblem { texts, hospital: &hospital, remedy })))
}

fn dead(site: &Site, request: &HttpRequest, token: &str, form_token: &FormToken) -> HttpResponse {
    // Never the holder's own language: an expired link must look like one that never was.
    let hospital = site.hospital();
    let texts = Texts::of(language::of(request, hospital.language));
    let remedy = Remedy::Ask { token, form_token: form_token.as_str() };
    page(StatusCode::NOT_FOUND, views::link_problem(&LinkProblem { texts, hospital: &hospital, remedy }))
}

/// The language somebody chose, else the one the clerk noted for them.
fn texts(request: &HttpRequest, noted: Language) -> Texts {
    Texts::of(language::chosen(request).unwrap_or(noted))
}

fn to_lobby(seat: ParticipantId) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, format!("/lobby/{seat}"))).finish()
}
