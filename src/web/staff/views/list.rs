//! The pages of a long list: links to the one before and the one after, kept in the address so that Back works.
//!
//! Never counts a list: whether there is more is known from one row beyond the page.

use maud::{Markup, html};

use crate::text::Texts;

/// A page of a list, and whether another one follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Which.
    pub page: PageNumber,
    /// Whether there is a next one.
    pub has_more: bool,
}

/// Which page of a list is shown, from 1 on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageNumber(u32);

impl PageNumber {
    /// The first one.
    pub const FIRST: Self = Self(1);

    /// Reads `?page=`; what is no page is the first one.
    #[must_use]
    pub fn read(text: Option<&str>) -> Self {
        Self(text.and_then(|text| text.parse().ok()).unwrap_or(1).clamp(1, 1_000_000))
    }

    /// As addresses name it.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// This page, or `last` where it lies beyond.
    #[must_use]
    pub fn at_most(self, last: u32) -> Self {
        Self(self.0.min(last.max(1)))
    }

    /// The address of this page of a list; the first one needs no number.
    #[must_use]
    pub fn of(self, address: &str) -> String {
        if self == Self::FIRST { address.to_owned() } else { at(address, self.0) }
    }

    /// How many rows stand before this page.
    #[must_use]
    pub const fn skipped(self, rows_each: u32) -> u32 {
        (self.0 - 1).saturating_mul(rows_each)
    }

    /// This page, whose rows were read with one beyond it: that one is cut off.
    pub fn cut<T>(self, rows: &mut Vec<T>, rows_each: u32) -> Leaf {
        Leaf { page: self, has_more: cut(rows, rows_each) }
    }
}

/// The address of a page of a list; `address` is the list's own, with its filters but without `page`.
fn at(address: &str, number: u32) -> String {
    format!("{address}{}page={number}", if address.contains('?') { '&' } else { '?' })
}

/// Cuts rows that were read with one beyond the page; answers whether there was one.
pub fn cut<T>(rows: &mut Vec<T>, rows_each: u32) -> bool {
    let each = usize::try_from(rows_each).unwrap_or(usize::MAX);
    let has_more = rows.len() > each;
    rows.truncate(each);
    has_more
}

/// Links to the pages before and after; nothing where all is on one page. `address` is the list's own, with its filters but
/// without `page`.
#[must_use]
pub fn pager(texts: Texts, address: &str, leaf: Leaf) -> Markup {
    let Leaf { page, has_more } = leaf;
    let to = |number: u32| at(address, number);
    html! {
        @if page.0 > 1 || has_more {
            nav.pager aria-label=(texts.get("list-pages")) {
                @if page.0 > 1 { a.button.small rel="prev" href=(to(page.0 - 1)) { (texts.get("list-previous")) } }
                span.soft aria-current="page" { (page.0) }
                @if has_more { a.button.small rel="next" href=(to(page.0 + 1)) { (texts.get("list-next")) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;

    #[test]
    fn a_page_knows_its_neighbours() {
        let texts = Texts::of(Language::English);
        let second = Leaf { page: PageNumber::read(Some("2")), has_more: true };
        let second = pager(texts, "/agenda?day=2026-11-30", second).into_string();
        assert!(second.contains("day=2026-11-30&amp;page=1") && second.contains("&amp;page=3"), "{second}");
        let only = Leaf { page: PageNumber::read(Some("x")), has_more: false };
        assert_eq!(pager(texts, "/agenda", only).into_string(), "");
        assert_eq!(PageNumber::read(Some("3")).skipped(50), 100);
        assert_eq!(PageNumber::read(Some("0")), PageNumber::FIRST);
    }

    #[test]
    fn a_row_beyond_the_page_says_that_there_is_more() {
        let mut rows = vec![1, 2, 3];
        assert_eq!(PageNumber::FIRST.cut(&mut rows, 2), Leaf { page: PageNumber::FIRST, has_more: true });
        assert_eq!(rows, [1, 2]);
        assert!(!cut(&mut rows, 2));
    }
}
