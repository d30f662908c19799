//! Past visits are listed newest first, chosen by whose they are and how they ended, and counted.

use std::collections::HashSet;

use antesala::domain::figures::{Tally, Waited};
use antesala::domain::ids::MessageId;
use antesala::domain::message::MessageStatus;
use antesala::domain::outcome::Outcome;
use antesala::domain::schedule::NO_SHOW_AFTER;
use antesala::domain::service::Service;
use antesala::domain::staff::StaffMember;
use antesala::store::history::{self, After, PastVisit, Which};
use antesala::store::outbox::by_hand;
use antesala::store::outbox::queue::{self, Taken};
use antesala::store::outbox::reports::{self, Report};
use antesala::store::scope::Scope;
use antesala::store::{Batch, Store};
use jiff::{SignedDuration, Timestamp};

use super::database::stores;
use super::visit::{Booked, Wish, booked, scheduled};

const CLOSE: &str = "UPDATE consultations SET phase = $1, missing = $2, closed_at = $3, first_arrived_at = $4, \
     first_admitted_at = $5 WHERE id = $6";

fn noon() -> Timestamp {
    "2026-11-23T18:00:00Z".parse().unwrap()
}

/// How a visit was closed, and how many minutes after the appointment people came and were let in.
struct Course {
    phase: &'static str,
    missing: Option<&'static str>,
    waited: Option<(i64, i64)>,
}

const TOOK_PLACE: Course = Course { phase: "ended", missing: None, waited: Some((-4, 6)) };

async fn closed(store: &Store, service: Service, hours: i64, course: Course) -> Booked {
    let starts_at = noon() + SignedDuration::from_hours(hours);
    let wish = Wish { service, ..scheduled(starts_at) };
    let booked = booked(store, starts_at - SignedDuration::from_hours(24), wish).await;
    let minutes = |minutes: i64| starts_at + SignedDuration::from_mins(minutes);
    let mut batch = Batch::new();
    batch.run_on_one(
        CLOSE,
        vec![
            course.phase.into(),
            course.missing.into(),
            (starts_at + NO_SHOW_AFTER).into(),
            course.waited.map(|(came, _)| minutes(came)).into(),
            course.waited.map(|(_, admitted)| minutes(admitted)).into(),
            booked.visit.id.to_string().into(),
        ],
    );
    store.write(batch).await.unwrap();
    booked
}

fn all() -> Which {
    let day = SignedDuration::from_hours(24);
    Which { scope: Scope::Clinic, from: noon() - day, until: noon() + day, doctor: None, service: None, outcome: None }
}

async fn hours(store: &Store, which: Which) -> Vec<i64> {
    let found = history::list(store, &which, 50, 0).await.unwrap();
    found.iter().map(|visit| visit.starts_at.duration_since(noon()).as_hours()).collect()
}

fn own(doctor: &StaffMember) -> Scope {
    Scope::Doctor(doctor.id)
}

#[tokio::test]
async fn past_visits_are_listed_newest_first_and_in_pages() {
    for at in stores().await {
        for hour in [1, 3, 2] {
            closed(&at.store, Service::HomeConsultation, hour, TOOK_PLACE).await;
        }
        booked(&at.store, noon(), scheduled(noon() + SignedDuration::from_hours(4))).await;
        assert_eq!(hours(&at.store, all()).await, [3, 2, 1], "{}: the open one is not of the past", at.engine);
        let second = history::list(&at.store, &all(), 2, 2).await.unwrap();
        assert_eq!(second.len(), 1, "{}", at.engine);
        assert_eq!(second[0].outcome, Outcome::Ended);
        assert_eq!(second[0].admitted_at, Some(second[0].starts_at + SignedDuration::from_mins(6)));
    }
}

