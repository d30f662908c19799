//! The stage of a call: tiles, own picture and controls, the same for families and staff; `static/call/` brings it to life.
//!
//! Never knows who is in the call: the hub tells the browser, and only the admitted.

use maud::{Markup, html};

use crate::domain::service::Engine;
use crate::text::Texts;
use crate::web::layout;

/// What a page with a stage loads besides its own files.
pub const STYLESHEETS: &[&str] = &["call.css"];

/// Modules behind the stage, to be preloaded.
pub const MODULES: &[&str] = &[
    "call/call.js",
    "call/controls.js",
    "call/media.js",
    "call/notice.js",
    "call/peer.js",
    "call/tiles.js",
    "lib/announce.js",
    "lib/carry.js",
    "lib/chime.js",
    "lib/connection.js",
    "lib/page.js",
    "lib/texts.js",
    "lib/wake.js",
];

/// Sentences the scripts of the stage show.
pub const TEXT_KEYS: &[&str] = &[
    "call-title",
    "call-countdown",
    "call-you",
    "call-alone",
    "call-joined",
    "call-gone",
    "call-connecting",
    "call-reconnecting",
    "call-camera-off",
    "call-microphone-off",
    "call-hear",
    "call-signal-lost",
    "call-unheard",
    "call-unseen",
    "call-unheard-unseen",
    "call-microphone-denied",
    "call-camera-denied",
    "call-both-denied",
    "call-not-entered-title",
    "call-not-entered-how",
    "kind-doctor",
    "kind-colleague",
    "kind-ward",
    "kind-patient",
    "kind-relative",
    "kind-interpreter",
    "check-good",
    "check-sound-only",
    "check-off",
    "check-asking",
    "media-denied-title",
    "media-denied-how",
    "media-denied-ios",
    "media-missing-title",
    "media-missing-how",
    "media-busy-title",
    "media-busy-how",
    "media-insecure-title",
    "media-insecure-how",
    "media-policy-title",
    "media-policy-how",
    "media-failed-title",
    "media-failed-how",
];

/// The call page of a member of staff.
pub struct StaffCall<'a> {
    /// The reader's language.
    pub texts: Texts,
    /// Whom the visit is about or with, for the heading.
    pub heading: &'a str,
    /// `/consultations/{id}/call/socket`.
    pub socket: &'a str,
    /// `/consultations/{id}/call/state`.
    pub state: &'a str,
    /// The same call page once Webex carries the visit.
    pub at_webex: &'a str,
    /// Where the page leads when it is over.
    pub back: &'a str,
}

/// The stage, hidden until somebody enters. Says of itself what is not end-to-end encrypted.
#[must_use]
pub fn stage(texts: Texts, engine: Engine) -> Markup {
    html! {
        section #stage.stage aria-label=(texts.get("call-region")) tabindex="-1" hidden {
            h1.visually-hidden { (texts.get("call-region")) }
            p #stage-notice.stage-notice role="status" {}
            p #call-said.visually-hidden role="status" {}
            ul #tiles.tiles aria-label=(texts.get("call-people")) {}
            p #alone.alone hidden { (texts.get("call-alone")) }
            div #self.self {
                video #self-video playsinline autoplay muted {}
                p.tile-name { (texts.get("call-you")) }
            }
            button #hear.button.hear type="button" hidden { (texts.get("call-hear")) }
            p #countdown.countdown role="status" aria-atomic="true" hidden {}
            @if engine == Engine::Webex { p.stage-engine { (texts.get("webex-label")) } }
            div.controls role="group" aria-label=(texts.get("call-controls")) {
                (toggle(texts, "microphone", ["call-mute", "call-mute-on", "call-mute-off"], microphone()))
                (toggle(texts, "camera", ["call-camera", "call-camera-on", "call-camera-is-off"], camera()))
                (toggle(texts, "audio-only", ["call-audio-only", "call-audio-only-on", "call-audio-only-off"], loudspeaker()))
                button #hang-up.control.stop type="button" { (hang_up()) span { (texts.get("call-hang-up")) } }
            }
            template #tile {
                li.tile {
                    video playsinline autoplay {}
                    span.tile-cover aria-hidden="true" { (person()) }
                    p.tile-name { strong data-name {} " " span data-kind {} }
                    p.tile-note data-note {}
                }
            }
        }
    }
}

