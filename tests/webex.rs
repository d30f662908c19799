//! Webex as the house meets it: every request it can send, every error it can be given, and how it stays signed in.
//!
//! Never reaches the real Webex.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/database.rs"]
mod database;
#[path = "support/stub.rs"]
mod stub;
#[path = "support/webex/mod.rs"]
mod webex;

#[path = "webex/errors.rs"]
mod errors;
#[path = "webex/people.rs"]
mod people;
#[path = "webex/requests.rs"]
mod requests;
#[path = "webex/setup.rs"]
mod setup;
#[path = "webex/tokens.rs"]
mod tokens;
#[path = "webex/webhooks.rs"]
mod webhooks;

use antesala::clock::Clock;
use antesala::config::{Settings, WebexSettings};
use antesala::domain::ids::ConsultationId;
use antesala::domain::meeting::{Window, title};
use antesala::providers::video::{Plan, Room, Video, Webex};
use clap::Parser;
use jiff::{SignedDuration, Timestamp};

use webex::FakeWebex;

#[derive(Parser)]
struct Defaults {
    #[command(flatten)]
    settings: Settings,
}

pub(crate) const DOCTOR: &str = "ines@hospital.example";

pub(crate) fn now() -> Timestamp {
    "2026-11-23T15:00:00Z".parse().unwrap()
}

pub(crate) fn usual() -> WebexSettings {
    Defaults::try_parse_from(["test"]).unwrap().settings.webex
}

/// An organisation, and the house's client of it, signed in.
pub(crate) async fn signed_in() -> (FakeWebex, Webex, Clock) {
    signed_in_with(|_| {}).await
}

pub(crate) async fn signed_in_with(wish: impl FnOnce(&mut WebexSettings)) -> (FakeWebex, Webex, Clock) {
    let clock = Clock::manual(now());
    let fake = FakeWebex::start(clock.clone());
    fake.add_host(DOCTOR);
    let mut settings = fake.settings(usual());
    wish(&mut settings);
    let client = Webex::new(&settings, "derived".into(), clock.clone()).unwrap().unwrap();
    sign_in(&client, &clock).await;
    (fake, client, clock)
}

pub(crate) async fn sign_in(client: &Webex, clock: &Clock) {
    let renewed = client.renew(client.first_refresh_token()).await.unwrap();
    client.bearer().put(renewed.access, 1, clock.now() + renewed.access_lives);
}

/// A visit in two hours.
pub(crate) fn plan(client: &Webex) -> Plan {
    let visit = ConsultationId::mint();
    Plan {
        visit,
        title: title("Hospital San Telmo", visit),
        window: Window::of(now() + SignedDuration::from_hours(2), 30, now()),
        host: client.host_for(Some(&DOCTOR.parse().unwrap())).unwrap(),
    }
}

pub(crate) async fn meeting(client: &Webex) -> Room {
    client.prepare(&plan(client), None).await.unwrap().unwrap()
}
