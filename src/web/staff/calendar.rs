//! A visit as a calendar file, and the private address from which somebody's calendar program reads their visits.
//!
//! The address is shown once, when it is made: only its hash is kept. Unknown, replaced and ended addresses look alike.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::SignedDuration;

use super::answer::see_other_saying;
use super::pages::{here, reader};
use super::views::calendar::{self, CalendarPage};
use crate::auth::secret::Secret16;
use crate::domain::agenda::Stretch;
use crate::domain::ids::ConsultationId;
use crate::store::scope::Scope;
use crate::store::{agenda, calendar_feeds};
use crate::text::Texts;
use crate::web::calendar::{Leads, Maker, feed, file};
use crate::web::csrf::FormToken;
use crate::web::flash;
use crate::web::guard::SignedIn;
use crate::web::layout;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::site::Site;

/// Where somebody looks after their address.
pub const PATH: &str = "/profile/calendar";

/// How far a calendar reaches back.
const BACK: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How far it reaches ahead.
const AHEAD: SignedDuration = SignedDuration::from_hours(180 * 24);

/// `GET /consultations/{id}/calendar.ics`.
///
/// # Errors
/// [`Problem`].
pub async fn of_visit(
    site: web::Data<Site>,
    signed_in: SignedIn,
    PathId(id): PathId<ConsultationId>,
) -> Result<HttpResponse, Problem> {
    site.hub.card_for(&signed_in.member, id).await?;
    let visit = agenda::kept_of(&site.store, id).await?.ok_or(Problem::NotFound)?;
    let maker = Maker::of(&site, &signed_in.hospital, Texts::of(signed_in.member.language), Leads::ToItsPage);
    Ok(file(maker.visit(&visit)))
}

/// `GET /calendars/{token}`: for a program that nobody signs in to.
///
/// # Errors
/// [`Problem`].
pub async fn of_owner(
    request: HttpRequest,
    site: web::Data<Site>,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let owner = match Secret16::parse(token.strip_suffix(".ics").unwrap_or(&token)) {
        Ok(token) => calendar_feeds::owner(&site.store, &token.hash()).await?,
        Err(_) => None,
    };
    let Some(owner) = owner else {
        site.link_guesses.take(site.client(&request), site.clock.now()).map_err(|_| Problem::TooMany)?;
        return Err(Problem::NotFound);
    };
    let now = site.clock.now();
    let scope = Scope::of(&owner).ok_or(Problem::NotFound)?;
    let visits = agenda::kept(&site.store, scope, Stretch { from: now - BACK, until: now + AHEAD }).await?;
    let hospital = site.hospital();
    let maker = Maker::of(&site, &hospital, Texts::of(owner.language), Leads::ToItsPage);
    Ok(feed(maker.visits(&visits)))
}

/// `GET /profile/calendar`.
///
/// # Errors
/// [`Problem`].
pub async fn show(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let notice = flash::take(&request, &site.public_url);
    page(&site, &signed_in, &token, notice.as_deref(), None).await
}

/// `POST /profile/calendar`: a new address; any older one is dead.
///
/// # Errors
/// [`Problem`].
pub async fn make(site: web::Data<Site>, signed_in: SignedIn, token: FormToken) -> Result<HttpResponse, Problem> {
    let secret = Secret16::mint();
    calendar_feeds::replace(&site.store, signed_in.member.id, &secret.hash(), site.clock.now()).await?;
    let address = format!("{}/calendars/{}.ics", site.public_url.origin(), secret.to_text());
    page(&site, &signed_in, &token, None, Some(&address)).await
}

/// `POST /profile/calendar/removal`.
///
/// # Errors
/// [`Problem`].
pub async fn remove(site: web::Data<Site>, signed_in: SignedIn) -> Result<HttpResponse, Problem> {
    calendar_feeds::remove(&site.store, signed_in.member.id).await?;
    let said = Texts::of(signed_in.member.language).get("calendar-removed");
    Ok(see_other_saying(&site, PATH, &said))
}

async fn page(
    site: &Site,
    signed_in: &SignedIn,
    token: &FormToken,
    notice: Option<&str>,
    address: Option<&str>,
) -> Result<HttpResponse, Problem> {
    let page = CalendarPage {
        reader: reader(signed_in, token, notice),
        here: &here(site, signed_in),
        made_at: calendar_feeds::made_at(&site.store, signed_in.member.id).await?,
        address,
    };
    Ok(layout::page(StatusCode::OK, calendar::page(&page)))
}
