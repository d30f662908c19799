//! What staff see, as pure functions from plain values to markup.
//!
//! Never asks the hub or the store for anything.

pub mod acts;
pub mod agenda;
pub mod board;
pub mod calendar;
pub mod call;
pub mod card;
pub mod choices;
pub mod compare;
pub mod doctors;
pub mod form;
pub mod handing_over;
pub mod history;
pub mod hosting;
mod icons;
pub mod import;
pub mod imports;
pub mod inviting;
pub mod list;
pub mod member;
pub mod messages;
pub mod moment;
pub mod moving;
pub mod overlaps;
pub mod paper;
pub mod patients;
pub mod problem;
pub mod profile;
pub mod qr;
pub mod roster;
#[cfg(test)]
pub(super) mod samples;
pub mod sessions;
pub mod settings;
pub mod sheet;
pub mod shell;
pub mod sign_in;
pub mod twice;
pub mod visit_form;
pub mod visit_page;
pub mod welcome;
pub mod zones;
