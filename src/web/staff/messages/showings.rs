//! A message that nobody sends was shown, or said, to whoever it is for.
//!
//! The same form twice is no news. Never marks what a provider has, nor what nobody needs any more.

use actix_web::{HttpResponse, web};

use super::{found, list_of};
use crate::domain::ids::MessageId;
use crate::domain::message::MessageStatus;
use crate::providers::sms::digest;
use crate::store::outbox::by_hand;
use crate::text::Texts;
use crate::web::guard::SignedIn;
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::site::Site;
use crate::web::staff::answer::see_other_saying;
use crate::web::staff::forms::PageForm;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::pages::here;

/// `POST /messages/{id}/showings`.
///
/// # Errors
/// [`Problem`].
pub async fn add(
    site: web::Data<Site>,
    signed_in: SignedIn,
    PathId(id): PathId<MessageId>,
    form: PageForm,
) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let (member, here) = (&signed_in.member, here(&site, &signed_in));
    let (message, _) = found(&site, member, id).await?;
    if !member.operator().acts_for().hold(message.service) {
        return Err(Problem::NotFound);
    }
    let was_shown = message.status == MessageStatus::Delivered && !message.has_left;
    let is_shown = by_hand::shown(&site.store, id, digest(&site.messages.written(&message).text)).await?;
    if is_shown {
        site.hub.refresh(message.consultation).await;
    }
    let said = if is_shown || was_shown { "message-was-shown" } else { "message-not-to-show" };
    let row = format!("{}#message-{id}", list_of(&form, member, &here));
    Ok(see_other_saying(&site, &row, &Texts::of(member.language).get(said)))
}
