//! Every state × command pair does what [`TABLE`] says, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::super::*;
use super::fixture::{
    HOUR, People, WINDOW, appointment, hand_over, invite, invitee, joining, member, now, reschedule, seat, visit,
};
use super::table::TABLE;
use crate::domain::schedule::NO_SHOW_AFTER;
use crate::domain::staff::{Operator, StaffMember};

const GUEST: [&str; 7] = ["invited", "waiting", "admitted", "admitted/new", "left", "left/new", "removed"];
const OTHERS: [&str; 2] = ["staff", "unknown"];
const PHASES: [(&str, usize); 5] =
    [("scheduled", 0), ("in_session", 1), ("ended", 2), ("cancelled", 2), ("no_show", 2)];
const COMMANDS: usize = 24;

/// A named way to ask something: the command, the visit's admission, and when it is asked.
struct Case {
    name: &'static str,
    admission: Admission,
    engine: Engine,
    at: Timestamp,
    has_asked: bool,
    command: Command,
}

#[test]
fn every_command_in_every_state_does_what_the_table_says() {
    let people = People::new();
    let table = table();
    let mut used = BTreeSet::new();
    for standing in GUEST.into_iter().chain(OTHERS) {
        for case in cases(&people, standing) {
            let key = (case.name, standing);
            let cells = table.get(&key).unwrap_or_else(|| panic!("{key:?} has no row"));
            used.insert(key);
            for (phase, column) in PHASES {
                let before = state(&people, &case, standing, phase);
                let expected = outcome(cells[column], &before, &case, &people);
                assert_eq!(decide(&before, &case.command, case.at), expected, "{key:?} while {phase}");
            }
        }
    }
    let unused: Vec<_> = table.keys().filter(|key| !used.contains(*key)).collect();
    assert!(unused.is_empty(), "rows of no case: {unused:?}");
}

#[test]
fn the_table_asks_every_command() {
    let people = People::new();
    let asked: BTreeSet<usize> = cases(&people, "invited").iter().map(|case| place(&case.command)).collect();
    assert_eq!(asked, (0..COMMANDS).collect());
}

/// A new command does not compile until it is given a place here, and fails until the table asks it.
fn place(command: &Command) -> usize {
    match command {
        Command::Start { .. } => 0,
        Command::Admit { .. } => 1,
        Command::Hold { .. } => 2,
        Command::Remove { .. } => 3,
        Command::End { .. } => 4,
        Command::Cancel { .. } => 5,
        Command::Extend { .. } => 6,
        Command::RenewLink { .. } => 7,
        Command::ResendLink { .. } => 8,
        Command::Join(_) => 9,
        Command::Arrive { .. } => 10,
        Command::Leave { .. } => 11,
        Command::Return { .. } => 12,
        Command::RequestLink { .. } => 13,
        Command::CloseUnattended => 14,
        Command::Reschedule { .. } => 15,
        Command::HandOver { .. } => 16,
        Command::SwitchEngine { .. } => 17,
        Command::HostStarted { .. } => 18,
        Command::HostEnded { .. } => 19,
        Command::RunLate { .. } => 20,
        Command::AskForText { .. } => 21,
        Command::DeclineText { .. } => 22,
        Command::Invite { .. } => 23,
    }
}

