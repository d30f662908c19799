//! The call page where Webex carries the visit: the stage and the controls of every call, and before them a door that says what
//! stands in the way. `static/webex/` brings it to life.
//!
//! Never holds what lets anybody in: the page asks for that when the person enters.

use maud::{Markup, html};

use crate::domain::service::Engine;
use crate::text::Texts;
use crate::web::sdk::Sdk;
use crate::web::{call_view, layout};

/// Stylesheets of the page besides its audience's own.
pub const STYLESHEETS: &[&str] = &["call.css", "webex.css"];

/// The module behind the page.
pub const SCRIPT: &str = "webex/page.js";

/// Modules it imports, to be preloaded.
pub const MODULES: &[&str] = &[
    "call/controls.js",
    "call/media.js",
    "call/notice.js",
    "call/tiles.js",
    "lib/announce.js",
    "lib/carry.js",
    "lib/chime.js",
    "lib/connection.js",
    "lib/page.js",
    "lib/texts.js",
    "lib/wake.js",
    "lib/tab.js",
    "webex/meeting.js",
    "webex/others.js",
    "webex/pass.js",
    "webex/sdk.js",
    "webex/trouble.js",
];

/// Sentences its scripts show, besides those of every call.
const TEXT_KEYS: &[&str] = &[
    "webex-entering",
    "webex-preparing-page",
    "webex-busy-page",
    "webex-lobby",
    "webex-reconnecting",
    "webex-weak",
    "webex-others",
    "webex-shared",
    "webex-opened",
    "webex-sdk-title",
    "webex-sdk-how",
    "webex-password-title",
    "webex-password-how",
    "webex-failed-title",
    "webex-failed-how",
    "webex-lost-title",
    "webex-lost-how",
    "webex-hindered-title",
    "webex-hindered-how",
];

/// A call page where Webex carries the visit.
pub struct WebexCall<'a> {
    /// The reader's language.
    pub texts: Texts,
    /// What the page is about.
    pub heading: &'a str,
    /// The address of the live connection.
    pub socket: &'a str,
    /// The same by polling.
    pub state: &'a str,
    /// Where what lets somebody in is asked for; `/link` after it is where Webex's own page is.
    pub pass: &'a str,
    /// The call page while the direct call carries the visit; a family's lobby.
    pub direct: &'a str,
    /// The SDK, where the hospital has one.
    pub sdk: Option<&'a Sdk>,
    /// Who looks at it.
    pub audience: Audience<'a>,
}

/// Who looks at a call page.
#[derive(Clone, Copy)]
pub enum Audience<'a> {
    /// A patient or relative: held, or at the end, they are back in their lobby.
    Family,
    /// Staff.
    Staff {
        /// Where the meeting is started from.
        host: &'a str,
        /// Where the page leads when it is over.
        back: &'a str,
    },
}

/// What the page has between its header and footer.
#[must_use]
pub fn call(call: &WebexCall<'_>) -> Markup {
    let texts = call.texts;
    let keys = [call_view::TEXT_KEYS, call_view::DOOR_TEXT_KEYS, TEXT_KEYS].concat();
    let audience = match call.audience {
        Audience::Family => "family",
        Audience::Staff { .. } => "staff",
    };
    html! {
        main #main.staff-call tabindex="-1" data-socket=(call.socket) data-state=(call.state) data-pass=(call.pass)
            data-direct=(call.direct) data-audience=(audience) data-sdk=[call.sdk.map(Sdk::address)]
            data-integrity=[call.sdk.and_then(Sdk::integrity)] {
            p #alert.visually-hidden role="alert" {}
            p #status.visually-hidden role="status" aria-atomic="true" {}
            section #door.staff-door.stack {
                h1 { (call.heading) }
                h2 #door-title tabindex="-1" { (texts.get("call-staff-title")) }
                p #door-how { (texts.get("call-staff-how")) }
                (call_view::own_devices(texts))
                button #enter.button.go.big type="button" disabled {
                    (call_view::handset()) span #enter-label { (texts.get("call-enter-staff")) }
                }
                div #fallback.message.stack hidden {
                    p #fallback-said role="status" { (texts.get("webex-link-how")) }
                    button #open-link.button.big type="button" { (texts.get("webex-link")) }
                }
                @if let Audience::Staff { host, back } = call.audience {
                    (at_webex(texts, host))
                    a.button.quiet href=(back) { (texts.get("call-back")) }
                }
                p.soft-note { (texts.get("webex-label")) }
                noscript { p.message.warn { (texts.get("landing-no-script")) } }
            }
            (call_view::stage(texts, Engine::Webex))
            (layout::texts_block(texts, &keys))
        }
    }
}

/// Webex lets nobody in before a host is there.
fn at_webex(texts: Texts, host: &str) -> Markup {
    html! {
        div.message.stack {
            p #host-said role="status" { (texts.get("webex-host-how")) }
            button #host.button type="button" data-address=(host) { (texts.get("board-host")) }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::domain::person::Language;

    fn page(audience: Audience<'_>) -> String {
        let sdk = Sdk::Elsewhere { url: "https://cdn.example/webex.js".to_owned(), integrity: "sha384-x".to_owned() };
        call(&WebexCall {
            texts: Texts::of(Language::English),
            heading: "Video call",
            socket: "/s",
            state: "/t",
            pass: "/p",
            direct: "/d",
            sdk: Some(&sdk),
            audience,
        })
        .into_string()
    }

    #[test]
    fn only_staff_can_start_the_meeting() {
        let staff = page(Audience::Staff { host: "/consultations/1/webex", back: "/board" });
        assert!(staff.contains(r#"id="host""#) && !page(Audience::Family).contains(r#"id="host""#));
    }

    #[test]
    fn the_sdk_is_named_and_never_loaded_by_the_page_itself() {
        let html = page(Audience::Family);
        assert!(html.contains(r#"data-sdk="https://cdn.example/webex.js" data-integrity="sha384-x""#));
        assert!(!html.contains("<script src"));
    }

    #[test]
    fn every_sentence_the_scripts_name_is_on_the_page() {
        let html = page(Audience::Staff { host: "/h", back: "/b" });
        let texts = Texts::of(Language::English);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/webex");
        for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let script = std::fs::read_to_string(&file).unwrap();
            for key in script.split('"').skip(1).step_by(2).filter(|word| texts.template(word) != **word) {
                let is_there = html.contains(&format!("\"{key}\":")) || html.contains(&format!("id=\"{key}\""));
                assert!(is_there, "{} names {key}", file.display());
            }
        }
    }
}
