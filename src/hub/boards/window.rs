//! The clinic's board shows a window of its day: visits that need somebody, while the others are counted.
//!
//! A change is shown at once where it belongs into the window; what moves in and out because of it, and because time
//! passes, follows a moment later, for everybody together. Never holds back somebody who waits or asks for a link.

use std::collections::HashSet;
use std::time::Duration;

use actix::prelude::{AsyncContext, Context};

use super::Board;
use crate::hub::shown::MOST_CARDS;
use crate::protocol::board::{Card, CardLink, Rest, ToBoard};
use crate::protocol::frame;
use crate::store::scope::Scope;

/// How long changes are gathered before the window is looked at again.
const SETTLE_AFTER: Duration = Duration::from_secs(3);

impl Board {
    /// Whether a card that is not shown yet belongs on the board.
    pub(super) fn has_room_for(&self, card: &Card) -> bool {
        self.scope != Scope::Clinic || (is_open(card) && (self.cards.len() < MOST_CARDS as usize || is_urgent(card)))
    }

    /// Whether a card stays on the board; closed visits of the clinic are only counted.
    pub(super) fn keeps(&self, card: &Card) -> bool {
        self.scope != Scope::Clinic || is_open(card)
    }

    /// What changed while the window was first read, and is not in it, is not shown after all, unless it is urgent.
    pub(super) fn forget_beyond(&mut self, read: &[Card]) {
        if self.scope == Scope::Clinic {
            let window: HashSet<_> = read.iter().map(|card| card.consultation).collect();
            self.cards.retain(|id, card| window.contains(id) || is_urgent(card));
        }
    }

    /// Looks at the window again in a moment.
    pub(super) fn settle_soon(&mut self, ctx: &mut Context<Self>) {
        if self.scope != Scope::Clinic || self.is_unsettled {
            return;
        }
        self.is_unsettled = true;
        ctx.run_later(SETTLE_AFTER, |board, ctx| {
            board.is_unsettled = false;
            if board.reading.is_some() {
                board.settle_soon(ctx);
            } else if board.day.is_some() && !board.readers.is_empty() {
                board.load(ctx);
            }
        });
    }

    /// Sends what differs from what was just read; what changed meanwhile is newer than that.
    pub(super) fn settle(&mut self, loaded: Vec<Card>, rest: Option<Rest>, ctx: &mut Context<Self>) {
        let staying: HashSet<_> = loaded.iter().map(|card| card.consultation).collect();
        let leaving: Vec<_> =
            self.cards.keys().filter(|id| !staying.contains(id) && !self.touched.contains(id)).copied().collect();
        leaving.into_iter().for_each(|id| self.lose(id, ctx));
        for card in loaded {
            let is_known = self.cards.get(&card.consultation) == Some(&card);
            if !is_known && !self.touched.contains(&card.consultation) {
                self.send_card(&card, ctx);
                self.cards.insert(card.consultation, card);
            }
        }
        if let Some(rest) = rest.filter(|_| rest != self.rest) {
            self.rest = Some(rest);
            self.send_all(&frame(&ToBoard::Rest { rest }), ctx);
        }
    }
}

fn is_open(card: &Card) -> bool {
    matches!(card.phase, "scheduled" | "in_session")
}

fn is_urgent(card: &Card) -> bool {
    card.seats.iter().any(|seat| seat.link == CardLink::Requested || seat.standing == "waiting")
}
