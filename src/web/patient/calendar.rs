//! The appointment of a seat as a calendar file.
//!
//! Never says more than that there is a video call, with which hospital and when.

use actix_web::{HttpRequest, HttpResponse, web};

use crate::store::agenda;
use crate::text::Texts;
use crate::web::calendar::{Leads, Maker, file};
use crate::web::guard::Seated;
use crate::web::language;
use crate::web::problem::Problem;
use crate::web::site::Site;

/// `GET /lobby/{seat}/calendar.ics`.
///
/// # Errors
/// [`Problem`].
pub async fn of_seat(
    request: HttpRequest,
    site: web::Data<Site>,
    seated: Option<Seated>,
) -> Result<HttpResponse, Problem> {
    let Seated(found) = seated.ok_or(Problem::NotFound)?;
    let language = language::chosen(&request).unwrap_or(found.language);
    let visit = agenda::kept_of(&site.store, found.consultation).await?.ok_or(Problem::NotFound)?;
    let hospital = site.hospital();
    let maker = Maker::of(&site, &hospital, Texts::of(language), Leads::Nowhere);
    Ok(file(maker.visit(&visit)))
}
