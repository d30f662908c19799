//! The lobby's page; the live part is `web::live`.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::Timestamp;

use super::views::{self, Door, LinkProblem, Place, Remedy, VisitDocument};
use crate::domain::consultation::{Consultation, Phase};
use crate::domain::schedule::Appointment;
use crate::protocol::seat::SeatStanding;
use crate::text::Texts;
use crate::web::guard::Seated;
use crate::web::language;
use crate::web::layout::page;
use crate::web::problem::Problem;
use crate::web::site::Site;

/// `GET /lobby/{seat}`.
///
/// # Errors
/// [`Problem`].
pub async fn show(
    request: HttpRequest,
    site: web::Data<Site>,
    seated: Option<Seated>,
) -> Result<HttpResponse, Problem> {
    let hospital = site.hospital();
    let Some(Seated(found)) = seated else {
        let texts = Texts::of(language::of(&request, hospital.language));
        let problem = LinkProblem { texts, hospital: &hospital, remedy: Remedy::OpenLinkAgain };
        return Ok(page(StatusCode::NOT_FOUND, views::link_problem(&problem)));
    };
    let stored = site.hub.stored(found.consultation).await?;
    let visit = &stored.visit;
    let seat = visit.participant(found.participant).ok_or(Problem::NotFound)?;
    let appointment = Appointment::now(visit.starts_at, &stored.facts.zone).map_err(|_| Problem::Unavailable(None))?;
    let delay = visit.delay.filter(|_| visit.phase == Phase::Scheduled);
    let expected_at = delay.and_then(|delay| Appointment::now(delay.expected_at, &stored.facts.zone).ok());
    let standing = SeatStanding::seen_by(found.browser, seat.standing);
    let document = views::visit(&VisitDocument {
        texts: Texts::of(language::chosen(&request).unwrap_or(found.language)),
        hospital: &hospital,
        service: visit.service,
        appointment: &appointment,
        expected_at: expected_at.as_ref(),
        door: Door::Lobby { seat: seat.id, place: place(visit, standing, site.clock.now()) },
    });
    Ok(page(StatusCode::OK, document))
}

fn place(visit: &Consultation, standing: SeatStanding, now: Timestamp) -> Place {
    match (visit.phase, standing) {
        (Phase::Ended { .. }, _) => Place::Ended,
        (Phase::Cancelled { .. }, _) => Place::Cancelled,
        (Phase::NoShow { .. }, _) => Place::NoShow,
        (_, SeatStanding::Removed) => Place::Removed,
        (_, SeatStanding::Elsewhere) => Place::Elsewhere,
        (_, SeatStanding::NewDevice) => Place::NewDevice,
        (_, SeatStanding::Admitted | SeatStanding::Left) => Place::Admitted,
        (Phase::Scheduled, _) if now < visit.starts_at => Place::Parked,
        (_, SeatStanding::Invited | SeatStanding::Waiting) => Place::Waiting,
    }
}
