//! Sending a message once more: a link as the visit's own command, anything else as a copy that the outbox sends.
//!
//! The same form twice sends once. Never sends anything by itself, and never more often than the pace allows.

use actix_web::HttpResponse;

use super::{acted_for, list_of, resend_link_from, rests, sendable};
use crate::domain::consultation::Command;
use crate::domain::ids::{CommandId, MessageId};
use crate::domain::message::pace;
use crate::hub::HubError;
use crate::providers::sms::Reach;
use crate::store::outbox::{self, NewMessage, StoredMessage, deliveries};
use crate::store::{Batch, StoreError};
use crate::web::path_id::PathId;
use crate::web::problem::Problem;
use crate::web::site::Site;
use crate::web::staff::answer::{refusal_key, see_other_saying};
use crate::web::staff::caller::Caller;
use crate::web::staff::forms::PageForm;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::views::messages::again_in;

/// `POST /messages/{id}/repeats`.
///
/// # Errors
/// [`Problem`].
pub async fn add(caller: Caller, PathId(id): PathId<MessageId>, form: PageForm) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let (site, member, here) = (&caller.site, caller.member(), caller.here());
    let list = list_of(&form, member, &here);
    let say = |key: &str| Ok(caller.saying(&list, key));
    // A visit that has ended meanwhile is said to be over, to those who act for it.
    acted_for(site, member, id).await?;
    let Ok((message, _)) = sendable(site, member, id).await else { return say("refusal-closed") };
    let command: CommandId = form.one("command").parse().map_err(|_| Problem::Malformed)?;
    let was_sent = was_sent(site, &message, command).await?;
    if !rests(message.status) && !was_sent {
        return say("message-goes-by-itself");
    }
    let from = if message.template.carries_link() {
        resend_link_from(&site.store, message.participant, here.now).await?
    } else {
        let since = here.now - super::REPEATS_COUNT_FOR;
        let sent = deliveries::sent_to(&site.store, message.participant, message.template, since).await?;
        pace::resend_from(&sent, here.now)
    };
    if let Some(from) = from.filter(|_| !was_sent) {
        let sentence = again_in(caller.texts, &here, "resend-wait", from);
        return Ok(see_other_saying(site, &list, &sentence));
    }
    let sent = if message.template.carries_link() {
        let by = member.operator();
        let is_dead = !message.has_entered && message.link.expires_at <= here.now;
        let participant = message.participant;
        let asked = if is_dead {
            Command::RenewLink { by, participant, window: site.hospital().links }
        } else {
            Command::ResendLink { by, participant }
        };
        site.hub.command(message.consultation, command, asked).await
    } else {
        copy(site, &message, command).await?;
        Ok(0)
    };
    match sent {
        Ok(_) if site.sending.reach == Reach::House => say("message-again-to-show"),
        Ok(_) => say("message-sent-again"),
        Err(HubError::Refused(refusal)) => say(refusal_key(refusal)),
        Err(error) => Err(error.into()),
    }
}

/// Puts the same text to the same seat into the outbox, due now; one that may have gone before is looked for no longer.
///
/// # Errors
/// [`Problem`].
pub async fn copy(site: &Site, message: &StoredMessage, command: CommandId) -> Result<(), Problem> {
    let now = site.clock.now();
    let mut batch = Batch::new();
    let again = NewMessage {
        id: id_of(command)?,
        consultation: message.consultation,
        participant: message.participant,
        template: message.template,
        due_at: now,
        created_at: now,
    };
    outbox::cancel::stop_looking_for(&mut batch, message.participant, message.template);
    outbox::add(&mut batch, &again);
    match site.store.write(batch).await {
        Ok(_) => {}
        // The same form came before.
        Err(StoreError::Duplicate) => return Ok(()),
        Err(error) => return Err(error.into()),
    }
    site.hub.refresh(message.consultation).await;
    Ok(())
}

/// Whether this form has been sent before.
async fn was_sent(site: &Site, message: &StoredMessage, command: CommandId) -> Result<bool, Problem> {
    if message.template.carries_link() {
        let done = crate::store::consultations::commands_of(&site.store, message.consultation).await?;
        return Ok(done.contains(&command));
    }
    Ok(outbox::find(&site.store, id_of(command)?).await?.is_some())
}

/// The form's own id names the copy, so that one form makes one.
fn id_of(command: CommandId) -> Result<MessageId, Problem> {
    command.to_string().parse().map_err(|_| Problem::Malformed)
}
