//! Live boards: one actor per scope somebody watches.
//!
//! A board keeps today's cards while it has readers, and sends each of them the snapshot and then every changed card. It
//! never stops; without readers it forgets its cards and costs nothing.
//!
//! Never: lets a reader see another scope's cards, sends commands.

mod window;

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use actix::prelude::{Actor, ActorFutureExt, Addr, ArbiterHandle, AsyncContext, Context, Handler, Message, WrapFuture};
use bytestring::ByteString;
use jiff::civil::Date;

use super::line::{Delivery, Line};
use super::{Hub, views};
use crate::domain::ids::{ConsultationId, StaffSessionId};
use crate::protocol::board::{Card, Rest, Side, ToBoard};
use crate::protocol::close::CloseReason;
use crate::protocol::frame;
use crate::store::scope::Scope;

/// How long to wait before trying again to bring a reader up to date that did not read.
const BEHIND_RETRY: Duration = Duration::from_millis(500);

/// How often a board looks whether its day is over.
const DAY_CHECK: Duration = Duration::from_secs(30);

/// Finds the board of a scope, and whether anybody watches it.
#[derive(Clone, Default)]
pub struct Boards(Arc<RwLock<HashMap<Scope, Entry>>>);

#[derive(Clone)]
struct Entry {
    board: Addr<Board>,
    readers: Arc<AtomicUsize>,
}

/// One live board.
pub struct Board {
    scope: Scope,
    hub: Hub,
    cards: HashMap<ConsultationId, Card>,
    readers: Vec<Reader>,
    count: Arc<AtomicUsize>,
    /// What is counted instead of shown.
    rest: Option<Rest>,
    /// Which day the cards are of; none until they were read.
    day: Option<Date>,
    /// Whether the day is being read; then `touched` are the visits that changed or left meanwhile, and that reading is older.
    is_reading: bool,
    touched: HashSet<ConsultationId>,
    /// Whether the window will be looked at again in a moment.
    is_unsettled: bool,
}

struct Reader {
    connection: u64,
    session: StaffSessionId,
    line: Line,
    is_behind: bool,
}

/// A browser opens its line; it then receives a snapshot.
#[derive(Message)]
#[rtype(result = "()")]
pub struct Watch {
    /// Minted by [`Hub::mint_connection`].
    pub connection: u64,
    /// Whose.
    pub session: StaffSessionId,
    /// The hub's end.
    pub line: Line,
}

/// A connection is gone.
#[derive(Message)]
#[rtype(result = "()")]
pub struct Unwatch(pub u64);

/// A visit's card, new or changed.
#[derive(Message)]
#[rtype(result = "()")]
struct Show(Card);

/// A visit is no longer this board's.
#[derive(Message)]
#[rtype(result = "()")]
struct TakeAway(ConsultationId);

/// A staff session ended: its connections close.
#[derive(Message)]
#[rtype(result = "()")]
pub struct EndSession(pub StaffSessionId);

/// The node stops: close every connection.
#[derive(Message)]
#[rtype(result = "()")]
pub struct Drain;

impl Boards {
    /// The board of `scope`, started on `arbiter` if it is new.
    pub(super) fn board(&self, scope: Scope, hub: &Hub, arbiter: &ArbiterHandle) -> Addr<Board> {
        let mut boards = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // One that panicked is replaced.
        boards.retain(|held, entry| *held != scope || entry.board.connected());
        let entry = boards.entry(scope).or_insert_with(|| {
            let readers = Arc::new(AtomicUsize::new(0));
            let (hub, count) = (hub.clone(), Arc::clone(&readers));
            let board = Board::start_in_arbiter(arbiter, move |_| Board {
                scope,
                hub,
                cards: HashMap::new(),
                readers: Vec::new(),
                count,
                rest: None,
                day: None,
                is_reading: false,
                touched: HashSet::new(),
                is_unsettled: false,
            });
            Entry { board, readers }
        });
        entry.board.clone()
    }

    /// Shows a card on the board of `scope`, if anybody watches it.
    pub(super) fn show(&self, scope: Scope, card: impl FnOnce(Side) -> Card) {
        if let Some(board) = self.watched(scope) {
            board.do_send(Show(card(views::side(scope))));
        }
    }

    /// Takes a card from the board of `scope`, if anybody watches it.
    pub(super) fn take_away(&self, scope: Scope, visit: ConsultationId) {
        if let Some(board) = self.watched(scope) {
            board.do_send(TakeAway(visit));
        }
    }

    /// Every board.
    pub(super) fn all(&self) -> Vec<Addr<Board>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).values().map(|entry| entry.board.clone()).collect()
    }

    fn watched(&self, scope: Scope) -> Option<Addr<Board>> {
        let boards = self.0.read().unwrap_or_else(PoisonError::into_inner);
        boards.get(&scope).filter(|entry| entry.readers.load(Ordering::Relaxed) > 0).map(|entry| entry.board.clone())
    }
}

impl Board {
    /// Reads the day. The first time everybody gets a snapshot, later on what differs.
    fn load(&mut self, ctx: &mut Context<Self>) {
        let (hub, scope) = (self.hub.clone(), self.scope);
        let (day, ..) = hub.today();
        let read = async move { hub.cards_of(scope).await };
        self.is_reading = true;
        self.touched.clear();
        ctx.spawn(read.into_actor(self).map(move |result, board, ctx| {
            board.is_reading = false;
            match result {
                Ok((loaded, rest)) if board.day == Some(day) => board.settle(loaded, rest, ctx),
                Ok((loaded, rest)) => board.begin(day, loaded, rest, ctx),
                Err(error) => {
                    tracing::error!(%error, "a board could not be read");
                    board.readers.drain(..).for_each(|reader| reader.line.close(CloseReason::TryAgain));
                    board.count_readers();
                }
            }
        }));
    }

