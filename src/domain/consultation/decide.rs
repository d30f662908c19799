//! What a command causes, or why it is refused.

use jiff::{SignedDuration, Timestamp};

use super::carrying::{host_ended, host_started, switch_engine};
use super::delay::run_late;
use super::inviting::invite;
use super::moving::{hand_over, reschedule};
use super::texting;
use super::{Command, Consultation, Event, Joining, Kind, Missing, Participant, Phase, Refusal, Standing, Whom};
use crate::domain::ids::{BrowserId, ParticipantId};
use crate::domain::schedule::{LinkWindow, NO_SHOW_AFTER};
use crate::domain::service::{Admission, Engine, Service};
use crate::domain::staff::{Operator, Role};

pub(super) type Decision = Result<Vec<Event>, Refusal>;

/// The events `command` causes at `now`; none when it changes nothing (a reload, a repeated wish).
///
/// # Errors
/// The [`Refusal`]; then nothing may change.
pub fn decide(visit: &Consultation, command: &Command, now: Timestamp) -> Decision {
    match command {
        Command::Start { by } => start(visit, *by),
        Command::Admit { by, whom } => admit(visit, *by, *whom),
        Command::Hold { by, participant } => hold(visit, *by, *participant),
        Command::Remove { by, participant } => remove(visit, *by, *participant),
        Command::End { by } => end(visit, *by),
        Command::Cancel { by } => cancel(visit, *by),
        Command::Reschedule { by, seen, appointment, window } => {
            reschedule(visit, *by, *seen, appointment, *window, now)
        }
        Command::HandOver { by, to, seat } => hand_over(visit, *by, to, *seat),
        Command::RunLate { by, lateness, window } => run_late(visit, *by, *lateness, *window, now),
        Command::AskForText { participant, browser } => texting::ask(visit, *participant, *browser),
        Command::DeclineText { participant, browser } => texting::decline(visit, *participant, *browser),
        Command::Invite { by, invitees, window } => invite(visit, *by, invitees, *window, now),
        Command::Extend { by, by_how_much } => extend(visit, *by, *by_how_much, now),
        Command::RenewLink { by, participant, window } => renew_link(visit, *by, *participant, *window, now),
        Command::ResendLink { by, participant } => resend_link(visit, *by, *participant, now),
        Command::Join(joining) => join(visit, joining, now),
        Command::Arrive { participant, browser } => arrive(visit, *participant, *browser, now),
        Command::Leave { participant, browser } => leave(visit, *participant, *browser),
        Command::Return { participant, browser } => return_to_call(visit, *participant, *browser),
        Command::RequestLink { participant, generation } => request_link(visit, *participant, *generation, now),
        Command::SwitchEngine { by, to } => switch_engine(visit, *by, *to),
        Command::HostStarted { by } => host_started(visit, *by),
        Command::HostEnded { by } => host_ended(visit, *by),
        Command::CloseUnattended => close_unattended(visit, now),
    }
}

/// Who may start, admit, hold, remove and end: the visit's doctor, and ward staff for their own ward's tele-visits.
#[must_use]
pub fn may_conduct(visit: &Consultation, by: Operator) -> bool {
    match by.role {
        Role::Doctor => visit.doctor == Some(by.staff),
        Role::Ward => visit.service == Service::TeleVisit && visit.ward.is_some() && visit.ward == by.ward,
        Role::Clerk | Role::Admin => false,
    }
}

/// Who may resend, approve a new link, extend, move and cancel: who may conduct, and clerks who are permitted the service.
#[must_use]
pub fn may_support(visit: &Consultation, by: Operator) -> bool {
    (by.role == Role::Clerk && by.acts_for().hold(visit.service)) || may_conduct(visit, by)
}

pub(super) fn start(visit: &Consultation, by: Operator) -> Decision {
    entitled(may_conduct(visit, by))?;
    match visit.phase {
        Phase::Scheduled => {}
        Phase::InSession { .. } => return Err(Refusal::AlreadyStarted),
        _ => return Err(Refusal::Closed),
    }
    let mut events = vec![Event::Started { by: by.staff }];
    if visit.admission == Admission::WhenStarted {
        events.extend(everyone_waiting(visit, by));
    }
    Ok(events)
}

fn admit(visit: &Consultation, by: Operator, whom: Whom) -> Decision {
    entitled(may_conduct(visit, by))?;
    in_session(visit)?;
    let Whom::One(id) = whom else {
        let events: Vec<_> = everyone_waiting(visit, by).collect();
        return if events.is_empty() { Err(Refusal::NobodyWaiting) } else { Ok(events) };
    };
    let seat = guest_seat(visit, id)?;
    let browser = match seat.standing {
        Standing::Waiting { browser } => browser,
        Standing::Admitted { newcomer: Some(browser), .. } | Standing::Left { newcomer: Some(browser), .. } => browser,
        Standing::Admitted { .. } | Standing::Left { .. } => return Err(Refusal::AlreadyAdmitted),
        Standing::Invited => return Err(Refusal::NotArrived),
        Standing::Removed => return Err(Refusal::Removed),
    };
    Ok(vec![Event::Admitted { participant: id, browser, by: Some(by.staff) }])
}

