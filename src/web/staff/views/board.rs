//! A day's visits as cards: a doctor's board, the clinic's list, a ward's tele-visits with their codes.
//!
//! The order is stated and is the order of `static/staff/order.js`. Works without scripts: forms, and a page that renews
//! itself. Never shows a visit the hub did not give to this reader.

use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};

use super::acts::is_open;
use super::card::{Cards, Origin};
use super::icons::icon;
use super::moment::{self, Here};
use super::qr;
use super::shell::{self, Page, Place, Reader};
use crate::domain::consultation::Kind;
use crate::protocol::board::{Card, Rest};
use crate::text::Texts;
use crate::web::layout::{self, Title};
use crate::web::zone;

/// A page of cards.
pub struct Board<'a> {
    /// Who reads it.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// Which of the pages.
    pub origin: Origin,
    /// The day, in the hospital's zone.
    pub day: Date,
    /// Its visits.
    pub cards: &'a [Card],
    /// How many others there are, where not all are shown.
    pub rest: Option<Rest>,
    /// Links to open on this ward's devices; none elsewhere.
    pub codes: &'a [Code],
}

/// A link as a code that a device's camera reads.
pub struct Code {
    /// Whose seat.
    pub name: String,
    /// Who they are in the visit.
    pub kind: Kind,
    /// In whose visit.
    pub patient: String,
    /// The link.
    pub url: String,
}

/// Modules behind every page with cards.
pub const MODULES: &[&str] = &[
    "staff/acts.js",
    "staff/card.js",
    "staff/codes.js",
    "staff/commands.js",
    "staff/order.js",
    "staff/words.js",
    "lib/connection.js",
    "lib/page.js",
    "lib/texts.js",
];

/// The whole page.
#[must_use]
pub fn page(board: &Board<'_>) -> Markup {
    let texts = board.reader.texts;
    let (place, key) = match board.origin {
        Origin::Visits => (Place::Visits, "visits-title"),
        Origin::Ward => (Place::Ward, "ward-title"),
        Origin::Board | Origin::Call | Origin::Visit => (Place::Board, "board-title"),
    };
    let mut page = Page::new(Title::Plain(texts.get(key)));
    page.place = Some(place);
    page.scripts = &["staff/board.js"];
    page.preloads = MODULES;
    page.head = html! { noscript { meta http-equiv="refresh" content="20"; } };
    let cards = Cards { reader: board.reader, here: board.here, origin: board.origin };
    let (open, over) = sorted(board.cards);
    let main = html! {
        main #main.board tabindex="-1" data-socket="/board/socket" data-state="/board/state" data-zone=(board.here.zone)
            data-start=[shell::start_leads_to(board.reader.member.role)] {
            div.page-head {
                div {
                    h1 { (texts.get(key)) }
                    p.soft { (moment::date(texts, board.day)) " · " (zone::name(texts, &board.here.zone)) }
                }
                div.page-acts {
                    @if board.origin == Origin::Visits { a.button href="/messages" { (texts.get("visits-messages")) } }
                    a.button.primary href="/visits/new" { (icon("plus")) (texts.get("staff-nav-new-visit")) }
                }
            }
            (live(texts))
            @if board.origin == Origin::Ward { (codes(texts, board.codes)) }
            section aria-labelledby="open-title" {
                div.list-head {
                    h2 #open-title { (texts.get("board-open")) " " span.count #open-count { (open.len()) } }
                    p.soft { (texts.get("board-order")) }
                }
                ol #open.visits { @for card in &open { (cards.card(card)) } }
                p #empty.empty hidden[!open.is_empty()] { (texts.get("board-empty")) }
            }
            @if let Some(rest) = board.rest { (others(texts, board.day, rest)) } @else {
                details #over-section.over hidden[over.is_empty()] {
                    summary { (texts.get("board-over")) " " span.count #over-count { (over.len()) } }
                    ol #over.visits { @for card in &over { (cards.card(card)) } }
                }
            }
            (cards.templates())
            (layout::texts_block(texts, TEXT_KEYS))
        }
    };
    shell::page(board.reader, page, main)
}

