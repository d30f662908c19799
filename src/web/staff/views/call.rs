//! The call page of staff: the stage, and beside it the visit's own card.
//!
//! Never a second set of buttons: the card is the board's card.

use maud::{Markup, html};

use super::board;
use super::card::{Cards, Origin};
use super::moment::Here;
use super::shell::{self, Page, Reader};
use crate::protocol::board::Card;
use crate::web::call_view::{self, StaffCall};
use crate::web::layout::{self, Title};

/// `GET /consultations/{id}/call`.
#[must_use]
pub fn page(reader: Reader<'_>, here: &Here, card: &Card) -> Markup {
    let texts = reader.texts;
    let heading = texts.with("staff-call-title", &[("name", card.patient.name.to_string().into())]);
    let preloads = [board::MODULES, call_view::MODULES].concat();
    // A browser's history keeps titles: nobody's name stands in one.
    let mut page = Page::new(Title::Plain(texts.get("staff-call-visit")));
    page.scripts = &["staff/call.js", "staff/board.js"];
    page.stylesheets = call_view::STYLESHEETS;
    page.preloads = &preloads;
    let cards = Cards { reader, here, origin: Origin::Call };
    let base = format!("/consultations/{}/call", card.consultation);
    let call = StaffCall {
        texts,
        heading: &heading,
        socket: &format!("{base}/socket"),
        state: &format!("{base}/state"),
        back: shell::landing(reader.member.role),
    };
    let body = html! {
        div.call-page {
            (call_view::staff_call(&call))
            aside.call-side.board aria-label=(texts.get("staff-call-visit")) data-socket="/board/socket" data-state="/board/state"
                data-zone=(here.zone) data-start="call" data-only=(card.consultation) {
                h2.visually-hidden { (texts.get("staff-call-visit")) }
                (board::live(texts))
                ol #open.visits { (cards.card(card)) }
                (cards.templates())
                (layout::texts_block(texts, board::TEXT_KEYS))
            }
        }
    };
    shell::page(reader, page, body)
}
