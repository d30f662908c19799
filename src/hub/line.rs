//! The hub's end of one browser connection: a bounded queue that never drops silently.
//!
//! A socket's queue is the mailbox of its connection actor; while the browser does not read, that actor is not polled and
//! the mailbox fills. Whoever sends learns that ([`Delivery::Full`]) and replaces what was lost by a fresh snapshot.

use std::collections::VecDeque;

use actix::prelude::{Message, Recipient, SendError};
use bytestring::ByteString;

use crate::protocol::close::CloseReason;

/// How many messages wait for a socket before it counts as behind.
pub const SOCKET_QUEUE: usize = 64;

/// How many messages wait for a browser that polls before it counts as behind.
const POLLED_QUEUE: usize = 256;

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

/// What waits for a browser that polls.
#[derive(Debug, Default)]
pub struct Polled {
    waiting: VecDeque<ByteString>,
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

impl Line {
    /// Queues a frame.
    pub fn send(&mut self, text: ByteString) -> Delivery {
        match self {
            Self::Socket(recipient) => match recipient.try_send(Outgoing::Text(text)) {
                Ok(()) => Delivery::Queued,
                Err(SendError::Full(_)) => Delivery::Full,
                Err(SendError::Closed(_)) => Delivery::Gone,
            },
            Self::Polled(polled) if polled.waiting.len() >= POLLED_QUEUE => Delivery::Full,
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
