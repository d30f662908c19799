//! Writing what a command caused: history, changed rows and messages, in one batch guarded by `rev`.

use super::promised::Promise;
use super::{CommandId, Consultation, Participant, Store, StoreError, Timestamp, booked, events};
use crate::domain::consultation::texting::GRACE;
use crate::domain::consultation::{Delay, Event, GuestSeat, Phase, Standing};
use crate::domain::ids::{BrowserId, ParticipantId};
use crate::domain::link::Link;
use crate::domain::message::Template;
use crate::domain::message::reminders::{LATE_AFTER, Reminders};
use crate::domain::person::Language;
use crate::store::calendars::Guards;
use crate::store::outbox;
use crate::store::webex::{own, wishes};
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
    /// How the hospital reminds families.
    pub reminders: Reminders,
    /// The zone the appointment was agreed in, by its IANA name.
    pub zone: &'a str,
    /// Now.
    pub at: Timestamp,
    /// The browser that entered with it.
    pub browser: Option<&'a NewBrowser>,
    /// Calendars that nobody else may have booked in meanwhile.
    pub guards: &'a Guards,
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

const UPDATE_VISIT: &str = "UPDATE consultations SET rev = $1, phase = $2, started_at = $3, closed_at = $4, missing = $5, \
     doctor_id = $6, starts_at = $7, minutes = $8, engine = $9, first_arrived_at = COALESCE(first_arrived_at, $10), \
     first_admitted_at = COALESCE(first_admitted_at, $11), expected_at = $12, told_late_at = $13 WHERE id = $14 AND rev = $15";

const MOVE_VISIT: &str = "UPDATE consultations SET wall_time = $1, zone = $2, moves = moves + 1 WHERE id = $3";

const UPDATE_SEAT: &str = "UPDATE participants SET standing = $1, arrived_at = $2, browser_id = $3, newcomer_id = $4, \
     device_changed = $5, link_generation = $6, link_opens_at = $7, link_expires_at = $8, link_requested_at = $9, \
     wants_text = $10 WHERE id = $11";

const UPDATE_HOLDER: &str = "UPDATE participants SET kind = $1, staff_id = $2, name = $3, language = $4 WHERE id = $5";

const INSERT_BROWSER: &str = "INSERT INTO browsers (id, participant_id, cookie_hash, consent_version, language, created_at) \
     VALUES ($1, $2, $3, $4, $5, $6)";

/// Writes a change.
///
/// # Errors
/// [`StoreError::Conflict`] when the visit is no longer at the `rev` it was decided on, or a guard not as it was read;
/// otherwise as [`Store::write`].
pub async fn commit(store: &Store, change: &Change<'_>) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    change.guards.bump(&mut batch);
    add_visit(&mut batch, change);
    add_seats(&mut batch, change);
    if let Some(browser) = change.browser {
        add_browser(&mut batch, browser, change.at);
    }
    for (event, rev) in change.events.iter().zip(change.before.rev + 1..) {
        events::add(&mut batch, change.after.id, rev, change.at, event, change.command);
        wishes::of_event(&mut batch, change.after.id, event, change.at);
        own::of_event(&mut batch, change.after, rev, event, change.at);
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
            after.doctor.map(|doctor| doctor.to_string()).into(),
            after.starts_at.into(),
            i64::from(after.minutes).into(),
            after.engine.as_str().into(),
            after.guests().filter_map(|seat| seat.arrived_at).min().into(),
            first_admitted(change).into(),
            after.delay.map(|delay| delay.expected_at).into(),
            after.delay.map(|delay| delay.told_at).into(),
            after.id.to_string().into(),
            before.rev.cast_signed().into(),
        ],
    );
    for event in change.events {
        if let Event::Rescheduled { appointment, .. } = event {
            let wall = appointment.wall.to_string();
            batch.run_on_one(
                MOVE_VISIT,
                vec![wall.into(), appointment.zone.as_str().into(), after.id.to_string().into()],
            );
        }
    }
}

/// Now, if a guest was let in; whether it is the first time, the row knows.
fn first_admitted(change: &Change<'_>) -> Option<Timestamp> {
    let is_guest = |seat: &ParticipantId| change.after.guests().any(|guest| guest.id == *seat);
    let admits = |event: &Event| matches!(event, Event::Admitted { participant, .. } if is_guest(participant));
    change.events.iter().any(admits).then_some(change.at)
}

fn add_seats(batch: &mut Batch, change: &Change<'_>) {
    for (position, seat) in change.after.participants.iter().enumerate() {
        match change.before.participant(seat.id) {
            Some(before) if before == seat => {}
            Some(before) => {
                add_seat_update(batch, seat);
                if before.staff != seat.staff || before.kind != seat.kind {
                    add_holder(batch, seat);
                }
                if let Some(link) =
                    seat.link.filter(|link| Some(link.generation) != before.link.map(|link| link.generation))
                {
                    booked::add_link(batch, seat, &link, change.link_hash);
                }
            }
            None => {
                booked::add_seat(batch, change.after, position, seat, invited_to(change, seat.id));
                if let Some(link) = seat.link {
                    booked::add_link(batch, seat, &link, change.link_hash);
                }
            }
        }
    }
}

/// What only the store keeps about somebody who was invited to this seat.
fn invited_to<'a>(change: &Change<'a>, seat: ParticipantId) -> Option<&'a GuestSeat> {
    change.events.iter().find_map(|event| match event {
        Event::Invited { guest, .. } if guest.seat == seat => Some(guest),
        _ => None,
    })
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
            seat.wants_text.into(),
            seat.id.to_string().into(),
        ],
    );
}

