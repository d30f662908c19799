//! One browser's WebSocket: frames in to the hub, frames out from it, pings in between.
//!
//! The only place that knows `actix-web-actors`. While a browser does not read, this actor is not polled: the hub sees its
//! mailbox fill, and the kernel ends the connection (`TCP_USER_TIMEOUT`).
//!
//! Never: knows what a message means, holds anything of a visit.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use actix::prelude::{Actor, ActorContext, ActorFutureExt, Addr, AsyncContext, Handler, StreamHandler, WrapFuture};
use actix_web::{HttpRequest, HttpResponse, web};
use actix_web_actors::ws::{self, CloseCode, Message, ProtocolError, WebsocketContext};

use crate::auth::sessions;
use crate::clock::Clock;
use crate::domain::ids::{BrowserId, ParticipantId, StaffSessionId};
use crate::domain::service::Services;
use crate::hub::agendas::{Agendas, Interest, Reader};
use crate::hub::allowance::Allowance;
use crate::hub::boards::{Board, Unwatch, Watch};
use crate::hub::consultation::{Connect, ConsultationActor, Disconnect, Said};
use crate::hub::line::{Line, Outgoing, QUEUE};
use crate::protocol::close::CloseReason;
use crate::store::Store;

/// The largest frame a browser may send, in bytes.
pub const LARGEST_FRAME: usize = 64 * 1024;

/// Pings go out this often, each connection with a jitter of its own: ten thousand that come back in the same second after a
/// restart must not be pinged in the same second either.
const PING_EVERY: Duration = Duration::from_secs(20);
const PING_JITTER_MILLIS: u64 = 15_000;

/// How often a member of staff's socket asks whether their session still is one, and keeps it alive.
const SESSION_CHECK: Duration = Duration::from_secs(60);

/// A member of staff's session, as long as their socket is open.
pub struct Watched {
    /// Where sessions are kept.
    pub store: Store,
    /// Whose.
    pub session: StaffSessionId,
}

/// Whom a socket talks to.
pub enum Peer {
    /// A visit, for one seat.
    Seat {
        /// The visit.
        visit: Addr<ConsultationActor>,
        /// The seat.
        seat: ParticipantId,
        /// The browser.
        browser: BrowserId,
    },
    /// A board, which only listens.
    Board {
        /// The board.
        board: Addr<Board>,
        /// Whose.
        session: StaffSessionId,
        /// In whose visits its owner may do something.
        acts_for: Services,
    },
    /// An agenda, which only listens.
    Agenda {
        /// Those that are open.
        agendas: Agendas,
        /// Whose.
        session: StaffSessionId,
        /// What it shows.
        interest: Interest,
    },
}

struct Socket {
    connection: u64,
    peer: Peer,
    /// None for patients and relatives, whose cookie lives as long as the visit.
    watched: Option<Watched>,
    clock: Clock,
    heard: Arc<AtomicI64>,
    allowance: Allowance,
}

/// Upgrades a request.
///
/// # Errors
/// When it is no proper upgrade.
pub fn open(
    request: &HttpRequest,
    payload: web::Payload,
    connection: u64,
    peer: Peer,
    watched: Option<Watched>,
    clock: Clock,
) -> Result<HttpResponse, actix_web::Error> {
    let now = clock.now();
    let heard = Arc::new(AtomicI64::new(now.as_microsecond()));
    let socket = Socket { connection, peer, watched, clock, heard, allowance: Allowance::full(now) };
    ws::WsResponseBuilder::new(socket, request, payload).frame_size(LARGEST_FRAME).start()
}

impl Socket {
    fn enter(&self, ctx: &mut WebsocketContext<Self>) {
        let line = Line::Socket(ctx.address().recipient());
        match &self.peer {
            Peer::Board { board, session, acts_for } => {
                let (session, acts_for) = (*session, *acts_for);
                board.do_send(Watch { connection: self.connection, session, acts_for, line });
            }
            Peer::Agenda { agendas, session, interest } => {
                let (session, interest) = (*session, *interest);
                agendas.watch(Reader { connection: self.connection, session, interest, line });
            }
            Peer::Seat { visit, seat, browser } => {
                let heard = Arc::clone(&self.heard);
                let connect = Connect { connection: self.connection, seat: *seat, browser: *browser, line, heard };
                let connected = visit.send(connect).into_actor(self).map(|answer, _, ctx| match answer {
                    Ok(true) => {}
                    Ok(false) => finish(ctx, CloseReason::NotAllowed),
                    // The visit's actor left just now; the next attempt finds a new one.
                    Err(_) => finish(ctx, CloseReason::TryAgain),
                });
                ctx.spawn(connected);
            }
        }
    }