fn hold(visit: &Consultation, by: Operator, id: ParticipantId) -> Decision {
    entitled(may_conduct(visit, by))?;
    in_session(visit)?;
    match guest_seat(visit, id)?.standing {
        Standing::Admitted { .. } | Standing::Left { .. } => Ok(vec![Event::Held { participant: id, by: by.staff }]),
        Standing::Invited | Standing::Waiting { .. } | Standing::Removed => Err(Refusal::NotAdmitted),
    }
}

fn remove(visit: &Consultation, by: Operator, id: ParticipantId) -> Decision {
    entitled(may_conduct(visit, by))?;
    open(visit)?;
    match guest_seat(visit, id)?.standing {
        Standing::Removed => Err(Refusal::Removed),
        _ => Ok(vec![Event::Removed { participant: id, by: by.staff }]),
    }
}

pub(super) fn end(visit: &Consultation, by: Operator) -> Decision {
    entitled(may_conduct(visit, by))?;
    in_session(visit)?;
    Ok(vec![Event::Ended { by: Some(by.staff) }])
}

fn cancel(visit: &Consultation, by: Operator) -> Decision {
    entitled(may_support(visit, by))?;
    match visit.phase {
        Phase::Scheduled => Ok(vec![Event::Cancelled { by: by.staff }]),
        Phase::InSession { .. } => Err(Refusal::AlreadyStarted),
        _ => Err(Refusal::Closed),
    }
}

fn extend(visit: &Consultation, by: Operator, by_how_much: SignedDuration, now: Timestamp) -> Decision {
    entitled(may_support(visit, by))?;
    open(visit)?;
    let until = visit.last_expiry().map_or(now, |expiry| expiry.max(now)) + by_how_much;
    Ok(vec![Event::Extended { until, by: by.staff }])
}

fn renew_link(visit: &Consultation, by: Operator, id: ParticipantId, window: LinkWindow, now: Timestamp) -> Decision {
    entitled(may_support(visit, by))?;
    open(visit)?;
    let link = guest_seat(visit, id)?.link.ok_or(Refusal::StaffSeat)?;
    let (opens_at, expires_at) = visit.link_times(window, now);
    Ok(vec![Event::LinkRenewed { participant: id, link: link.renewed(opens_at, expires_at), by: by.staff }])
}

fn resend_link(visit: &Consultation, by: Operator, id: ParticipantId, now: Timestamp) -> Decision {
    entitled(may_support(visit, by))?;
    open(visit)?;
    let seat = guest_seat(visit, id)?;
    match seat.standing {
        Standing::Removed => Err(Refusal::Removed),
        // It goes out by itself when it opens.
        _ if seat.link.is_some_and(|link| now < link.opens_at) => Err(Refusal::TooEarly),
        Standing::Invited if seat.link.is_none_or(|link| link.is_expired(now)) => Err(Refusal::LinkExpired),
        _ => Ok(vec![Event::LinkResent { participant: id, by: by.staff }]),
    }
}

fn join(visit: &Consultation, joining: &Joining, now: Timestamp) -> Decision {
    let Joining { by, browser, .. } = *joining;
    let own = visit.seat_of_staff(by.staff);
    // Who handed the visit over stays in the call.
    let was_in = own.is_some_and(|seat| matches!(seat.standing, Standing::Admitted { .. } | Standing::Left { .. }));
    entitled(may_conduct(visit, by) || was_in)?;
    in_session(visit)?;
    if let Some(seat) = own {
        return match seat.standing {
            // Who hung up enters again with the green button, not by coming back to the page.
            Standing::Admitted { browser: held, .. } | Standing::Left { browser: held, .. } if held == browser => {
                Ok(vec![])
            }
            _ => Ok(vec![Event::Admitted { participant: seat.id, browser, by: Some(by.staff) }]),
        };
    }
    if visit.participants.len() >= Engine::MOST_IN_MESH {
        return Err(Refusal::Full);
    }
    let seat = Participant {
        id: joining.seat,
        kind: Kind::of_joining(by),
        staff: Some(by.staff),
        name: joining.name.clone(),
        phone: None,
        language: joining.language,
        standing: Standing::Admitted { browser, newcomer: None },
        arrived_at: Some(now),
        device_changed: false,
        wants_text: false,
        link: None,
    };
    Ok(vec![Event::StaffJoined { seat: Box::new(seat) }])
}