/// The clinic's visits that are counted instead of shown, and where they are listed.
fn others(texts: Texts, day: Date, rest: Rest) -> Markup {
    html! {
        section.others aria-labelledby="others-title" {
            h2 #others-title.visually-hidden { (texts.get("visits-others")) }
            p { a href={ "/agenda?day=" (day) } { (texts.get("visits-later")) } " " span.count #later-count { (rest.open) } }
            p { a href={ "/history?from=" (day) "&to=" (day) } { (texts.get("board-over")) } " " span.count #over-count { (rest.over) } }
        }
    }
}

/// Where changes are announced and a lost connection is told, with the way back in for who is signed out.
#[must_use]
pub fn live(texts: Texts) -> Markup {
    html! {
        p #announcements.visually-hidden role="status" {}
        p #connection.message.warn role="status" data-lost=(texts.get("board-lost")) data-denied=(texts.get("board-denied")) hidden {}
        p #connection-door hidden { a.button.primary href="/sign-in" { (texts.get("board-sign-in")) } }
    }
}

/// Open visits in the stated order, then closed ones by time.
#[must_use]
pub fn sorted(cards: &[Card]) -> (Vec<&Card>, Vec<&Card>) {
    let (mut open, mut over): (Vec<_>, Vec<_>) = cards.iter().partition(|card| is_open(card));
    open.sort_by_key(|card| (urgency(card), card.consultation));
    over.sort_by_key(|card| (card.starts_at, card.consultation));
    (open, over)
}

/// Running visits first, then who has waited longest, then by time.
fn urgency(card: &Card) -> (u8, Timestamp) {
    if card.phase == "in_session" {
        return (0, card.starts_at);
    }
    // Whoever is early waits from the appointment on.
    let longest = card.seats.iter().filter(|seat| seat.standing == "waiting").filter_map(|seat| seat.since).min();
    longest.map_or((2, card.starts_at), |since| (1, since.max(card.starts_at)))
}

/// Seats' links as codes, for the devices of a ward; `static/staff/codes.js` fetches them anew.
fn codes(texts: Texts, codes: &[Code]) -> Markup {
    html! {
        section #codes.codes aria-labelledby="codes-title" {
            h2 #codes-title { (texts.get("ward-codes")) }
            p.soft { (texts.get(if codes.is_empty() { "ward-codes-none" } else { "ward-codes-how" })) }
            ul hidden[codes.is_empty()] {
                @for code in codes {
                    li {
                        details.code {
                            summary { b { (code.name) } " " span.soft { (whose(texts, code)) } }
                            (qr::code(&code.url, &texts.with("qr-label", &[("name", code.name.clone().into())])))
                            a.button.small href=(code.url) target="_blank" rel="noopener noreferrer" { (texts.get("ward-open-here")) }
                        }
                    }
                }
            }
        }
    }
}

/// The patient's own link, or in whose visit it is.
fn whose(texts: Texts, code: &Code) -> String {
    match code.kind {
        Kind::Patient => texts.get("kind-patient"),
        _ => texts.with("ward-code-of", &[("patient", code.patient.clone().into())]),
    }
}

/// Sentences of the card scripts.
pub const TEXT_KEYS: &[&str] = &[
    "when-months",
    "staff-date",
    "staff-born",
    "board-minutes",
    "board-hours",
    "board-early",
    "board-whom",
    "board-late-said",
    "board-said-waiting",
    "board-said-new-device",
    "board-said-requested",
    "board-said-reply",
    "board-said-new-visit",
    "board-said-closed",
    "board-working",
    "board-unanswered",
    "board-admission-when_started",
    "board-admission-one_by_one",
    "webex-preparing",
    "webex-ready",
    "webex-retrying",
    "webex-way-out",
    "webex-obstacle-signed_out",
    "webex-obstacle-forbidden",
    "webex-obstacle-no_host",
    "webex-obstacle-not_found",
    "webex-obstacle-conflict",
    "webex-obstacle-refused",
    "webex-obstacle-busy",
    "webex-obstacle-quota",
    "webex-obstacle-down",
    "webex-obstacle-lost",
    "webex-obstacle-unreadable",
    "webex-obstacle-not_set_up",
    "service-home_consultation",
    "service-medical_report",
    "service-tele_visit",
    "service-follow_up",
    "phase-scheduled",
    "phase-in_session",
    "phase-ended",
    "phase-cancelled",
    "phase-no_show",
    "delivery-none",
    "delivery-by_hand",
    "delivery-waiting",
    "delivery-sent",
    "delivery-unsure",
    "delivery-delivered",
    "delivery-undelivered",
    "delivery-opted_out",
    "kind-doctor",
    "kind-colleague",
    "kind-ward",
    "kind-patient",
    "kind-relative",
    "kind-interpreter",
    "standing-invited",
    "standing-waiting",
    "standing-admitted",
    "standing-left",
    "standing-removed",
    "was-excused",
    "was-invited",
    "was-waiting",
    "was-admitted",
    "was-left",
    "was-removed",
    "presence-away",
    "presence-here",
    "presence-in_call",
    "presence-absent",
    "link-none",
    "link-scheduled",
    "link-sent",
    "link-expired",
    "link-requested",
];

#[cfg(test)]
mod tests {
    use super::super::samples::{card, seat};
    use super::*;
    use crate::domain::person::Language;
    use crate::protocol::board::CardLink;
    use crate::text::keys;

    #[test]
    fn the_order_is_the_one_that_is_stated() {
        let waits = |since| vec![seat("waiting", Some(since), CardLink::Sent)];
        let cards = [
            card("2026-11-23T15:00:00Z", "scheduled", &[], vec![]),
            card("2026-11-23T16:00:00Z", "scheduled", &[], waits("2026-11-23T16:20:00Z")),
            card("2026-11-23T16:10:00Z", "scheduled", &[], waits("2026-11-23T16:15:00Z")),
            card("2026-11-23T16:30:00Z", "scheduled", &[], waits("2026-11-23T16:00:00Z")), // early
            card("2026-11-23T17:00:00Z", "in_session", &[], vec![]),
            card("2026-11-23T14:00:00Z", "ended", &[], vec![]),
        ];
        let (open, over) = sorted(&cards);
        let wanted: Vec<_> = [4, 2, 1, 3, 0].map(|index: usize| cards[index].consultation).to_vec();
        assert_eq!(open.iter().map(|card| card.consultation).collect::<Vec<_>>(), wanted);
        assert_eq!(over.len(), 1);
    }

    #[test]
    fn scripts_get_every_sentence_they_ask_for() {
        let files = [
            include_str!("../../../../locales/en/staff.ftl"),
            include_str!("../../../../locales/en/patient.ftl"),
            include_str!("../../../../locales/en/delivery.ftl"),
            include_str!("../../../../locales/en/webex.ftl"),
        ];
        let missing: Vec<_> =
            TEXT_KEYS.iter().filter(|key| !files.iter().any(|file| keys(file).contains(**key))).collect();
        assert!(missing.is_empty(), "{missing:?}");
        let block = layout::texts_block(Texts::of(Language::English), TEXT_KEYS).into_string();
        assert!(block.contains(r#""board-minutes":"{$minutes} min""#), "{block}");
    }
}
