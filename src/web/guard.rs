//! Stands at every door of the URL table and lets in whom it names.

use std::sync::Arc;

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, HttpResponse, web};
use futures_util::future::{Ready, ready};

use super::access::Access;
use super::cookies::{self, Name};
use super::problem::Problem;
use super::requests::accepts_json;
use super::site::Site;
use crate::auth::sessions;
use crate::domain::hospital::Hospital;
use crate::domain::ids::{ParticipantId, StaffSessionId};
use crate::domain::staff::StaffMember;
use crate::store::consultations::{self, FoundBrowser};

/// Who is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who they are.
    pub member: StaffMember,
    /// With which session.
    pub session: StaffSessionId,
    /// Where they work, as it is now.
    pub hospital: Arc<Hospital>,
}

/// The seat a browser's cookie stands for; it is the seat of the URL.
#[derive(Clone, Copy, Debug)]
pub struct Seated(pub FoundBrowser);

/// Middleware at one door.
///
/// # Errors
/// Those of the inner service; who may not come in gets a response.
pub async fn stand<B: MessageBody + 'static>(
    access: Access,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    match let_in(access, &request).await {
        Ok(()) => Ok(next.call(request).await?.map_into_left_body()),
        Err(Problem::SignedOut) if is_page(&request) => {
            let to_door = HttpResponse::SeeOther().insert_header((header::LOCATION, "/sign-in")).finish();
            Ok(request.into_response(to_door).map_into_right_body())
        }
        Err(problem) => Ok(request.error_response(problem).map_into_right_body()),
    }
}

/// Leaves at the request what its handler may know about whoever asks.
async fn let_in(access: Access, request: &ServiceRequest) -> Result<(), Problem> {
    let site = request.app_data::<web::Data<Site>>().ok_or(Problem::Unavailable(None))?;
    match access {
        Access::Public | Access::Provider => {}
        Access::Seat => match seated(site, request.request()).await? {
            Some(seated) => drop(request.extensions_mut().insert(seated)),
            // The page says to open the link again. Otherwise a seat is not there, like one that never was.
            None if is_page(request) => {}
            None => return Err(Problem::NotFound),
        },
        Access::Staff(roles) => {
            let signed_in = signed_in(site, request.request()).await?.ok_or(Problem::SignedOut)?;
            let is_let_in = roles.contains(&signed_in.member.role);
            // Also for the page that says no: it speaks to who it is.
            request.extensions_mut().insert(signed_in);
            if !is_let_in {
                return Err(Problem::Forbidden);
            }
        }
    }
    Ok(())
}

/// Who is signed in with the cookie of `request`, if anybody.
///
/// # Errors
/// [`Problem::Unavailable`].
pub async fn signed_in(site: &Site, request: &HttpRequest) -> Result<Option<SignedIn>, Problem> {
    let Some(cookie) = cookies::read_secret(request, &site.public_url, Name::Session) else { return Ok(None) };
    let found = sessions::resume(&site.store, &cookie, site.clock.now()).await?;
    Ok(found.map(|(session, member)| SignedIn { member, session, hospital: site.hospital() }))
}

/// The seat that the cookie for the URL's `{seat}` stands for.
async fn seated(site: &Site, request: &HttpRequest) -> Result<Option<Seated>, Problem> {
    let Some(seat) = request.match_info().get("seat").and_then(|seat| seat.parse::<ParticipantId>().ok()) else {
        return Ok(None);
    };
    seated_at(site, request, seat).await
}

/// The browser that holds the cookie of `seat`, if `request` carries it.
///
/// # Errors
/// [`Problem::Unavailable`].
pub async fn seated_at(site: &Site, request: &HttpRequest, seat: ParticipantId) -> Result<Option<Seated>, Problem> {
    let Some(cookie) = cookies::read_secret(request, &site.public_url, Name::Seat(seat)) else { return Ok(None) };
    let found = consultations::find_browser(&site.store, &cookie.hash()).await?;
    Ok(found.filter(|found| found.participant == seat).map(Seated))
}

/// Whether a person looks at the answer, rather than a script.
fn is_page(request: &ServiceRequest) -> bool {
    let is_upgrade = request.headers().contains_key(header::UPGRADE);
    matches!(*request.method(), Method::GET | Method::HEAD) && !is_upgrade && !accepts_json(request.headers())
}

impl FromRequest for SignedIn {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(request.extensions().get::<Self>().cloned().ok_or(Problem::SignedOut))
    }
}

impl FromRequest for Seated {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(request.extensions().get::<Self>().copied().ok_or(Problem::NotFound))
    }
}
