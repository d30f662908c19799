//! What lets staff into a meeting at Webex with their own browser, asked for by their call page.
//!
//! Never decides who may: a seat of theirs that is admitted with this session does.

use actix_web::{HttpResponse, web};

use crate::domain::ids::{BrowserId, ConsultationId, ParticipantId};
use crate::web::guard::SignedIn;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::site::Site;
use crate::web::webex;

/// `POST /consultations/{id}/call/webex`.
///
/// # Errors
/// [`Problem`].
pub async fn enter(
    site: web::Data<Site>,
    signed_in: SignedIn,
    PathId(id): PathId<ConsultationId>,
) -> Result<HttpResponse, Problem> {
    let (seat, browser) = own_seat(&site, &signed_in, id).await?;
    webex::pass(webex::join(&site, id, seat, browser).await)
}

/// `POST /consultations/{id}/call/webex/link`: Webex's own page, for browsers that cannot do with ours.
///
/// # Errors
/// [`Problem`].
pub async fn link(
    site: web::Data<Site>,
    signed_in: SignedIn,
    PathId(id): PathId<ConsultationId>,
) -> Result<HttpResponse, Problem> {
    let (seat, browser) = own_seat(&site, &signed_in, id).await?;
    webex::way(webex::join_link(&site, id, seat, browser).await)
}

/// The seat their call page took.
async fn own_seat(
    site: &Site,
    signed_in: &SignedIn,
    id: ConsultationId,
) -> Result<(ParticipantId, BrowserId), Problem> {
    let stored = site.hub.stored(id).await?;
    let seat = stored.visit.seat_of_staff(signed_in.member.id).ok_or(Problem::Forbidden)?;
    Ok((seat.id, BrowserId::from(signed_in.session)))
}
