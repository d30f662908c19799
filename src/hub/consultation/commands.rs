//! The queue of commands: decide, commit, then tell; one at a time.

use actix::prelude::{ActorFutureExt, AsyncContext, Context, Handler, Message, WrapFuture};
use tokio::sync::oneshot;

use super::ConsultationActor;
use crate::domain::consultation::{Command, Event, Refusal, decide};
use crate::domain::ids::CommandId;
use crate::hub::HubError;
use crate::protocol::seat::RefusedReason;
use crate::store::StoreError;
use crate::store::calendars::Guards;
use crate::store::consultations::{self, Change, NewBrowser, StoredVisit};
use crate::store::outbox::deliveries::Correspondence;

/// How often a command is decided anew when another node was faster.
const ATTEMPTS: u8 = 3;

/// Carry out a command; answers the visit's `rev` after it.
#[derive(Message)]
#[rtype(result = "()")]
pub struct Do {
    /// A retry carries the same id and changes nothing more.
    pub id: CommandId,
    /// What.
    pub command: Command,
    /// The browser that enters with it.
    pub browser: Option<NewBrowser>,
    /// What must be as it was; otherwise [`HubError::Overtaken`].
    pub ground: Ground,
    /// Where the answer goes.
    pub answer: oneshot::Sender<Result<u64, HubError>>,
}

/// What a command relies on that the rules do not see.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    /// The visit as it was when what the rules do not see was looked at; none where it does not matter.
    pub rev: Option<u64>,
    /// Calendars that nobody else may have booked in meanwhile.
    pub guards: Guards,
}

/// A command in the queue.
pub(super) struct Job {
    id: CommandId,
    command: Command,
    browser: Option<NewBrowser>,
    ground: Ground,
    asked_by: AskedBy,
    attempts_left: u8,
}

/// Who waits for a command's answer.
pub(super) enum AskedBy {
    /// A request.
    Request(oneshot::Sender<Result<u64, HubError>>),
    /// A browser that wants to be in the call; it hears only of failure, success it sees.
    Entering(u64),
    /// A browser that is gone from the call, whatever becomes of it.
    Leaving,
}

/// A decided command whose commit is on its way.
struct Decided {
    job: Job,
    after: StoredVisit,
    events: Vec<Event>,
}

impl ConsultationActor {
    /// Queues a command that a browser gave on its line.
    pub(super) fn ask_for(&mut self, asked_by: AskedBy, command: Command, ctx: &mut Context<Self>) {
        let id = CommandId::mint();
        let job = Job { id, command, browser: None, ground: Ground::default(), asked_by, attempts_left: ATTEMPTS };
        self.queue.push_back(job);
        self.next_command(ctx);
    }

    fn finish(&mut self, job: Job, result: Result<u64, HubError>, ctx: &mut Context<Self>) {
        match job.asked_by {
            AskedBy::Request(answer) => {
                // Whoever asked may have gone; what was done stays done.
                answer.send(result).ok();
            }
            AskedBy::Entering(connection) => match result {
                Ok(_) => {}
                Err(HubError::Refused(_)) => self.keep_out(connection, RefusedReason::NotAdmitted, ctx),
                Err(_) => self.keep_out(connection, RefusedReason::Unavailable, ctx),
            },
            AskedBy::Leaving => {}
        }
    }

    pub(super) fn answer_drained(&mut self) {
        if self.queue.is_empty() && !self.is_committing {
            self.drained.drain(..).for_each(|answer| {
                answer.send(()).ok();
            });
        }
    }

    /// Takes commands from the queue until one needs a commit.
    pub(super) fn next_command(&mut self, ctx: &mut Context<Self>) {
        while !self.is_committing {
            if self.is_outdated {
                self.read_people_anew(ctx);
                break;
            }
            let Some(job) = self.queue.pop_front() else { break };
            if self.done.contains(&job.id) {
                self.finish(job, Ok(self.stored.visit.rev), ctx);
                continue;
            }
            match job.ground.rev {
                // Another node has changed the visit.
                Some(rev) if rev > self.stored.visit.rev && job.attempts_left > 1 => {
                    self.is_committing = true;
                    self.read_anew(Some(job), ctx);
                    break;
                }
                Some(rev) if rev != self.stored.visit.rev => {
                    self.finish(job, Err(HubError::Overtaken), ctx);
                    continue;
                }
                _ => {}
            }
            let now = self.house.clock.now();
            if matches!(job.command, Command::CloseUnattended) && self.is_attended(now) {
                self.finish(job, Err(HubError::Refused(Refusal::TooEarly)), ctx);
                continue;
            }
            match decide(&self.stored.visit, &job.command, now) {
                Err(refusal) => self.finish(job, Err(HubError::Refused(refusal)), ctx),
                Ok(events) if events.is_empty() => self.finish(job, Ok(self.stored.visit.rev), ctx),
                Ok(events) => self.commit(job, events, now, ctx),
            }
        }
        self.answer_drained();
    }

