//! Waiting elsewhere, and a late start, from one moment to the next.

use super::super::*;
use super::fixture::{HOUR, People, WINDOW, now, reschedule, seat, visit};
use crate::domain::service::{Admission, Service};

/// Carries a command out.
fn give(visit: &mut Consultation, command: &Command) -> Vec<Event> {
    let events = decide(visit, command, now()).unwrap();
    events.iter().for_each(|event| visit.apply(event, now()));
    events
}

#[test]
fn the_wish_for_a_message_lives_until_its_holder_is_in_the_call() {
    let people = People::new();
    let (participant, browser, by) = (people.guest, people.holder, people.doctor);
    let mut visit = visit(&people, Service::HomeConsultation, Admission::OneByOne);
    let ask = Command::AskForText { participant, browser };
    give(&mut visit, &Command::Arrive { participant, browser });
    assert_eq!(give(&mut visit, &ask), [Event::TextAsked { participant }]);
    assert_eq!(give(&mut visit, &ask), [], "asked already");
    give(&mut visit, &Command::Start { by });
    give(&mut visit, &Command::Admit { by, whom: Whom::One(participant) });
    give(&mut visit, &Command::Hold { by, participant });
    assert!(seat(&mut visit, participant).wants_text, "they never came in");
    give(&mut visit, &Command::Admit { by, whom: Whom::One(participant) });
    let enter = Command::Return { participant, browser };
    assert_eq!(give(&mut visit, &enter), [Event::TextDeclined { participant }]);
    assert_eq!(give(&mut visit, &enter), [], "once");
}

#[test]
fn whoever_hung_up_before_the_wish_ended_comes_back_without_it() {
    let people = People::new();
    let (participant, browser) = (people.guest, people.holder);
    let mut visit = visit(&people, Service::HomeConsultation, Admission::OneByOne);
    visit.phase = Phase::InSession { since: now() };
    seat(&mut visit, participant).standing = Standing::Left { browser, newcomer: None };
    seat(&mut visit, participant).wants_text = true;
    let events = give(&mut visit, &Command::Return { participant, browser });
    assert_eq!(events, [Event::Returned { participant }, Event::TextDeclined { participant }]);
    seat(&mut visit, participant).wants_text = true;
    let declined = give(&mut visit, &Command::DeclineText { participant, browser });
    assert_eq!(declined, [Event::TextDeclined { participant }]);
}

#[test]
fn nobody_is_promised_a_message_without_a_number() {
    let people = People::new();
    let (participant, browser) = (people.guest, people.holder);
    let mut visit = visit(&people, Service::HomeConsultation, Admission::OneByOne);
    give(&mut visit, &Command::Arrive { participant, browser });
    seat(&mut visit, participant).phone = None;
    assert_eq!(decide(&visit, &Command::AskForText { participant, browser }, now()), Err(Refusal::NoPhone));
}

#[test]
fn a_late_visit_keeps_its_links_alive_and_another_hour_ends_the_delay() {
    let people = People::new();
    let by = people.clerk;
    let mut visit = visit(&people, Service::HomeConsultation, Admission::OneByOne);
    let late = |lateness| Command::RunLate { by, lateness, window: WINDOW };
    give(&mut visit, &late(Lateness::FortyFive));
    assert_eq!(visit.delay.unwrap().expected_at, now() + Lateness::FortyFive.duration());
    assert_eq!(visit.last_expiry(), Some(now() + Lateness::FortyFive.duration() + WINDOW.lifetime - WINDOW.lead));
    assert_eq!(give(&mut visit, &late(Lateness::FortyFive)), [], "said already");
    give(&mut visit, &late(Lateness::Ten));
    assert_eq!(visit.delay.unwrap().expected_at, now() + Lateness::Ten.duration(), "earlier after all");
    give(&mut visit, &reschedule(people.doctor, HOUR));
    assert_eq!(visit.delay, None);
}
