//! How staff take their seat in the call, and what becomes of people step by step.

use super::super::*;
use super::fixture::{People, WINDOW, guest, joining, now, seat, visit};
use crate::domain::staff::{Operator, Role};

fn in_session(people: &People, service: Service) -> Consultation {
    Consultation { phase: Phase::InSession { since: now() }, ..visit(people, service, Admission::OneByOne) }
}

fn carry_out(visit: &mut Consultation, command: &Command) -> Result<(), Refusal> {
    for event in decide(visit, command, now())? {
        visit.apply(&event, now());
    }
    Ok(())
}

#[test]
fn the_ward_gets_a_seat_of_its_own_once() {
    let people = People::new();
    let mut visit = in_session(&people, Service::TeleVisit);
    let first = joining(people.ward, people.holder);
    carry_out(&mut visit, &Command::Join(first.clone())).unwrap();
    let seat = visit.seat_of_staff(people.ward.staff).unwrap().clone();
    assert_eq!((seat.id, seat.kind, seat.link), (first.seat, Kind::Ward, None));
    assert_eq!(seat.standing, Standing::Admitted { browser: people.holder, newcomer: None });
    assert_eq!(seat.arrived_at, Some(now()));

    assert_eq!(decide(&visit, &Command::Join(joining(people.ward, people.holder)), now()), Ok(vec![]), "a reload");
    carry_out(&mut visit, &Command::Join(joining(people.ward, people.newcomer))).unwrap();
    let seat = visit.seat_of_staff(people.ward.staff).unwrap();
    assert_eq!(seat.standing.browser(), Some(people.newcomer), "staff take over from another device by themselves");
    assert_eq!(visit.participants.iter().filter(|seat| seat.staff.is_some()).count(), 1);
}

#[test]
fn a_full_call_takes_nobody_more() {
    let people = People::new();
    let mut visit = in_session(&people, Service::TeleVisit);
    while visit.participants.len() < Engine::MOST_IN_MESH {
        visit.participants.push(guest(ParticipantId::mint()));
    }
    assert_eq!(carry_out(&mut visit, &Command::Join(joining(people.ward, people.holder))), Err(Refusal::Full));
}

#[test]
fn staff_hang_up_and_come_back() {
    let people = People::new();
    let mut visit = in_session(&people, Service::HomeConsultation);
    let (participant, browser) = (people.doctors, people.holder);
    carry_out(&mut visit, &Command::Join(joining(people.doctor, browser))).unwrap();
    carry_out(&mut visit, &Command::Leave { participant, browser }).unwrap();
    assert_eq!(visit.participant(participant).unwrap().standing, Standing::Left { browser, newcomer: None });
    carry_out(&mut visit, &Command::Return { participant, browser }).unwrap();
    assert_eq!(visit.participant(participant).unwrap().standing, Standing::Admitted { browser, newcomer: None });
}

#[test]
fn another_doctor_who_joins_is_a_colleague() {
    let by = |role| Kind::of_joining(Operator { role, ..People::new().doctor });
    assert_eq!(by(Role::Doctor), Kind::Colleague);
    assert_eq!(by(Role::Ward), Kind::Ward);
}

#[test]
fn a_new_device_waits_until_staff_let_it_in() {
    let people = People::new();
    let People { guest: participant, holder, newcomer, stranger, .. } = people;
    let mut visit = in_session(&people, Service::HomeConsultation);
    let admit = Command::Admit { by: people.doctor, whom: Whom::One(participant) };
    let arrive = |browser| Command::Arrive { participant, browser };

    carry_out(&mut visit, &arrive(holder)).unwrap();
    carry_out(&mut visit, &arrive(stranger)).unwrap();
    assert!(visit.participant(participant).unwrap().device_changed, "the board says so");
    carry_out(&mut visit, &admit).unwrap();
    let seat = visit.participant(participant).unwrap();
    assert_eq!((seat.standing.browser(), seat.device_changed), (Some(stranger), false));

    carry_out(&mut visit, &arrive(newcomer)).unwrap();
    let seat = visit.participant(participant).unwrap();
    assert_eq!(seat.standing, Standing::Admitted { browser: stranger, newcomer: Some(newcomer) }, "the old one stays");
    carry_out(&mut visit, &Command::Leave { participant, browser: stranger }).unwrap();
    carry_out(&mut visit, &admit).unwrap();
    let seat = visit.participant(participant).unwrap();
    assert_eq!(seat.standing, Standing::Admitted { browser: newcomer, newcomer: None });
}

#[test]
fn a_new_link_brings_back_who_was_sent_away_and_keeps_the_place_in_line() {
    let people = People::new();
    let People { guest: participant, holder: browser, doctor: by, .. } = people;
    let mut visit = in_session(&people, Service::HomeConsultation);
    carry_out(&mut visit, &Command::Arrive { participant, browser }).unwrap();
    carry_out(&mut visit, &Command::Remove { by, participant }).unwrap();
    carry_out(&mut visit, &Command::RenewLink { by, participant, window: WINDOW }).unwrap();
    let seat = visit.participant(participant).unwrap();
    assert_eq!((seat.standing, seat.arrived_at), (Standing::Invited, Some(now())));
    assert_eq!(seat.link.unwrap().generation, 2);
}

#[test]
fn who_asked_for_a_link_and_came_in_after_all_asks_no_more() {
    let people = People::new();
    let mut visit = in_session(&people, Service::HomeConsultation);
    if let Some(link) = &mut seat(&mut visit, people.guest).link {
        link.requested_at = Some(now());
    }
    carry_out(&mut visit, &Command::Arrive { participant: people.guest, browser: people.holder }).unwrap();
    assert_eq!(visit.participant(people.guest).unwrap().link.unwrap().requested_at, None);
}
