//! What no sequence of commands, however odd, ever breaks.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::super::*;
use super::fixture::{People, WINDOW, appointment, guest, invitee, joining, member, now, visit};
use crate::domain::schedule::LinkWindow;
use crate::domain::staff::Operator;

/// A command before it is known whose visit it is asked of: people and seats are numbers.
#[derive(Clone, Copy, Debug)]
struct Ask {
    what: usize,
    by: usize,
    seat: usize,
    browser: usize,
    minutes: i64,
    pause: i64,
}

const WHAT: usize = 25;
const SEATS: usize = 8;
const BROWSERS: usize = 4;

fn asks() -> impl Strategy<Value = Vec<Ask>> {
    // Conductors and the first seats are asked for more often, or most sequences would go nowhere.
    let operator = prop_oneof![3 => Just(0_usize), 3 => Just(4), 1 => 0..6_usize];
    let ask = (0..WHAT, operator, 0..SEATS, 0..BROWSERS, 1..90_i64, prop_oneof![4 => 0..3_i64, 1 => 0..90_i64])
        .prop_map(|(what, by, seat, browser, minutes, pause)| Ask { what, by, seat, browser, minutes, pause });
    prop::collection::vec(ask, 1..60)
}

fn beginnings() -> impl Strategy<Value = (Service, Admission, usize)> {
    (prop::sample::select(Service::ALL), prop::sample::select(Admission::ALL), 0..4_usize)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn invariants_hold_under_random_commands((service, admission, more_guests) in beginnings(), asks in asks()) {
        let people = People::new();
        let browsers: [BrowserId; BROWSERS] = std::array::from_fn(|_| BrowserId::mint());
        let mut visit = visit(&people, service, admission);
        visit.participants.extend((0..more_guests).map(|_| guest(ParticipantId::mint())));
        let mut at = now();
        for ask in asks {
            at += SignedDuration::from_mins(ask.pause);
            let command = command(ask, &people, &visit, browsers, at);
            let before = visit.clone();
            match decide(&visit, &command, at) {
                Err(_) => prop_assert_eq!(&visit, &before, "a refusal changes nothing"),
                Ok(events) => {
                    prop_assert!(before.phase.is_open(), "{command:?} happened after the visit was closed");
                    for event in &events {
                        let before = visit.clone();
                        visit.apply(event, at);
                        check(&before, event, &visit, &command, at)?;
                    }
                }
            }
        }
    }
}

fn command(ask: Ask, people: &People, visit: &Consultation, browsers: [BrowserId; BROWSERS], at: Timestamp) -> Command {
    let by = people.operators()[ask.by];
    let participant = visit.participants.get(ask.seat).map_or(people.unknown, |seat| seat.id);
    let browser = browsers[ask.browser];
    let duration = SignedDuration::from_mins(ask.minutes);
    match ask.what {
        0 => Command::Start { by },
        1 => Command::Admit { by, whom: Whom::One(participant) },
        2 => Command::Admit { by, whom: Whom::Everyone },
        3 => Command::Hold { by, participant },
        4 => Command::Remove { by, participant },
        // Rare, or most sequences would be short.
        5 if ask.minutes < 10 => Command::End { by },
        6 if ask.minutes < 10 => Command::Cancel { by },
        7 => Command::Extend { by, by_how_much: duration },
        8 => Command::RenewLink { by, participant, window: LinkWindow { lead: WINDOW.lead, lifetime: duration } },
        9 => Command::ResendLink { by, participant },
        10 => Command::Join(joining(by, browser)),
        11 => Command::Leave { participant, browser },
        12 => Command::Return { participant, browser },
        13 => Command::RequestLink { participant, generation: 1 },
        14 => Command::CloseUnattended,
        15 => {
            let seen = if ask.minutes < 80 { visit.starts_at } else { visit.starts_at - duration };
            let to = appointment(at + SignedDuration::from_mins(ask.minutes * 7), 5 + ask.pause as u16);
            Command::Reschedule { by, seen, appointment: to, window: WINDOW }
        }
        16 => Command::HandOver {
            by,
            to: Box::new(member(people.operators()[ask.browser % 2])),
            seat: ParticipantId::mint(),
        },
        17 => Command::SwitchEngine { by, to: Engine::ALL[ask.browser % 2] },
        18 => Command::HostStarted { by },
        19 => Command::HostEnded { by },
        20 => {
            let lateness = Lateness::ALL[ask.browser % Lateness::ALL.len()];
            Command::RunLate { by, lateness, window: WINDOW }
        }
        21 => Command::AskForText { participant, browser },
        22 => Command::DeclineText { participant, browser },
        23 => {
            let more = (0..ask.browser).map(|_| Invitee::new(invitee(people, Kind::Relative).guest));
            Command::Invite { by, invitees: more.collect(), window: WINDOW }
        }
        _ => Command::Arrive { participant, browser },
    }
}

fn check(
    before: &Consultation,
    event: &Event,
    after: &Consultation,
    command: &Command,
    at: Timestamp,
) -> Result<(), TestCaseError> {
    prop_assert_eq!(after.rev, before.rev + 1, "rev grows by one per event");
    check_people(before, event, after)?;
    check_links(before, event, after, at)?;
    check_admissions(before, event, after, command)?;
    if let Event::EngineSwitched { engine, .. } = event {
        prop_assert!(after.engine == *engine && before.engine != *engine);
    } else {
        prop_assert_eq!(after.engine, before.engine);
    }
    if let Event::Extended { until, .. } = event {
        prop_assert!(*until >= at);
    }
    if after.phase == Phase::Scheduled {
        let is_early = |seat: &Participant| matches!(seat.standing, Standing::Admitted { .. } | Standing::Left { .. });
        prop_assert!(!after.participants.iter().any(is_early), "in the call before it started");
    }
    Ok(())
}

