//! Who may ask what: refused to everybody else in every state, before anything else is said.

use super::super::*;
use super::fixture::{HOUR, People, WINDOW, hand_over, invite, joining, now, reschedule, seat, visit};
use crate::domain::service::Services;
use crate::domain::staff::{Operator, Role};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Right {
    /// Start, admit, hold, remove, end, join, switch engines; also where its host does so outside the house.
    Conduct,
    /// Cancel, move, extend, invite, renew and resend links.
    Support,
    /// Hand over: as support, and once more by an admin before the start.
    HandOver,
}

fn staff_commands(by: Operator, people: &People) -> Vec<(Right, Command)> {
    let participant = people.guest;
    vec![
        (Right::Conduct, Command::Start { by }),
        (Right::Conduct, Command::Admit { by, whom: Whom::One(participant) }),
        (Right::Conduct, Command::Admit { by, whom: Whom::Everyone }),
        (Right::Conduct, Command::Hold { by, participant }),
        (Right::Conduct, Command::Remove { by, participant }),
        (Right::Conduct, Command::End { by }),
        (Right::Conduct, Command::Join(joining(by, people.stranger))),
        (Right::Conduct, Command::SwitchEngine { by, to: Engine::Webex }),
        (Right::Conduct, Command::HostStarted { by }),
        (Right::Conduct, Command::HostEnded { by }),
        (Right::Support, Command::Cancel { by }),
        (Right::Support, reschedule(by, HOUR)),
        (Right::HandOver, hand_over(by, people)),
        (Right::Support, Command::RunLate { by, lateness: Lateness::Ten, window: WINDOW }),
        (Right::Support, invite(by, people, Kind::Relative)),
        (Right::Support, Command::Extend { by, by_how_much: HOUR }),
        (Right::Support, Command::RenewLink { by, participant, window: WINDOW }),
        (Right::Support, Command::ResendLink { by, participant }),
    ]
}

/// The visit's doctor; for tele-visits, the own ward. Clerks support both; nobody else may anything.
fn rights(service: Service) -> [&'static [Right]; 6] {
    const BOTH: &[Right] = &[Right::Conduct, Right::Support];
    const SUPPORT: &[Right] = &[Right::Support];
    match service {
        //                              doctor, colleague, clerk, admin, ward, other ward
        Service::HomeConsultation | Service::MedicalReport | Service::FollowUp => [BOTH, &[], SUPPORT, &[], &[], &[]],
        Service::TeleVisit => [&[], &[], SUPPORT, &[], BOTH, &[]],
    }
}

fn may_hand_over(held: &[Right], by: Operator, phase: Phase) -> bool {
    held.contains(&Right::Support) || (by.role == Role::Admin && phase == Phase::Scheduled)
}

fn phases() -> [Phase; 5] {
    let at = now();
    [
        Phase::Scheduled,
        Phase::InSession { since: at },
        Phase::Ended { at },
        Phase::Cancelled { at },
        Phase::NoShow { at, missing: Missing::Patient },
    ]
}

fn standings(people: &People) -> [Standing; 5] {
    let browser = people.holder;
    [
        Standing::Invited,
        Standing::Waiting { browser },
        Standing::Admitted { browser, newcomer: Some(people.newcomer) },
        Standing::Left { browser, newcomer: None },
        Standing::Removed,
    ]
}

#[test]
fn everybody_but_the_entitled_is_refused_in_every_state() {
    let people = People::new();
    for service in Service::ALL {
        for (by, held) in people.operators().into_iter().zip(rights(*service)) {
            for (right, command) in staff_commands(by, &people) {
                for phase in phases() {
                    for standing in standings(&people) {
                        let mut visit = visit(&people, *service, Admission::WhenStarted);
                        visit.phase = phase;
                        seat(&mut visit, people.guest).standing = standing;
                        let is_refused = decide(&visit, &command, now()) == Err(Refusal::NotEntitled);
                        let is_held =
                            held.contains(&right) || (right == Right::HandOver && may_hand_over(held, by, phase));
                        assert_eq!(is_refused, !is_held, "{service} {:?} {command:?}", by.role);
                    }
                }
            }
        }
    }
}

#[test]
fn who_handed_a_running_visit_over_may_come_back_to_the_call() {
    let people = People::new();
    let mut visit = visit(&people, Service::HomeConsultation, Admission::OneByOne);
    visit.phase = Phase::InSession { since: now() };
    let join = Command::Join(joining(people.doctor, people.holder));
    for command in [join.clone(), hand_over(people.doctor, &people)] {
        for event in decide(&visit, &command, now()).unwrap() {
            visit.apply(&event, now());
        }
    }
    assert_eq!(decide(&visit, &join, now()), Ok(vec![]), "a reload");
    assert_eq!(decide(&visit, &Command::End { by: people.doctor }, now()), Err(Refusal::NotEntitled));
    let of_other = Command::Join(joining(people.other_doctor(), people.stranger));
    assert_eq!(decide(&visit, &of_other, now()), Err(Refusal::NotEntitled));
}

#[test]
fn a_ward_without_a_visit_of_its_own_conducts_none() {
    let people = People::new();
    let mut visit = visit(&people, Service::TeleVisit, Admission::OneByOne);
    visit.ward = None;
    let homeless = Operator { ward: None, ..people.ward };
    for by in [people.ward, homeless] {
        assert!(!may_conduct(&visit, by));
    }
}

#[test]
fn a_clerk_supports_only_the_services_they_are_permitted() {
    let people = People::new();
    let visit = visit(&people, Service::HomeConsultation, Admission::OneByOne);
    let limited = Operator { services: Services::NONE.with(Service::TeleVisit), ..people.clerk };
    assert!(may_support(&visit, people.clerk) && !may_support(&visit, limited));
    let limited = Operator { services: Services::NONE, ..people.doctor };
    assert!(may_conduct(&visit, limited), "who has a visit finishes it");
}
