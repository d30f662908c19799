//! Which past visits somebody asks for: dates and words become a period and a filter, or a sentence beside their field.
//!
//! A word that no list offers counts as none. Never holds a name: the address of a page is all there is to it.

use jiff::civil::Date;
use serde::Deserialize;

use super::super::views::form::Fault;
use crate::domain::figures::{NoPeriod, Period};
use crate::domain::ids::StaffId;
use crate::domain::outcome::Outcome;
use crate::domain::service::Service;
use crate::text::Texts;

/// What the address asks for, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Typed {
    /// The first day.
    #[serde(default)]
    pub from: String,
    /// The last day.
    #[serde(default)]
    pub to: String,
    /// A service.
    #[serde(default)]
    pub service: String,
    /// A doctor.
    #[serde(default)]
    pub doctor: String,
    /// An outcome.
    #[serde(default)]
    pub outcome: String,
    /// Which page.
    pub page: Option<String>,
}

/// Which past visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Of which days.
    pub period: Period,
    /// Of one service only.
    pub service: Option<Service>,
    /// Of one doctor only.
    pub doctor: Option<StaffId>,
    /// With one outcome only.
    pub outcome: Option<Outcome>,
}

impl Typed {
    /// Reads it; without dates it is about the last thirty days.
    ///
    /// # Errors
    /// What is wrong with the dates.
    pub fn read(&self, texts: Texts, today: Date) -> Result<Filter, Vec<Fault>> {
        let usual = Period::up_to(today);
        let date = |field: &str, text: &str, usual: Date| match text.trim() {
            "" => Ok(usual),
            text => text.parse::<Date>().map_err(|_| Fault::new(texts, field, "history-date-wrong")),
        };
        let from = date("from", &self.from, usual.first());
        let to = date("to", &self.to, usual.last());
        let (from, to) = match (from, to) {
            (Ok(from), Ok(to)) => (from, to),
            (from, to) => return Err([from.err(), to.err()].into_iter().flatten().collect()),
        };
        let period = Period::new(from, to).map_err(|reason| {
            let key = match reason {
                NoPeriod::Backwards => "history-backwards",
                NoPeriod::TooLong => "history-too-long",
            };
            vec![Fault::new(texts, "to", key)]
        })?;
        Ok(Filter {
            period,
            service: self.service.parse().ok(),
            doctor: self.doctor.parse().ok(),
            outcome: self.outcome.parse().ok(),
        })
    }
}

impl Filter {
    /// The address of `path` with this filter.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        let mut address = format!("{path}?from={}&to={}", self.period.first(), self.period.last());
        let mut add = |name: &str, word: Option<String>| {
            if let Some(word) = word {
                address.push_str(&format!("&{name}={word}"));
            }
        };
        add("service", self.service.map(|service| service.to_string()));
        add("doctor", self.doctor.map(|doctor| doctor.to_string()));
        add("outcome", self.outcome.map(|outcome| outcome.to_string()));
        address
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;

    fn read(from: &str, to: &str) -> Result<Filter, Vec<Fault>> {
        let typed = Typed { from: from.to_owned(), to: to.to_owned(), outcome: "ended".to_owned(), ..Typed::default() };
        typed.read(Texts::of(Language::English), "2026-11-24".parse().unwrap())
    }

    fn faulty(from: &str, to: &str) -> Vec<String> {
        read(from, to).unwrap_err().into_iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn without_dates_it_is_about_the_last_thirty_days() {
        let filter = read("", " ").unwrap();
        assert_eq!(filter.address("/history"), "/history?from=2026-10-26&to=2026-11-24&outcome=ended");
    }

    #[test]
    fn dates_that_are_none_are_told_beside_their_field() {
        assert_eq!(faulty("yesterday", "2026-02-30"), ["from", "to"]);
        assert_eq!(faulty("2026-11-24", "2026-11-23"), ["to"]);
        assert_eq!(faulty("2024-11-24", "2026-11-23"), ["to"]);
    }
}
