//! Which messages are shown: of a day, how far they have come, and for clerks whose visits.
//!
//! Everything stands in the address, so that Back and a bookmark lead to the same list. Never a name and never a number.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};

use super::super::icons::icon;
use super::super::moment;
use super::Messages;
use crate::domain::message::MessageStatus;
use crate::domain::staff::Role;
use crate::domain::words::words;
use crate::providers::sms::Reach;
use crate::text::Texts;

words! {
    /// Which messages of a day are shown.
    Filter {
        /// Those that were due by now.
        All = "all",
        /// Those that did not arrive, or of which nobody knows.
        Trouble = "trouble",
        /// Those that were due and wait.
        Waiting = "waiting",
        /// Those that have left.
        Away = "away",
        /// Those that are on a phone.
        Delivered = "delivered",
        /// Those that go out later.
        Coming = "coming",
        /// Those that were called back.
        Withdrawn = "withdrawn",
    }
}

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Which messages.
    pub show: Filter,
    /// Due on this day, where the reader is.
    pub day: Date,
    /// Only those of visits the reader has booked.
    pub is_own: bool,
}

/// How many messages a day has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Due by now.
    pub gone: BTreeMap<MessageStatus, u64>,
    /// Due later.
    pub coming: BTreeMap<MessageStatus, u64>,
}

impl Filter {
    /// How far these messages have come.
    #[must_use]
    pub const fn statuses(self) -> &'static [MessageStatus] {
        use MessageStatus::{Accepted, Cancelled, Delivered, Failed, Pending, Sending, Sent, Undelivered, Unknown};
        match self {
            Self::All => MessageStatus::ALL,
            Self::Trouble => &[Unknown, Undelivered, Failed],
            Self::Waiting => &[Pending, Sending],
            Self::Away => &[Accepted, Sent],
            Self::Delivered => &[Delivered],
            Self::Coming => &[Pending],
            Self::Withdrawn => &[Cancelled],
        }
    }
}

impl Shown {
    /// The list's address with these filters.
    #[must_use]
    pub fn address(self) -> String {
        format!("/messages?{}", self.query())
    }

    /// The same without the path, for forms that lead back to it.
    #[must_use]
    pub fn query(self) -> String {
        format!("day={}&show={}{}", self.day, self.show, if self.is_own { "&whose=mine" } else { "" })
    }
}

impl Counts {
    /// Whether there is nothing on that day.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.coming.is_empty()
    }

    fn of(&self, filter: Filter) -> u64 {
        let sum = |counts: &BTreeMap<MessageStatus, u64>| {
            filter.statuses().iter().filter_map(|status| counts.get(status)).sum::<u64>()
        };
        match filter {
            Filter::Coming => sum(&self.coming),
            Filter::Withdrawn => sum(&self.gone) + sum(&self.coming),
            _ => sum(&self.gone),
        }
    }
}

/// Tabs with counts, the day, and whose.
pub(super) fn bar(texts: Texts, page: &Messages<'_>) -> Markup {
    let shown = page.shown;
    html! {
        div.agenda-bar {
            nav.filters aria-label=(texts.get("messages-filter")) {
                @for filter in Filter::ALL {
                    a href=(Shown { show: *filter, ..shown }.address()) aria-current=[(*filter == shown.show).then_some("true")] {
                        (texts.get(&name(*filter, page.reach))) " " span.count id={ "count-" (filter) } { (page.counts.of(*filter)) }
                    }
                }
            }
            (days(texts, page))
            @if page.reader.member.role == Role::Clerk { (owners(texts, shown)) }
        }
    }
}

/// Where nothing leaves the house, what went is to be shown.
fn name(filter: Filter, reach: Reach) -> String {
    match (filter, reach) {
        (Filter::Away, Reach::House) => "messages-show-by-hand".to_owned(),
        (Filter::Delivered, Reach::House) => "messages-show-shown".to_owned(),
        _ => format!("messages-show-{filter}"),
    }
}

fn days(texts: Texts, page: &Messages<'_>) -> Markup {
    let shown = page.shown;
    let on = |day: Date| Shown { day, ..shown }.address();
    let today = page.here.today();
    html! {
        nav.agenda-steps aria-label=(texts.get("messages-days")) {
            a.button.small rel="prev" href=(on(shown.day.saturating_sub(1.day()))) { (icon("back")) span.visually-hidden { (texts.get("agenda-previous-day")) } }
            a.button.small href=(on(today)) aria-current=[(shown.day == today).then_some("date")] { (texts.get("agenda-today")) }
            a.button.small rel="next" href=(on(shown.day.saturating_add(1.day()))) { (icon("forth")) span.visually-hidden { (texts.get("agenda-next-day")) } }
        }
        form.agenda-choose method="get" action="/messages" role="search" aria-label=(texts.get("messages-choose-day")) {
            input type="hidden" name="show" value=(shown.show);
            @if shown.is_own { input type="hidden" name="whose" value="mine"; }
            label.visually-hidden for="day" { (texts.get("agenda-day")) }
            input #day type="date" name="day" value=(shown.day) required;
            button.button.small type="submit" { (texts.get("agenda-show")) }
        }
        p.messages-day { b { (moment::day(texts, shown.day)) } }
    }
}

fn owners(texts: Texts, shown: Shown) -> Markup {
    html! {
        nav.filters aria-label=(texts.get("messages-whose")) {
            @for (is_own, key) in [(false, "messages-everybodys"), (true, "messages-mine")] {
                a href=(Shown { is_own, ..shown }.address()) aria-current=[(is_own == shown.is_own).then_some("true")] { (texts.get(key)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_is_found_under_a_filter_besides_all() {
        for status in MessageStatus::ALL {
            let others = Filter::ALL.iter().filter(|filter| **filter != Filter::All);
            assert!(others.into_iter().any(|filter| filter.statuses().contains(status)), "{status}");
        }
    }

    #[test]
    fn a_filter_counts_what_it_shows() {
        use MessageStatus::{Cancelled, Failed, Pending, Unknown};
        let counts = Counts {
            gone: [(Failed, 2), (Unknown, 1), (Pending, 4)].into_iter().collect(),
            coming: [(Pending, 7), (Cancelled, 3)].into_iter().collect(),
        };
        let counted = Filter::ALL.iter().map(|filter| counts.of(*filter)).collect::<Vec<_>>();
        assert_eq!(counted, [7, 3, 4, 0, 0, 7, 3]);
    }
}