fn cases(people: &People, standing: &str) -> Vec<Case> {
    let People { holder, newcomer, stranger, .. } = *people;
    let by = people.doctor;
    let participant = match standing {
        "staff" => people.doctors,
        "unknown" => people.unknown,
        _ => people.guest,
    };
    let late = now() + HOUR;
    let early = now() - WINDOW.lead - SignedDuration::from_mins(1);
    let give_to = |to| Command::HandOver { by, to: Box::new(member(to)), seat: people.successors };
    let arrive = |browser| Command::Arrive { participant, browser };
    let case = |name, command| Case {
        name,
        admission: Admission::OneByOne,
        engine: Engine::Direct,
        at: now(),
        has_asked: false,
        command,
    };
    let at = |at, case: Case| Case { at, ..case };
    let at_webex = |case: Case| Case { engine: Engine::Webex, ..case };
    let for_everyone = |case: Case| Case { admission: Admission::WhenStarted, ..case };
    vec![
        case("start one by one", Command::Start { by }),
        for_everyone(case("start for everyone", Command::Start { by })),
        case("admit", Command::Admit { by, whom: Whom::One(participant) }),
        case("admit everyone", Command::Admit { by, whom: Whom::Everyone }),
        case("hold", Command::Hold { by, participant }),
        case("remove", Command::Remove { by, participant }),
        case("end", Command::End { by }),
        case("cancel", Command::Cancel { by }),
        case("reschedule", reschedule(by, HOUR)),
        case("reschedule a moved one", moved_meanwhile(by)),
        case("reschedule to the same", same_again(by)),
        case("hand over", hand_over(by, people)),
        case("hand over to a clerk", give_to(people.clerk)),
        case("hand over to a ward", give_to(people.ward)),
        case("hand over to the same", give_to(people.doctor)),
        case("switch to Webex", Command::SwitchEngine { by, to: Engine::Webex }),
        at_webex(case("switch to the mesh", Command::SwitchEngine { by, to: Engine::Direct })),
        case("switch to the same", Command::SwitchEngine { by, to: Engine::Direct }),
        at_webex(case("host starts one by one", Command::HostStarted { by })),
        for_everyone(at_webex(case("host starts for everyone", Command::HostStarted { by }))),
        case("host starts elsewhere", Command::HostStarted { by }),
        at_webex(case("host ends", Command::HostEnded { by })),
        case("host ends elsewhere", Command::HostEnded { by }),
        case("run late", Command::RunLate { by, lateness: Lateness::Twenty, window: WINDOW }),
        case("ask for a text", Command::AskForText { participant, browser: holder }),
        case("ask as stranger", Command::AskForText { participant, browser: stranger }),
        case("decline a text", Command::DeclineText { participant, browser: holder }),
        case("invite", invite(by, people, Kind::Patient)),
        case("extend", Command::Extend { by, by_how_much: HOUR }),
        case("renew link", Command::RenewLink { by, participant, window: WINDOW }),
        case("resend link", Command::ResendLink { by, participant }),
        at(early, case("resend before it opens", Command::ResendLink { by, participant })),
        at(late, case("resend expired link", Command::ResendLink { by, participant })),
        case("join", Command::Join(joining(by, stranger))),
        case("arrive as holder", arrive(holder)),
        case("arrive as newcomer", arrive(newcomer)),
        case("arrive as stranger", arrive(stranger)),
        at(late, case("arrive with expired link", arrive(stranger))),
        for_everyone(case("arrive for everyone", arrive(holder))),
        case("leave", Command::Leave { participant, browser: holder }),
        case("leave as stranger", Command::Leave { participant, browser: stranger }),
        case("return", Command::Return { participant, browser: holder }),
        case("return as stranger", Command::Return { participant, browser: stranger }),
        case("request link", Command::RequestLink { participant, generation: 1 }),
        at(late, case("request when expired", Command::RequestLink { participant, generation: 1 })),
        case("request with a dead link", Command::RequestLink { participant, generation: 0 }),
        Case {
            has_asked: true,
            ..at(late, case("request twice", Command::RequestLink { participant, generation: 1 }))
        },
        at(late + NO_SHOW_AFTER - SignedDuration::from_mins(11), case("close early", Command::CloseUnattended)),
        at(late + NO_SHOW_AFTER - SignedDuration::from_mins(10), case("close late", Command::CloseUnattended)),
    ]
}

/// Asked by somebody who saw another time.
fn moved_meanwhile(by: Operator) -> Command {
    let appointment = appointment(now() + HOUR, 30);
    Command::Reschedule { by, seen: now() - HOUR, appointment, window: WINDOW }
}

fn same_again(by: Operator) -> Command {
    Command::Reschedule { by, seen: now(), appointment: appointment(now(), 30), window: WINDOW }
}

fn state(people: &People, case: &Case, standing: &str, phase: &str) -> Consultation {
    let at = now();
    let mut visit = visit(people, Service::HomeConsultation, case.admission);
    visit.engine = case.engine;
    visit.phase = match phase {
        "scheduled" => Phase::Scheduled,
        "in_session" => Phase::InSession { since: at },
        "ended" => Phase::Ended { at },
        "cancelled" => Phase::Cancelled { at },
        _ => Phase::NoShow { at, missing: Missing::Staff },
    };
    assert_eq!(visit.phase.as_str(), phase);
    let (browser, newcomer) = (people.holder, Some(people.newcomer));
    let guest = seat(&mut visit, people.guest);
    guest.standing = match standing {
        "waiting" => Standing::Waiting { browser },
        "admitted" => Standing::Admitted { browser, newcomer: None },
        "admitted/new" => Standing::Admitted { browser, newcomer },
        "left" => Standing::Left { browser, newcomer: None },
        "left/new" => Standing::Left { browser, newcomer },
        "removed" => Standing::Removed,
        _ => Standing::Invited,
    };
    guest.arrived_at = (guest.standing != Standing::Invited).then_some(at);
    if let Some(link) = guest.link.as_mut().filter(|_| case.has_asked) {
        link.requested_at = Some(at);
    }
    visit
}

fn table() -> BTreeMap<(&'static str, &'static str), [&'static str; 3]> {
    let mut rows = BTreeMap::new();
    for line in TABLE.lines().skip(2).filter(|line| !line.is_empty()) {
        let [case, standings, cells @ ..]: [&str; 5] =
            line.split('|').map(str::trim).collect::<Vec<_>>().try_into().unwrap();
        let standings = standings.split_whitespace().flat_map(|word| match word {
            "all" => [&GUEST[..], &OTHERS].concat(),
            "guest" => GUEST.to_vec(),
            other => vec![other],
        });
        for standing in standings {
            assert_eq!(rows.insert((case, standing), cells), None, "{case} has two rows for {standing}");
        }
    }
    rows
}