    fn commit(&mut self, job: Job, events: Vec<Event>, at: jiff::Timestamp, ctx: &mut Context<Self>) {
        let before = self.stored.visit.clone();
        let mut after = self.stored.clone();
        events.iter().for_each(|event| after.follow(event, at));
        self.is_committing = true;
        let house = std::sync::Arc::clone(&self.house);
        let decided = Decided { job, after, events };
        let written = async move {
            let result = consultations::commit(
                &house.store,
                &Change {
                    before: &before,
                    after: &decided.after.visit,
                    events: &decided.events,
                    command: decided.job.id,
                    zone: &decided.after.facts.zone,
                    reminders: house.settings.now().reminders,
                    at,
                    browser: decided.job.browser.as_ref(),
                    guards: &decided.job.ground.guards,
                    link_hash: &*house.link_hash,
                },
            )
            .await;
            (decided, result)
        };
        // Never ctx.wait: signalling and presence go on meanwhile.
        ctx.spawn(written.into_actor(self).map(|(decided, result), visit, ctx| match result {
            Ok(()) => visit.committed(decided, ctx),
            Err(error) => visit.not_committed(decided.job, error, ctx),
        }));
    }

    fn committed(&mut self, decided: Decided, ctx: &mut Context<Self>) {
        let Decided { job, after, events } = decided;
        self.is_committing = false;
        self.done.insert(job.id);
        self.change_to(after);
        for event in &events {
            if let Event::Arrived { participant, .. } = event {
                self.deliveries.entry(*participant).and_modify(Correspondence::told);
            }
        }
        metrics::counter!("antesala_events_total").increment(events.len() as u64);
        tracing::debug!(consultation = %self.stored.visit.id, rev = self.stored.visit.rev, "committed");
        self.tell_everyone(ctx);
        self.finish(job, Ok(self.stored.visit.rev), ctx);
        self.next_command(ctx);
        if self.is_idle() {
            self.watch_idleness(ctx);
        }
    }

    /// Another node was faster, or the outcome is unknown: read the visit anew before anything else.
    fn not_committed(&mut self, job: Job, error: StoreError, ctx: &mut Context<Self>) {
        let is_race = matches!(error, StoreError::Conflict | StoreError::Duplicate);
        if !is_race {
            tracing::error!(consultation = %self.stored.visit.id, %error, "a change could not be saved");
        }
        if is_race && job.attempts_left > 1 {
            self.read_anew(Some(job), ctx);
        } else {
            self.finish(job, Err(HubError::Unavailable), ctx);
            self.read_anew(None, ctx);
        }
    }

    /// Reads the visit anew, then lets whoever lost a race try again.
    fn read_anew(&mut self, lost: Option<Job>, ctx: &mut Context<Self>) {
        let house = std::sync::Arc::clone(&self.house);
        let id = self.stored.visit.id;
        let read = async move {
            let stored = consultations::find(&house.store, id).await?;
            Ok::<_, StoreError>((stored, consultations::commands_of(&house.store, id).await?))
        };
        ctx.spawn(read.into_actor(self).map(|result, visit, ctx| {
            visit.is_committing = false;
            match result {
                Ok((Some(stored), done)) => {
                    visit.done = done;
                    if let Some(job) = lost {
                        visit.try_again(job, ctx);
                    }
                    visit.catch_up(stored, ctx);
                }
                Ok((None, _)) | Err(_) => {
                    visit.queue.extend(lost);
                    visit.refuse_all(ctx);
                }
            }
            visit.next_command(ctx);
            if visit.is_idle() {
                visit.watch_idleness(ctx);
            }
        }));
    }

    /// Once more, before everybody else; unless it relied on calendars, which were looked at for the visit as it was.
    fn try_again(&mut self, mut job: Job, ctx: &mut Context<Self>) {
        if !job.ground.guards.is_empty() && !self.done.contains(&job.id) {
            return self.finish(job, Err(HubError::Overtaken), ctx);
        }
        job.attempts_left -= 1;
        self.queue.push_front(job);
    }

    pub(super) fn catch_up(&mut self, stored: StoredVisit, ctx: &mut Context<Self>) {
        if stored.visit.rev > self.stored.visit.rev {
            self.change_to(stored);
            self.tell_everyone(ctx);
        }
    }

    /// The database does not answer: whoever waits is told, instead of waiting for the next failure.
    fn refuse_all(&mut self, ctx: &mut Context<Self>) {
        for job in std::mem::take(&mut self.queue) {
            self.finish(job, Err(HubError::Unavailable), ctx);
        }
    }
}

impl Handler<Do> for ConsultationActor {
    type Result = ();

    fn handle(&mut self, todo: Do, ctx: &mut Self::Context) {
        let Do { id, command, browser, ground, answer } = todo;
        let asked_by = AskedBy::Request(answer);
        self.queue.push_back(Job { id, command, browser, ground, asked_by, attempts_left: ATTEMPTS });
        self.next_command(ctx);
    }
}
