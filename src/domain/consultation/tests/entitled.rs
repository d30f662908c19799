//! Who may ask what: refused to everybody else in every state, before anything else is said.

use super::super::*;
use super::fixture::{HOUR, People, WINDOW, joining, now, seat, visit};
use crate::domain::staff::Operator;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Right {
    /// Start, admit, hold, remove, end, join.
    Conduct,
    /// Cancel, extend, renew and resend links.
    Support,
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
        (Right::Support, Command::Cancel { by }),
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
                        assert_eq!(is_refused, !held.contains(&right), "{service} {:?} {command:?}", by.role);
                    }
                }
            }
        }
    }
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
