//! A family's message from its cause to the provider, and as staff see it, on both engines.
//!
//! Never sends anything: the provider is one that remembers.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/database.rs"]
mod database;
#[path = "support/visit.rs"]
mod visit;

#[path = "support/inbox.rs"]
mod inbox;

#[path = "support/house.rs"]
mod house;

#[path = "messages/reminders.rs"]
mod reminders;

use std::ops::Deref;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use antesala::clock::Clock;
use antesala::domain::booking::Timing;
use antesala::domain::message::{MessageStatus, Reason};
use antesala::domain::service::Service;
use antesala::domain::staff::Role;
use antesala::providers::sms::{
    Answer, Carrier, Finding, Outcome, Outgoing, Reach, Receipt, Refusal, Sighting, Sought,
};
use antesala::store::Store;
use antesala::workers::outbox;

use database::stores;
use house::{in_two_hours, now};
use visit::{Wish, booked, member, scheduled};

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

impl Carrier for Memory {
    fn send<'a>(&'a self, message: &'a Outgoing) -> Answer<'a, Outcome> {
        self.texts.lock().unwrap().push(message.text.clone());
        let sent = Receipt::of(None, MessageStatus::Sent);
        let outcome = self.answer.lock().unwrap().clone().unwrap_or(Outcome::Accepted(sent));
        Box::pin(std::future::ready(outcome))
    }

    fn look_up<'a>(&'a self, _: &'a Outgoing, _: &'a Sought) -> Answer<'a, Sighting> {
        Box::pin(std::future::ready(Sighting::Untraceable))
    }

    fn check(&self) -> Answer<'_, Vec<Finding>> {
        Box::pin(std::future::ready(Vec::new()))
    }

    fn reach(&self) -> Reach {
        Reach::House
    }
}

/// A house whose carrier remembers.
struct House {
    sms: Arc<Memory>,
    house: house::House,
}

impl House {
    fn new(store: Store) -> Self {
        let sms = Arc::new(Memory::default());
        Self { house: house::House::new(store, Clock::manual(now()), sms.clone()), sms }
    }
}

impl Deref for House {
    type Target = house::House;

    fn deref(&self) -> &Self::Target {
        &self.house
    }
}

#[tokio::test]
async fn a_family_hears_of_the_date_and_then_gets_the_link() {
    for at in stores().await {
        let house = House::new(at.store.clone());
        let booked = booked(&at.store, now(), in_two_hours()).await;
        assert_eq!(outbox::send_due(&house.outbox(), 50).await.unwrap(), 1);
        let date = "Hospital General Diaz: consulta por video el lunes 23 nov a las 11:00 (Ciudad de México). \
                    Enlace 10 min antes. Busque luz y buena señal.";
        assert_eq!(house.sms.texts(), [date], "{}", at.engine);
        assert!(house.messages.links_of(booked.visit.id).await.unwrap().is_empty(), "not before it opens");
        let shown = house.shown_to(&booked.doctor).await;
        assert!(shown.iter().all(|message| message.link.is_none() && !message.text.contains("/j/")));

        house.pass(110);
        assert_eq!(outbox::send_due(&house.outbox(), 50).await.unwrap(), 1);
        let sent = house.sms.texts().pop().unwrap();
        let links = house.messages.links_of(booked.visit.id).await.unwrap();
        assert_eq!(links.len(), 1, "{}", at.engine);
        assert!(links[0].url.starts_with("https://antesala.example/j/"), "one slash");
        assert!(sent.ends_with(&links[0].url), "{sent}");
        let shown = house.shown_to(&booked.doctor).await;
        assert_eq!(shown.iter().find_map(|message| message.link.as_ref()), Some(&links[0].url));
        let [late, sent @ ..] = house.statuses(&booked).await.try_into().unwrap_or([MessageStatus::Unknown; 3]);
        assert_eq!((late, sent), (MessageStatus::Pending, [MessageStatus::Sent; 2]), "{}", at.engine);
        assert_eq!(*house.told.borrow(), [booked.visit.id; 2], "{}", at.engine);
    }
}

#[tokio::test]
async fn what_the_provider_cannot_take_now_is_tried_again_and_what_it_never_will_fails() {
    for at in stores().await {
        let house = House::new(at.store.clone());
        let booked = booked(&at.store, now(), Wish { timing: Timing::Now, ..scheduled(now()) }).await;
        house.sms.answer(Outcome::RetryAfter { after: None, code: None });
        assert_eq!(outbox::send_due(&house.outbox(), 50).await.unwrap(), 1);
        assert_eq!(outbox::send_due(&house.outbox(), 50).await.unwrap(), 0, "not at once");
        assert_eq!(house.statuses(&booked).await, [MessageStatus::Pending], "{}", at.engine);

        house.pass(1);
        house.sms.answer(Outcome::Rejected(Refusal { reason: Reason::BadNumber, code: None }));
        assert_eq!(outbox::send_due(&house.outbox(), 50).await.unwrap(), 1);
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
        assert_eq!(outbox::send_due(&house.outbox(), 50).await.unwrap(), 3);
        assert_eq!(house.sms.texts(), Vec::<String>::new(), "{}", at.engine);
        let [late, link, date] = house.statuses(&booked).await.try_into().unwrap_or([MessageStatus::Unknown; 3]);
        assert_eq!((late, link, date), (MessageStatus::Cancelled, MessageStatus::Failed, MessageStatus::Failed));
    }
}

#[tokio::test]
async fn the_ward_shows_the_link_of_an_inpatient_without_a_phone() {
    for at in stores().await {
        let house = House::new(at.store.clone());
        let wish = Wish { service: Service::TeleVisit, phone: None, ..in_two_hours() };
        let booked = booked(&at.store, now(), wish).await;
        assert_eq!(house.messages.links_of(booked.visit.id).await.unwrap().len(), 1, "before it opens");
        assert_eq!(outbox::send_due(&house.outbox(), 50).await.unwrap(), 1);
        assert_eq!(house.sms.texts(), Vec::<String>::new(), "{}", at.engine);

        assert_eq!(house.shown_to(&booked.ward).await.len(), 3, "{}", at.engine);
        assert_eq!(house.shown_to(&member(Role::Clerk, None)).await.len(), 3, "{}", at.engine);
        for stranger in [member(Role::Admin, None), member(Role::Doctor, None), member(Role::Ward, None)] {
            assert!(house.shown_to(&stranger).await.is_empty(), "{}", stranger.role);
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
        let mut told = house.told.subscribe();
        let all_sent = told.wait_for(|told| told.len() >= 60);
        drop(tokio::time::timeout(Duration::from_secs(20), all_sent).await.unwrap().unwrap());
        stop.send(()).unwrap();
        for worker in workers {
            tokio::time::timeout(Duration::from_secs(2), worker).await.unwrap().unwrap();
        }
        assert_eq!(house.sms.texts().len(), 60, "{}", at.engine);
    }
}
