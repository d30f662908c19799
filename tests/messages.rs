//! A family's message from its cause to the provider, and as staff see it, on both engines.
//!
//! Never sends anything: the provider is one that remembers.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/database.rs"]
mod database;
#[path = "support/visit.rs"]
mod visit;

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use antesala::auth::links::LinkKey;
use antesala::clock::Clock;
use antesala::domain::booking::Timing;
use antesala::domain::hospital::Hospital;
use antesala::domain::ids::ConsultationId;
use antesala::domain::message::MessageStatus;
use antesala::domain::service::Service;
use antesala::domain::staff::Role;
use antesala::messages::Messages;
use antesala::providers::sms::{Outcome, Sms, TextMessage};
use antesala::store::Store;
use antesala::store::hospital::Live;
use antesala::workers::outbox::{self, Outbox};
use jiff::{SignedDuration, Timestamp};

use database::stores;
use visit::{Booked, Wish, booked, member, scheduled};

/// Remembers what it was given, and answers as told.
#[derive(Default)]
struct Memory {
    texts: Mutex<Vec<String>>,
    answer: Mutex<Option<Outcome>>,
}

impl Memory {
    fn texts(&self) -> Vec<String> {
        self.texts.lock().unwrap().clone()
    }

    fn answer(&self, outcome: Outcome) {
        *self.answer.lock().unwrap() = Some(outcome);
    }
}

impl Sms for Memory {
    fn send<'a>(&'a self, message: &'a TextMessage) -> Pin<Box<dyn Future<Output = Outcome> + Send + 'a>> {
        self.texts.lock().unwrap().push(message.text.clone());
        Box::pin(std::future::ready(self.answer.lock().unwrap().unwrap_or(Outcome::Accepted)))
    }
}

struct House {
    store: Store,
    clock: Clock,
    sms: Arc<Memory>,
    messages: Messages,
    told: Arc<Mutex<Vec<ConsultationId>>>,
}

impl House {
    fn new(store: Store) -> Self {
        let clock = Clock::manual(now());
        let key = LinkKey::parse(&"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8".into()).unwrap();
        let (name, zone, country) = ("Hospital General Díaz", "America/Mexico_City", "MX");
        let hospital = Hospital::usual(name.parse().unwrap(), zone.parse().unwrap(), country.parse().unwrap());
        let hospital = Live::started_as(hospital);
        let messages = Messages::new(store.clone(), key, clock.clone(), "https://antesala.example/", hospital);
        Self { store, clock, sms: Arc::default(), messages, told: Arc::default() }
    }

    fn outbox(&self) -> Outbox<impl Fn(ConsultationId) -> std::future::Ready<()> + use<>> {
        let told = Arc::clone(&self.told);
        Outbox {
            store: self.store.clone(),
            messages: self.messages.clone(),
            sms: self.sms.clone(),
            clock: self.clock.clone(),
            on_sent: move |visit| {
                told.lock().unwrap().push(visit);
                std::future::ready(())
            },
        }
    }

    async fn statuses(&self, booked: &Booked) -> Vec<MessageStatus> {
        self.messages.recent(&booked.doctor).await.unwrap().iter().map(|message| message.status).collect()
    }

    fn pass(&self, minutes: i64) {
        self.clock.advance(SignedDuration::from_mins(minutes));
    }
}

fn now() -> Timestamp {
    "2026-11-23T15:00:00Z".parse().unwrap()
}

fn in_two_hours() -> Wish {
    scheduled(now() + SignedDuration::from_hours(2))
}

#[tokio::test]
async fn a_family_hears_of_the_date_and_then_gets_the_link() {
    for at in stores().await {
        let house = House::new(at.store.clone());
        let booked = booked(&at.store, now(), in_two_hours()).await;
        assert_eq!(outbox::send_due(&house.outbox()).await.unwrap(), 1);
        let date = "Hospital General Diaz: su videollamada es el lunes 23 nov a las 11:00 (Mexico City). \
                    Le enviaremos el enlace 10 minutos antes.";
        assert_eq!(house.sms.texts(), [date], "{}", at.engine);
        assert!(house.messages.links_of(booked.visit.id).await.unwrap().is_empty(), "not before it opens");
        let shown = house.messages.recent(&booked.doctor).await.unwrap();
        assert!(shown.iter().all(|message| message.link.is_none() && !message.text.contains("/j/")));

        house.pass(110);
        assert_eq!(outbox::send_due(&house.outbox()).await.unwrap(), 1);
        let sent = house.sms.texts().pop().unwrap();
        let links = house.messages.links_of(booked.visit.id).await.unwrap();
        assert_eq!(links.len(), 1, "{}", at.engine);
        assert!(links[0].url.starts_with("https://antesala.example/j/"), "one slash");
        assert!(sent.ends_with(&links[0].url), "{sent}");
        assert_eq!(house.messages.recent(&booked.doctor).await.unwrap()[0].link.as_ref(), Some(&links[0].url));
        assert_eq!(house.statuses(&booked).await, [MessageStatus::Sent; 2], "{}", at.engine);
        assert_eq!(*house.told.lock().unwrap(), [booked.visit.id; 2], "{}", at.engine);
    }
}

