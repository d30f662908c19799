//! The page with the link by which a host starts a meeting at Webex; scripts go there at once.
//!
//! Never shown again: a link is made anew each time it is asked for.

use maud::{Markup, html};

use super::shell::{self, Page, Reader};
use crate::domain::ids::ConsultationId;
use crate::web::layout::Title;

/// The page.
#[must_use]
pub fn page(reader: Reader<'_>, visit: ConsultationId, link: &str) -> Markup {
    let texts = reader.texts;
    let page = Page::new(Title::Plain(texts.get("webex-start-title")));
    let main = html! {
        main #main.visit-form tabindex="-1" {
            h1 { (texts.get("webex-start-title")) }
            p { (texts.get("webex-start-how")) }
            p { a.button.primary href=(link) rel="noreferrer" { (texts.get("webex-start")) } }
            p { a href={ "/consultations/" (visit) } { (texts.get("webex-start-back")) } }
        }
    };
    shell::page(reader, page, main)
}
