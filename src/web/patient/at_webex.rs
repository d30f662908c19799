//! The family's call page where Webex carries the visit. Who may not be in that call is led to the lobby, which says why.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};

use super::views::{self, WebexDocument};
use crate::domain::consultation::Phase;
use crate::domain::ids::ParticipantId;
use crate::domain::service::Engine;
use crate::protocol::seat::SeatStanding;
use crate::text::Texts;
use crate::web::guard::Seated;
use crate::web::language;
use crate::web::layout::page;
use crate::web::problem::Problem;
use crate::web::site::Site;

/// `GET /lobby/{seat}/webex`.
///
/// # Errors
/// [`Problem`].
pub async fn show(
    request: HttpRequest,
    site: web::Data<Site>,
    seated: Option<Seated>,
) -> Result<HttpResponse, Problem> {
    let seat = request.match_info().get("seat").and_then(|seat| seat.parse().ok()).ok_or(Problem::NotFound)?;
    let Some(Seated(found)) = seated else { return Ok(to_lobby(seat, &request)) };
    let stored = site.hub.stored(found.consultation).await?;
    let visit = &stored.visit;
    let seat = visit.participant(found.participant).ok_or(Problem::NotFound)?;
    let is_carried = visit.engine == Engine::Webex && matches!(visit.phase, Phase::InSession { .. });
    if !(is_carried && SeatStanding::seen_by(found.browser, seat.standing).may_call()) {
        return Ok(to_lobby(seat.id, &request));
    }
    let document = WebexDocument {
        texts: Texts::of(language::chosen(&request).unwrap_or(found.language)),
        hospital: &site.hospital(),
        seat: seat.id,
        sdk: site.sdk.as_ref(),
    };
    Ok(page(StatusCode::OK, views::at_webex(&document)))
}

fn to_lobby(seat: ParticipantId, request: &HttpRequest) -> HttpResponse {
    let language = language::chosen(request).map(|language| format!("?lang={language}")).unwrap_or_default();
    HttpResponse::SeeOther().insert_header((header::LOCATION, format!("/lobby/{seat}{language}"))).finish()
}