#[tokio::test]
async fn what_the_provider_cannot_take_now_is_tried_again_and_what_it_never_will_fails() {
    for at in stores().await {
        let house = House::new(at.store.clone());
        let booked = booked(&at.store, now(), Wish { timing: Timing::Now, ..scheduled(now()) }).await;
        house.sms.answer(Outcome::NotNow);
        assert_eq!(outbox::send_due(&house.outbox()).await.unwrap(), 1);
        assert_eq!(outbox::send_due(&house.outbox()).await.unwrap(), 0, "not at once");
        assert_eq!(house.statuses(&booked).await, [MessageStatus::Sending], "{}", at.engine);

        house.pass(1);
        house.sms.answer(Outcome::Rejected);
        assert_eq!(outbox::send_due(&house.outbox()).await.unwrap(), 1);
        assert_eq!(house.statuses(&booked).await, [MessageStatus::Failed], "{}", at.engine);
        assert_eq!(house.sms.texts().len(), 2, "{}", at.engine);
    }
}

#[tokio::test]
async fn after_an_outage_no_dead_link_is_sent() {
    for at in stores().await {
        let house = House::new(at.store.clone());
        let booked = booked(&at.store, now(), in_two_hours()).await;
        house.pass(60 * 4);
        assert_eq!(outbox::send_due(&house.outbox()).await.unwrap(), 2);
        assert_eq!(house.sms.texts(), Vec::<String>::new(), "{}", at.engine);
        assert_eq!(house.statuses(&booked).await, [MessageStatus::Failed; 2], "{}", at.engine);
    }
}

#[tokio::test]
async fn the_ward_shows_the_link_of_an_inpatient_without_a_phone() {
    for at in stores().await {
        let house = House::new(at.store.clone());
        let wish = Wish { service: Service::TeleVisit, phone: None, ..in_two_hours() };
        let booked = booked(&at.store, now(), wish).await;
        assert_eq!(house.messages.links_of(booked.visit.id).await.unwrap().len(), 1, "before it opens");
        assert_eq!(outbox::send_due(&house.outbox()).await.unwrap(), 1);
        assert_eq!(house.sms.texts(), Vec::<String>::new(), "{}", at.engine);

        assert_eq!(house.messages.recent(&booked.ward).await.unwrap().len(), 2, "{}", at.engine);
        assert_eq!(house.messages.recent(&member(Role::Clerk, None)).await.unwrap().len(), 2, "{}", at.engine);
        for stranger in [member(Role::Admin, None), member(Role::Doctor, None), member(Role::Ward, None)] {
            assert!(house.messages.recent(&stranger).await.unwrap().is_empty(), "{}", stranger.role);
        }
    }
}

#[tokio::test]
async fn two_workers_send_each_message_once_and_stop_when_told() {
    for at in stores().await {
        let house = House::new(at.store.clone());
        for _ in 0..60 {
            booked(&at.store, now(), Wish { timing: Timing::Now, ..scheduled(now()) }).await;
        }
        let (stop, stopped) = tokio::sync::watch::channel(());
        let workers: Vec<_> = (0..2)
            .map(|_| {
                let mut stopped = stopped.clone();
                tokio::spawn(outbox::run(house.outbox(), async move { drop(stopped.changed().await) }))
            })
            .collect();
        let all_sent = async {
            while house.told.lock().unwrap().len() < 60 {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), all_sent).await.unwrap();
        stop.send(()).unwrap();
        for worker in workers {
            tokio::time::timeout(Duration::from_secs(2), worker).await.unwrap().unwrap();
        }
        assert_eq!(house.sms.texts().len(), 60, "{}", at.engine);
    }
}
