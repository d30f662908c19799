//! What a worker of the outbox needs, with a clock that is moved by hand.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "not every test needs all of it")]

use std::sync::Arc;

use antesala::auth::links::LinkKey;
use antesala::clock::Clock;
use antesala::domain::hospital::Hospital;
use antesala::domain::ids::ConsultationId;
use antesala::domain::message::MessageStatus;
use antesala::domain::staff::StaffMember;
use antesala::messages::{Messages, Rendered};
use antesala::providers::sms::Carrier;
use antesala::store::Store;
use antesala::store::hospital::Live;
use antesala::workers::outbox::{self, Limits, Outbox};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use crate::inbox::messages_of;
use crate::visit::{Booked, Wish, scheduled};

/// A hospital's outbox.
pub(crate) struct House {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) messages: Messages,
    pub(crate) hospital: Live,
    pub(crate) texts: Arc<dyn Carrier>,
    pub(crate) mail: Option<Arc<dyn Carrier>>,
    pub(crate) limits: Limits,
    /// The visits whose messages something was told of.
    pub(crate) told: watch::Sender<Vec<ConsultationId>>,
}

impl House {
    pub(crate) fn new(store: Store, clock: Clock, texts: Arc<dyn Carrier>) -> Self {
        let key = LinkKey::parse(&"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8".into()).unwrap();
        let (name, zone, country) = ("Hospital General Díaz", "America/Mexico_City", "MX");
        let hospital = Hospital::usual(name.parse().unwrap(), zone.parse().unwrap(), country.parse().unwrap());
        let hospital = Live::started_as(hospital);
        let messages = Messages::new(store.clone(), key, clock.clone(), "https://antesala.example/", hospital.clone());
        let limits = Limits { countries: vec![country.parse().unwrap()], daily: None };
        Self { store, clock, messages, hospital, texts, mail: None, limits, told: watch::Sender::default() }
    }

    pub(crate) fn outbox(&self) -> Outbox<impl Fn(ConsultationId) -> std::future::Ready<()> + use<>> {
        let told = self.told.clone();
        Outbox {
            store: self.store.clone(),
            messages: self.messages.clone(),
            texts: self.texts.clone(),
            mail: self.mail.clone(),
            limits: self.limits.clone(),
            clock: self.clock.clone(),
            on_sent: move |visit| {
                told.send_modify(|told| told.push(visit));
                std::future::ready(())
            },
        }
    }

    /// What a worker does once; returns how many messages were due.
    pub(crate) async fn work(&self) -> u32 {
        outbox::send_due(&self.outbox(), 50).await.unwrap()
    }

    pub(crate) async fn statuses(&self, booked: &Booked) -> Vec<MessageStatus> {
        self.shown_to(&booked.doctor).await.iter().map(|message| message.status).collect()
    }

    /// The messages somebody may look at, those due last first.
    pub(crate) async fn shown_to(&self, reader: &StaffMember) -> Vec<Rendered> {
        messages_of(&self.store, &self.messages, reader).await
    }

    pub(crate) fn pass(&self, minutes: i64) {
        self.clock.advance(SignedDuration::from_mins(minutes));
    }

    pub(crate) fn pass_seconds(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }
}

/// When these tests begin.
pub(crate) fn now() -> Timestamp {
    "2026-11-23T15:00:00Z".parse().unwrap()
}

pub(crate) fn in_two_hours() -> Wish {
    scheduled(now() + SignedDuration::from_hours(2))
}
