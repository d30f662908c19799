//! A link that leads nowhere: honest, with somebody to call and a way to ask for a new one.
//!
//! Never tells an expired link from a replaced or an invented one.

use maud::{Markup, html};

use super::frame::masthead;
use super::{LinkProblem, Remedy};
use crate::web::layout::{self, Frame, Title};

pub(super) fn page(page: &LinkProblem<'_>) -> Markup {
    let texts = page.texts;
    let title = texts.get(match page.remedy {
        Remedy::Ask { .. } => "link-title",
        Remedy::Asked => "link-asked-title",
        Remedy::Closed { title, .. } => title,
        Remedy::OpenLinkAgain => "link-again-title",
    });
    let mut frame = Frame::new(texts, Title::Plain(title.clone()), "patient");
    frame.stylesheets = &["patient.css"];
    let body = html! {
        (masthead(texts, page.hospital))
        main #main tabindex="-1" data-view="link" {
            section.view aria-labelledby="link-title" {
                h1 #link-title { (title) }
                (remedy(page))
                @if let Some(phone) = &page.hospital.help_phone {
                    p.large { (texts.with("link-call", &[("phone", phone.as_str().replace(' ', "\u{a0}").into())])) }
                }
            }
        }
    };
    layout::document(frame, body)
}

fn remedy(page: &LinkProblem<'_>) -> Markup {
    let texts = page.texts;
    html! {
        @match page.remedy {
            Remedy::Ask { token, form_token } => {
                p { (texts.get("link-why")) }
                p { (texts.get("link-newest")) }
                form.stack method="post" action={ "/j/" (token) "/requests" } {
                    input type="hidden" name="form_token" value=(form_token);
                    button.button.primary.big type="submit" { (texts.get("link-ask")) }
                    p.soft { (texts.get("link-ask-how")) }
                }
            }
            Remedy::Asked => {
                div.message.good role="status" { p { (texts.get("link-asked-how")) } }
                p { (texts.get("link-asked-wait")) }
            }
            Remedy::Closed { how, .. } => { p { (texts.get(how)) } }
            Remedy::OpenLinkAgain => { p { (texts.get("link-again-how")) } }
        }
    }
}
