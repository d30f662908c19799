//! Where somebody is signed in: each browser in words, since when, last seen when, and a button that ends it.
//!
//! Never shows a cookie or an address.

use maud::{Markup, html};

use super::moment::{self, Here};
use super::shell::Reader;
use crate::domain::ids::StaffSessionId;
use crate::store::sessions::ListedSession;

/// Somebody's sessions.
pub struct Sessions<'a> {
    /// Who reads it.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// The one used last first.
    pub sessions: &'a [ListedSession],
    /// The reader's own, which has no button: one signs out instead.
    pub own: Option<StaffSessionId>,
    /// Where the buttons post to.
    pub action: &'a str,
    /// What the button says that ends them all, but for the reader's own.
    pub all: &'a str,
}

/// The list with its buttons.
#[must_use]
pub fn list(page: &Sessions<'_>) -> Markup {
    let texts = page.reader.texts;
    let is_other = |session: &&ListedSession| Some(session.id) != page.own;
    html! {
        @if page.sessions.is_empty() { p.soft { (texts.get("sessions-none")) } }
        ul.sessions {
            @for session in page.sessions {
                li {
                    div {
                        p {
                            b { @if session.agent.is_empty() { (texts.get("sessions-unknown")) } @else { (session.agent) } }
                            @if Some(session.id) == page.own { " " span.phase { (texts.get("sessions-this")) } }
                        }
                        p.soft { (texts.with("sessions-times", &[
                            ("begun", moment::instant(texts, page.here, session.created_at).into()),
                            ("seen", moment::instant(texts, page.here, session.seen_at).into()),
                        ])) }
                    }
                    @if is_other(&session) {
                        form method="post" action=(page.action) {
                            input type="hidden" name="form_token" value=(page.reader.form_token);
                            input type="hidden" name="session" value=(session.id);
                            button.button.small type="submit" { (texts.get("sessions-end"))
                                span.visually-hidden { " (" (session.agent) ")" } }
                        }
                    }
                }
            }
        }
        @if page.sessions.iter().filter(is_other).count() > 1 {
            form method="post" action=(page.action) {
                input type="hidden" name="form_token" value=(page.reader.form_token);
                button.button type="submit" { (texts.get(page.all)) }
            }
        }
    }
}