fn check_people(before: &Consultation, event: &Event, after: &Consultation) -> Result<(), TestCaseError> {
    let ids: BTreeSet<_> = after.participants.iter().map(|seat| seat.id).collect();
    prop_assert_eq!(ids.len(), after.participants.len(), "two seats with one id");
    prop_assert!(after.participants.len() <= Engine::MOST_IN_MESH, "more seats than a call carries");
    let doctors = after.participants.iter().filter(|seat| seat.kind == Kind::Doctor).count();
    prop_assert_eq!(doctors, usize::from(after.doctor.is_some()), "one doctor conducts, or none");
    if let Event::HandedOver { seat, .. } = event {
        prop_assert!(after.doctor != before.doctor && after.doctor == seat.staff);
    } else {
        prop_assert_eq!(after.doctor, before.doctor);
    }
    let conducting = after.participants.iter().find(|seat| seat.kind == Kind::Doctor);
    prop_assert_eq!(conducting.and_then(|seat| seat.staff), after.doctor);
    let staff: Vec<_> = after.participants.iter().filter_map(|seat| seat.staff).collect();
    prop_assert_eq!(staff.iter().collect::<BTreeSet<_>>().len(), staff.len(), "somebody has two seats");
    for (old, new) in before.participants.iter().zip(&after.participants) {
        prop_assert_eq!(old.id, new.id, "seats keep their order");
        prop_assert!(old.arrived_at.is_none() || old.arrived_at == new.arrived_at, "a place in line moved");
        prop_assert!(new.standing.newcomer().is_none() || new.standing.newcomer() != new.standing.browser());
        prop_assert!(new.standing.browser().is_none() || new.arrived_at.is_some(), "here without having come");
    }
    prop_assert!(after.participants.len() >= before.participants.len(), "a seat vanished");
    Ok(())
}

fn check_links(before: &Consultation, event: &Event, after: &Consultation, at: Timestamp) -> Result<(), TestCaseError> {
    for (old, new) in before.participants.iter().zip(&after.participants) {
        let (Some(was), Some(is)) = (old.link, new.link) else {
            prop_assert_eq!(old.link, new.link);
            continue;
        };
        if let Event::Rescheduled { appointment, opens_at, expires_at, .. } = event {
            check_moved_link(before, old, new, appointment.at, (*opens_at, *expires_at), at)?;
        } else if matches!(event, Event::LinkRenewed { participant, .. } if *participant == new.id) {
            prop_assert_eq!((is.invitation, is.generation), (was.invitation, was.generation + 1));
        } else {
            prop_assert_eq!((is.invitation, is.generation), (was.invitation, was.generation));
            prop_assert!(is.expires_at >= was.expires_at, "a link lost time");
        }
    }
    Ok(())
}

/// An issued link dies unless its holder has come; whoever waits loses neither place nor link.
fn check_moved_link(
    before: &Consultation,
    old: &Participant,
    new: &Participant,
    starts_at: Timestamp,
    window: (Timestamp, Timestamp),
    at: Timestamp,
) -> Result<(), TestCaseError> {
    prop_assert_eq!((old.standing, old.arrived_at), (new.standing, new.arrived_at));
    let (Some(was), Some(is)) = (old.link, new.link) else { return Ok(()) };
    let was_issued = was.opens_at <= at;
    let is_new = starts_at != before.starts_at && old.standing == Standing::Invited && was_issued;
    prop_assert_eq!((is.invitation, is.generation), (was.invitation, was.generation + u32::from(is_new)));
    if starts_at != before.starts_at && old.standing == Standing::Invited {
        prop_assert_eq!((is.opens_at, is.expires_at), window);
    }
    Ok(())
}

/// Nobody comes to be admitted but by staff entitled to it, by the visit's own setting, or by coming back.
fn check_admissions(
    before: &Consultation,
    event: &Event,
    after: &Consultation,
    command: &Command,
) -> Result<(), TestCaseError> {
    for seat in &after.participants {
        let Standing::Admitted { browser, .. } = seat.standing else { continue };
        let old = before.participant(seat.id).map(|seat| seat.standing);
        if matches!(old, Some(Standing::Admitted { browser: old, .. }) if old == browser) {
            continue;
        }
        let is_allowed = match event {
            Event::Admitted { by: Some(staff), .. } => conducts(after, command, *staff),
            Event::Admitted { by: None, .. } => {
                after.admission == Admission::WhenStarted && matches!(after.phase, Phase::InSession { .. })
            }
            Event::StaffJoined { seat } => seat.staff.is_some_and(|staff| conducts(after, command, staff)),
            Event::Returned { participant } => {
                *participant == seat.id && old.and_then(Standing::browser) == Some(browser)
            }
            _ => false,
        };
        prop_assert!(is_allowed, "{event:?} let a browser in after {command:?}");
    }
    Ok(())
}

/// Whoever conducts it; or a colleague who takes their own seat in the call from another device.
fn conducts(visit: &Consultation, command: &Command, staff: StaffId) -> bool {
    let by: Operator = match command {
        Command::Start { by } | Command::HostStarted { by } | Command::Admit { by, .. } => *by,
        Command::Join(joining) => joining.by,
        _ => return false,
    };
    let is_own_seat = matches!(command, Command::Join(_)) && visit.seat_of_staff(staff).is_some();
    by.staff == staff && (may_conduct(visit, by) || is_own_seat)
}
