//! The hub: live visits and boards as actors, and the handle by which the rest of the house reaches them.
//!
//! An admission's way: [`Hub::command`] → the visit's actor → one commit → every connected browser.
//!
//! Never: knows HTTP or SQL text; tells anybody anything before it is committed.

pub mod agendas;
pub mod allowance;
pub mod boards;
pub mod booking;
pub mod consultation;
pub mod line;
pub mod registry;

mod cards;
mod house;
mod media;
mod views;

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use actix::prelude::{Actor, Addr, Arbiter, ArbiterHandle};
use futures_util::future::{join_all, try_join};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::oneshot;

pub use self::house::{House, LinkHash};

use self::agendas::Agendas;
use self::boards::Board;
use self::consultation::{ConsultationActor, Drain, EndSession, Ground, ReadAnew, Refresh, ShowCard};
use self::registry::{Adopt, All, Find, FindAll, Registry};
use crate::domain::booking::NotBookable;
use crate::domain::consultation::{Command, Refusal};
use crate::domain::ids::{CommandId, ConsultationId, StaffSessionId};
use crate::domain::staff::StaffMember;
use crate::protocol::board::{Card, Presence, Rest, Side};
use crate::store::StoreError;
use crate::store::calendars::Overlap;
use crate::store::consultations::{self, NewBrowser, StoredVisit};
use crate::store::outbox::deliveries::{self, Deliveries};
use crate::store::scope::Scope;

/// How often a visit is looked for that is just leaving or arriving.
const FIND_ATTEMPTS: u8 = 5;

/// How many cards the clinic's board shows: more than anybody can look after, and still one screenful to send.
const MOST_CARDS: u32 = 60;

/// A visit starts soon this long before its appointment.
const SOON: SignedDuration = SignedDuration::from_mins(15);

/// How many visits are told at once when the node stops.
const DRAIN_BATCH: usize = 64;

/// Why the hub did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HubError {
    /// The rules say no.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// The rules of booking say no.
    #[error("not bookable: {0}")]
    NotBookable(NotBookable),
    /// There is something else at that time that whoever books has not seen yet, or does not accept.
    #[error("{} other visits at that time", .0.len())]
    Overlaps(Vec<Overlap>),
    /// Somebody else booked meanwhile in a calendar this relied on: look again.
    #[error("somebody else was faster")]
    Overtaken,
    /// There is no such visit.
    #[error("no such visit")]
    NotFound,
    /// It could not be saved or read. Nothing was told to anybody.
    #[error("not available")]
    Unavailable,
}

/// Today's cards, for one reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Today {
    /// The day, in the hospital's zone.
    pub day: Date,
    /// Those that are shown.
    pub cards: Vec<Card>,
    /// Those that are counted; only for who sees the whole clinic.
    pub rest: Option<Rest>,
}

/// A handle to the hub.
#[derive(Clone)]
pub struct Hub {
    registry: Addr<Registry>,
    house: Arc<House>,
    arbiters: Arc<[ArbiterHandle]>,
    board_arbiter: ArbiterHandle,
    connections: Arc<AtomicU64>,
    tickets: Arc<AtomicU64>,
}

impl Hub {
    /// Starts the hub. Its actors live on `threads` threads of their own, which outlive the HTTP server: an actor started
    /// inside a handler would die with that handler's worker.
    #[must_use]
    pub fn start(house: House, threads: NonZeroUsize) -> Self {
        let house = Arc::new(house);
        let first = Arbiter::new().handle();
        let others = (1..threads.get()).map(|_| Arbiter::new().handle());
        let arbiters: Arc<[ArbiterHandle]> = std::iter::once(first.clone()).chain(others).collect();
        let (shared, spread) = (Arc::clone(&house), Arc::clone(&arbiters));
        let registry = Registry::start_in_arbiter(&first, move |_| Registry::new(shared, spread));
        let (connections, tickets) = (Arc::new(AtomicU64::new(1)), Arc::new(AtomicU64::new(1)));
        Self { registry, house, board_arbiter: first, arbiters, connections, tickets }
    }

    /// Ends the hub's threads, after the last request was answered.
    pub fn stop(&self) {
        for arbiter in self.arbiters.iter() {
            arbiter.stop();
        }
    }

    /// A fresh connection id; only the server mints them.
    #[must_use]
    pub fn mint_connection(&self) -> u64 {
        self.connections.fetch_add(1, Ordering::Relaxed)
    }

    /// A ticket for what is read from now on: whatever was committed before is in it.
    #[must_use]
    pub fn mint_ticket(&self) -> u64 {
        self.tickets.fetch_add(1, Ordering::AcqRel)
    }

    /// Carries out a command; answers the visit's `rev` after it. The same `id` is carried out once.
    ///
    /// # Errors
    /// [`HubError::Refused`], [`HubError::NotFound`], [`HubError::Unavailable`].
    pub async fn command(&self, visit: ConsultationId, id: CommandId, command: Command) -> Result<u64, HubError> {
        self.carry_out(visit, id, &command, None, &Ground::default()).await
    }

