//! What stands above a page that is meant for paper: the way back, and how it is printed.
//!
//! Never printed itself.

use maud::{Markup, html};

use crate::text::Texts;

/// The modules such a page needs.
pub const SCRIPTS: &[&str] = &["staff/print.js"];

/// What leads away from the page, and to the printer.
pub struct Acts<'a> {
    /// The address of the way back.
    pub back: &'a str,
    /// What the way back says.
    pub back_key: &'a str,
    /// How to print where no script runs.
    pub how_key: &'a str,
}

impl Acts<'_> {
    /// The line.
    #[must_use]
    pub fn markup(&self, texts: Texts) -> Markup {
        html! {
            p.sheet-acts {
                a.button.small href=(self.back) { (texts.get(self.back_key)) }
                button.button.small.primary type="button" data-print="print-how" hidden { (texts.get("sheet-print")) }
                span #print-how.soft { (texts.get(self.how_key)) }
            }
        }
    }
}
