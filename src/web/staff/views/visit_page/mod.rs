//! One visit: what, who and when, with which others it was booked, what has happened, and what can be done with it.
//!
//! Works without scripts, and does not live: the board does. Never offers what the reader may not do, though the hub is
//! asked all the same. Never puts the patient's name into the title: browsers keep it in their history.

mod history;

use maud::{Markup, html};

use super::acts::{CardAct, is_open};
use super::card::{self, Origin};
use super::icons::icon;
use super::messages::{self, sending};
use super::moment::{self, Here};
use super::shell::{self, Page, Place, Reader};
use crate::domain::agenda::State;
use crate::domain::ids::{CommandId, ParticipantId};
use crate::domain::staff::Role;
use crate::protocol::board::{Card, CardLink, CardSeat, May};
use crate::store::details::Details;
use crate::text::Texts;
use crate::web::layout::Title;
use crate::web::staff::forms::visit;
use crate::web::zone;

/// The page.
pub struct VisitPage<'a> {
    /// Who reads it.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// The visit as it stands.
    pub card: &'a Card,
    /// What a card does not say.
    pub details: &'a Details,
}

/// The whole page.
#[must_use]
pub fn page(visit: &VisitPage<'_>) -> Markup {
    let VisitPage { reader, here, card, details } = visit;
    let texts = reader.texts;
    let name = card.patient.name.to_string();
    let mut page = Page::new(Title::Plain(texts.get("about-visit")));
    page.place = Some(Place::Agenda);
    page.stylesheets = &["agenda.css"];
    let day = here.date(card.starts_at);
    let main = html! {
        main #main.wide.about tabindex="-1" data-state=(card.phase) {
            p { a href={ "/agenda?day=" (day) } { (texts.with("about-back", &[("day", moment::day(texts, day).into())])) } }
            div.page-head {
                div {
                    h1 { (name) }
                    p { (texts.with("about-born", &[("born", moment::born(texts, card.patient.born, here.today()).into())])) }
                }
                p.phase { (state(texts, visit)) }
            }
            div.about-columns {
                section.card.part aria-labelledby="about-visit" {
                    h2.part-title #about-visit { (texts.get("about-visit")) }
                    (facts(texts, visit))
                    (acts(texts, visit))
                }
                section.card.part aria-labelledby="about-people" {
                    h2.part-title #about-people { (texts.get("board-people")) }
                    ul.about-seats { @for seat in &card.seats { li { (person(texts, visit, seat)) } } }
                    @if may_invite(card) { p { a.button.small href={ "/consultations/" (card.consultation) "/people" } { (texts.get("about-invite")) } } }
                }
                (series(texts, visit))
                section.card.part aria-labelledby="about-history" {
                    h2.part-title #about-history { (texts.get("about-history")) }
                    (history::list(texts, here, &details.told))
                }
            }
        }
    };
    shell::page(*reader, page, main)
}

/// `Tuesday 24 November 2026, 10:00 to 10:30 (30 min)`.
#[must_use]
pub fn when(texts: Texts, here: &Here, details: &Details) -> Markup {
    let appointment = &details.appointment;
    let at = appointment.at;
    html! {
        time datetime=(at) {
            (texts.with("about-when-is", &[
                ("day", moment::day(texts, here.date(at)).into()),
                ("from", here.clock(at).into()),
                ("until", here.clock(appointment.ends_at()).into()),
                ("length", moment::length(texts, appointment.minutes.into()).into()),
            ]))
        }
        " " span.soft { "(" (zone::name(texts, &here.zone)) @if let Some(reading) = here.reading(at) { ", " (reading) } ")" }
        @if let Some(elsewhere) = moment::elsewhere(texts, here, at, appointment.wall, &appointment.zone) {
            br; span.soft { (texts.with("about-agreed", &[("clock", elsewhere.into())])) }
        }
    }
}

/// Where it stands; of a visit that one side missed, which.
fn state(texts: Texts, visit: &VisitPage<'_>) -> String {
    match visit.details.missing {
        Some(side) => texts.get(&format!("about-missing-{side}")),
        None => texts.get(&format!("phase-{}", visit.card.phase)),
    }
}

fn facts(texts: Texts, visit: &VisitPage<'_>) -> Markup {
    let VisitPage { here, card, details, .. } = visit;
    let fact = |key: &str, value: Markup| html! { div { dt { (texts.get(key)) } dd { (value) } } };
    let carrying = card::carrying(texts, card);
    html! {
        dl.about-facts {
            (fact("about-when", when(texts, here, details)))
            (fact("about-service", html! { (texts.get(&format!("service-{}", card.service))) }))
            @if !card.patient.reason.to_string().is_empty() { (fact("visit-reason", html! { (card.patient.reason) })) }
            @if let Some(doctor) = &card.doctor { (fact("visit-doctor", html! { (doctor) })) }
            @if let Some(ward) = &card.ward { (fact("visit-ward", html! { (ward) })) }
            @if !carrying.is_empty() { (fact("about-carrying", html! { (carrying) })) }
        }
    }
}

