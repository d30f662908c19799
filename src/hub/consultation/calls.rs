//! Who is in the call, and signalling between them. Media flows browser to browser, never through here.

use actix::prelude::{Context, Handler};
use serde_json::value::RawValue;

use super::commands::AskedBy;
use super::connections::Connection;
use super::{ConsultationActor, Said};
use crate::domain::consultation::{Command, Phase};
use crate::domain::service::Engine;
use crate::protocol::close::CloseReason;
use crate::protocol::frame;
use crate::protocol::from_browser::FromBrowser;
use crate::protocol::seat::{InCall, RefusedReason, SeatStanding, ToSeat};

impl ConsultationActor {
    /// Takes those out of the call who may no longer be in it, and lets those in who asked and now may. Says whether
    /// anything changed. Where Webex carries the visit nobody is in a call of ours.
    pub(super) fn settle_call(&mut self) -> bool {
        let visit = &self.stored.visit;
        let is_running = matches!(visit.phase, Phase::InSession { .. }) && visit.engine == Engine::Direct;
        let mut changed = false;
        for place in 0..self.connections.len() {
            let standing = self.connections.get(place).and_then(|connection| self.standing_of(connection));
            let Some(connection) = self.connections.get_mut(place) else { continue };
            if !(is_running && standing.is_some_and(SeatStanding::may_call)) {
                connection.wants_call = false;
            }
            let belongs = connection.wants_call && standing == Some(SeatStanding::Admitted);
            changed |= belongs != connection.is_in_call;
            connection.is_in_call = belongs;
        }
        changed
    }

    /// Tells everyone who may be in the call who is in it.
    pub(super) fn tell_presence(&mut self, ctx: &mut Context<Self>) {
        let ids: Vec<_> = self.connections.iter().map(|connection| connection.id).collect();
        ids.into_iter().for_each(|id| self.tell_presence_to(id, ctx));
    }

    pub(super) fn tell_presence_to(&mut self, connection: u64, ctx: &mut Context<Self>) {
        let Some(found) = self.connections.iter().find(|found| found.id == connection) else { return };
        if !self.standing_of(found).is_some_and(SeatStanding::may_call) {
            return;
        }
        let in_call: Vec<InCall<'_>> =
            self.connections.iter().filter(|found| found.is_in_call).filter_map(|found| self.in_call(found)).collect();
        let you = found.is_in_call.then_some(connection);
        let text = frame(&ToSeat::Presence { rev: self.stored.visit.rev, you, in_call: &in_call });
        self.send(connection, text, ctx);
    }

    fn in_call(&self, connection: &Connection) -> Option<InCall<'_>> {
        let seat = self.stored.visit.participant(connection.seat)?;
        Some(InCall { seat: seat.id, connection: connection.id, name: &seat.name, kind: seat.kind })
    }

    pub(super) fn standing_of(&self, connection: &Connection) -> Option<SeatStanding> {
        let seat = self.stored.visit.participant(connection.seat)?;
        Some(SeatStanding::seen_by(connection.browser, seat.standing))
    }

    fn enter(&mut self, connection: u64, ctx: &mut Context<Self>) -> Result<(), RefusedReason> {
        let found = self.connections.iter().find(|found| found.id == connection).ok_or(RefusedReason::NotAdmitted)?;
        let (seat, browser) = (found.seat, found.browser);
        self.standing_of(found).filter(|standing| standing.may_call()).ok_or(RefusedReason::NotAdmitted)?;
        if let Some(found) = self.connections.iter_mut().find(|found| found.id == connection) {
            found.wants_call = true;
        }
        if self.settle_call() {
            self.tell_presence(ctx);
            self.show_card();
        }
        // Whoever hung up returns; also when their leaving is still being committed. For all others it changes nothing.
        self.ask_for(AskedBy::Entering(connection), Command::Return { participant: seat, browser }, ctx);
        Ok(())
    }

    /// A browser cannot enter after all.
    pub(super) fn keep_out(&mut self, connection: u64, reason: RefusedReason, ctx: &mut Context<Self>) {
        if let Some(found) = self.connections.iter_mut().find(|found| found.id == connection) {
            found.wants_call = false;
        }
        if self.settle_call() {
            self.tell_presence(ctx);
        }
        self.send(connection, frame(&ToSeat::Refused { reason }), ctx);
    }

    fn leave(&mut self, connection: u64, ctx: &mut Context<Self>) -> Result<(), RefusedReason> {
        let found =
            self.connections.iter_mut().find(|found| found.id == connection).ok_or(RefusedReason::NotAdmitted)?;
        found.wants_call = false;
        let (seat, browser) = (found.seat, found.browser);
        if self.settle_call() {
            self.tell_presence(ctx);
        }
        self.ask_for(AskedBy::Leaving, Command::Leave { participant: seat, browser }, ctx);
        Ok(())
    }

    fn relay(&mut self, from: u64, to: u64, data: &RawValue, ctx: &mut Context<Self>) -> Result<(), RefusedReason> {
        let is_in_call = |id| self.connections.iter().any(|found| found.id == id && found.is_in_call);
        if !is_in_call(from) {
            return Err(RefusedReason::NotAdmitted);
        }
        if from == to || !is_in_call(to) {
            return Err(RefusedReason::UnknownPeer);
        }
        self.send(to, frame(&ToSeat::Signal { from, data }), ctx);
        // A lost signal leaves two browsers half connected: the one that did not read comes back, and both start afresh.
        if self.connections.iter().any(|found| found.id == to && found.is_behind) {
            self.close(to, CloseReason::TryAgain);
            self.tell_presence(ctx);
        }
        Ok(())
    }
}

impl Handler<Said> for ConsultationActor {
    type Result = bool;

    fn handle(&mut self, said: Said, ctx: &mut Self::Context) -> bool {
        let Said { connection, browser, frame: text } = said;
        let now = self.house.clock.now();
        let speaker = self.connections.iter_mut().find(|found| (found.id, found.browser) == (connection, browser));
        let Some(speaker) = speaker else { return false };
        let result = match FromBrowser::parse(&text) {
            _ if !speaker.line.allows(now) => Err(RefusedReason::TooMany),
            Ok(FromBrowser::Enter) => self.enter(connection, ctx),
            Ok(FromBrowser::Leave) => self.leave(connection, ctx),
            Ok(FromBrowser::Signal { to, data }) => self.relay(connection, to, data, ctx),
            Err(_) => Err(RefusedReason::Malformed),
        };
        if let Err(reason) = result {
            self.send(connection, frame(&ToSeat::Refused { reason }), ctx);
        }
        true
    }
}