    fn say(&self, frame: bytestring::ByteString, ctx: &mut WebsocketContext<Self>) {
        let Peer::Seat { visit, browser, .. } = &self.peer else { return };
        if visit.try_send(Said { connection: self.connection, browser: *browser, frame }).is_err() {
            finish(ctx, CloseReason::TryAgain);
        }
    }

    fn check_session(&mut self, ctx: &mut WebsocketContext<Self>) {
        let Some(Watched { store, session }) = &self.watched else { return };
        let (store, session, now) = (store.clone(), *session, self.clock.now());
        let kept = async move { sessions::keep(&store, session, now).await };
        ctx.spawn(kept.into_actor(self).map(|kept, _, ctx| {
            // A database that does not answer ends nobody's call.
            if matches!(kept, Ok(false)) {
                finish(ctx, CloseReason::NotAllowed);
            }
        }));
        ctx.run_later(SESSION_CHECK, Self::check_session);
    }

    fn ping(&mut self, ctx: &mut WebsocketContext<Self>) {
        ctx.ping(b"");
        ctx.run_later(PING_EVERY, Self::ping);
    }
}

impl Actor for Socket {
    type Context = WebsocketContext<Self>;

    fn started(&mut self, ctx: &mut Self::Context) {
        ctx.set_mailbox_capacity(QUEUE);
        metrics::gauge!("antesala_sockets").increment(1.0);
        self.enter(ctx);
        let jitter = Duration::from_millis(self.connection.wrapping_mul(7_919) % PING_JITTER_MILLIS);
        ctx.run_later(PING_EVERY - jitter, Self::ping);
        if self.watched.is_some() {
            ctx.run_later(SESSION_CHECK, Self::check_session);
        }
    }

    fn stopped(&mut self, _: &mut Self::Context) {
        metrics::gauge!("antesala_sockets").decrement(1.0);
        match &self.peer {
            Peer::Seat { visit, .. } => visit.do_send(Disconnect(self.connection)),
            Peer::Board { board, .. } => board.do_send(Unwatch(self.connection)),
            Peer::Agenda { agendas, .. } => agendas.forget(self.connection),
        }
    }
}

impl Handler<Outgoing> for Socket {
    type Result = ();

    fn handle(&mut self, outgoing: Outgoing, ctx: &mut Self::Context) {
        match outgoing {
            Outgoing::Text(text) => ctx.text(text),
            Outgoing::Close(reason) => finish(ctx, reason),
        }
    }
}

impl StreamHandler<Result<Message, ProtocolError>> for Socket {
    fn handle(&mut self, message: Result<Message, ProtocolError>, ctx: &mut Self::Context) {
        self.heard.store(self.clock.now().as_microsecond(), Ordering::Relaxed);
        match message {
            Ok(Message::Ping(bytes)) => ctx.pong(&bytes),
            Ok(Message::Pong(_) | Message::Nop) => {}
            Ok(Message::Text(_)) if !self.allowance.take(self.clock.now()) => finish(ctx, CloseReason::NotAllowed),
            Ok(Message::Text(text)) => self.say(text, ctx),
            Ok(Message::Close(_)) => {
                ctx.close(None);
                ctx.stop();
            }
            // Browsers of ours send whole text frames only.
            Ok(Message::Binary(_) | Message::Continuation(_)) => finish(ctx, CloseReason::NotAllowed),
            Err(ProtocolError::Overflow) => finish(ctx, CloseReason::TooLarge),
            Err(_) => finish(ctx, CloseReason::NotAllowed),
        }
    }
}

fn finish(ctx: &mut WebsocketContext<Socket>, reason: CloseReason) {
    ctx.close(Some(CloseCode::from(reason.code()).into()));
    ctx.stop();
}
