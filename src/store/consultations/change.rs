//! Writing what a command caused: history, changed rows and messages, in one batch guarded by `rev`.

use super::{CommandId, Consultation, Participant, Store, StoreError, Timestamp, booked, events};
use crate::domain::consultation::{Event, Phase, Standing};
use crate::domain::ids::{BrowserId, MessageId, ParticipantId};
use crate::domain::link::Link;
use crate::domain::message::Template;
use crate::domain::person::Language;
use crate::store::outbox::{self, NewMessage};
use crate::store::{Batch, Value};

/// What a command caused.
pub struct Change<'a> {
    /// The state it was decided on.
    pub before: &'a Consultation,
    /// The state after its events.
    pub after: &'a Consultation,
    /// Its events, in order; at least one.
    pub events: &'a [Event],
    /// The command.
    pub command: CommandId,
    /// Now.
    pub at: Timestamp,
    /// The browser that entered with it.
    pub browser: Option<&'a NewBrowser>,
    /// The hash of a link's token.
    pub link_hash: &'a (dyn Fn(&Link) -> [u8; 32] + Send + Sync),
}

/// A browser that enters with a link for the first time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBrowser {
    /// Its id.
    pub id: BrowserId,
    /// Whose seat it may hold.
    pub participant: ParticipantId,
    /// SHA-256 of its cookie.
    pub cookie_hash: [u8; 32],
    /// Which version of the consent text was accepted.
    pub consent_version: i64,
    /// The language its holder reads.
    pub language: Language,
}

const UPDATE_VISIT: &str = "UPDATE consultations SET rev = $1, phase = $2, started_at = $3, closed_at = $4, missing = $5 WHERE id = $6 AND rev = $7";

const UPDATE_SEAT: &str = "UPDATE participants SET standing = $1, arrived_at = $2, browser_id = $3, newcomer_id = $4, \
     device_changed = $5, link_generation = $6, link_opens_at = $7, link_expires_at = $8, link_requested_at = $9 WHERE id = $10";

const INSERT_BROWSER: &str = "INSERT INTO browsers (id, participant_id, cookie_hash, consent_version, language, created_at) \
     VALUES ($1, $2, $3, $4, $5, $6)";

/// Writes a change.
///
/// # Errors
/// [`StoreError::Conflict`] when the visit is no longer at the `rev` it was decided on; otherwise as [`Store::write`].
pub async fn commit(store: &Store, change: &Change<'_>) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    add_visit(&mut batch, change);
    add_seats(&mut batch, change);
    if let Some(browser) = change.browser {
        add_browser(&mut batch, browser, change.at);
    }
    for (event, rev) in change.events.iter().zip(change.before.rev + 1..) {
        events::add(&mut batch, change.after.id, rev, change.at, event, change.command);
        add_messages(&mut batch, change, event);
    }
    store.write(batch).await.map(|_| ())
}

fn add_visit(batch: &mut Batch, change: &Change<'_>) {
    let Change { before, after, .. } = change;
    // A visit that has ended keeps when it was started.
    let started_at = match (after.phase, before.phase) {
        (Phase::InSession { since }, _) | (_, Phase::InSession { since }) => Some(since),
        _ => None,
    };
    let missing = if let Phase::NoShow { missing, .. } = after.phase { Some(missing.as_str()) } else { None };
    batch.run_on_one(
        UPDATE_VISIT,
        vec![
            after.rev.cast_signed().into(),
            after.phase.as_str().into(),
            started_at.into(),
            after.phase.closed_at().into(),
            missing.into(),
            after.id.to_string().into(),
            before.rev.cast_signed().into(),
        ],
    );
}

fn add_seats(batch: &mut Batch, change: &Change<'_>) {
    for (position, seat) in change.after.participants.iter().enumerate() {
        match change.before.participant(seat.id) {
            Some(before) if before == seat => {}
            Some(before) => {
                add_seat_update(batch, seat);
                if let Some(link) =
                    seat.link.filter(|link| Some(link.generation) != before.link.map(|link| link.generation))
                {
                    booked::add_link(batch, seat, &link, change.link_hash);
                }
            }
            None => booked::add_seat(batch, change.after, position, seat, None),
        }
    }
}

fn add_seat_update(batch: &mut Batch, seat: &Participant) {
    batch.run_on_one(
        UPDATE_SEAT,
        vec![
            seat.standing.as_str().into(),
            seat.arrived_at.into(),
            seat.standing.browser().map(|browser| browser.to_string()).into(),
            seat.standing.newcomer().map(|browser| browser.to_string()).into(),
            seat.device_changed.into(),
            seat.link.map(|link| i64::from(link.generation)).into(),
            seat.link.map(|link| link.opens_at).into(),
            seat.link.map(|link| link.expires_at).into(),
            seat.link.and_then(|link| link.requested_at).into(),
            seat.id.to_string().into(),
        ],
    );
}

fn add_browser(batch: &mut Batch, browser: &NewBrowser, at: Timestamp) {
    batch.run_on_one(
        INSERT_BROWSER,
        vec![
            browser.id.to_string().into(),
            browser.participant.to_string().into(),
            Value::Bytes(browser.cookie_hash.to_vec()),
            browser.consent_version.into(),
            browser.language.as_str().into(),
            at.into(),
        ],
    );
}

/// What an event tells people who are not there to see it.
fn add_messages(batch: &mut Batch, change: &Change<'_>, event: &Event) {
    match event {
        Event::LinkRenewed { participant, link, .. } => {
            outbox::cancel_pending_of_seat(batch, change.after.id, *participant);
            add_message(batch, change, *participant, Template::NewLink, link.opens_at);
        }
        Event::LinkResent { participant, .. } => add_message(batch, change, *participant, Template::Link, change.at),
        Event::Removed { participant, .. } => outbox::cancel_pending_of_seat(batch, change.after.id, *participant),
        Event::Ended { .. } | Event::NoShow { .. } => outbox::cancel_pending_of_visit(batch, change.after.id),
        Event::Cancelled { .. } => {
            outbox::cancel_pending_of_visit(batch, change.after.id);
            let invited = |seat: &&Participant| seat.link.is_some() && seat.standing != Standing::Removed;
            for seat in change.after.participants.iter().filter(invited) {
                add_message(batch, change, seat.id, Template::Cancelled, change.at);
            }
        }
        _ => {}
    }
}

fn add_message(
    batch: &mut Batch,
    change: &Change<'_>,
    participant: ParticipantId,
    template: Template,
    due_at: Timestamp,
) {
    let message = NewMessage {
        id: MessageId::mint(),
        consultation: change.after.id,
        participant,
        template,
        due_at,
        created_at: change.at,
    };
    outbox::add(batch, &message);
}
