//! What people are called and where they are reached changes outside a visit, in their records: then its copy is read anew.
//!
//! No command is under way meanwhile, so that none brings old names back. Never changes the visit's state.

use actix::prelude::{ActorFutureExt, AsyncContext, Context, Handler, Message, WrapFuture};

use super::ConsultationActor;
use crate::store::consultations;

/// Somebody's record changed of whom the visit holds a copy.
#[derive(Message)]
#[rtype(result = "()")]
pub struct ReadAnew;

impl ConsultationActor {
    /// Takes over names and numbers, and shows them.
    pub(super) fn read_people_anew(&mut self, ctx: &mut Context<Self>) {
        self.is_outdated = false;
        self.is_committing = true;
        let house = std::sync::Arc::clone(&self.house);
        let id = self.stored.visit.id;
        let read = async move { consultations::find(&house.store, id).await };
        ctx.spawn(read.into_actor(self).map(|result, visit, ctx| {
            visit.is_committing = false;
            match result {
                Ok(Some(stored)) if stored.visit.rev == visit.stored.visit.rev => {
                    visit.change_to(stored);
                    visit.show_card();
                }
                Ok(Some(stored)) => visit.catch_up(stored, ctx),
                // The next change finds out whether the store answers again.
                Ok(None) | Err(_) => {
                    tracing::warn!(consultation = %visit.stored.visit.id, "names could not be read anew")
                }
            }
            visit.next_command(ctx);
            if visit.is_idle() {
                visit.watch_idleness(ctx);
            }
        }));
    }
}

impl Handler<ReadAnew> for ConsultationActor {
    type Result = ();

    fn handle(&mut self, _: ReadAnew, ctx: &mut Self::Context) {
        self.is_outdated = true;
        self.next_command(ctx);
    }
}
