//! Webex and the people who work here, on both engines and with a clock that is moved by hand: accounts asked for, given,
//! refused and taken back; what both sides differ in; and what the bot tells.
//!
//! Never reaches the real Webex.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/database.rs"]
mod database;
#[path = "support/stub.rs"]
mod stub;
#[path = "support/visit.rs"]
mod visit;
#[path = "support/webex/mod.rs"]
mod webex;

#[path = "webex_people/accounts.rs"]
mod accounts;
#[path = "webex_people/comparisons.rs"]
mod comparisons;
#[path = "webex_people/notices.rs"]
mod notices;

use std::sync::Arc;

use antesala::clock::Clock;
use antesala::config::Settings;
use antesala::domain::account::{Chosen, Names, Wanted};
use antesala::domain::ids::StaffId;
use antesala::domain::person::Language;
use antesala::domain::staff::{Role, StaffMember};
use antesala::providers::video::Webex;
use antesala::store::staff::{self, NewStaff};
use antesala::store::webex_people::accounts::{Account, Align, Wish, find, wish};
use antesala::store::{Batch, Store};
use antesala::workers::webex_people::WebexPeople;
use clap::Parser;
use jiff::{SignedDuration, Timestamp};

use database::{TestStore, stores};
use webex::FakeWebex;

#[derive(Parser)]
struct Defaults {
    #[command(flatten)]
    settings: Settings,
}

/// A hospital with Webex.
pub(crate) struct House {
    pub(crate) at: TestStore,
    pub(crate) store: Store,
    pub(crate) fake: FakeWebex,
    pub(crate) work: WebexPeople,
    pub(crate) clock: Clock,
}

pub(crate) const INES: &str = "ines@hospital.example";

/// One on every engine there is.
pub(crate) async fn houses() -> Vec<House> {
    let mut houses = Vec::new();
    for at in stores().await {
        let clock = Clock::manual(now());
        let fake = FakeWebex::start(clock.clone());
        let usual = Defaults::try_parse_from(["test"]).unwrap().settings.webex;
        let client = Webex::new(&fake.settings(usual), "derived".into(), clock.clone()).unwrap().unwrap();
        let renewed = client.renew(client.first_refresh_token()).await.unwrap();
        client.bearer().put(renewed.access, 1, clock.now() + renewed.access_lives);
        let store = at.store.clone();
        let work = WebexPeople { store: store.clone(), webex: Arc::new(client), clock: clock.clone() };
        houses.push(House { at, store, fake, work, clock });
    }
    houses
}

pub(crate) fn now() -> Timestamp {
    "2026-11-23T15:00:00Z".parse().unwrap()
}

pub(crate) fn names(names: &[&str]) -> Names {
    names.iter().map(|name| (*name).to_owned()).collect()
}

impl House {
    pub(crate) async fn hire(&self, name: &str, email: &str, role: Role) -> StaffId {
        let member = StaffMember {
            id: StaffId::mint(),
            email: email.parse().unwrap(),
            name: name.parse().unwrap(),
            role,
            ward: None,
            language: Language::Spanish,
            zone: "America/Mexico_City".to_owned(),
            services: role.possible_services(),
        };
        let new = NewStaff { member, password_hash: "hash".to_owned(), created_at: now() };
        staff::insert(&self.store, &new).await.unwrap();
        new.member.id
    }

    /// What an admin's form asks for: these licences on the site.
    pub(crate) async fn ask_for(&self, staff: StaffId, licences: &[&str]) {
        let chosen = Chosen { licences: names(licences), sites: names(&[webex::SITE]) };
        let before = find(&self.store, staff).await.unwrap();
        let seen = before.as_ref().map(|account| account.rev);
        let held = before.map(|account| account.held.and(&account.chosen)).unwrap_or_default().and(&chosen);
        let mut batch = Batch::new();
        wish(&mut batch, &Wish { staff, seen, wanted: Wanted::Account, chosen, held, align: Align::default() });
        self.store.write(batch).await.unwrap();
    }

    pub(crate) async fn see_to_accounts(&self) -> usize {
        self.work.see_to_accounts().await.unwrap()
    }

    pub(crate) async fn account(&self, staff: StaffId) -> Account {
        find(&self.store, staff).await.unwrap().unwrap()
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    pub(crate) fn held_there(&self, email: &str) -> Vec<String> {
        self.fake.person(email).unwrap().licences
    }

    pub(crate) fn engine(&self) -> &'static str {
        self.at.engine
    }
}