    /// As [`Hub::command`], remembering the browser that enters with it.
    ///
    /// # Errors
    /// As [`Hub::command`].
    pub async fn command_from(
        &self,
        visit: ConsultationId,
        id: CommandId,
        command: Command,
        browser: NewBrowser,
    ) -> Result<u64, HubError> {
        self.carry_out(visit, id, &command, Some(&browser), &Ground::default()).await
    }

    /// The live actor of a visit, made live if it is not.
    ///
    /// # Errors
    /// [`HubError::NotFound`], [`HubError::Unavailable`].
    pub async fn visit(&self, id: ConsultationId) -> Result<Addr<ConsultationActor>, HubError> {
        let store = &self.house.store;
        // One that is just leaving answers that it left: then it is read anew.
        for _ in 0..FIND_ATTEMPTS {
            if let Some(live) = self.live(id).await? {
                return Ok(live);
            }
            let stored = consultations::find(store, id).await.map_err(unavailable)?.ok_or(HubError::NotFound)?;
            let commands = consultations::commands_of(store, id).await.map_err(unavailable)?;
            let deliveries = deliveries::of_visit(store, id).await.map_err(unavailable)?;
            let adopt = Adopt { stored: Box::new(stored), commands, deliveries };
            let answer = self.registry.send(adopt).await.map_err(|_| HubError::Unavailable)?;
            if let Ok(Some(live)) = answer.await {
                return Ok(live);
            }
        }
        Err(HubError::Unavailable)
    }

    /// The visit as stored; for pages.
    ///
    /// # Errors
    /// [`HubError::NotFound`], [`HubError::Unavailable`].
    pub async fn stored(&self, id: ConsultationId) -> Result<StoredVisit, HubError> {
        consultations::find(&self.house.store, id).await.map_err(unavailable)?.ok_or(HubError::NotFound)
    }

    /// The live board somebody may watch; none for admins.
    #[must_use]
    pub fn board(&self, reader: &StaffMember) -> Option<Addr<Board>> {
        let scope = Scope::of(reader)?;
        Some(self.house.boards.board(scope, self, &self.board_arbiter))
    }

    /// The agendas that are open.
    #[must_use]
    pub fn agendas(&self) -> &Agendas {
        &self.house.agendas
    }

    /// Today's cards, as somebody may see them; none for admins.
    ///
    /// # Errors
    /// [`HubError::Unavailable`].
    pub async fn today_for(&self, reader: &StaffMember) -> Result<Today, HubError> {
        let (day, ..) = self.today();
        let (cards, rest) = match Scope::of(reader) {
            Some(scope) => self.cards_of(scope).await?,
            None => (Vec::new(), None),
        };
        let acts_for = reader.operator().acts_for();
        let cards = cards.into_iter().map(|card| card.seen_by(acts_for)).collect();
        Ok(Today { day, cards, rest })
    }

    /// The card of one visit of any day, if it is among what somebody may see.
    ///
    /// # Errors
    /// [`HubError::NotFound`], [`HubError::Unavailable`].
    pub async fn card_for(&self, reader: &StaffMember, id: ConsultationId) -> Result<Card, HubError> {
        let stored = self.stored(id).await?;
        let side = views::side_of(reader, &stored.visit).ok_or(HubError::NotFound)?;
        let deliveries = deliveries::of_visit(&self.house.store, id).await.map_err(unavailable)?;
        Ok(self.card_of(&stored, &deliveries, side).await?.seen_by(reader.operator().acts_for()))
    }

    /// Something outside a visit's state changed that its card shows, such as a link that was sent.
    pub async fn refresh(&self, visit: ConsultationId) {
        let ticket = self.mint_ticket();
        match (self.live(visit).await, deliveries::of_visit(&self.house.store, visit).await) {
            (Ok(Some(live)), Ok(deliveries)) => live.do_send(Refresh { ticket, deliveries }),
            (_, Err(error)) => tracing::warn!(consultation = %visit, %error, "how messages went could not be read"),
            _ => drop(self.show_new(visit).await),
        }
    }

    /// The record of somebody in this visit changed: the visit's copy is read anew.
    pub async fn read_anew(&self, visit: ConsultationId) {
        match self.live(visit).await {
            Ok(Some(live)) => live.do_send(ReadAnew),
            _ => {
                if let Some(shown) = self.show_new(visit).await {
                    self.house.agendas.show(&shown.visit);
                }
            }
        }
    }

    /// Closes every connection of a staff session that ended.
    pub async fn end_session(&self, session: StaffSessionId) {
        self.house.boards.all().iter().for_each(|board| board.do_send(boards::EndSession(session)));
        self.house.agendas.end_session(session);
        for visit in self.registry.send(All).await.unwrap_or_default() {
            visit.do_send(EndSession(session));
        }
    }

