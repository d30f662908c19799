//! A new link, before its time and after.

use super::super::*;
use super::fixture::{People, WINDOW, now, visit};
use crate::domain::service::Service;

#[test]
fn a_new_link_before_the_appointment_waits_for_its_time() {
    let people = People::new();
    let mut booked = visit(&people, Service::HomeConsultation, Admission::OneByOne);
    booked.starts_at = now() + jiff::SignedDuration::from_hours(24);
    let renew = Command::RenewLink { by: people.clerk, participant: people.guest, window: WINDOW };
    let events = decide(&booked, &renew, now()).unwrap();
    events.iter().for_each(|event| booked.apply(event, now()));
    let link = booked.participant(people.guest).unwrap().link.unwrap();
    assert_eq!(link.opens_at, booked.starts_at - WINDOW.lead);
    assert_eq!(link.expires_at, link.opens_at + WINDOW.lifetime);
}
