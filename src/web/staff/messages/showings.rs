//! A message that nobody sends was shown, or said, to whoever it is for.
//!
//! The same form twice is no news. Never marks what a provider has, nor what nobody needs any more.

use actix_web::HttpResponse;

use super::{acted_for, list_of};
use crate::domain::ids::MessageId;
use crate::domain::message::MessageStatus;
use crate::providers::sms::digest;
use crate::store::outbox::by_hand;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::staff::caller::Caller;
use crate::web::staff::forms::PageForm;
use crate::web::staff::forms::pairs::Pairs;

/// `POST /messages/{id}/showings`.
///
/// # Errors
/// [`Problem`].
pub async fn add(caller: Caller, PathId(id): PathId<MessageId>, form: PageForm) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let (site, member) = (&caller.site, caller.member());
    let message = acted_for(site, member, id).await?;
    let was_shown = message.status == MessageStatus::Delivered && !message.has_left;
    let is_shown = by_hand::shown(&site.store, id, digest(&site.messages.written(&message).text)).await?;
    if is_shown {
        site.hub.refresh(message.consultation).await;
    }
    let said = if is_shown || was_shown { "message-was-shown" } else { "message-not-to-show" };
    let row = format!("{}#message-{id}", list_of(&form, member, &caller.here()));
    Ok(caller.saying(&row, said))
}