    /// The node stops: every connection is told to come back, in batches; returns when nothing is being committed.
    pub async fn drain(&self) {
        self.house.boards.all().iter().for_each(|board| board.do_send(boards::Drain));
        self.house.agendas.drain();
        for batch in self.registry.send(All).await.unwrap_or_default().chunks(DRAIN_BATCH) {
            let mut answers = Vec::with_capacity(batch.len());
            for visit in batch {
                let (answer, answered) = oneshot::channel();
                visit.do_send(Drain(answer));
                answers.push(answered);
            }
            for answered in answers {
                // A visit that left meanwhile has nothing to finish.
                drop(answered.await);
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// The day it is in the hospital's zone, and its bounds; the end is excluded.
    #[must_use]
    pub fn today(&self) -> (Date, Timestamp, Timestamp) {
        cards::day(self.house.clock.now(), self.house.settings.now().zone.rules())
    }

    /// Today's cards of one scope. The clinic's are those that need somebody, and what is left is counted.
    async fn cards_of(&self, scope: Scope) -> Result<(Vec<Card>, Option<Rest>), HubError> {
        let (_, from, until) = self.today();
        let store = &self.house.store;
        if scope != Scope::Clinic {
            let stored = consultations::in_scope(store, scope, from, until).await.map_err(unavailable)?;
            return Ok((self.all_cards(&stored, scope).await?, None));
        }
        let soon = self.house.clock.now() + SOON;
        let needing = consultations::needing(store, (from, until), soon, MOST_CARDS);
        let (stored, (open, over)) =
            try_join(needing, consultations::count(store, (from, until))).await.map_err(unavailable)?;
        let shown = u32::try_from(stored.len()).unwrap_or(MOST_CARDS);
        let rest = Rest { open: open.saturating_sub(shown), over };
        Ok((self.all_cards(&stored, scope).await?, Some(rest)))
    }

    /// Cards of many visits; the registry is asked once for those that are live.
    async fn all_cards(&self, stored: &[StoredVisit], scope: Scope) -> Result<Vec<Card>, HubError> {
        let side = views::side(scope);
        let deliveries = self.deliveries_of(stored, scope).await?;
        let ids = stored.iter().map(|stored| stored.visit.id).collect();
        let live = self.registry.send(FindAll(ids)).await.map_err(|_| HubError::Unavailable)?;
        let asked = live.into_iter().map(async |(id, visit)| Some((id, visit.send(ShowCard(side)).await.ok()?)));
        let mut shown: HashMap<_, _> = join_all(asked).await.into_iter().flatten().collect();
        let now = self.house.clock.now();
        let none = Deliveries::new();
        let card = |stored: &StoredVisit| {
            let deliveries = deliveries.get(&stored.visit.id).unwrap_or(&none);
            let away = || cards::card(stored, deliveries, &self.house.engines, side, now, |_| Presence::Away);
            shown.remove(&stored.visit.id).unwrap_or_else(away)
        };
        Ok(stored.iter().map(card).collect())
    }

    /// How messages of these visits went.
    async fn deliveries_of(
        &self,
        stored: &[StoredVisit],
        scope: Scope,
    ) -> Result<HashMap<ConsultationId, Deliveries>, HubError> {
        let times = || stored.iter().map(|stored| stored.visit.starts_at);
        let (Some(first), Some(last)) = (times().min(), times().max()) else { return Ok(HashMap::new()) };
        let until = last + Duration::from_micros(1);
        deliveries::in_scope(&self.house.store, scope, first, until).await.map_err(unavailable)
    }

    /// A visit's card: with who is connected, if it is live.
    async fn card_of(&self, stored: &StoredVisit, deliveries: &Deliveries, side: Side) -> Result<Card, HubError> {
        let live = match self.live(stored.visit.id).await? {
            Some(live) => live.send(ShowCard(side)).await.ok(),
            None => None,
        };
        let now = self.house.clock.now();
        Ok(live.unwrap_or_else(|| cards::card(stored, deliveries, &self.house.engines, side, now, |_| Presence::Away)))
    }

    async fn live(&self, id: ConsultationId) -> Result<Option<Addr<ConsultationActor>>, HubError> {
        let answer = self.registry.send(Find(id)).await.map_err(|_| HubError::Unavailable)?;
        Ok(answer.await.ok().flatten())
    }

    /// Shows the card of a visit that has no live actor, and answers the visit.
    async fn show_new(&self, id: ConsultationId) -> Option<StoredVisit> {
        let stored = self.stored(id).await.ok()?;
        let deliveries = deliveries::of_visit(&self.house.store, id).await.ok()?;
        let now = self.house.clock.now();
        for scope in views::of_visit(&stored.visit) {
            self.house.boards.show(scope, |side| {
                cards::card(&stored, &deliveries, &self.house.engines, side, now, |_| Presence::Away)
            });
        }
        Some(stored)
    }
}

fn unavailable(error: StoreError) -> HubError {
    tracing::error!(%error, "the store did not answer the hub");
    HubError::Unavailable
}
