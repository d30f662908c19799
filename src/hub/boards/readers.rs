//! Who watches a board, and how they are told: each what they may do, nobody more than they read.
//!
//! Never decides which cards a board holds.

use std::collections::HashMap;
use std::sync::atomic::Ordering;

use actix::prelude::{AsyncContext, Context, Handler};
use bytestring::ByteString;

use super::{BEHIND_RETRY, Board, Drain, EndSession, Unwatch};
use crate::domain::ids::{ConsultationId, StaffSessionId};
use crate::domain::service::Services;
use crate::hub::line::{Delivery, Line};
use crate::protocol::board::{Card, ToBoard};
use crate::protocol::close::CloseReason;
use crate::protocol::frame;

/// One browser at the board.
pub(super) struct Reader {
    pub(super) connection: u64,
    pub(super) session: StaffSessionId,
    /// In whose visits its owner may do something.
    pub(super) acts_for: Services,
    pub(super) line: Line,
    pub(super) is_behind: bool,
}

impl Board {
    pub(super) fn send_snapshot(&mut self, connection: u64, ctx: &mut Context<Self>) {
        let Some(day) = self.day else { return };
        let Some(reader) = self.readers.iter_mut().find(|reader| reader.connection == connection) else { return };
        let cards: Vec<_> = self.cards.values().map(|card| card.clone().seen_by(reader.acts_for)).collect();
        let text = frame(&ToBoard::Snapshot { day, cards: &cards, rest: self.rest });
        reader.is_behind = reader.line.send(text) == Delivery::Full;
        if reader.is_behind {
            ctx.run_later(BEHIND_RETRY, move |board, ctx| board.send_snapshot(connection, ctx));
        }
    }

    /// Shows a card to everybody; who may do nothing with it is told so.
    pub(super) fn send_card(&mut self, card: &Card, ctx: &mut Context<Self>) {
        let text = frame(&ToBoard::Card { card });
        let is_for_all = self.readers.iter().all(|reader| reader.acts_for.hold(card.service));
        let looked_at = (!is_for_all).then(|| card.clone().seen_by(Services::NONE));
        let looked_at = looked_at.map_or_else(|| text.clone(), |card| frame(&ToBoard::Card { card: &card }));
        let service = card.service;
        self.send_each(|reader| if reader.acts_for.hold(service) { text.clone() } else { looked_at.clone() }, ctx);
    }

    pub(super) fn send_all(&mut self, text: &ByteString, ctx: &mut Context<Self>) {
        self.send_each(|_| text.clone(), ctx);
    }

    fn send_each(&mut self, text: impl Fn(&Reader) -> ByteString, ctx: &mut Context<Self>) {
        for reader in self.readers.iter_mut().filter(|reader| !reader.is_behind) {
            let text = text(reader);
            if reader.line.send(text) == Delivery::Full {
                reader.is_behind = true;
                let connection = reader.connection;
                ctx.run_later(BEHIND_RETRY, move |board, ctx| board.send_snapshot(connection, ctx));
            }
        }
    }

    pub(super) fn lose(&mut self, visit: ConsultationId, ctx: &mut Context<Self>) {
        if self.reading.is_some() {
            self.touched.insert(visit);
        }
        if self.cards.remove(&visit).is_some() && self.day.is_some() {
            self.send_all(&frame(&ToBoard::Gone { consultation: visit }), ctx);
        }
    }

    /// Tells who shows cards whether anybody reads them. With the last reader everything is forgotten, also what is being
    /// read: nobody tells this board what changes from now on.
    pub(super) fn count_readers(&mut self, ctx: &mut Context<Self>) {
        self.count.store(self.readers.len(), Ordering::Relaxed);
        if self.readers.is_empty() {
            self.stop_reading(ctx);
            self.cards = HashMap::new();
            self.day = None;
        }
    }
}

impl Handler<Unwatch> for Board {
    type Result = ();

    fn handle(&mut self, Unwatch(connection): Unwatch, ctx: &mut Self::Context) {
        self.readers.retain(|reader| reader.connection != connection);
        self.count_readers(ctx);
    }
}

impl Handler<EndSession> for Board {
    type Result = ();

    fn handle(&mut self, EndSession(session): EndSession, ctx: &mut Self::Context) {
        let (ended, staying) =
            std::mem::take(&mut self.readers).into_iter().partition(|reader| reader.session == session);
        self.readers = staying;
        let ended: Vec<Reader> = ended;
        ended.into_iter().for_each(|reader| reader.line.close(CloseReason::NotAllowed));
        self.count_readers(ctx);
    }
}

impl Handler<Drain> for Board {
    type Result = ();

    fn handle(&mut self, _: Drain, ctx: &mut Self::Context) {
        self.readers.drain(..).for_each(|reader| reader.line.close(CloseReason::Restarting));
        self.count_readers(ctx);
    }
}
