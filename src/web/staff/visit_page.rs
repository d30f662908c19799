//! The page of one visit.
//!
//! Who may not look at a visit does not learn that it exists. Never changes anything.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::pages::{here, reader};
use super::views::visit_page::{self, VisitPage};
use crate::domain::ids::ConsultationId;
use crate::store::details;
use crate::web::csrf::FormToken;
use crate::web::flash;
use crate::web::guard::SignedIn;
use crate::web::layout;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::site::Site;

/// `GET /consultations/{id}`.
///
/// # Errors
/// [`Problem`].
pub async fn show(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    PathId(id): PathId<ConsultationId>,
) -> Result<HttpResponse, Problem> {
    let card = site.hub.card_for(&signed_in.member, id).await?;
    let details = details::find(&site.store, id).await?.ok_or(Problem::NotFound)?;
    let notice = flash::take(&request, &site.public_url);
    let page = visit_page::page(&VisitPage {
        reader: reader(&signed_in, &token, notice.as_deref()),
        here: &here(&site, &signed_in),
        card: &card,
        details: &details,
    });
    Ok(layout::page(StatusCode::OK, page))
}
