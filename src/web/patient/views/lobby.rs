//! Behind the door: the lobby, the green button, and what follows a call.
//!
//! Never says more to a browser without scripts than where its person stands; with scripts the snapshot says the rest.

use maud::{Markup, html};

use super::frame::View;
use super::steps::steps;
use super::when::{clock, moment};
use super::{Door, Place, VisitDocument};
use crate::domain::schedule::Appointment;
use crate::text::Texts;
use crate::web::call_view;

/// Sentences the script of the lobby shows.
pub(super) const TEXT_KEYS: &[&str] = &[
    "check-explain",
    "lobby-title",
    "lobby-early",
    "lobby-moved",
    "lobby-waiting",
    "lobby-late",
    "text-me-asked",
    "text-me-failed",
    "lobby-in-session",
    "lobby-held",
    "lobby-new-device",
    "lobby-greeting",
    "lobby-count-hours",
    "lobby-count-days-one",
    "lobby-count-days",
    "lobby-count-minutes",
    "lobby-count-minute",
    "lobby-count-soon",
    "lobby-waited",
    "lobby-waited-one",
    "lobby-waited-none",
    "lobby-offline",
    "lobby-back",
    "lobby-connecting",
    "ready-alert",
    "ready-host",
    "ready-notice",
    "ready-no-camera",
    "ready-no-video",
    "ready-tab",
    "left-title",
    "left-how",
    "elsewhere-title",
    "elsewhere-how",
    "elsewhere-link",
    "farewell-ended-title",
    "farewell-ended-how",
    "farewell-cancelled-title",
    "farewell-cancelled-how",
    "farewell-no-show-title",
    "farewell-no-show-how",
    "farewell-removed-title",
    "farewell-removed-how",
    "farewell-denied-title",
    "farewell-denied-how",
];

pub(super) fn lobby(document: &VisitDocument<'_>, place: Place, view: View) -> Markup {
    let texts = document.texts;
    let calendar = match &document.door {
        Door::Lobby { seat, .. } => Some(format!("/lobby/{seat}/calendar.ics?lang={}", texts.language())),
        Door::Landing { .. } => None,
    };
    html! {
        section #lobby.view aria-labelledby="lobby-title" hidden[view != View::Lobby] {
            p #greeting.eyebrow { (texts.get("lobby-title")) }
            h1 #lobby-title tabindex="-1" { (texts.get("lobby-heading")) }
            div.place {
                (door_art())
                p #status role="status" aria-atomic="true" { (standing(texts, place, document.expected_at)) }
                p #count.count {}
            }
            p #offline.message.warn role="status" { }
            dl.facts {
                div { dt { (texts.get("landing-when")) } dd { (moment(texts, document.appointment)) } }
                div #host-fact hidden { dt { (texts.get("lobby-host")) } dd #host {} }
            }
            a #calendar-file.button href=[calendar] download hidden[place != Place::Parked] { (texts.get("lobby-calendar")) }
            noscript { p.message.warn { (texts.get("lobby-no-script")) } }
            (text_me(texts))
            (check(texts))
            (steps(texts, "lobby-steps"))
        }
    }
}

pub(super) fn ready(texts: Texts, view: View) -> Markup {
    html! {
        section #ready.view.centred aria-labelledby="ready-title" hidden[view != View::Ready] {
            h1 #ready-title tabindex="-1" { (texts.get("ready-title")) }
            p #ready-host.large {}
            button #enter-call.button.go.huge.needs-script type="button" { (call_view::handset()) span { (texts.get("ready-enter")) } }
            p #ready-notice.needs-script { (texts.get("ready-notice")) }
            noscript { p.message.warn { (texts.get("landing-no-script")) } }
        }
    }
}

pub(super) fn left(texts: Texts) -> Markup {
    html! {
        section #left.view.centred aria-labelledby="left-title" hidden {
            h1 #left-title tabindex="-1" { (texts.get("left-title")) }
            p #left-how.large { (texts.get("left-how")) }
            button #enter-again.button.go.huge.needs-script type="button" { (call_view::handset()) span { (texts.get("left-again")) } }
        }
    }
}

