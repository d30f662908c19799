//! The hub's end of one browser connection: a bounded queue that never drops silently.
//!
//! A socket's queue is the mailbox of its connection actor; while the browser does not read, that actor is not polled and
//! the mailbox fills. Whoever sends learns that ([`Delivery::Full`]) and replaces what was lost by a fresh snapshot.

use std::collections::VecDeque;

use actix::prelude::{Message, Recipient, SendError};
use bytestring::ByteString;
use jiff::Timestamp;

use super::allowance::Allowance;
use crate::protocol::close::CloseReason;

/// How many messages wait for a browser before it counts as behind: more than the whole burst of another one, so that who
/// floods is stopped before anybody loses a signal.
pub const QUEUE: usize = 384;

/// To a connection actor.
#[derive(Clone, Debug, Message)]
#[rtype(result = "()")]
pub enum Outgoing {
    /// A frame.
    Text(ByteString),
    /// Close the connection.
    Close(CloseReason),
}

/// The hub's end of a connection.
#[derive(Debug)]
pub enum Line {
    /// A WebSocket. The one stored recipient is used for every send: a fresh clone would get a slot past a full mailbox.
    Socket(Recipient<Outgoing>),
    /// A browser that polls.
    Polled(Polled),
}

/// What waits for a browser that polls, and what it may still say.
#[derive(Debug)]
pub struct Polled {
    waiting: VecDeque<ByteString>,
    allowance: Allowance,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Queued.
    Queued,
    /// The queue is full; the message is lost and the browser needs a fresh snapshot.
    Full,
    /// The connection is gone.
    Gone,
}

impl Polled {
    /// Nothing waits.
    #[must_use]
    pub fn open(now: Timestamp) -> Self {
        Self { waiting: VecDeque::new(), allowance: Allowance::full(now) }
    }
}

impl Line {
    /// Whether its browser may say one more thing; a socket counts for itself.
    pub fn allows(&mut self, now: Timestamp) -> bool {
        match self {
            Self::Socket(_) => true,
            Self::Polled(polled) => polled.allowance.take(now),
        }
    }

    /// Queues a frame.
    pub fn send(&mut self, text: ByteString) -> Delivery {
        match self {
            Self::Socket(recipient) => match recipient.try_send(Outgoing::Text(text)) {
                Ok(()) => Delivery::Queued,
                Err(SendError::Full(_)) => Delivery::Full,
                Err(SendError::Closed(_)) => Delivery::Gone,
            },
            Self::Polled(polled) if polled.waiting.len() >= QUEUE => Delivery::Full,
            Self::Polled(polled) => {
                polled.waiting.push_back(text);
                Delivery::Queued
            }
        }
    }

    /// Ends the connection. The one message that may go past a full queue: it is the last one.
    pub fn close(self, reason: CloseReason) {
        if let Self::Socket(recipient) = self {
            recipient.do_send(Outgoing::Close(reason));
        }
    }

    /// Takes what waits for a browser that polls; nothing for a socket.
    pub fn take(&mut self) -> Vec<ByteString> {
        match self {
            Self::Socket(_) => Vec::new(),
            Self::Polled(polled) => polled.waiting.drain(..).collect(),
        }
    }
}
