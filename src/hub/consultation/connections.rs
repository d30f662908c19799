//! Who is connected: browsers come, fall silent, take over from each other, and go.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use actix::prelude::{AsyncContext, Context, Handler, MessageResult};
use bytestring::ByteString;
use jiff::{SignedDuration, Timestamp};

use super::{Connect, ConsultationActor, Disconnect, EndSession, Poll, SWEEP};
use crate::domain::consultation::Participant;
use crate::domain::ids::{BrowserId, ParticipantId, StaffId};
use crate::domain::service::Engine;
use crate::hub::line::{Delivery, Line};
use crate::protocol::board::Presence;
use crate::protocol::close::CloseReason;
use crate::protocol::seat::{SeatStanding, SeatText};

/// From when on a silent browser is absent.
const SILENT: SignedDuration = SignedDuration::from_secs(45);

/// How long to wait before trying again to bring a connection up to date that did not read.
const BEHIND_RETRY: Duration = Duration::from_millis(500);

/// One browser's connection.
pub(super) struct Connection {
    pub(super) id: u64,
    pub(super) seat: ParticipantId,
    pub(super) browser: BrowserId,
    pub(super) line: Line,
    heard: Arc<AtomicI64>,
    /// Asked to be in the call; carried out once admitted.
    pub(super) wants_call: bool,
    pub(super) is_in_call: bool,
    /// What it was told last, so that it hears only of what changes its view.
    pub(super) told: Option<Told>,
    /// Lost a message: needs a snapshot before anything else.
    pub(super) is_behind: bool,
    was_silent: bool,
}

/// What a participant hears of when it changes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) standing: SeatStanding,
    pub(super) phase: &'static str,
    pub(super) starts_at: Timestamp,
    pub(super) expected_at: Option<Timestamp>,
    pub(super) text: Option<SeatText>,
    pub(super) doctor: Option<StaffId>,
    pub(super) engine: Engine,
}

impl Connection {
    fn is_silent(&self, now: Timestamp) -> bool {
        now.as_microsecond().saturating_sub(self.heard.load(Ordering::Relaxed))
            > i64::try_from(SILENT.as_micros()).unwrap_or(i64::MAX)
    }
}

impl ConsultationActor {
    /// Queues a frame, or starts bringing the connection up to date again. A connection that is gone leaves by itself.
    pub(super) fn send(&mut self, connection: u64, text: ByteString, ctx: &mut Context<Self>) {
        let Some(found) = self.connections.iter_mut().find(|found| found.id == connection) else { return };
        if !found.is_behind && found.line.send(text) == Delivery::Full {
            found.is_behind = true;
            metrics::counter!("antesala_lines_behind_total").increment(1);
            ctx.run_later(BEHIND_RETRY, move |visit, ctx| visit.bring_up_to_date(connection, ctx));
        }
    }

    fn bring_up_to_date(&mut self, connection: u64, ctx: &mut Context<Self>) {
        let Some(snapshot) = self.snapshot_of(connection) else { return };
        let Some(found) = self.connections.iter_mut().find(|found| found.id == connection) else { return };
        match found.line.send(snapshot) {
            Delivery::Queued => {
                found.is_behind = false;
                self.tell_presence_to(connection, ctx);
            }
            Delivery::Full => {
                ctx.run_later(BEHIND_RETRY, move |visit, ctx| visit.bring_up_to_date(connection, ctx));
            }
            Delivery::Gone => {}
        }
    }

    /// Ends a connection and forgets it. A browser that polls has yet to read why; the sweep forgets it.
    pub(super) fn close(&mut self, connection: u64, reason: CloseReason) {
        let is_unread = |found: &Connection| {
            matches!(found.line, Line::Polled(_)) && matches!(reason, CloseReason::Over | CloseReason::NotAllowed)
        };
        if let Some(place) = self.connections.iter().position(|found| found.id == connection && !is_unread(found)) {
            self.connections.swap_remove(place).line.close(reason);
            metrics::gauge!("antesala_seat_connections").decrement(1.0);
        }
    }

    pub(super) fn close_all(&mut self, reason: CloseReason) {
        let ids: Vec<_> = self.connections.iter().map(|connection| connection.id).collect();
        ids.into_iter().for_each(|id| self.close(id, reason));
    }

    /// Whether any browser is connected and not silent.
    pub(super) fn is_attended(&self, now: Timestamp) -> bool {
        self.connections.iter().any(|connection| !connection.is_silent(now))
    }

