//! The cells of one row by their column, and what is wrong with them.
//!
//! Never holds on to a text: a fault names the place of its cell.

use super::columns::{Column, Columns};
use super::dates::date;
use super::vocabulary::{Called, meaning};
use crate::domain::ids::WardId;
use crate::domain::import::{Fault, Why};
use crate::domain::person::{Country, Email, Language, PersonName, Phone, Unreadable, fold};

/// What a row is understood with.
#[derive(Clone, Copy)]
pub struct House<'a> {
    /// The country of numbers without one.
    pub country: Option<Country>,
    /// Nobody is born later.
    pub today: jiff::civil::Date,
    /// The language of people for whom none is given.
    pub language: Language,
    /// The wards by their names, folded.
    pub wards: &'a [(WardId, String)],
}

/// One row while it is read.
pub(super) struct Cells<'a, C> {
    columns: &'a Columns<C>,
    cells: &'a [String],
    faults: Vec<Fault>,
}

impl<'a, C: Column> Cells<'a, C> {
    /// A row; cells to the right of the last heading are at fault.
    pub(super) fn of(columns: &'a Columns<C>, cells: &'a [String]) -> Self {
        let width = columns.0.len();
        let extra = cells.iter().enumerate().skip(width).find(|(_, cell)| !cell.is_empty());
        let faults = extra.map(|(place, _)| Fault { place: Some(place), why: Why::CellExtra, line: None });
        Self { columns, cells, faults: faults.into_iter().collect() }
    }

    /// The text of a column; empty where there is none.
    pub(super) fn text(&self, column: C) -> &'a str {
        self.columns.place(column).and_then(|place| self.cells.get(place)).map_or("", String::as_str)
    }

    /// Whether nothing was given.
    pub(super) fn is_empty(&self, column: C) -> bool {
        self.text(column).is_empty()
    }

    /// Says what is wrong with a column.
    pub(super) fn note(&mut self, column: C, why: Why) {
        self.faults.push(Fault { place: self.columns.place(column), why, line: None });
    }

    /// Reads a column that may be empty.
    pub(super) fn read<T>(&mut self, column: C, read: impl FnOnce(&str) -> Result<T, Why>) -> Option<T> {
        match self.text(column) {
            "" => None,
            text => read(text).map_err(|why| self.note(column, why)).ok(),
        }
    }

    /// Reads a column that must not be empty.
    pub(super) fn need<T>(&mut self, column: C, missing: Why, read: impl FnOnce(&str) -> Result<T, Why>) -> Option<T> {
        if self.is_empty(column) {
            self.note(column, missing);
        }
        self.read(column, read)
    }

    /// What a column means; `otherwise` when it is empty or unknown.
    pub(super) fn choice<T: Copy>(&mut self, column: C, words: &[Called<T>], unknown: Why, otherwise: T) -> T {
        self.read(column, |text| meaning(words, text).ok_or(unknown)).unwrap_or(otherwise)
    }

    /// What was read, if nothing is wrong.
    pub(super) fn judged<T>(self, read: Option<T>) -> Result<T, Vec<Fault>> {
        match read {
            Some(read) if self.faults.is_empty() => Ok(read),
            _ => Err(self.faults),
        }
    }
}

pub(super) fn name(text: &str) -> Result<PersonName, Why> {
    text.parse().map_err(|why| if why == Unreadable::TooLong { Why::NameLong } else { Why::NameMalformed })
}

pub(super) fn email(text: &str) -> Result<Email, Why> {
    text.parse().map_err(|_| Why::EmailMalformed)
}

/// A number as people write it. Spreadsheets take `+525512345678` for a number and drop its plus: it is put back.
pub(super) fn phone(text: &str, country: Option<Country>) -> Result<Phone, Why> {
    let lost_its_plus = || {
        let is_long = text.len() > 10 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_long.then(|| Phone::parse(&format!("+{text}"), None).ok()).flatten()
    };
    Phone::parse(text, country).ok().or_else(lost_its_plus).ok_or(Why::PhoneMalformed)
}

pub(super) fn day(text: &str, malformed: Why) -> Result<jiff::civil::Date, Why> {
    date(text).ok_or(malformed)
}

pub(super) fn ward(text: &str, wards: &[(WardId, String)]) -> Result<WardId, Why> {
    let folded = fold(text);
    wards.iter().find(|(_, name)| *name == folded).map(|(id, _)| *id).ok_or(Why::WardUnknown)
}

/// How a language column is read: without one it is `otherwise`.
pub(super) fn language<C: Column>(cells: &mut Cells<'_, C>, column: C, otherwise: Language) -> Language {
    cells.choice(column, super::vocabulary::LANGUAGES, Why::LanguageUnknown, otherwise)
}
