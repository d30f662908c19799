//! Live boards: one actor per scope somebody watches.
//!
//! A board keeps today's cards while it has readers, and sends each of them the snapshot and then every changed card. It
//! never stops; without readers it forgets its cards and costs nothing.
//!
//! Never: lets a reader see another scope's cards, sends commands.

mod readers;
mod window;

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use actix::prelude::{
    Actor, ActorFutureExt, Addr, ArbiterHandle, AsyncContext, Context, Handler, Message, SpawnHandle, WrapFuture,
};
use jiff::civil::Date;

use self::readers::Reader;
use super::line::Line;
use super::{Hub, views};
use crate::domain::ids::{ConsultationId, StaffSessionId};
use crate::domain::service::Services;
use crate::protocol::board::{Card, Rest, Side};
use crate::protocol::close::CloseReason;
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
    /// While the day is being read; then `touched` are the visits that changed or left meanwhile, and that reading is older.
    reading: Option<SpawnHandle>,
    touched: HashSet<ConsultationId>,
    /// Whether the window will be looked at again in a moment.
    is_unsettled: bool,
}

/// A browser opens its line; it then receives a snapshot.
#[derive(Message)]
#[rtype(result = "()")]
pub struct Watch {
    /// Minted by [`Hub::mint_connection`].
    pub connection: u64,
    /// Whose.
    pub session: StaffSessionId,
    /// In whose visits its owner may do something.
    pub acts_for: Services,
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
                reading: None,
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
        self.stop_reading(ctx);
        self.touched.clear();
        let reading = ctx.spawn(read.into_actor(self).map(move |result, board, ctx| {
            // One that was given up may still come to an end.
            if board.reading.take().is_none() {
                return;
            }
            match result {
                Ok((loaded, rest)) if board.day == Some(day) => board.settle(loaded, rest, ctx),
                Ok((loaded, rest)) => board.begin(day, loaded, rest, ctx),
                Err(error) => {
                    tracing::error!(%error, "a board could not be read");
                    board.readers.drain(..).for_each(|reader| reader.line.close(CloseReason::TryAgain));
                    board.count_readers(ctx);
                }
            }
        }));
        self.reading = Some(reading);
    }

    fn stop_reading(&mut self, ctx: &mut Context<Self>) {
        if let Some(reading) = self.reading.take() {
            ctx.cancel_future(reading);
        }
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
        let Watch { connection, session, acts_for, line } = watch;
        let is_first = self.readers.is_empty();
        self.readers.push(Reader { connection, session, acts_for, line, is_behind: false });
        self.count_readers(ctx);
        if self.day.is_some() {
            self.send_snapshot(connection, ctx);
        } else if is_first {
            self.load(ctx);
        }
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
        if self.reading.is_some() {
            self.touched.insert(id);
        }
        if self.day.is_some() {
            self.send_card(&card, ctx);
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
