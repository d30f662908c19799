//! What it means to be invited to a visit that was booked already.

use super::super::*;
use super::fixture::{HOUR, People, WINDOW, guest, invite, invitee, now, seat, visit};

#[test]
fn who_is_invited_later_has_a_seat_and_a_link_like_the_others() {
    let people = People::new();
    let mut visit = visit(&people, Service::HomeConsultation, Admission::OneByOne);
    visit.starts_at = now() + HOUR * 5;
    let (before, asked) = (visit.participants.clone(), invite(people.clerk, &people, Kind::Relative));
    for event in decide(&visit, &asked, now()).unwrap() {
        visit.apply(&event, now());
    }
    let opens_at = now() + HOUR * 5 - WINDOW.lead;
    let (seat, _) = invitee(&people, Kind::Relative).seated(opens_at, opens_at + HOUR);
    assert_eq!(visit.participants, [before, vec![seat]].concat());
}

#[test]
fn where_the_others_were_given_more_time_so_is_who_comes_later() {
    let people = People::new();
    let mut visit = visit(&people, Service::HomeConsultation, Admission::OneByOne);
    seat(&mut visit, people.absent).link.as_mut().unwrap().expires_at = now() + HOUR * 3;
    let events = decide(&visit, &invite(people.clerk, &people, Kind::Relative), now()).unwrap();
    let [Event::Invited { seat, .. }] = &events[..] else { panic!("{events:?}") };
    let link = seat.link.unwrap();
    assert_eq!((link.opens_at, link.expires_at, link.generation), (now(), now() + HOUR * 3, 1));
}

#[test]
fn a_report_has_no_seat_for_the_patient() {
    let people = People::new();
    let visit = visit(&people, Service::MedicalReport, Admission::OneByOne);
    let asked = |kind| decide(&visit, &invite(people.doctor, &people, kind), now());
    assert_eq!(asked(Kind::Patient), Err(Refusal::PatientNotSeated));
    assert!(asked(Kind::Relative).is_ok());
}

#[test]
fn a_seat_stays_free_for_whoever_conducts_it() {
    let people = People::new();
    for (service, by, staff) in [(Service::HomeConsultation, people.doctor, 1), (Service::TeleVisit, people.ward, 0)] {
        let mut visit = visit(&people, service, Admission::OneByOne);
        let asked = invite(by, &people, Kind::Relative);
        while visit.guests().count() < Engine::MOST_IN_MESH - 2 {
            visit.participants.push(guest(ParticipantId::mint()));
        }
        assert!(decide(&visit, &asked, now()).is_ok(), "{service}");
        visit.participants.push(guest(ParticipantId::mint()));
        assert_eq!(visit.participants.len(), Engine::MOST_IN_MESH - 1 + staff, "{service}");
        assert_eq!(decide(&visit, &asked, now()), Err(Refusal::Full), "{service}");
    }
}

#[test]
fn a_link_of_somebody_sent_away_gives_nobody_more_time() {
    let people = People::new();
    let mut visit = visit(&people, Service::HomeConsultation, Admission::OneByOne);
    let absent = seat(&mut visit, people.absent);
    absent.standing = Standing::Removed;
    absent.link.as_mut().unwrap().expires_at = now() + HOUR * 100;
    let events = decide(&visit, &invite(people.clerk, &people, Kind::Relative), now()).unwrap();
    let [Event::Invited { seat, .. }] = &events[..] else { panic!("{events:?}") };
    assert_eq!(seat.link.unwrap().expires_at, now() + HOUR);
}

#[test]
fn once_staff_have_begun_a_link_opens_at_once_however_far_the_hour_is() {
    let people = People::new();
    let mut visit = visit(&people, Service::HomeConsultation, Admission::OneByOne);
    (visit.starts_at, visit.phase) = (now() + HOUR * 2, Phase::InSession { since: now() });
    let renew = Command::RenewLink { by: people.clerk, participant: people.guest, window: WINDOW };
    for command in [invite(people.clerk, &people, Kind::Relative), renew] {
        for event in decide(&visit, &command, now()).unwrap() {
            visit.apply(&event, now());
        }
    }
    for id in [people.guest, people.invitees] {
        let link = visit.participant(id).unwrap().link.unwrap();
        assert_eq!((link.opens_at, link.expires_at), (now(), now() + HOUR));
    }
}
