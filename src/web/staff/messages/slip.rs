//! A link on paper, for who gets no messages: the code, the address, and what to do with it.
//!
//! Never changes anything, and never shows a link that leads nowhere or has not opened.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::acted_for;
use crate::domain::ids::MessageId;
use crate::web::guard::SignedIn;
use crate::web::layout;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::site::Site;
use crate::web::staff::views::messages::slip::{self, Slip};

/// `GET /messages/{id}/slip`.
///
/// # Errors
/// [`Problem`].
pub async fn show(
    site: web::Data<Site>,
    signed_in: SignedIn,
    PathId(id): PathId<MessageId>,
) -> Result<HttpResponse, Problem> {
    let message = site.messages.shown(acted_for(&site, &signed_in.member, id).await?);
    let Some(link) = &message.link else { return Err(Problem::NotFound) };
    let slip = Slip {
        reader: signed_in.member.language,
        hospital: &signed_in.hospital,
        message: &message,
        link: link.as_str(),
    };
    Ok(layout::page(StatusCode::OK, slip::page(&slip)))
}
