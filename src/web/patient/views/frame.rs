//! What surrounds every page of the patient side, and the one document that holds all views of a visit.
//!
//! Never moves the help phone: it stands in the same place on every page.

use maud::{Markup, html};

use super::{Door, Place, VisitDocument, landing, lobby};
use crate::domain::hospital::Hospital;
use crate::domain::person::Language;
use crate::domain::service::Engine;
use crate::text::Texts;
use crate::web::layout::{self, Frame, Title};
use crate::web::{assets, call_view, logo};

/// Which section of the document is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    Landing,
    Lobby,
    Ready,
    Elsewhere,
    Farewell,
}

impl View {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Landing => "landing",
            Self::Lobby => "lobby",
            Self::Ready => "ready",
            Self::Elsewhere => "elsewhere",
            Self::Farewell => "farewell",
        }
    }

    const fn of(place: Place) -> Self {
        match place {
            Place::Parked | Place::Waiting | Place::NewDevice => Self::Lobby,
            Place::Admitted => Self::Ready,
            Place::Elsewhere => Self::Elsewhere,
            Place::Removed | Place::Ended | Place::Cancelled | Place::NoShow => Self::Farewell,
        }
    }
}

pub(super) fn visit(document: &VisitDocument<'_>) -> Markup {
    let texts = document.texts;
    let (view, place, seat) = match &document.door {
        Door::Landing { .. } => (View::Landing, Place::Waiting, None),
        Door::Lobby { seat, place } => (View::of(*place), *place, Some(seat.to_string())),
    };
    let title = match &document.door {
        Door::Landing { problem: Some(_), .. } => Title::Error(texts.get("landing-title")),
        Door::Landing { .. } => Title::Plain(texts.get("landing-title")),
        Door::Lobby { .. } => Title::Plain(texts.get("lobby-title")),
    };
    let preloads = [LOBBY_MODULES, call_view::MODULES].concat();
    let mut frame = Frame::new(texts, title, "patient");
    frame.stylesheets = &["patient.css", "call.css"];
    frame.scripts = &["lobby.js"];
    frame.preloads = &preloads;
    frame.head = html! { noscript {
        link rel="stylesheet" href=(assets::url("no-script.css"));
        @if seat.is_some() { meta http-equiv="refresh" content="10"; }
    } };
    let keys = [call_view::TEXT_KEYS, lobby::TEXT_KEYS, landing::TEXT_KEYS].concat();
    let body = html! {
        (masthead(texts, document.hospital))
        main #main tabindex="-1" data-view=(view.as_str()) data-seat=[seat] data-starts-at=(document.appointment.at) {
            p #alert.visually-hidden role="alert" {}
            @if let Door::Landing { token, form_token, problem } = &document.door {
                (landing::landing(document, token, form_token, problem.as_deref()))
            }
            (lobby::lobby(document, place, view))
            (lobby::ready(texts, view))
            (call_view::stage(texts, Engine::Direct))
            (lobby::left(texts))
            (lobby::elsewhere(texts, view))
            (lobby::farewell(texts, place, view))
        }
        (layout::texts_block(texts, &keys))
    };
    layout::document(frame, body)
}

/// Hospital, help phone and languages, on top of every page.
pub(super) fn masthead(texts: Texts, hospital: &Hospital) -> Markup {
    html! {
        a.skip.visually-hidden href="#main" { (texts.get("page-skip")) }
        header.masthead {
            p.hospital { (logo::markup(hospital, 32)) span { (hospital.name) } }
            div.masthead-aside {
                @if let Some(phone) = &hospital.help_phone {
                    a.help href={ "tel:" (dialled(phone.as_str())) } { span { (texts.get("page-help")) } " " b { (phone) } }
                }
                nav.languages aria-label=(texts.get("page-language")) {
                    @for language in Language::ALL {
                        a href={ "?lang=" (language) } lang=(language) hreflang=(language)
                            aria-current=[(*language == texts.language()).then_some("true")] {
                            span.in-short { (language.as_str().to_uppercase()) " " }
                            span.in-full { (name_of(*language)) }
                        }
                    }
                }
            }
            @if let Some(help) = hospital.help.of(texts.language()) { p.help-line { (help) } }
        }
    }
}

/// A phone number as a telephone understands it.
fn dialled(phone: &str) -> String {
    phone.chars().filter(|mark| mark.is_ascii_digit() || *mark == '+').collect()
}

/// A language in its own words.
const fn name_of(language: Language) -> &'static str {
    match language {
        Language::Spanish => "Español",
        Language::English => "English",
        Language::Portuguese => "Português",
    }
}

/// Modules of the lobby, besides those of the stage.
const LOBBY_MODULES: &[&str] = &["lobby/door.js", "lobby/check.js", "lobby/waiting.js", "lib/when.js"];
