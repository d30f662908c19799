//! What moving a visit means for those who were invited, those who have come, and those who conduct it.

use super::super::*;
use super::fixture::{HOUR, People, WINDOW, appointment, guest, hand_over, joining, now, reschedule, seat, visit};

fn carry_out(visit: &mut Consultation, command: &Command) {
    for event in decide(visit, command, now()).unwrap() {
        visit.apply(&event, now());
    }
}

#[test]
fn an_issued_link_dies_and_one_that_waits_only_moves() {
    let people = People::new();
    let mut visit = visit(&people, Service::HomeConsultation, Admission::OneByOne);
    let waiting = seat(&mut visit, people.absent).link.as_mut().unwrap();
    waiting.opens_at = now() + HOUR;
    carry_out(&mut visit, &reschedule(people.clerk, HOUR * 5));
    let opens_at = now() + HOUR * 5 - WINDOW.lead;
    assert_eq!((visit.starts_at, visit.minutes), (now() + HOUR * 5, 60));
    for (id, generation) in [(people.guest, 2), (people.absent, 1)] {
        let link = visit.participant(id).unwrap().link.unwrap();
        assert_eq!((link.generation, link.opens_at, link.expires_at), (generation, opens_at, opens_at + HOUR));
    }
}

#[test]
fn who_waits_stays_with_link_and_place_and_the_visit_stays_open_for_them() {
    let people = People::new();
    let mut visit = visit(&people, Service::HomeConsultation, Admission::OneByOne);
    carry_out(&mut visit, &Command::Arrive { participant: people.guest, browser: people.holder });
    let before = visit.participant(people.guest).unwrap().clone();
    carry_out(&mut visit, &reschedule(people.clerk, HOUR * 5));
    let after = visit.participant(people.guest).unwrap();
    let link = after.link.unwrap();
    assert_eq!((after.standing, after.arrived_at), (before.standing, before.arrived_at));
    assert_eq!((link.generation, link.opens_at), (1, before.link.unwrap().opens_at));
    assert_eq!(link.expires_at, now() + HOUR * 6 - WINDOW.lead);
}

#[test]
fn who_was_sent_away_is_not_invited_again() {
    let people = People::new();
    let mut visit = visit(&people, Service::HomeConsultation, Admission::OneByOne);
    carry_out(&mut visit, &Command::Remove { by: people.doctor, participant: people.guest });
    let before = visit.participant(people.guest).unwrap().clone();
    carry_out(&mut visit, &reschedule(people.clerk, HOUR));
    assert_eq!(visit.participant(people.guest), Some(&before));
}

#[test]
fn another_length_leaves_every_link_alone() {
    let people = People::new();
    let mut visit = visit(&people, Service::HomeConsultation, Admission::OneByOne);
    let before = visit.participants.clone();
    let longer = appointment(now(), 90);
    carry_out(&mut visit, &Command::Reschedule { by: people.clerk, seen: now(), appointment: longer, window: WINDOW });
    assert_eq!((visit.minutes, visit.participants), (90, before));
}

#[test]
fn before_the_start_the_other_doctor_gets_the_doctors_seat() {
    let people = People::new();
    let mut visit = visit(&people, Service::HomeConsultation, Admission::OneByOne);
    let seats = visit.participants.len();
    carry_out(&mut visit, &hand_over(people.admin, &people));
    let seat = visit.participant(people.doctors).unwrap();
    assert_eq!((seat.kind, seat.staff), (Kind::Doctor, Some(people.colleague.staff)));
    assert_eq!((seat.name.to_string().as_str(), seat.language), ("Carlos Méndez", Language::Portuguese));
    assert_eq!((visit.doctor, visit.participants.len()), (Some(people.colleague.staff), seats));
    assert!(!may_conduct(&visit, people.doctor));
}

#[test]
fn in_a_running_visit_both_doctors_are_in_and_it_can_be_handed_back() {
    let people = People::new();
    let mut visit = visit(&people, Service::HomeConsultation, Admission::OneByOne);
    visit.phase = Phase::InSession { since: now() };
    carry_out(&mut visit, &Command::Join(joining(people.doctor, people.holder)));
    let standing = visit.participant(people.doctors).unwrap().standing;
    carry_out(&mut visit, &hand_over(people.doctor, &people));
    let old = visit.participant(people.doctors).unwrap();
    assert_eq!((old.kind, old.standing), (Kind::Colleague, standing), "stays in the call");
    let new = visit.participant(people.successors).unwrap();
    assert_eq!((new.kind, new.standing), (Kind::Doctor, Standing::Invited));

    let back = Command::HandOver {
        by: people.colleague,
        to: Box::new(super::fixture::member(people.doctor)),
        seat: ParticipantId::mint(),
    };
    carry_out(&mut visit, &back);
    let kinds = [people.doctors, people.successors].map(|id| visit.participant(id).unwrap().kind);
    assert_eq!(kinds, [Kind::Doctor, Kind::Colleague]);
    assert_eq!(visit.participant(people.doctors).unwrap().standing, standing);
}

#[test]
fn a_full_call_takes_no_second_doctor() {
    let people = People::new();
    let mut visit = visit(&people, Service::HomeConsultation, Admission::OneByOne);
    while visit.participants.len() < Engine::MOST_IN_MESH {
        visit.participants.push(guest(ParticipantId::mint()));
    }
    assert!(decide(&visit, &hand_over(people.doctor, &people), now()).is_ok(), "before the start they swap");
    visit.phase = Phase::InSession { since: now() };
    assert_eq!(decide(&visit, &hand_over(people.doctor, &people), now()), Err(Refusal::Full));
}
