//! What a commit, or somebody's coming and going, means for those who watch: seats and boards.

use actix::prelude::{Context, Handler, MessageResult};
use bytestring::ByteString;

use super::connections::{Connection, Told};
use super::{ConsultationActor, Refresh, ShowCard};
use crate::domain::service::Engine;
use crate::hub::{cards, views};
use crate::protocol::board::{Card, Side};
use crate::protocol::close::CloseReason;
use crate::protocol::frame;
use crate::protocol::seat::{IceServer, SeatStanding, SeatText, SeatView, ToSeat};
use crate::store::consultations::StoredVisit;

impl ConsultationActor {
    /// After a commit: each seat hears of what changed for it, then the call is settled, then the boards follow.
    pub(super) fn tell_everyone(&mut self, ctx: &mut Context<Self>) {
        let changed_call = self.settle_call();
        let ids: Vec<_> = self.connections.iter().map(|connection| connection.id).collect();
        for id in ids {
            if let Some(change) = self.change_for(id) {
                self.send(id, change, ctx);
                self.tell_presence_to(id, ctx);
            } else if changed_call {
                self.tell_presence_to(id, ctx);
            }
        }
        self.close_those_who_are_done();
        self.show_card();
    }

    /// Takes the visit's next state; agendas follow, and a board that no longer shows it loses the card.
    pub(super) fn change_to(&mut self, next: StoredVisit) {
        let before = std::mem::replace(&mut self.stored, next);
        self.house.agendas.follow(&before, &self.stored);
        let before = before.visit;
        let is_shown = |scope| views::of_visit(&self.stored.visit).any(|shown| shown == scope);
        for scope in views::of_visit(&before).filter(|scope| !is_shown(*scope)) {
            self.house.boards.take_away(scope, before.id);
        }
    }

    /// Everything this connection may know.
    pub(super) fn snapshot_of(&mut self, connection: u64) -> Option<ByteString> {
        let found = self.connections.iter().find(|found| found.id == connection)?;
        let told = self.state_of(found);
        let text = frame(&ToSeat::Snapshot(self.view(found)?));
        self.remember(connection, told);
        Some(text)
    }

    /// The same, if it differs from what the connection was told last.
    fn change_for(&mut self, connection: u64) -> Option<ByteString> {
        let found = self.connections.iter().find(|found| found.id == connection)?;
        let told = self.state_of(found);
        if told == found.told {
            return None;
        }
        let text = frame(&ToSeat::Change(self.view(found)?));
        self.remember(connection, told);
        Some(text)
    }

    /// Closes the connections of those for whom nothing more can happen; they have been told why.
    pub(super) fn close_those_who_are_done(&mut self) {
        if !self.stored.visit.phase.is_open() {
            return self.close_all(CloseReason::Over);
        }
        let removed: Vec<_> = self
            .connections
            .iter()
            .filter(|connection| self.standing_of(connection) == Some(SeatStanding::Removed))
            .map(|connection| connection.id)
            .collect();
        removed.into_iter().for_each(|id| self.close(id, CloseReason::NotAllowed));
    }

    /// Shows the visit's card on the boards that are being watched.
    pub(super) fn show_card(&self) {
        for scope in views::of_visit(&self.stored.visit) {
            self.house.boards.show(scope, |side| self.card(side));
        }
    }

    fn card(&self, side: Side) -> Card {
        let now = self.house.clock.now();
        cards::card(&self.stored, &self.deliveries, &self.house.engines, side, now, |seat| self.presence_of(seat, now))
    }

    fn state_of(&self, connection: &Connection) -> Option<Told> {
        let visit = &self.stored.visit;
        let standing = self.standing_of(connection)?;
        let seat = visit.participant(connection.seat)?;
        Some(Told {
            standing,
            phase: visit.phase.as_str(),
            starts_at: visit.starts_at,
            expected_at: visit.delay.map(|delay| delay.expected_at),
            text: SeatText::of(seat, self.house.texting),
            doctor: visit.doctor,
            engine: visit.engine,
        })
    }

    fn view(&self, connection: &Connection) -> Option<SeatView<'_>> {
        let seat = self.stored.visit.participant(connection.seat)?;
        let host = self.stored.facts.doctor.as_ref();
        Some(SeatView::of(&self.stored.visit, host, seat, connection.browser, self.house.texting, || self.servers()))
    }

    /// How browsers reach each other; not needed where Webex carries the visit.
    fn servers(&self) -> Vec<IceServer> {
        match self.stored.visit.engine {
            Engine::Direct => self.house.ice_servers(),
            Engine::Webex => Vec::new(),
        }
    }

    fn remember(&mut self, connection: u64, told: Option<Told>) {
        if let Some(found) = self.connections.iter_mut().find(|found| found.id == connection) {
            found.told = told;
        }
    }
}

impl Handler<ShowCard> for ConsultationActor {
    type Result = MessageResult<ShowCard>;

    fn handle(&mut self, ShowCard(side): ShowCard, _: &mut Self::Context) -> Self::Result {
        MessageResult(self.card(side))
    }
}

impl Handler<Refresh> for ConsultationActor {
    type Result = ();

    fn handle(&mut self, Refresh { ticket, deliveries }: Refresh, _: &mut Self::Context) {
        if ticket > self.ticket {
            (self.ticket, self.deliveries) = (ticket, deliveries);
            self.show_card();
        }
    }
}
