//! Where somebody makes, replaces and ends the private address of their calendar.
//!
//! Never shows an address but right after it was made.

use jiff::Timestamp;
use maud::{Markup, html};

use super::moment::{self, Here};
use super::shell::{self, Page, Place, Reader};
use crate::web::layout::Title;

/// The page.
pub struct CalendarPage<'a> {
    /// Whose.
    pub reader: Reader<'a>,
    /// When and in which zone.
    pub here: &'a Here,
    /// When their address was made, if they have one.
    pub made_at: Option<Timestamp>,
    /// The address, this once.
    pub address: Option<&'a str>,
}

/// The whole page.
#[must_use]
pub fn page(calendar: &CalendarPage<'_>) -> Markup {
    let CalendarPage { reader, here, made_at, address } = calendar;
    let texts = reader.texts;
    let mut page = Page::new(Title::Plain(texts.get("calendar-page")));
    page.stylesheets = &["agenda.css"];
    let main = html! {
        main #main.visit-form tabindex="-1" {
            h1 { (texts.get("calendar-page")) }
            p { (texts.get("calendar-how")) }
            p.soft { (texts.get("calendar-what")) " " (texts.get("calendar-secret")) }
            section.card.part {
                @if let Some(address) = address {
                    div.field {
                        label for="address" { (texts.get("calendar-address")) }
                        p.hint #address-hint { (texts.get("calendar-once")) }
                        input #address.calendar-address type="text" readonly value=(address) aria-describedby="address-hint" autofocus;
                    }
                } @else if let Some(at) = made_at {
                    p { (texts.with("calendar-made", &[("date", moment::date(texts, here.date(*at)).into())])) }
                } @else {
                    p { (texts.get("calendar-none")) }
                }
                div.form-end {
                    form method="post" action="/profile/calendar" {
                        input type="hidden" name="form_token" value=(reader.form_token);
                        @if made_at.is_some() {
                            button.button type="submit" { (texts.get("calendar-replace")) }
                            p.hint { (texts.get("calendar-replace-how")) }
                        } @else {
                            button.button.primary type="submit" { (texts.get("calendar-make")) }
                        }
                    }
                    @if made_at.is_some() {
                        form method="post" action="/profile/calendar/removal" {
                            input type="hidden" name="form_token" value=(reader.form_token);
                            button.button.danger type="submit" { (texts.get("calendar-remove")) }
                        }
                    }
                }
            }
            p { a href=(Place::Agenda.path()) { (texts.get("calendar-back")) } }
        }
    };
    shell::page(*reader, page, main)
}