/// The visits it was booked with, week after week.
fn series(texts: Texts, visit: &VisitPage<'_>) -> Markup {
    let VisitPage { here, card, details, .. } = visit;
    let when = |at| format!("{}, {}", moment::day(texts, here.date(at)), here.clock(at));
    html! {
        @if details.series.len() > 1 {
            section.card.part aria-labelledby="about-series" {
                h2.part-title #about-series { (texts.with("about-series", &[("count", details.series.len().into())])) }
                ol.about-series {
                    @for one in &details.series {
                        li {
                            @if one.id == card.consultation {
                                b { (when(one.starts_at)) } " " span.soft { (texts.get("about-series-this")) }
                            } @else {
                                a href={ "/consultations/" (one.id) } { (when(one.starts_at)) }
                                @if one.state != State::Scheduled { " " span.soft { (texts.get(&format!("phase-{}", one.state))) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn acts(texts: Texts, visit: &VisitPage<'_>) -> Markup {
    let VisitPage { reader, card, .. } = visit;
    let id = card.consultation;
    let may = |may| card.may.contains(&may);
    html! {
        div.about-acts {
            @if may(May::Call) { a.button.small.primary href=(CardAct::Call.path(id)) { (icon("presence-in_call")) (texts.get("board-call")) } }
            @if may_move(card) { a.button.small href={ "/consultations/" (id) "/appointment" } { (texts.get("about-move")) } }
            @if may_hand_over(card, reader.member.role) { a.button.small href={ "/consultations/" (id) "/doctor" } { (texts.get("about-hand-over")) } }
            @if visit::services(reader.member).any(|own| own == card.service) {
                a.button.small href={ "/visits/new?copy=" (id) } { (texts.get("about-copy")) }
            }
            a.button.small href={ "/consultations/" (id) "/calendar.ics" } download { (texts.get("about-calendar")) }
            @for act in [CardAct::ToDirect, CardAct::ToWebex] { @if act.is_offered(card) { (switching(texts, visit, act)) } }
            @if is_open(card) { a.button.small.quiet href=(shell::landing(reader.member.role)) { (texts.get("about-board")) } }
            @if may(May::Cancel) { (cancelling(texts, visit)) }
        }
    }
}

/// Whether its appointment can be moved by who sees this card.
#[must_use]
pub fn may_move(card: &Card) -> bool {
    card.phase == "scheduled" && card.may.contains(&May::Cancel)
}

/// Whether more people can be invited by who sees this card.
#[must_use]
pub fn may_invite(card: &Card) -> bool {
    is_open(card) && card.may.contains(&May::SendLink)
}

/// Whether another doctor can be chosen by who sees this card.
#[must_use]
pub fn may_hand_over(card: &Card, role: Role) -> bool {
    may_invite(card) && card.doctor.is_some() && role != Role::Ward
}

/// A button that lets another engine carry the visit.
fn switching(texts: Texts, visit: &VisitPage<'_>, act: CardAct) -> Markup {
    html! {
        form method="post" action=(act.path(visit.card.consultation)) {
            (of_command(visit))
            button.button.small type="submit" name=[act.field().map(|(name, _)| name)] value=[act.field().map(|(_, value)| value)] {
                (texts.get(act.key()))
            }
        }
    }
}

/// What every form of a command holds.
fn of_command(visit: &VisitPage<'_>) -> Markup {
    html! {
        input type="hidden" name="form_token" value=(visit.reader.form_token);
        input type="hidden" name="command" value=(CommandId::mint());
        input type="hidden" name="from" value=(Origin::Visit);
    }
}

/// A button that asks first.
fn cancelling(texts: Texts, visit: &VisitPage<'_>) -> Markup {
    html! {
        details.menu.asks {
            summary.button.small.quiet.danger { (texts.get("board-cancel")) }
            form.menu-body method="post" action=(CardAct::Cancel.path(visit.card.consultation)) {
                (of_command(visit))
                input type="hidden" name="seen" value=(visit.card.starts_at);
                p { (texts.get("board-cancel-question")) }
                button.button.small.stop type="submit" { (texts.get("board-cancel-answer")) }
            }
        }
    }
}

fn person(texts: Texts, visit: &VisitPage<'_>, seat: &CardSeat) -> Markup {
    html! {
        p.seat-who {
            b { (seat.name) } " "
            span.soft { (texts.get(&format!("kind-{}", seat.kind))) @if let Some(relation) = &seat.relation { ", " (relation) } }
        }
        @if let Some(phone) = &seat.phone { p { a href={ "tel:" (phone) } { (phone) } } }
        @if seat.link != CardLink::None || seat.standing != "invited" {
            p.seat-state {
                span.state.standing { (icon(&format!("standing-{}", seat.standing))) (texts.get(&card::standing_key(visit.card, seat))) }
                @if seat.link != CardLink::None && is_open(visit.card) { span.state { (icon("link")) (texts.get(&format!("link-{}", seat.link))) } }
            }
            (message(texts, visit, seat.id))
            @if !seat.replies.is_empty() {
                ul.seat-replies aria-label=(texts.get("board-replies")) {
                    @for reply in &seat.replies { li { time datetime=(reply.at) { (visit.here.clock(reply.at)) } " " q { (reply.text) } } }
                }
            }
        }
    }
}

/// The newest message to somebody, and how far it has come.
fn message(texts: Texts, visit: &VisitPage<'_>, seat: ParticipantId) -> Markup {
    let here = visit.here;
    html! {
        @if let Some(message) = visit.details.messages.get(&seat) {
            p.soft {
                (texts.get(&format!("about-message-{}", message.template))) ": "
                (sending(texts, message.delivery)) ", " (messages::when(texts, here, message.delivery.status, message.at))
            }
        }
    }
}
