//! Jobs that run by themselves beside the pages: what must leave the house is sent, and what has been forgotten is closed.
//!
//! Each job may run on every node at once. Never serves a page.

pub mod outbox;
pub mod unattended;
