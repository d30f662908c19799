//! Providers as the house meets them: each is a server on loopback that refuses, dawdles and hangs up as the real one does.
//!
//! Never reaches a real provider.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/database.rs"]
mod database;
#[path = "support/house.rs"]
mod house;
#[path = "support/inbox.rs"]
mod inbox;
#[path = "support/jasmin.rs"]
mod jasmin;
#[path = "support/mailbox.rs"]
mod mailbox;
#[path = "support/stub.rs"]
mod stub;
#[path = "support/twilio.rs"]
mod twilio;
#[path = "support/visit.rs"]
mod visit;

#[path = "providers/found_out.rs"]
mod found_out;
#[path = "providers/limits.rs"]
mod limits;
#[path = "providers/looked_for.rs"]
mod looked_for;
#[path = "providers/gateway.rs"]
mod through_gateway;
#[path = "providers/mail.rs"]
mod through_mail;
#[path = "providers/twilio.rs"]
mod through_twilio;

use antesala::config::Settings;
use antesala::store::Store;
use antesala::store::outbox::StoredMessage;
use clap::Parser;
use jiff::SignedDuration;

use house::{House, now};
use visit::{Booked, Wish, booked, scheduled};

#[derive(Parser)]
struct Defaults {
    #[command(flatten)]
    settings: Settings,
}

fn settings() -> Settings {
    Defaults::try_parse_from(["test"]).unwrap().settings
}

/// A visit in two hours, of a patient with this number: the date is due now.
async fn announced(store: &Store, number: usize) -> Booked {
    let phone = Some(&*format!("+52551234{number:04}").leak());
    booked(store, now(), Wish { phone, ..scheduled(now() + SignedDuration::from_hours(2)) }).await
}

/// A visit that begins now: the link is due.
async fn opened(store: &Store, number: usize) -> Booked {
    let phone = Some(&*format!("+52551234{number:04}").leak());
    let timing = antesala::domain::booking::Timing::Now;
    booked(store, now(), Wish { phone, timing, ..scheduled(now()) }).await
}

/// The messages of a visit, in the order they are due.
async fn messages_of(house: &House, booked: &Booked) -> Vec<StoredMessage> {
    let sql = "SELECT id FROM outbox WHERE consultation_id = $1 ORDER BY due_at, id";
    let mut found = Vec::new();
    for row in house.store.read(sql, vec![booked.visit.id.to_string().into()]).await.unwrap() {
        let id = row.text(0).unwrap().parse().unwrap();
        found.push(antesala::store::outbox::find(&house.store, id).await.unwrap().unwrap());
    }
    found
}