/// What a staff call page has between its header and footer: the way in, the stage, the farewell and the texts.
///
/// The page loads `call.css` and the module `staff/call.js`.
#[must_use]
pub fn staff_call(call: &StaffCall<'_>) -> Markup {
    let texts = call.texts;
    let keys: Vec<&str> = [TEXT_KEYS, DOOR_TEXT_KEYS].concat();
    html! {
        main #main.staff-call tabindex="-1" data-socket=(call.socket) data-state=(call.state) data-back=(call.back) data-webex=(call.at_webex) {
            p #alert.visually-hidden role="alert" {}
            p #status.visually-hidden role="status" aria-atomic="true" {}
            section #door.staff-door.stack {
                h1 { (call.heading) }
                h2 #door-title tabindex="-1" { (texts.get("call-staff-title")) }
                p #door-how { (texts.get("call-staff-how")) }
                (own_devices(texts))
                button #enter.button.go.big type="button" disabled { (handset()) span #enter-label { (texts.get("call-enter-staff")) } }
                a.button.quiet href=(call.back) { (texts.get("call-back")) }
                noscript { p.message.warn { (texts.get("landing-no-script")) } }
            }
            (stage(texts, Engine::Direct))
            (layout::texts_block(texts, &keys))
        }
    }
}

/// The own picture before the call, and what is wrong with the camera.
#[must_use]
pub fn own_devices(texts: Texts) -> Markup {
    html! {
        div.preview {
            video #preview playsinline autoplay muted hidden {}
        }
        div #media-problem.message.warn.stack hidden {
            h2 #media-problem-title {}
            p #media-problem-how {}
            button #media-retry.button type="button" { (texts.get("check-retry")) }
        }
    }
}

/// The receiver of the green button.
#[must_use]
pub fn handset() -> Markup {
    html! { svg viewBox="0 0 24 24" aria-hidden="true" fill="currentColor" {
        path d="M6.6 10.8a15 15 0 0 0 6.6 6.6l2.2-2.2a1 1 0 0 1 1-.25 11 11 0 0 0 3.5.56 1 1 0 0 1 1 1V20a1 1 0 0 1-1 1A17 17 0 0 1 3 4a1 1 0 0 1 1-1h3.5a1 1 0 0 1 1 1 11 11 0 0 0 .56 3.5 1 1 0 0 1-.25 1z" {}
    } }
}

/// Sentences of the door alone.
pub const DOOR_TEXT_KEYS: &[&str] = &[
    "call-enter-staff",
    "call-staff-title",
    "call-staff-how",
    "call-staff-not-yet",
    "left-title",
    "left-how",
    "left-again",
    "elsewhere-title",
    "elsewhere-how",
    "elsewhere-here",
    "lobby-connecting",
    "lobby-offline",
    "farewell-ended-title",
    "farewell-cancelled-title",
    "farewell-no-show-title",
    "farewell-removed-title",
    "call-denied-title",
    "call-over-how",
];

fn toggle(texts: Texts, id: &str, [label, on, off]: [&str; 3], icon: Markup) -> Markup {
    html! {
        button.control id=(id) type="button" aria-pressed="false" data-on=(texts.get(on)) data-off=(texts.get(off)) {
            (icon)
            span { (texts.get(label)) }
            span.control-state aria-hidden="true" { (texts.get(off)) }
        }
    }
}

fn outline(paths: Markup) -> Markup {
    html! { svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" {
        (paths)
        path.slash d="M4 4l16 16" {}
    } }
}

fn microphone() -> Markup {
    outline(html! { rect x="9" y="3" width="6" height="11" rx="3" {} path d="M5 11a7 7 0 0 0 14 0M12 18v3" {} })
}

fn camera() -> Markup {
    outline(html! { rect x="3" y="6" width="12" height="12" rx="2" {} path d="M15 11l6-3v8l-6-3z" {} })
}

fn loudspeaker() -> Markup {
    html! { svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" {
        path d="M4 10v4h4l5 4V6l-5 4zM16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11" {}
    } }
}

fn hang_up() -> Markup {
    html! { svg viewBox="0 0 24 24" aria-hidden="true" fill="currentColor" {
        path d="M12 9c-3.4 0-6.6.9-9.2 2.6a1.6 1.6 0 0 0-.6 1.9l.8 2.2c.3.8 1.2 1.2 2 .9l2.6-1c.6-.2 1-.8 1-1.4v-2c2.2-.6 4.6-.6 6.8 0v2c0 .6.4 1.2 1 1.4l2.6 1c.8.3 1.7-.1 2-.9l.8-2.2a1.6 1.6 0 0 0-.6-1.9A17 17 0 0 0 12 9z" {}
    } }
}

fn person() -> Markup {
    html! { svg viewBox="0 0 24 24" aria-hidden="true" fill="currentColor" {
        circle cx="12" cy="8" r="4" {} path d="M4 21a8 8 0 0 1 16 0z" {}
    } }
}
