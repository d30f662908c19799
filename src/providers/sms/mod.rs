//! What carries text messages: the interface.
//!
//! A provider takes one message and says what became of it. Never keeps, repeats or schedules: the outbox does.

mod console;

use std::pin::Pin;

pub use console::Console;

use crate::domain::ids::MessageId;
use crate::domain::person::Phone;

/// Carries text messages.
pub trait Sms: Send + Sync {
    /// Hands one message over and says what became of it.
    fn send<'a>(&'a self, message: &'a TextMessage) -> Pin<Box<dyn Future<Output = Outcome> + Send + 'a>>;
}

/// One text message.
#[derive(Clone, PartialEq, Eq)]
pub struct TextMessage {
    /// Its id: the same message handed over twice has the same one.
    pub id: MessageId,
    /// Where it goes.
    pub to: Phone,
    /// What it says, link included.
    pub text: String,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is on its way.
    Accepted,
    /// It will never be delivered; trying again is of no use.
    Rejected,
    /// Not now: try again later.
    NotNow,
}

impl std::fmt::Debug for TextMessage {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("TextMessage").field("id", &self.id).finish_non_exhaustive()
    }
}