#[tokio::test]
async fn a_file_s_pages_hold_each_visit_once_whatever_is_closed_meanwhile() {
    for at in stores().await {
        let store = &at.store;
        // More than a page of them at the same hour.
        for hour in [1, 2, 2, 2, 2, 3, -2] {
            closed(store, Service::HomeConsultation, hour, TOOK_PLACE).await;
        }
        closed(store, Service::TeleVisit, 2, TOOK_PLACE).await;
        let which = Which { service: Some(Service::HomeConsultation), ..all() };
        let (mut read, mut after) = (Vec::new(), After::default());
        let mut meanwhile = [2, 4, 0].into_iter();
        while let Some((page, ends)) = history::page(store, &which, &after, 2).await.unwrap() {
            assert!(page.len() <= 2, "{}: {page:?}", at.engine);
            read.extend(page);
            after = ends;
            if let Some(hour) = meanwhile.next() {
                closed(store, Service::HomeConsultation, hour, TOOK_PLACE).await;
            }
        }
        let hour_of = |visit: &PastVisit| visit.starts_at.duration_since(noon()).as_hours();
        let hours: Vec<_> = read.iter().map(hour_of).collect();
        assert_eq!(hours, [3, 2, 2, 2, 2, 2, 1, 0, -2], "{}: what is later than the page came too late", at.engine);
        let ids: HashSet<_> = read.iter().map(|visit| visit.id).collect();
        assert_eq!(ids.len(), read.len(), "{}", at.engine);
    }
}

#[tokio::test]
async fn whose_and_which_are_chosen() {
    for at in stores().await {
        let store = &at.store;
        let family = Course { phase: "no_show", missing: Some("patient"), waited: None };
        let staff = Course { phase: "no_show", missing: Some("staff"), waited: Some((0, 0)) };
        let one = closed(store, Service::HomeConsultation, 1, TOOK_PLACE).await;
        let two = closed(store, Service::TeleVisit, 2, family).await;
        closed(store, Service::FollowUp, 3, staff).await;
        closed(store, Service::HomeConsultation, 4, Course { phase: "cancelled", missing: None, waited: None }).await;
        let cases = [
            (all(), vec![4, 3, 2, 1]),
            (Which { outcome: Some(Outcome::NoShowOfFamily), ..all() }, vec![2]),
            (Which { outcome: Some(Outcome::NoShowOfStaff), ..all() }, vec![3]),
            (Which { outcome: Some(Outcome::Cancelled), ..all() }, vec![4]),
            (Which { outcome: Some(Outcome::Ended), service: Some(Service::FollowUp), ..all() }, vec![]),
            (Which { service: Some(Service::TeleVisit), ..all() }, vec![2]),
            (Which { doctor: Some(one.doctor.id), ..all() }, vec![1]),
            (Which { scope: own(&one.doctor), ..all() }, vec![1]),
            (Which { scope: own(&one.doctor), doctor: Some(two.doctor.id), ..all() }, vec![]),
            (Which { scope: Scope::Ward(two.ward.ward.unwrap()), ..all() }, vec![2]),
            (Which { scope: Scope::Ward(one.ward.ward.unwrap()), ..all() }, vec![]),
            (Which { until: noon() + SignedDuration::from_hours(2), ..all() }, vec![1]),
            (Which { from: noon() + SignedDuration::from_hours(4), ..all() }, vec![4]),
        ];
        for (which, expected) in cases {
            assert_eq!(hours(store, which).await, expected, "{}: {which:?}", at.engine);
            let counted: u64 = history::tallies(store, &which).await.unwrap().iter().map(|tally| tally.visits).sum();
            assert_eq!(counted, expected.len() as u64, "{}: {which:?}", at.engine);
        }
    }
}

#[tokio::test]
async fn outcomes_and_waits_are_counted() {
    for at in stores().await {
        let store = &at.store;
        for _ in 0..3 {
            closed(store, Service::HomeConsultation, 1, TOOK_PLACE).await;
        }
        closed(store, Service::HomeConsultation, 1, Course { waited: Some((5, 5)), ..TOOK_PLACE }).await;
        closed(store, Service::HomeConsultation, 1, Course { waited: None, phase: "cancelled", missing: None }).await;
        let hour = noon() + SignedDuration::from_hours(1);
        let mut tallies = history::tallies(store, &all()).await.unwrap();
        tallies.sort_by_key(|tally| tally.outcome);
        let tally = |outcome, visits| Tally { at: hour, outcome, visits };
        assert_eq!(tallies, [tally(Outcome::Ended, 4), tally(Outcome::Cancelled, 1)], "{}", at.engine);
        let mut waits = history::waits(store, &all()).await.unwrap();
        waits.sort_by_key(|wait| wait.minutes);
        let wait = |minutes, visits| Waited { minutes, visits };
        assert_eq!(waits, [wait(0, 1), wait(6, 3)], "{}: early ones wait from the appointment on", at.engine);
    }
}

