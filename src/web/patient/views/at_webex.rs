//! The family's call page where Webex carries the visit: masthead, and what every call page has.

use maud::{Markup, html};

use super::WebexDocument;
use super::frame::masthead;
use crate::web::layout::{self, Frame, Title};
use crate::web::webex_view::{self, Audience, WebexCall};

pub(super) fn page(document: &WebexDocument<'_>) -> Markup {
    let texts = document.texts;
    let lobby = format!("/lobby/{}", document.seat);
    let mut frame = Frame::new(texts, Title::Plain(texts.get("call-title")), "patient");
    let stylesheets = [&["patient.css"], webex_view::STYLESHEETS].concat();
    frame.stylesheets = &stylesheets;
    frame.scripts = &[webex_view::SCRIPT];
    frame.preloads = webex_view::MODULES;
    let call = WebexCall {
        texts,
        heading: &texts.get("call-region"),
        socket: &format!("{lobby}/socket"),
        state: &format!("{lobby}/state"),
        pass: &format!("{lobby}/webex"),
        direct: &lobby,
        sdk: document.sdk,
        audience: Audience::Family,
    };
    layout::document(frame, html! { (masthead(texts, document.hospital)) (webex_view::call(&call)) })
}
