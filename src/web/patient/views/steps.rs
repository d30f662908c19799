//! The three steps of a visit, drawn and written: allow, wait, press the green button.
//!
//! Never tells by picture alone: every step is also a sentence. The style sheet stops the motion where people ask for less.

use maud::{Markup, html};

use crate::text::Texts;

/// The list of steps under a heading of the given id.
pub(super) fn steps(texts: Texts, heading: &str) -> Markup {
    html! {
        section.steps aria-labelledby=(heading) {
            h2 id=(heading) { (texts.get("steps-title")) }
            ol {
                li { (allow()) div { strong { (texts.get("step-allow")) } p { (texts.get("step-allow-how")) } } }
                li { (wait()) div { strong { (texts.get("step-wait")) } p { (texts.get("step-wait-how")) } } }
                li { (enter()) div { strong { (texts.get("step-enter")) } p { (texts.get("step-enter-how")) } } }
            }
        }
    }
}

fn allow() -> Markup {
    html! { svg.art.art-allow viewBox="6 6 84 84" aria-hidden="true" {
        rect.art-phone x="22" y="4" width="52" height="88" rx="9" {}
        rect.art-screen x="26" y="12" width="44" height="70" rx="3" {}
        g.art-ask {
            rect.art-sheet x="29" y="36" width="38" height="38" rx="5" {}
            path.art-line d="M36 46h9v8h-9zM45 49l5-2v6l-5-2M56 45a2.5 2.5 0 0 1 2.5 2.5v3a2.5 2.5 0 0 1-5 0v-3A2.5 2.5 0 0 1 56 45M56 53v3" {}
            rect.art-yes x="34" y="60" width="28" height="8" rx="4" {}
        }
        circle.art-touch cx="56" cy="64" r="7" {}
    } }
}

fn wait() -> Markup {
    html! { svg.art.art-wait viewBox="10 10 80 80" aria-hidden="true" {
        circle.art-face cx="44" cy="50" r="32" {}
        path.art-line d="M44 24v5M44 71v5M18 50h5M65 50h5" {}
        path.art-line.art-hour d="M44 50V36" {}
        path.art-line.art-minute d="M44 50V30" {}
        path.art-sound.art-sound-near d="M76 22a12 12 0 0 1 4 9" {}
        path.art-sound.art-sound-far d="M79 13a22 22 0 0 1 9 16" {}
    } }
}

fn enter() -> Markup {
    html! { svg.art.art-enter viewBox="12 10 78 82" aria-hidden="true" {
        circle.art-ripple cx="48" cy="44" r="30" {}
        g.art-button {
            circle.art-green cx="48" cy="44" r="28" {}
            path.art-handset transform="translate(33 29) scale(1.25)" d="M6.6 10.8a15 15 0 0 0 6.6 6.6l2.2-2.2a1 1 0 0 1 1-.25 11 11 0 0 0 3.5.56 1 1 0 0 1 1 1V20a1 1 0 0 1-1 1A17 17 0 0 1 3 4a1 1 0 0 1 1-1h3.5a1 1 0 0 1 1 1 11 11 0 0 0 .56 3.5 1 1 0 0 1-.25 1z" {}
        }
        path.art-finger d="M58 92V62a5 5 0 0 1 10 0v12l10 3a6 6 0 0 1 4 6v9z" {}
    } }
}