#[tokio::test]
async fn a_link_is_sent_only_where_it_left_the_house() {
    for at in stores().await {
        let booked = closed(&at.store, Service::HomeConsultation, 1, TOOK_PLACE).await;
        let link = link_of(&at.store, &booked).await;
        let sent_at = async || history::list(&at.store, &all(), 1, 0).await.unwrap()[0].sent_at;
        queue::taken(&at.store, link, &Taken::shown(), noon()).await.unwrap();
        assert_eq!(sent_at().await, None, "{}: staff showed it", at.engine);
        let mut batch = Batch::new();
        let named = "UPDATE outbox SET provider_id = 'SM1' WHERE id = $1";
        batch.run_on_one(named, vec![link.to_string().into()]);
        at.store.write(batch).await.unwrap();
        assert_eq!(sent_at().await, Some(noon()), "{}", at.engine);
    }
}

#[tokio::test]
async fn a_link_counts_as_delivered_when_its_provider_first_says_so() {
    for at in stores().await {
        let booked = closed(&at.store, Service::HomeConsultation, 1, TOOK_PLACE).await;
        let link = link_of(&at.store, &booked).await;
        let delivered_at = async || history::list(&at.store, &all(), 1, 0).await.unwrap()[0].delivered_at;
        let said = async |status, minutes| {
            let report = Report { message: link, id: "SM1".parse().unwrap(), status, reason: None, code: None };
            reports::apply(&at.store, &report, None, noon() + SignedDuration::from_mins(minutes)).await.unwrap();
        };
        for status in [MessageStatus::Sent, MessageStatus::Undelivered] {
            said(status, 1).await;
            assert_eq!(delivered_at().await, None, "{}: {status}", at.engine);
        }
        for minutes in [2, 3] {
            said(MessageStatus::Delivered, minutes).await;
            assert_eq!(delivered_at().await, Some(noon() + SignedDuration::from_mins(2)), "{}", at.engine);
        }
    }
}

#[tokio::test]
async fn what_staff_showed_or_told_is_no_delivery() {
    for at in stores().await {
        let booked = closed(&at.store, Service::HomeConsultation, 1, TOOK_PLACE).await;
        let link = link_of(&at.store, &booked).await;
        queue::taken(&at.store, link, &Taken::shown(), noon()).await.unwrap();
        assert!(by_hand::shown(&at.store, link, [7; 32]).await.unwrap(), "{}", at.engine);
        let found = history::list(&at.store, &all(), 1, 0).await.unwrap();
        assert_eq!((found[0].sent_at, found[0].delivered_at), (None, None), "{}", at.engine);
    }
}

async fn link_of(store: &Store, booked: &Booked) -> MessageId {
    let sql = "SELECT id FROM outbox WHERE consultation_id = $1 AND template = 'link'";
    store.read_one(sql, vec![booked.visit.id.to_string().into()]).await.unwrap().unwrap().parsed(0).unwrap()
}

#[tokio::test]
async fn a_link_is_opened_once() {
    for at in stores().await {
        let booked = closed(&at.store, Service::HomeConsultation, 1, TOOK_PLACE).await;
        let seat = booked.visit.participants[0].id;
        for minute in [3, 5] {
            history::opened(&at.store, seat, noon() + SignedDuration::from_mins(minute)).await.unwrap();
        }
        let found = history::list(&at.store, &all(), 1, 0).await.unwrap();
        assert_eq!(found[0].opened_at, Some(noon() + SignedDuration::from_mins(3)), "{}", at.engine);
    }
}
