//! Patients and their relatives: their records, and everything they are found by.
//!
//! A record is changed by batches guarded by its `rev`; two records of one person become one only when staff say so.
//! Whoever was merged away or removed is never found again, but the visits they were invited to still know them.
//!
//! Never decides who is alike enough to be the same person: that is for staff.

mod alike;
mod earlier;
mod list;
mod merge;
mod pages;
mod read;
mod relatives;
mod rows;
mod search;
mod seats;
mod visits;
mod words;
mod write;

use std::fmt;
use std::str::FromStr;

use crate::domain::ids::{PatientId, RelativeId};
use crate::domain::patient::{Care, RecordNumber};
use crate::domain::person::{BirthDate, Email, Language, PersonName, Phone, Unreadable};

pub use alike::{Alike, Likeness, duplicates_of};
pub use earlier::complete_words;
pub use list::{Listed, list};
pub use merge::{Merge, folded_relatives, merge};
pub use pages::{After, largest_family, page, shared_phones};
pub use read::{Filed, find, read};
pub use relatives::{add_relative, edit_relative, find_relative, name_of_relative, relatives_of, remove_relative};
pub use search::search;
pub use visits::{VisitOfPatient, open_visits, past_visits};
pub use write::{add, edit, insert};

/// A patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patient {
    /// Their id.
    pub id: PatientId,
    /// Their name.
    pub name: PersonName,
    /// When they were born.
    pub born: BirthDate,
    /// The number of their record, where the hospital gives one.
    pub record: Option<RecordNumber>,
    /// Where their messages go; an inpatient may have none.
    pub phone: Option<Phone>,
    /// Where letters to them go.
    pub email: Option<Email>,
    /// The language of their messages and pages.
    pub language: Language,
    /// Where they are treated.
    pub care: Care,
}

/// A relative of one patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relative {
    /// Their id.
    pub id: RelativeId,
    /// Their name.
    pub name: PersonName,
    /// What they are to the patient, in the house's language.
    pub relation: String,
    /// Where their messages go.
    pub phone: Phone,
    /// The language of their messages and pages.
    pub language: Language,
    /// Whether they may hear from a doctor how the patient is.
    pub may_receive_report: bool,
    /// Whether they may visit the patient by video.
    pub may_visit: bool,
}

/// How often a row was changed; whoever edits it says which state they saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rev(i64);

/// A row, and which state of it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored<T> {
    /// What it holds.
    pub value: T,
    /// Its state.
    pub rev: Rev,
}

impl FromStr for Rev {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        text.parse().map(Self).map_err(|_| Unreadable::Malformed)
    }
}

impl fmt::Display for Rev {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}
