//! How messages leave, for admins: the way they go, whom they may reach, and today's limit, which an admin can lift.
//!
//! Never shows a message, a name or a number: those are no business of an admin.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use crate::store::budget;
use crate::text::Texts;
use crate::web::csrf::FormToken;
use crate::web::flash;
use crate::web::guard::SignedIn;
use crate::web::layout;
use crate::web::problem::Problem;
use crate::web::site::Site;
use crate::web::staff::answer::see_other_saying;
use crate::web::staff::messages::budget as budget_of_today;
use crate::web::staff::pages::{here, reader};
use crate::web::staff::views::settings::messages::{self as view, MessagesPage, PATH};

/// `GET /settings/messages`.
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
    let page = MessagesPage {
        reader: reader(&signed_in, &token, notice.as_deref()),
        here: &here(&site, &signed_in),
        sending: &site.sending,
        budget: budget_of_today(&site).await?,
        lifted: budget::lifted(&site.store, site.messages.start_of_today()).await?,
    };
    Ok(layout::page(StatusCode::OK, view::page(&page)))
}

/// `POST /settings/messages/lifts`: no limit any more today.
///
/// # Errors
/// [`Problem`].
pub async fn lift(site: web::Data<Site>, signed_in: SignedIn) -> Result<HttpResponse, Problem> {
    budget::lift(&site.store, site.messages.start_of_today(), signed_in.member.id, site.clock.now()).await?;
    Ok(see_other_saying(&site, PATH, &Texts::of(signed_in.member.language).get("sending-lifted")))
}
