//! How the hospital stands with Webex, for its admin. Never asks Webex: a page must not wait for it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::providers::video::Video;
use crate::store::webex::{meetings, tokens};
use crate::web::problem::Problem;
use crate::web::staff::caller::Caller;
use crate::web::staff::views::settings::webex::{self as view, Health, WebexPage};

/// `GET /settings/webex`.
///
/// # Errors
/// [`Problem`].
pub async fn show(caller: Caller) -> Result<HttpResponse, Problem> {
    let site = &caller.site;
    let health = match &site.hub.engines().webex {
        Some(webex) => {
            let until = tokens::read(&site.store).await?.and_then(|kept| kept.refresh_until);
            Some(Health {
                circuit: webex.health(),
                signed_in_until: until,
                ends_soon: until.is_some_and(|until| until < site.clock.now() + tokens::ENDS_SOON),
                waiting: meetings::waiting(&site.store).await?,
                obstacle: meetings::commonest_obstacle(&site.store).await?,
            })
        }
        None => None,
    };
    let page = WebexPage { reader: caller.reader(), here: &caller.here(), health };
    Ok(caller.page(StatusCode::OK, view::page(&page)))
}
