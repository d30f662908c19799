//! The call pages of staff: the stage, and beside it the visit's own card. There is one for each engine, since what carries the
//! visit decides what a page may load.
//!
//! Never a second set of buttons: the card is the board's card.

use maud::{Markup, html};

use super::board;
use super::card::{Cards, Origin};
use super::moment::Here;
use super::shell::{self, Page, Reader};
use super::visit_page::may_invite;
use crate::domain::ids::ConsultationId;
use crate::domain::service::Engine;
use crate::protocol::board::Card;
use crate::web::call_view::{self, StaffCall};
use crate::web::layout::{self, Title};
use crate::web::sdk::Sdk;
use crate::web::webex_view::{self, Audience, WebexCall};

/// The address of a visit's call page.
#[must_use]
pub fn path(visit: ConsultationId, engine: Engine) -> String {
    match engine {
        Engine::Direct => format!("/consultations/{visit}/call"),
        Engine::Webex => format!("/consultations/{visit}/call/webex"),
    }
}

/// `GET /consultations/{id}/call`.
#[must_use]
pub fn direct(reader: Reader<'_>, here: &Here, card: &Card) -> Markup {
    let base = path(card.consultation, Engine::Direct);
    let call = StaffCall {
        texts: reader.texts,
        heading: &heading(reader, card),
        socket: &format!("{base}/socket"),
        state: &format!("{base}/state"),
        at_webex: &path(card.consultation, Engine::Webex),
        back: shell::landing(reader.member.role),
    };
    let loads = Loads { script: "staff/call.js", modules: call_view::MODULES, stylesheets: call_view::STYLESHEETS };
    page(reader, here, card, &loads, &call_view::staff_call(&call))
}

/// `GET /consultations/{id}/call/webex`.
#[must_use]
pub fn at_webex(reader: Reader<'_>, here: &Here, card: &Card, sdk: Option<&Sdk>) -> Markup {
    let base = path(card.consultation, Engine::Direct);
    let host = format!("/consultations/{}/webex", card.consultation);
    let call = WebexCall {
        texts: reader.texts,
        heading: &heading(reader, card),
        socket: &format!("{base}/socket"),
        state: &format!("{base}/state"),
        pass: &path(card.consultation, Engine::Webex),
        direct: &base,
        sdk,
        audience: Audience::Staff { host: &host, back: shell::landing(reader.member.role) },
    };
    let loads =
        Loads { script: webex_view::SCRIPT, modules: webex_view::MODULES, stylesheets: webex_view::STYLESHEETS };
    page(reader, here, card, &loads, &webex_view::call(&call))
}

/// What the stage of a page loads.
struct Loads {
    script: &'static str,
    modules: &'static [&'static str],
    stylesheets: &'static [&'static str],
}

fn heading(reader: Reader<'_>, card: &Card) -> String {
    reader.texts.with("staff-call-title", &[("name", card.patient.name.to_string().into())])
}

fn page(reader: Reader<'_>, here: &Here, card: &Card, loads: &Loads, main: &Markup) -> Markup {
    let texts = reader.texts;
    let preloads = [board::MODULES, loads.modules].concat();
    let scripts = [loads.script, "staff/board.js"];
    // A browser's history keeps titles: nobody's name stands in one.
    let mut page = Page::new(Title::Plain(texts.get("staff-call-visit")));
    page.scripts = &scripts;
    page.stylesheets = loads.stylesheets;
    page.preloads = &preloads;
    let cards = Cards { reader, here, origin: Origin::Call };
    let body = html! {
        div.call-page {
            (main)
            aside.call-side.board aria-label=(texts.get("staff-call-visit")) data-socket="/board/socket" data-state="/board/state"
                data-zone=(here.zone) data-start="call" data-only=(card.consultation) {
                h2.visually-hidden { (texts.get("staff-call-visit")) }
                (board::live(texts))
                ol #open.visits { (cards.card(card)) }
                @if may_invite(card) { p { a.button.small.quiet href={ "/consultations/" (card.consultation) "/people" } target="_blank" rel="noopener" { (texts.get("about-invite")) } } }
                (cards.templates())
                (layout::texts_block(texts, board::TEXT_KEYS))
            }
        }
    };
    shell::page(reader, page, body)
}
