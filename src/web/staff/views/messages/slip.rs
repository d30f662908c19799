//! A slip of paper for one person: when, their code, and what to do, in their language and in large print.
//!
//! Never says what the visit is about, and never shows navigation in print.

use maud::{Markup, html};

use super::super::moment::{self, Here};
use super::super::paper;
use super::super::qr;
use super::filters::{Filter, Shown};
use crate::domain::hospital::Hospital;
use crate::domain::person::Language;
use crate::messages::Rendered;
use crate::text::Texts;
use crate::web::layout::{self, Frame, Title};
use crate::web::{logo, zone};

/// The slip.
pub struct Slip<'a> {
    /// The language of whoever prints it.
    pub reader: Language,
    /// Who invites.
    pub hospital: &'a Hospital,
    /// The message it stands for.
    pub message: &'a Rendered,
    /// Its link.
    pub link: &'a str,
}

/// The whole document.
#[must_use]
pub fn page(slip: &Slip<'_>) -> Markup {
    let Slip { hospital, message, link, .. } = slip;
    let (reader, texts) = (Texts::of(slip.reader), Texts::of(message.language));
    // The person's clock: the zone in which the visit was agreed.
    let there = Here { now: message.starts_at, zone: message.zone.clone() };
    let day = moment::day(texts, there.date(message.starts_at));
    let back = Shown { show: Filter::All, day: there.date(message.due_at), is_own: false };
    let mut frame = Frame::new(reader, Title::Plain(reader.get("slip-title")), "staff sheet");
    frame.stylesheets = &["staff.css", "agenda.css", "messages.css"];
    frame.scripts = paper::SCRIPTS;
    let acts = paper::Acts { back: &back.address(), back_key: "number-back", how_key: "slip-how" };
    let body = html! {
        main #main.sheet-page.slip tabindex="-1" {
            (acts.markup(reader))
            article lang=(message.language) {
                p.slip-house { (logo::markup(hospital, 40)) b { (hospital.name) } }
                h1 { (texts.get("slip-heading")) }
                p.slip-whom { (message.to_name) }
                p.slip-when { (day) br; b { (there.clock(message.starts_at)) } " " span { "(" (zone::name(texts, &message.zone)) ")" } }
                div.slip-code { (qr::code(link, &texts.with("qr-label", &[("name", message.to_name.to_string().into())]))) }
                ol.slip-steps {
                    @for step in ["slip-step-camera", "slip-step-tap", "slip-step-wait", "slip-step-green"] { li { (texts.get(step)) } }
                }
                p { (texts.get("slip-or-type")) br; b.slip-link { (link) } }
                p { (texts.get("slip-one-person")) }
                @if let Some(phone) = &hospital.help_phone { p.slip-help { (texts.with("slip-help", &[("phone", phone.to_string().into())])) } }
            }
        }
    };
    layout::document(frame, body)
}