pub(super) fn elsewhere(texts: Texts, view: View) -> Markup {
    html! {
        section #elsewhere.view.centred aria-labelledby="elsewhere-title" hidden[view != View::Elsewhere] {
            h1 #elsewhere-title tabindex="-1" { (texts.get("elsewhere-title")) }
            p #elsewhere-how.large { (texts.get("elsewhere-link")) }
            button #use-here.button.primary.big.needs-script type="button" hidden { (texts.get("elsewhere-here")) }
        }
    }
}

pub(super) fn farewell(texts: Texts, place: Place, view: View) -> Markup {
    let (title, how) = farewell_keys(place);
    html! {
        section #farewell.view.centred aria-labelledby="farewell-title" hidden[view != View::Farewell] {
            h1 #farewell-title tabindex="-1" { (texts.get(title)) }
            p #farewell-how.large { (texts.get(how)) }
        }
    }
}

/// For who puts the phone away: a script shows it where a message would arrive.
fn text_me(texts: Texts) -> Markup {
    html! {
        section #text-me.card.text-me aria-labelledby="text-me-title" hidden {
            h2 #text-me-title { (texts.get("text-me-title")) }
            p #text-me-said role="status" { (texts.get("text-me-how")) }
            p #text-me-problem.message.bad role="alert" hidden {}
            button #text-me-ask.button type="button" { (texts.get("text-me-ask")) }
            button #text-me-withdraw.button type="button" hidden { (texts.get("text-me-withdraw")) }
        }
    }
}

fn check(texts: Texts) -> Markup {
    html! {
        section.check.card.needs-script aria-labelledby="check-title" {
            h2 #check-title { (texts.get("check-title")) }
            div.preview {
                video #preview playsinline autoplay muted aria-label=(texts.get("check-preview")) hidden {}
                div #meter.meter aria-hidden="true" hidden { span {} }
            }
            p #check-said role="status" { (texts.get("check-explain")) }
            p #check-meter.soft hidden { (texts.get("check-meter")) }
            div #media-problem.message.warn.stack hidden {
                h3 #media-problem-title {}
                p #media-problem-how {}
                p { (texts.get("check-anyway")) }
            }
            div.row {
                button #check-start.button type="button" data-again=(texts.get("check-retry")) { (texts.get("check-start")) }
                button #check-sound.button type="button" { (texts.get("check-sound")) }
            }
        }
    }
}

/// One sentence about the visit; where staff said that they are late, about when it will begin.
fn standing(texts: Texts, place: Place, expected_at: Option<&Appointment>) -> String {
    match (place, expected_at) {
        (Place::Parked | Place::Waiting, Some(expected)) => {
            texts.with("lobby-late", &[("time", clock(texts, expected.wall).into())])
        }
        _ => texts.get(standing_key(place)),
    }
}

const fn standing_key(place: Place) -> &'static str {
    match place {
        Place::Parked => "lobby-early",
        Place::NewDevice => "lobby-new-device",
        _ => "lobby-waiting",
    }
}

const fn farewell_keys(place: Place) -> (&'static str, &'static str) {
    match place {
        Place::Cancelled => ("farewell-cancelled-title", "farewell-cancelled-how"),
        Place::NoShow => ("farewell-no-show-title", "farewell-no-show-how"),
        Place::Removed => ("farewell-removed-title", "farewell-removed-how"),
        _ => ("farewell-ended-title", "farewell-ended-how"),
    }
}

fn door_art() -> Markup {
    html! { svg.art.art-door viewBox="0 0 96 96" aria-hidden="true" {
        path.art-light d="M34 84V14h30v70z" {}
        path.art-line d="M22 84h52M30 84V14a4 4 0 0 1 4-4h28a4 4 0 0 1 4 4v70" {}
        path.art-leaf d="M30 10l26 8v66H30z" {}
        circle.art-knob cx="50" cy="50" r="3" {}
    } }
}
