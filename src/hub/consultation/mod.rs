//! One live visit: takes commands one at a time, commits, then tells; knows who is connected and who is in the call.
//!
//! Commands wait in a queue of their own with one commit in flight, so that signalling and presence never wait for the
//! database. Nobody is told anything before the commit.
//!
//! Never: decides what may happen (`domain::consultation` does), reads HTTP, carries media.

mod anew;
mod calls;
mod commands;
mod connections;
mod meeting;
mod telling;

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use actix::prelude::{Actor, ActorContext, Addr, AsyncContext, Context, Handler, Message};
use bytestring::ByteString;

pub use anew::ReadAnew;
pub use commands::{Do, Ground};
pub use meeting::InMeeting;

use self::commands::Job;
use self::connections::Connection;
use super::House;
use super::line::Line;
use super::registry::{Leave, Left, Registry, Stays};
use crate::domain::ids::{BrowserId, CommandId, ParticipantId, StaffSessionId};
use crate::protocol::board::{Card, Side};
use crate::protocol::close::CloseReason;
use crate::store::consultations::StoredVisit;
use crate::store::outbox::deliveries::Deliveries;

/// After how long without anybody connected and nothing to do a visit's actor leaves.
const IDLE: Duration = Duration::from_secs(60);

/// How often connections are looked over for silent ones.
const SWEEP: Duration = Duration::from_secs(15);

/// How many messages may wait for a visit: a burst from each of its seats, so that one who floods closes nobody else's line.
const MAILBOX: usize = 2048;

/// One live visit.
pub struct ConsultationActor {
    stored: StoredVisit,
    /// Commands carried out, so that a retry is recognised.
    done: HashSet<CommandId>,
    /// How messages to its seats went.
    deliveries: Deliveries,
    /// The ticket of the reading these are from.
    ticket: u64,
    house: Arc<House>,
    registry: Addr<Registry>,
    connections: Vec<Connection>,
    /// Who is in the meeting that carries the visit, as Webex reports it.
    in_meeting: HashSet<ParticipantId>,
    queue: VecDeque<Job>,
    is_committing: bool,
    /// Whether a record changed of which this holds a copy.
    is_outdated: bool,
    is_sweeping: bool,
    drained: Vec<tokio::sync::oneshot::Sender<()>>,
}

/// A browser opens its line. Answers whether the seat exists; the line then receives a snapshot.
#[derive(Message)]
#[rtype(result = "bool")]
pub struct Connect {
    /// Minted by [`super::Hub::mint_connection`].
    pub connection: u64,
    /// Whose seat.
    pub seat: ParticipantId,
    /// Which browser.
    pub browser: BrowserId,
    /// The hub's end.
    pub line: Line,
    /// When the browser was last heard, in microseconds since the epoch; written by the socket, read by the sweep.
    pub heard: Arc<AtomicI64>,
}

/// A connection is gone.
#[derive(Message)]
#[rtype(result = "()")]
pub struct Disconnect(pub u64);

/// A frame from a browser. Answers whether it has such a connection.
#[derive(Message)]
#[rtype(result = "bool")]
pub struct Said {
    /// On which connection.
    pub connection: u64,
    /// By whom; a connection id alone proves nothing.
    pub browser: BrowserId,
    /// What.
    pub frame: ByteString,
}

/// What waits for a browser that polls; nothing when it has no such connection.
#[derive(Message)]
#[rtype(result = "Option<Vec<ByteString>>")]
pub struct Poll {
    /// On which connection.
    pub connection: u64,
    /// By whom; a connection id alone proves nothing.
    pub browser: BrowserId,
}

/// The visit's card as this side sees it now.
#[derive(Message)]
#[rtype(result = "Card")]
pub struct ShowCard(pub Side);

/// How messages to its seats went has changed.
#[derive(Message)]
#[rtype(result = "()")]
pub struct Refresh {
    /// Minted by [`super::Hub::mint_ticket`] before reading: what was read under a lower one may be older.
    pub ticket: u64,
    /// As they were read.
    pub deliveries: Deliveries,
}

/// A staff session ended: its connections close.
#[derive(Message)]
#[rtype(result = "()")]
pub struct EndSession(pub StaffSessionId);

/// The node stops: close every connection, then answer once nothing is being committed.
#[derive(Message)]
#[rtype(result = "()")]
pub struct Drain(pub tokio::sync::oneshot::Sender<()>);

/// The registry holds look-ups back: leave if still idle.
#[derive(Message)]
#[rtype(result = "()")]
pub struct MayLeave;

impl ConsultationActor {
    /// A visit as just read from the store.
    pub(super) fn new(
        stored: StoredVisit,
        done: HashSet<CommandId>,
        deliveries: Deliveries,
        house: Arc<House>,
        registry: Addr<Registry>,
    ) -> Self {
        Self {
            stored,
            done,
            deliveries,
            ticket: 0,
            house,
            registry,
            connections: Vec::new(),
            in_meeting: HashSet::new(),
            queue: VecDeque::new(),
            is_committing: false,
            is_outdated: false,
            is_sweeping: false,
            drained: Vec::new(),
        }
    }

    fn is_idle(&self) -> bool {
        self.connections.is_empty() && self.queue.is_empty() && !self.is_committing
    }

    /// Asks to leave once it has been idle for a while.
    fn watch_idleness(&self, ctx: &mut Context<Self>) {
        ctx.run_later(IDLE, |visit, _| {
            if visit.is_idle() {
                visit.registry.do_send(Leave(visit.stored.visit.id));
            }
        });
    }
}

impl Actor for ConsultationActor {
    type Context = Context<Self>;

    fn started(&mut self, ctx: &mut Self::Context) {
        ctx.set_mailbox_capacity(MAILBOX);
        self.watch_idleness(ctx);
    }
}

impl Handler<MayLeave> for ConsultationActor {
    type Result = ();

    fn handle(&mut self, _: MayLeave, ctx: &mut Self::Context) {
        if self.is_idle() {
            self.registry.do_send(Left(self.stored.visit.id));
            ctx.stop();
        } else {
            self.registry.do_send(Stays(self.stored.visit.id));
        }
    }
}

impl Handler<Drain> for ConsultationActor {
    type Result = ();

    fn handle(&mut self, Drain(answer): Drain, _: &mut Self::Context) {
        self.close_all(CloseReason::Restarting);
        self.drained.push(answer);
        self.answer_drained();
    }
}
