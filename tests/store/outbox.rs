//! Messages wait for their time, belong to one worker at a time, and are called back with their cause.

use std::collections::BTreeSet;

use antesala::domain::agenda::Stretch;
use antesala::domain::booking::Timing;
use antesala::domain::message::{MessageStatus, Reason, Template};
use antesala::domain::service::Service;
use antesala::store::agenda::Part;
use antesala::store::outbox::queue::{self, Lease, Taken};
use antesala::store::outbox::{self, Order, StoredMessage, Wanted, Whose};
use antesala::store::scope::Scope;
use antesala::store::{Batch, Store};
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};

use super::database::stores;
use super::visit::{Wish, booked, scheduled};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn now() -> Timestamp {
    "2026-11-23T15:00:00Z".parse().unwrap()
}

fn templates(messages: &[StoredMessage]) -> Vec<Template> {
    messages.iter().map(|message| message.template).collect()
}

async fn lease(store: &Store, at: Timestamp) -> Vec<StoredMessage> {
    queue::lease(store, at, at + MINUTE, 10).await.unwrap()
}

#[tokio::test]
async fn the_date_goes_out_at_once_and_the_link_ten_minutes_before() {
    for at in stores().await {
        let appointment = now() + SignedDuration::from_hours(2);
        let booked = booked(&at.store, now(), scheduled(appointment)).await;

        let first = lease(&at.store, now()).await;
        assert_eq!(templates(&first), [Template::Booked], "{}", at.engine);
        assert_eq!(first[0].consultation, booked.visit.id);
        assert_eq!(first[0].participant, booked.visit.participants[1].id);
        assert_eq!(Some(first[0].link), booked.visit.participants[1].link);
        assert_eq!((first[0].starts_at, first[0].zone.as_str()), (appointment, "America/Mexico_City"));
        assert_eq!(first[0].to.to_string(), "Tomás Quiroga");
        assert_eq!((first[0].status, first[0].is_welcome), (MessageStatus::Sending, true));
        queue::taken(&at.store, first[0].id, &Taken::shown(), now()).await.unwrap();

        let opens_at = appointment - SignedDuration::from_mins(10);
        assert!(lease(&at.store, opens_at - MINUTE).await.is_empty(), "{}", at.engine);
        assert_eq!(templates(&lease(&at.store, opens_at).await), [Template::Link], "{}", at.engine);
    }
}

#[tokio::test]
async fn a_lease_that_is_not_answered_expires() {
    for at in stores().await {
        booked(&at.store, now(), Wish { timing: Timing::Now, ..scheduled(now()) }).await;
        let first = lease(&at.store, now()).await;
        assert_eq!(templates(&first), [Template::Link], "{}", at.engine);
        assert!(lease(&at.store, now()).await.is_empty(), "{}", at.engine);
        let again = lease(&at.store, now() + MINUTE).await;
        assert_eq!(again[0].id, first[0].id, "{}", at.engine);

        let [late, held] = [&first[0], &again[0]].map(|leased| Lease { message: leased.id, until: leased.next_try_at });
        queue::refuse(&at.store, late, Reason::Refused, None, None).await.unwrap();
        assert_eq!(outbox::find(&at.store, late.message).await.unwrap().unwrap().status, MessageStatus::Sending);
        queue::refuse(&at.store, held, Reason::Refused, Some("17"), None).await.unwrap();
        // Too late: what has failed does not become sent.
        queue::taken(&at.store, first[0].id, &Taken::shown(), now()).await.unwrap();
        let shown = list(&at.store, Whose::Within(Scope::Clinic), MessageStatus::ALL, Order::Latest).await;
        assert_eq!((shown[0].status, shown[0].sent_at), (MessageStatus::Failed, None), "{}", at.engine);
        assert!(lease(&at.store, now() + MINUTE * 10).await.is_empty(), "{}", at.engine);
    }
}

#[tokio::test]
async fn workers_never_hold_the_same_message() {
    for at in stores().await {
        for _ in 0..30 {
            booked(&at.store, now(), Wish { timing: Timing::Now, ..scheduled(now()) }).await;
        }
        let workers = (0..8).map(|_| {
            let store = at.store.clone();
            tokio::spawn(async move {
                let mut held = Vec::new();
                for _ in 0..40 {
                    held.extend(queue::lease(&store, now(), now() + MINUTE, 3).await.unwrap());
                }
                held
            })
        });
        let held: Vec<_> = join_all(workers).await.into_iter().flat_map(Result::unwrap).map(|held| held.id).collect();
        assert_eq!(held.iter().collect::<BTreeSet<_>>().len(), held.len(), "{}: held twice", at.engine);
        assert_eq!(held.len(), 30, "{}", at.engine);
    }
}