    fn begin(&mut self, day: Date, loaded: Vec<Card>, rest: Option<Rest>, ctx: &mut Context<Self>) {
        self.forget_beyond(&loaded);
        for card in loaded.into_iter().filter(|card| !self.touched.contains(&card.consultation)) {
            self.cards.insert(card.consultation, card);
        }
        self.day = Some(day);
        self.rest = rest;
        let connections: Vec<_> = self.readers.iter().map(|reader| reader.connection).collect();
        connections.into_iter().for_each(|connection| self.send_snapshot(connection, ctx));
    }

    fn send_snapshot(&mut self, connection: u64, ctx: &mut Context<Self>) {
        let Some(day) = self.day else { return };
        let cards: Vec<_> = self.cards.values().cloned().collect();
        let text = frame(&ToBoard::Snapshot { day, cards: &cards, rest: self.rest });
        let Some(reader) = self.readers.iter_mut().find(|reader| reader.connection == connection) else { return };
        reader.is_behind = reader.line.send(text) == Delivery::Full;
        if reader.is_behind {
            ctx.run_later(BEHIND_RETRY, move |board, ctx| board.send_snapshot(connection, ctx));
        }
    }

    /// After midnight: the new day's cards, for everyone who still watches.
    fn turn_page(&mut self, ctx: &mut Context<Self>) {
        let (today, ..) = self.hub.today();
        if self.day.is_some_and(|day| day != today) {
            self.day = None;
            self.cards.clear();
            self.load(ctx);
        } else {
            // Time passes: what starts soon comes into the window.
            self.settle_soon(ctx);
        }
    }

    fn send_all(&mut self, text: &ByteString, ctx: &mut Context<Self>) {
        for reader in self.readers.iter_mut().filter(|reader| !reader.is_behind) {
            if reader.line.send(text.clone()) == Delivery::Full {
                reader.is_behind = true;
                let connection = reader.connection;
                ctx.run_later(BEHIND_RETRY, move |board, ctx| board.send_snapshot(connection, ctx));
            }
        }
    }

    fn lose(&mut self, visit: ConsultationId, ctx: &mut Context<Self>) {
        if self.is_reading {
            self.touched.insert(visit);
        }
        if self.cards.remove(&visit).is_some() && self.day.is_some() {
            self.send_all(&frame(&ToBoard::Gone { consultation: visit }), ctx);
        }
    }

    fn count_readers(&mut self) {
        self.count.store(self.readers.len(), Ordering::Relaxed);
        if self.readers.is_empty() {
            self.cards = HashMap::new();
            self.day = None;
        }
    }
}

impl Actor for Board {
    type Context = Context<Self>;

    fn started(&mut self, ctx: &mut Self::Context) {
        ctx.set_mailbox_capacity(1024);
        ctx.run_interval(DAY_CHECK, Self::turn_page);
    }
}

impl Handler<Watch> for Board {
    type Result = ();

    fn handle(&mut self, watch: Watch, ctx: &mut Self::Context) {
        let Watch { connection, session, line } = watch;
        let is_first = self.readers.is_empty();
        self.readers.push(Reader { connection, session, line, is_behind: false });
        self.count_readers();
        if self.day.is_some() {
            self.send_snapshot(connection, ctx);
        } else if is_first {
            self.load(ctx);
        }
    }
}

impl Handler<Unwatch> for Board {
    type Result = ();

    fn handle(&mut self, Unwatch(connection): Unwatch, _: &mut Self::Context) {
        self.readers.retain(|reader| reader.connection != connection);
        self.count_readers();
    }
}

impl Handler<Show> for Board {
    type Result = ();

    fn handle(&mut self, Show(card): Show, ctx: &mut Self::Context) {
        let (_, from, until) = self.hub.today();
        let is_todays = card.phase == "in_session" || (card.starts_at >= from && card.starts_at < until);
        // One that ends after midnight is not of today, but shown.
        let held = self.cards.get(&card.consultation).map(|held| held.rev);
        let is_news = held.map_or(is_todays, |rev| rev <= card.rev);
        if self.readers.is_empty() || !is_news {
            return;
        }
        // One that was moved to another day.
        if !is_todays && card.phase == "scheduled" {
            return self.lose(card.consultation, ctx);
        }
        self.settle_soon(ctx);
        if held.is_none() && !self.has_room_for(&card) {
            return;
        }
        let id = card.consultation;
        let stays = self.keeps(&card);
        if self.is_reading {
            self.touched.insert(id);
        }
        if self.day.is_some() {
            self.send_all(&frame(&ToBoard::Card { card: &card }), ctx);
        }
        self.cards.insert(id, card);
        if !stays {
            self.lose(id, ctx);
        }
    }
}

impl Handler<TakeAway> for Board {
    type Result = ();

    fn handle(&mut self, TakeAway(visit): TakeAway, ctx: &mut Self::Context) {
        if !self.readers.is_empty() {
            self.lose(visit, ctx);
        }
    }
}

impl Handler<EndSession> for Board {
    type Result = ();

    fn handle(&mut self, EndSession(session): EndSession, _: &mut Self::Context) {
        let (ended, staying) =
            std::mem::take(&mut self.readers).into_iter().partition(|reader| reader.session == session);
        self.readers = staying;
        let ended: Vec<Reader> = ended;
        ended.into_iter().for_each(|reader| reader.line.close(CloseReason::NotAllowed));
        self.count_readers();
    }
}

impl Handler<Drain> for Board {
    type Result = ();

    fn handle(&mut self, _: Drain, _: &mut Self::Context) {
        self.readers.drain(..).for_each(|reader| reader.line.close(CloseReason::Restarting));
        self.count_readers();
    }
}