/// A staff seat that was given to somebody else, or another part.
fn add_holder(batch: &mut Batch, seat: &Participant) {
    batch.run_on_one(
        UPDATE_HOLDER,
        vec![
            seat.kind.as_str().into(),
            seat.staff.map(|staff| staff.to_string()).into(),
            seat.name.to_string().into(),
            seat.language.as_str().into(),
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

/// What an event tells people who are not there to see it, and what it makes needless to tell.
fn add_messages(batch: &mut Batch, change: &Change<'_>, event: &Event) {
    let visit = change.after.id;
    match event {
        Event::LinkRenewed { participant, link, .. } => {
            outbox::cancel::links(batch, *participant);
            outbox::cancel::stop_looking(batch, *participant);
            outbox::by_hand::links(batch, *participant);
            let promise = change.promise(*participant, *link);
            promise.add(batch, Template::NewLink, link.opens_at);
            // Whoever was sent away was promised nothing any more.
            if change.before.participant(*participant).is_some_and(|seat| seat.standing == Standing::Removed) {
                promise.add_late(batch);
            }
        }
        Event::LinkResent { participant, .. } => {
            outbox::cancel::stop_looking_for_links(batch, *participant);
            outbox::by_hand::links(batch, *participant);
            if let Some(link) = change.after.participant(*participant).and_then(|seat| seat.link) {
                change.promise(*participant, link).add(batch, Template::Link, change.at);
            }
        }
        Event::Invited { seat, .. } => add_invitation(batch, change, seat),
        Event::Arrived { participant, .. } => {
            outbox::cancel::awaiting(batch, *participant);
            outbox::by_hand::told(batch, *participant);
        }
        Event::Started { .. } => {
            outbox::cancel::late(batch, visit);
            outbox::by_hand::late(batch, visit);
        }
        Event::Delayed { delay, .. } => add_delay(batch, change, *delay),
        Event::Admitted { participant, .. } => {
            let seat = change.after.participant(*participant).filter(|seat| seat.wants_text);
            if let Some(link) = seat.and_then(|seat| seat.link) {
                change.promise(*participant, link).add(batch, Template::ComeNow, change.at + GRACE);
            }
        }
        Event::Held { participant, .. } | Event::TextDeclined { participant } => {
            outbox::cancel::turn(batch, *participant)
        }
        Event::Removed { participant, .. } => {
            outbox::cancel::of_seat(batch, visit, *participant);
            outbox::by_hand::of_seat(batch, *participant);
        }
        Event::Ended { .. } | Event::NoShow { .. } => {
            outbox::cancel::of_visit(batch, visit);
            outbox::by_hand::of_visit(batch, visit);
        }
        Event::Cancelled { .. } => {
            outbox::cancel::of_visit(batch, visit);
            outbox::by_hand::of_visit(batch, visit);
            for (seat, link) in invited(change.after) {
                change.promise(seat.id, link).add(batch, Template::Cancelled, change.at);
            }
        }
        // Who hears only of another length need not be told.
        Event::Rescheduled { appointment, opens_at, .. } if appointment.at != change.before.starts_at => {
            outbox::cancel::of_visit(batch, visit);
            outbox::by_hand::of_visit(batch, visit);
            for (seat, link) in invited(change.after) {
                let promise = change.promise(seat.id, link);
                promise.add(batch, Template::Rescheduled, change.at);
                if seat.standing == Standing::Invited {
                    promise.add_all(batch);
                } else {
                    // Whoever came before is told that their link comes again, too.
                    promise.add(batch, Template::Link, *opens_at);
                }
            }
        }
        _ => {}
    }
}

/// As at booking: date and time at once, the link when it opens. Once the hour has come, or staff have begun, the link says
/// it all.
fn add_invitation(batch: &mut Batch, change: &Change<'_>, seat: &Participant) {
    let Some(link) = seat.link else { return };
    let (promise, is_ahead) = (change.promise(seat.id, link), change.after.starts_at > change.at);
    match (change.after.phase, change.after.delay) {
        (Phase::Scheduled, Some(delay)) if delay.expected_at > change.at => {
            if is_ahead {
                promise.add_booking(batch);
            } else {
                promise.add(batch, Template::Link, link.opens_at);
                promise.add_late(batch);
            }
            promise.add(batch, Template::RunningLate, delay.told_at.max(change.at));
        }
        (Phase::Scheduled, _) if is_ahead => promise.add_booking(batch),
        _ => promise.add(batch, Template::Link, link.opens_at),
    }
}

/// Who has not come hears of it, unless a message that says the newest waits already; nobody counts as late meanwhile.
fn add_delay(batch: &mut Batch, change: &Change<'_>, delay: Delay) {
    outbox::cancel::put_off_late(batch, change.after.id, delay.expected_at + LATE_AFTER);
    if change.before.delay.is_some_and(|before| before.told_at == delay.told_at) {
        return;
    }
    for (seat, link) in invited(change.after).filter(|(seat, _)| seat.standing == Standing::Invited) {
        change.promise(seat.id, link).add(batch, Template::RunningLate, delay.told_at);
    }
}

/// Everyone with a link who was not sent away.
fn invited(visit: &Consultation) -> impl Iterator<Item = (&Participant, Link)> {
    let is_welcome = |seat: &&Participant| seat.standing != Standing::Removed;
    visit.participants.iter().filter(is_welcome).filter_map(|seat| seat.link.map(|link| (seat, link)))
}

impl<'a> Change<'a> {
    /// What is promised to a seat after it.
    fn promise(&self, seat: ParticipantId, link: Link) -> Promise<'a> {
        Promise {
            visit: self.after.id,
            seat,
            link,
            starts_at: self.after.starts_at,
            expected_at: self.after.delay.map_or(self.after.starts_at, |delay| delay.expected_at),
            zone: self.zone,
            reminders: self.reminders,
            at: self.at,
        }
    }
}