fn outcome(cell: &str, before: &Consultation, case: &Case, people: &People) -> Result<Vec<Event>, Refusal> {
    if cell.starts_with(char::is_uppercase) {
        return Err(refusal(cell));
    }
    Ok(cell.split('+').filter(|word| *word != "nothing").map(|word| event(word, before, case, people)).collect())
}

fn refusal(name: &str) -> Refusal {
    let all = [
        Refusal::UnknownSeat,
        Refusal::Closed,
        Refusal::NotStarted,
        Refusal::AlreadyStarted,
        Refusal::AlreadyAdmitted,
        Refusal::NotArrived,
        Refusal::NobodyWaiting,
        Refusal::NotAdmitted,
        Refusal::Removed,
        Refusal::LinkExpired,
        Refusal::LinkStillWorks,
        Refusal::StaffSeat,
        Refusal::TooEarly,
        Refusal::Changed,
        Refusal::DoctorNotPermitted,
        Refusal::SameDoctor,
    ];
    *all.iter().find(|refusal| format!("{refusal:?}") == name).unwrap_or_else(|| panic!("no refusal {name}"))
}

/// The event a word of the table stands for, to the last field.
fn event(word: &str, before: &Consultation, case: &Case, people: &People) -> Event {
    let (participant, by) = (people.guest, people.doctor.staff);
    let People { holder, newcomer, stranger, .. } = *people;
    match word {
        "started" => Event::Started { by },
        "let-in" => Event::Admitted { participant, browser: holder, by: Some(by) },
        "newcomer-let-in" => Event::Admitted { participant, browser: newcomer, by: Some(by) },
        "walks-in" => Event::Admitted { participant, browser: holder, by: None },
        "doctor-in" => Event::Admitted { participant: people.doctors, browser: stranger, by: Some(by) },
        "held" => Event::Held { participant, by },
        "removed" => Event::Removed { participant, by },
        "ended" => Event::Ended { by: Some(by) },
        "closed" => Event::Ended { by: None },
        "cancelled" => Event::Cancelled { by },
        "rescheduled" => {
            let appointment = appointment(now() + HOUR, 60);
            let opens_at = now() + HOUR - WINDOW.lead;
            Event::Rescheduled { appointment, opens_at, expires_at: opens_at + HOUR, by }
        }
        "doctors-seat-handed-over" => handed_over(people.doctors, before, people),
        "handed-over" => handed_over(people.successors, before, people),
        "to-Webex" => Event::EngineSwitched { engine: Engine::Webex, by },
        "to-the-mesh" => Event::EngineSwitched { engine: Engine::Direct, by },
        "delayed" => {
            let minutes = SignedDuration::from_mins;
            let delay = Delay { expected_at: now() + minutes(20), told_at: now() + SignedDuration::from_secs(20) };
            Event::Delayed { delay, links_until: now() + minutes(70), by }
        }
        "one-invited" => {
            let (seat, guest) = invitee(people, Kind::Patient).seated(now(), now() + HOUR);
            Event::Invited { seat: Box::new(seat), guest, by }
        }
        "asked" => Event::TextAsked { participant },
        "extended" => Event::Extended { until: before.last_expiry().unwrap() + HOUR, by },
        "renewed" => {
            let link = before.participant(participant).unwrap().link.unwrap().renewed(case.at, case.at + HOUR);
            Event::LinkRenewed { participant, link, by }
        }
        "resent" => Event::LinkResent { participant, by },
        "holder-arrived" => Event::Arrived { participant, browser: holder },
        "newcomer-arrived" => Event::Arrived { participant, browser: newcomer },
        "stranger-arrived" => Event::Arrived { participant, browser: stranger },
        "newcomer-took-over" => Event::DeviceChanged { participant, browser: newcomer },
        "stranger-took-over" => Event::DeviceChanged { participant, browser: stranger },
        "newcomer-waits" => Event::NewDeviceWaits { participant, browser: newcomer },
        "stranger-waits" => Event::NewDeviceWaits { participant, browser: stranger },
        "left" => Event::Left { participant },
        "returned" => Event::Returned { participant },
        "requested" => Event::LinkRequested { participant },
        "patient-missing" => Event::NoShow { missing: Missing::Patient },
        "staff-missing" => Event::NoShow { missing: Missing::Staff },
        _ => panic!("no event {word}"),
    }
}

/// The colleague conducts it from this seat.
fn handed_over(id: ParticipantId, before: &Consultation, people: &People) -> Event {
    let doctors = before.participant(people.doctors).unwrap().clone();
    let StaffMember { name, language, .. } = member(people.colleague);
    let seat = Participant { id, staff: Some(people.colleague.staff), name, language, ..doctors };
    Event::HandedOver { seat: Box::new(seat), by: people.doctor.staff }
}