fn arrive(visit: &Consultation, id: ParticipantId, browser: BrowserId, now: Timestamp) -> Decision {
    open(visit)?;
    let seat = guest_seat(visit, id)?;
    match seat.standing {
        Standing::Removed => Err(Refusal::Removed),
        Standing::Invited if seat.link.is_none_or(|link| link.is_expired(now)) => Err(Refusal::LinkExpired),
        Standing::Invited => {
            let mut events = vec![Event::Arrived { participant: id, browser }];
            if visit.admission == Admission::WhenStarted && matches!(visit.phase, Phase::InSession { .. }) {
                events.push(Event::Admitted { participant: id, browser, by: None });
            }
            Ok(events)
        }
        standing if standing.browser() == Some(browser) || standing.newcomer() == Some(browser) => Ok(vec![]),
        Standing::Waiting { .. } => Ok(vec![Event::DeviceChanged { participant: id, browser }]),
        Standing::Admitted { .. } | Standing::Left { .. } => {
            Ok(vec![Event::NewDeviceWaits { participant: id, browser }])
        }
    }
}

fn leave(visit: &Consultation, id: ParticipantId, browser: BrowserId) -> Decision {
    open(visit)?;
    match seat(visit, id)?.standing {
        Standing::Admitted { browser: held, .. } if held == browser => Ok(vec![Event::Left { participant: id }]),
        Standing::Left { browser: held, .. } if held == browser => Ok(vec![]),
        _ => Err(Refusal::NotAdmitted),
    }
}

fn return_to_call(visit: &Consultation, id: ParticipantId, browser: BrowserId) -> Decision {
    in_session(visit)?;
    let seat = seat(visit, id)?;
    let returned = match seat.standing {
        Standing::Left { browser: held, .. } if held == browser => Some(Event::Returned { participant: id }),
        Standing::Admitted { browser: held, .. } if held == browser => None,
        _ => return Err(Refusal::NotAdmitted),
    };
    // Whoever is in needs no message that they can come.
    let declined = seat.wants_text.then_some(Event::TextDeclined { participant: id });
    Ok(returned.into_iter().chain(declined).collect())
}

fn request_link(visit: &Consultation, id: ParticipantId, generation: u32, now: Timestamp) -> Decision {
    open(visit)?;
    let seat = guest_seat(visit, id)?;
    let link = seat.link.ok_or(Refusal::StaffSeat)?;
    match seat.standing {
        Standing::Removed => Err(Refusal::Removed),
        Standing::Invited if link.requested_at.is_some() => Ok(vec![]),
        Standing::Invited if link.is_expired(now) || generation < link.generation => {
            Ok(vec![Event::LinkRequested { participant: id }])
        }
        _ => Err(Refusal::LinkStillWorks),
    }
}

fn close_unattended(visit: &Consultation, now: Timestamp) -> Decision {
    open(visit)?;
    let last = visit.last_expiry().unwrap_or(visit.starts_at);
    if now < last + NO_SHOW_AFTER {
        return Err(Refusal::TooEarly);
    }
    let someone_came = visit.participants.iter().any(|seat| seat.staff.is_none() && seat.arrived_at.is_some());
    Ok(vec![match (visit.phase, someone_came) {
        (_, false) => Event::NoShow { missing: Missing::Patient },
        (Phase::Scheduled, true) => Event::NoShow { missing: Missing::Staff },
        (_, true) => Event::Ended { by: None },
    }])
}

fn everyone_waiting(visit: &Consultation, by: Operator) -> impl Iterator<Item = Event> + '_ {
    visit.participants.iter().filter_map(move |seat| match seat.standing {
        Standing::Waiting { browser } => Some(Event::Admitted { participant: seat.id, browser, by: Some(by.staff) }),
        _ => None,
    })
}

pub(super) fn entitled(holds: bool) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(Refusal::NotEntitled) }
}

pub(super) fn open(visit: &Consultation) -> Result<(), Refusal> {
    if visit.phase.is_open() { Ok(()) } else { Err(Refusal::Closed) }
}

fn in_session(visit: &Consultation) -> Result<(), Refusal> {
    match visit.phase {
        Phase::InSession { .. } => Ok(()),
        Phase::Scheduled => Err(Refusal::NotStarted),
        _ => Err(Refusal::Closed),
    }
}

fn seat(visit: &Consultation, id: ParticipantId) -> Result<&Participant, Refusal> {
    visit.participant(id).ok_or(Refusal::UnknownSeat)
}

pub(super) fn guest_seat(visit: &Consultation, id: ParticipantId) -> Result<&Participant, Refusal> {
    let seat = seat(visit, id)?;
    if seat.staff.is_some() { Err(Refusal::StaffSeat) } else { Ok(seat) }
}