#[tokio::test]
async fn what_waits_is_called_back_and_what_was_sent_stays() {
    for at in stores().await {
        let appointment = now() + SignedDuration::from_hours(2);
        let [one, other] = [
            booked(&at.store, now(), scheduled(appointment)).await,
            booked(&at.store, now(), scheduled(appointment)).await,
        ];
        for message in lease(&at.store, now()).await {
            queue::taken(&at.store, message.id, &Taken::shown(), now()).await.unwrap();
        }
        let mut batch = Batch::new();
        outbox::cancel::of_visit(&mut batch, one.visit.id);
        outbox::cancel::of_seat(&mut batch, other.visit.id, other.visit.participants[1].id);
        at.store.write(batch).await.unwrap();
        assert!(lease(&at.store, appointment).await.is_empty(), "{}", at.engine);

        let shown = list(&at.store, Whose::Within(Scope::Clinic), MessageStatus::ALL, Order::Latest).await;
        let count = |status| shown.iter().filter(|message| message.status == status).count();
        assert_eq!((count(MessageStatus::Sent), count(MessageStatus::Cancelled)), (2, 4), "{}", at.engine);
    }
}

#[tokio::test]
async fn each_reader_sees_their_own_in_order() {
    for at in stores().await {
        let appointment = now() + SignedDuration::from_hours(2);
        let own = booked(&at.store, now(), scheduled(appointment)).await;
        let tele_visit = Wish { service: Service::TeleVisit, timing: Timing::Now, ..scheduled(now()) };
        let theirs = booked(&at.store, now() + MINUTE, tele_visit).await;
        let whose = |scope| Whose::Within(scope);
        let shown = async |scope, order| list(&at.store, whose(scope), MessageStatus::ALL, order).await;

        let everything = shown(Scope::Clinic, Order::Latest).await;
        let expected = [Template::YouAreLate, Template::Link, Template::Link, Template::Booked];
        assert_eq!(templates(&everything), expected, "{}", at.engine);
        assert_eq!(everything[2].consultation, theirs.visit.id, "the latest first");
        let next: Vec<_> = shown(Scope::Clinic, Order::Next).await.into_iter().rev().collect();
        assert_eq!(next, everything, "{}: the other way round", at.engine);

        let of_doctor = shown(Scope::Doctor(own.doctor.id), Order::Latest).await;
        assert!(of_doctor.iter().all(|message| message.consultation == own.visit.id), "{}", at.engine);
        assert_eq!(of_doctor.len(), 3, "{}", at.engine);
        assert!(shown(Scope::Ward(own.ward.ward.unwrap()), Order::Latest).await.is_empty(), "no tele-visit");
        assert_eq!(shown(Scope::Ward(theirs.ward.ward.unwrap()), Order::Latest).await.len(), 1, "{}", at.engine);
        let of_booker = list(&at.store, Whose::BookedBy(own.doctor.id), MessageStatus::ALL, Order::Latest).await;
        assert_eq!(of_booker, of_doctor, "{}: who booked it is its doctor here", at.engine);
    }
}

#[tokio::test]
async fn a_list_has_pages_and_holds_what_was_asked_for() {
    for at in stores().await {
        let whose = Whose::Within(Scope::Clinic);
        for _ in 0..3 {
            booked(&at.store, now(), scheduled(now() + SignedDuration::from_hours(2))).await;
        }
        for message in lease(&at.store, now()).await {
            queue::taken(&at.store, message.id, &Taken::shown(), now()).await.unwrap();
        }
        let counts = outbox::count(&at.store, whose, hours(0, 1)).await.unwrap();
        assert_eq!(counts.into_iter().collect::<Vec<_>>(), [(MessageStatus::Sent, 3)], "{}", at.engine);
        let counts = outbox::count(&at.store, whose, hours(0, 3)).await.unwrap();
        assert_eq!(counts[&MessageStatus::Pending], 6, "{}: links, and who is missed", at.engine);
        assert_eq!(list(&at.store, whose, &[MessageStatus::Pending], Order::Next).await.len(), 6, "{}", at.engine);
        assert_eq!(list(&at.store, whose, &[MessageStatus::Failed], Order::Next).await, [], "{}", at.engine);
        let statuses = MessageStatus::ALL;
        let wanted = Wanted { whose, within: hours(0, 3), statuses, order: Order::Latest };
        let part = async |skipped| outbox::list(&at.store, &wanted, Part { skipped, most: 4 }).await.unwrap();
        let pages = [part(0).await, part(4).await, part(8).await].concat();
        assert_eq!(pages, list(&at.store, whose, statuses, Order::Latest).await, "{}", at.engine);
    }
}

fn hours(from: i64, until: i64) -> Stretch {
    let at = |hours| now() + SignedDuration::from_hours(hours);
    Stretch { from: at(from), until: at(until) }
}

async fn list(store: &Store, whose: Whose, statuses: &[MessageStatus], order: Order) -> Vec<StoredMessage> {
    let wanted = Wanted { whose, within: hours(-1, 24), statuses, order };
    outbox::list(store, &wanted, Part { skipped: 0, most: 100 }).await.unwrap()
}
