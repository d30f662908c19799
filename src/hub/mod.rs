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
mod shown;
mod views;

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use actix::prelude::{Actor, Addr, Arbiter, ArbiterHandle};
use tokio::sync::oneshot;

pub use self::house::{House, LinkHash};
pub use self::shown::Today;

use self::agendas::Agendas;
use self::boards::Board;
use self::consultation::{ConsultationActor, Drain, EndSession, Ground};
use self::registry::{Adopt, All, Find, Registry};
use crate::domain::booking::NotBookable;
use crate::domain::consultation::{Command, Refusal};
use crate::domain::ids::{CommandId, ConsultationId, StaffSessionId};
use crate::domain::staff::StaffMember;
use crate::store::StoreError;
use crate::store::calendars::Overlap;
use crate::store::consultations::{self, NewBrowser, StoredVisit};
use crate::store::outbox::deliveries;
use crate::store::scope::Scope;

/// How often a visit is looked for that is just leaving or arriving.
const FIND_ATTEMPTS: u8 = 5;

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

    async fn live(&self, id: ConsultationId) -> Result<Option<Addr<ConsultationActor>>, HubError> {
        let answer = self.registry.send(Find(id)).await.map_err(|_| HubError::Unavailable)?;
        Ok(answer.await.ok().flatten())
    }
}

fn unavailable(error: StoreError) -> HubError {
    tracing::error!(%error, "the store did not answer the hub");
    HubError::Unavailable
}
