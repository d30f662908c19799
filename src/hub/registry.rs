//! Which visits are live, and where: at most one actor per visit on this node.
//!
//! A visit's actor leaves by handshake: it asks to leave, look-ups wait meanwhile, and it goes only if it is still idle. So
//! nobody ever joins an actor that the registry has forgotten.
//!
//! Never: touches the store, knows what a visit does.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use actix::prelude::{Actor, Addr, ArbiterHandle, Context, Handler, Message, MessageResult};
use tokio::sync::oneshot;

use super::House;
use super::consultation::{ConsultationActor, MayLeave};
use crate::domain::ids::{CommandId, ConsultationId};
use crate::store::consultations::StoredVisit;
use crate::store::outbox::deliveries::Deliveries;

/// The registry.
pub struct Registry {
    house: Arc<House>,
    arbiters: Arc<[ArbiterHandle]>,
    started: usize,
    visits: HashMap<ConsultationId, Entry>,
}

enum Entry {
    Live(Addr<ConsultationActor>),
    Leaving(Addr<ConsultationActor>, Vec<oneshot::Sender<Option<Addr<ConsultationActor>>>>),
}

/// Where is this visit? Nothing when it is not live.
#[derive(Message)]
#[rtype(result = "oneshot::Receiver<Option<Addr<ConsultationActor>>>")]
pub struct Find(pub ConsultationId);

/// Which of these visits are live, and where. One that is leaving has nobody connected: it counts as not live.
#[derive(Message)]
#[rtype(result = "Vec<(ConsultationId, Addr<ConsultationActor>)>")]
pub struct FindAll(pub Vec<ConsultationId>);

/// Make this visit live, unless it is.
#[derive(Message)]
#[rtype(result = "oneshot::Receiver<Option<Addr<ConsultationActor>>>")]
pub struct Adopt {
    /// As just read from the store.
    pub stored: Box<StoredVisit>,
    /// The commands it has carried out.
    pub commands: HashSet<CommandId>,
    /// How messages to its seats went.
    pub deliveries: Deliveries,
}

/// All live visits.
#[derive(Message)]
#[rtype(result = "Vec<Addr<ConsultationActor>>")]
pub struct All;

/// A visit's actor asks to leave.
#[derive(Message)]
#[rtype(result = "()")]
pub struct Leave(pub ConsultationId);

/// It left.
#[derive(Message)]
#[rtype(result = "()")]
pub struct Left(pub ConsultationId);

/// It stays after all.
#[derive(Message)]
#[rtype(result = "()")]
pub struct Stays(pub ConsultationId);

impl Registry {
    /// A registry that spreads visits over `arbiters`.
    #[must_use]
    pub fn new(house: Arc<House>, arbiters: Arc<[ArbiterHandle]>) -> Self {
        Self { house, arbiters, started: 0, visits: HashMap::new() }
    }

    fn find(&mut self, id: ConsultationId) -> oneshot::Receiver<Option<Addr<ConsultationActor>>> {
        let (answer, answered) = oneshot::channel();
        match self.visits.get_mut(&id) {
            Some(Entry::Leaving(_, waiting)) => waiting.push(answer),
            Some(Entry::Live(visit)) if visit.connected() => {
                answer.send(Some(visit.clone())).ok();
            }
            // An actor that panicked is read anew from the store.
            Some(Entry::Live(_)) | None => {
                self.visits.remove(&id);
                answer.send(None).ok();
            }
        }
        answered
    }

    /// Ends a handshake: look-ups that were held back get their answer, and the visit counts as live again.
    fn settle(
        &mut self,
        id: ConsultationId,
        answer: impl Fn(&Addr<ConsultationActor>) -> Option<Addr<ConsultationActor>>,
    ) {
        if let Some(entry) = self.visits.get_mut(&id)
            && let Entry::Leaving(visit, waiting) = entry
        {
            for held_back in waiting.drain(..) {
                // Whoever asked may have gone.
                held_back.send(answer(visit)).ok();
            }
            *entry = Entry::Live(visit.clone());
        }
    }

    fn start(&mut self, adopt: Adopt, myself: Addr<Self>) -> Addr<ConsultationActor> {
        let house = Arc::clone(&self.house);
        let actor = ConsultationActor::new(*adopt.stored, adopt.commands, adopt.deliveries, house, myself);
        self.started = self.started.wrapping_add(1);
        let count = self.arbiters.len().max(1);
        match self.arbiters.get(self.started % count) {
            Some(arbiter) => ConsultationActor::start_in_arbiter(arbiter, |_| actor),
            None => actor.start(),
        }
    }
}

impl Actor for Registry {
    type Context = Context<Self>;

    fn started(&mut self, ctx: &mut Self::Context) {
        ctx.set_mailbox_capacity(1024);
    }
}

impl Handler<FindAll> for Registry {
    type Result = MessageResult<FindAll>;

    fn handle(&mut self, FindAll(ids): FindAll, _: &mut Self::Context) -> Self::Result {
        let live = |id| match self.visits.get(&id) {
            Some(Entry::Live(visit)) if visit.connected() => Some((id, visit.clone())),
            _ => None,
        };
        MessageResult(ids.into_iter().filter_map(live).collect())
    }
}

impl Handler<Find> for Registry {
    type Result = MessageResult<Find>;

    fn handle(&mut self, Find(id): Find, _: &mut Self::Context) -> Self::Result {
        MessageResult(self.find(id))
    }
}

impl Handler<Adopt> for Registry {
    type Result = MessageResult<Adopt>;

    fn handle(&mut self, adopt: Adopt, ctx: &mut Self::Context) -> Self::Result {
        let id = adopt.stored.visit.id;
        if !self.visits.contains_key(&id) {
            let visit = self.start(adopt, actix::AsyncContext::address(ctx));
            self.visits.insert(id, Entry::Live(visit));
            metrics::gauge!("antesala_live_visits").increment(1.0);
        }
        MessageResult(self.find(id))
    }
}

impl Handler<All> for Registry {
    type Result = MessageResult<All>;

    fn handle(&mut self, _: All, _: &mut Self::Context) -> Self::Result {
        let address = |entry: &Entry| match entry {
            Entry::Live(visit) | Entry::Leaving(visit, _) => visit.clone(),
        };
        MessageResult(self.visits.values().map(address).collect())
    }
}

impl Handler<Leave> for Registry {
    type Result = ();

    fn handle(&mut self, Leave(id): Leave, _: &mut Self::Context) {
        if let Some(entry) = self.visits.get_mut(&id)
            && let Entry::Live(visit) = entry
        {
            visit.do_send(MayLeave);
            *entry = Entry::Leaving(visit.clone(), Vec::new());
        }
    }
}

impl Handler<Left> for Registry {
    type Result = ();

    fn handle(&mut self, Left(id): Left, _: &mut Self::Context) {
        self.settle(id, |_| None);
        if self.visits.remove(&id).is_some() {
            metrics::gauge!("antesala_live_visits").decrement(1.0);
        }
    }
}

impl Handler<Stays> for Registry {
    type Result = ();

    fn handle(&mut self, Stays(id): Stays, _: &mut Self::Context) {
        self.settle(id, |visit| Some(visit.clone()));
    }
}
