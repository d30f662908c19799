//! The page of one visit.
//!
//! Who may not look at a visit does not learn that it exists. Never changes anything.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::caller::Caller;
use super::views::visit_page::{self, VisitPage};
use crate::domain::ids::ConsultationId;
use crate::store::details::{self, OfSeries};
use crate::store::scope::Scope;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;

/// `GET /consultations/{id}`.
///
/// # Errors
/// [`Problem`].
pub async fn show(caller: Caller, PathId(id): PathId<ConsultationId>) -> Result<HttpResponse, Problem> {
    let card = caller.site.hub.card_for(caller.member(), id).await?;
    let mut details = details::find(&caller.site.store, id).await?.ok_or(Problem::NotFound)?;
    let scope = Scope::of(caller.member());
    let is_theirs =
        |other: &OfSeries| Scope::of_visit(other.service, other.doctor, other.ward).any(|of| Some(of) == scope);
    details.series.retain(|other| other.id == id || is_theirs(other));
    let (reader, here) = (caller.reader(), caller.here());
    let page = visit_page::page(&VisitPage { reader, here: &here, card: &card, details: &details });
    Ok(caller.page(StatusCode::OK, page))
}
