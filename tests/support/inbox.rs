//! The messages somebody may look at, whatever day they are of.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "not every test needs all of it")]

use antesala::domain::agenda::Stretch;
use antesala::domain::message::MessageStatus;
use antesala::domain::staff::StaffMember;
use antesala::messages::{Messages, Rendered};
use antesala::store::Store;
use antesala::store::agenda::Part;
use antesala::store::outbox::{self, Order, StoredMessage, Wanted, Whose};
use antesala::store::scope::Scope;
use jiff::Timestamp;

/// As staff see them, those due last first.
pub(crate) async fn messages_of(store: &Store, messages: &Messages, reader: &StaffMember) -> Vec<Rendered> {
    let Some(scope) = Scope::of(reader) else { return Vec::new() };
    rows_of(store, scope).await.into_iter().map(|message| messages.shown(message)).collect()
}

/// As they are stored, those due last first.
pub(crate) async fn rows_of(store: &Store, scope: Scope) -> Vec<StoredMessage> {
    let always = Stretch { from: Timestamp::UNIX_EPOCH, until: Timestamp::constant(32_000_000_000, 0) };
    let statuses = MessageStatus::ALL;
    let wanted = Wanted { whose: Whose::Within(scope), within: always, statuses, order: Order::Latest };
    outbox::list(store, &wanted, Part { skipped: 0, most: 400 }).await.unwrap()
}