    /// Where the seat's browser is.
    pub(super) fn presence_of(&self, seat: &Participant, now: Timestamp) -> Presence {
        if self.stored.visit.engine == Engine::Webex && self.in_meeting.contains(&seat.id) {
            return Presence::InCall;
        }
        let mut presence = Presence::Away;
        for connection in self.connections.iter().filter(|connection| connection.seat == seat.id) {
            let holds = [seat.standing.browser(), seat.standing.newcomer()].contains(&Some(connection.browser));
            match (connection.is_in_call, connection.is_silent(now)) {
                _ if !holds => {}
                (true, false) => return Presence::InCall,
                (false, false) => presence = Presence::Here,
                (_, true) if presence == Presence::Away => presence = Presence::Absent,
                (_, true) => {}
            }
        }
        presence
    }

    /// Looks for browsers that fell silent or spoke again, as long as anybody is connected.
    fn sweep(&mut self, ctx: &mut Context<Self>) {
        let now = self.house.clock.now();
        let mut changed = false;
        let mut gone = Vec::new();
        for connection in &mut self.connections {
            let is_silent = connection.is_silent(now);
            changed |= is_silent != connection.was_silent;
            connection.was_silent = is_silent;
            // A browser that stopped polling has no socket whose end would tell.
            if is_silent && matches!(connection.line, Line::Polled(_)) {
                gone.push(connection.id);
            }
        }
        for id in gone {
            self.forget(id, ctx);
        }
        if changed {
            self.show_card();
        }
        self.is_sweeping = !self.connections.is_empty();
        if self.is_sweeping {
            ctx.run_later(SWEEP, Self::sweep);
        } else {
            self.watch_idleness(ctx);
        }
    }

    fn forget(&mut self, connection: u64, ctx: &mut Context<Self>) {
        let Some(place) = self.connections.iter().position(|found| found.id == connection) else { return };
        let was_in_call = self.connections.swap_remove(place).is_in_call;
        metrics::gauge!("antesala_seat_connections").decrement(1.0);
        if was_in_call {
            self.tell_presence(ctx);
        }
        self.show_card();
        if self.is_idle() {
            self.watch_idleness(ctx);
        }
    }
}

impl Handler<Connect> for ConsultationActor {
    type Result = bool;

    fn handle(&mut self, connect: Connect, ctx: &mut Self::Context) -> bool {
        let Connect { connection, seat, browser, line, heard } = connect;
        if self.stored.visit.participant(seat).is_none() {
            return false;
        }
        let older =
            self.connections.iter().find(|found| found.seat == seat && found.browser == browser).map(|found| found.id);
        if let Some(older) = older {
            self.close(older, CloseReason::TakenOver);
        }
        self.connections.push(Connection {
            id: connection,
            seat,
            browser,
            line,
            heard,
            wants_call: false,
            is_in_call: false,
            told: None,
            is_behind: false,
            was_silent: false,
        });
        metrics::gauge!("antesala_seat_connections").increment(1.0);
        if let Some(snapshot) = self.snapshot_of(connection) {
            self.send(connection, snapshot, ctx);
        }
        self.tell_presence(ctx);
        self.close_those_who_are_done();
        self.show_card();
        if !self.is_sweeping {
            self.is_sweeping = true;
            ctx.run_later(SWEEP, Self::sweep);
        }
        true
    }
}

impl Handler<Disconnect> for ConsultationActor {
    type Result = ();

    fn handle(&mut self, Disconnect(connection): Disconnect, ctx: &mut Self::Context) {
        self.forget(connection, ctx);
    }
}

impl Handler<Poll> for ConsultationActor {
    type Result = MessageResult<Poll>;

    fn handle(&mut self, poll: Poll, _: &mut Self::Context) -> Self::Result {
        let now = self.house.clock.now().as_microsecond();
        let found =
            self.connections.iter_mut().find(|found| (found.id, found.browser) == (poll.connection, poll.browser));
        MessageResult(found.map(|found| {
            found.heard.store(now, Ordering::Relaxed);
            found.line.take()
        }))
    }
}

impl Handler<EndSession> for ConsultationActor {
    type Result = ();

    fn handle(&mut self, EndSession(session): EndSession, ctx: &mut Self::Context) {
        let browser = BrowserId::from(session);
        let ids: Vec<_> =
            self.connections.iter().filter(|found| found.browser == browser).map(|found| found.id).collect();
        for id in ids {
            self.close(id, CloseReason::NotAllowed);
            // One that polls has nothing to read any more: the guard refuses its next request.
            self.forget(id, ctx);
            self.tell_presence(ctx);
            self.show_card();
        }
    }
}
