//! Jobs that run by themselves beside the pages: what must leave the house is sent, what has been forgotten is
//! closed, and what changed on another node becomes known.
//!
//! Each job may run on every node at once. Never serves a page.

mod failure;
pub mod imports;
pub mod outbox;
mod pauses;
pub mod settings;
pub mod unattended;
pub mod webex;
pub mod webex_notices;
pub mod webex_people;
