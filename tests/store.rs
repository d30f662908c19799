//! The store's promise, kept by both engines.
//!
//! Never looks inside an engine: what is tested here is what the rest of the house relies on.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/database.rs"]
mod database;
#[path = "support/visit.rs"]
mod visit;

#[path = "store/agenda.rs"]
mod agenda;
#[path = "store/archive.rs"]
mod archive;
#[path = "store/atomic.rs"]
mod atomic;
#[path = "store/binding.rs"]
mod binding;
#[path = "store/durable.rs"]
mod durable;
#[path = "store/finishing.rs"]
mod finishing;
#[path = "store/groups.rs"]
mod groups;
#[path = "store/history.rs"]
mod history;
#[path = "store/hospital.rs"]
mod hospital;
#[path = "store/lifecycle.rs"]
mod lifecycle;
#[path = "store/outbox.rs"]
mod outbox;
#[path = "store/pages.rs"]
mod pages;
#[path = "store/patients.rs"]
mod patients;
#[path = "store/phones.rs"]
mod phones;
#[path = "store/races.rs"]
mod races;
#[path = "store/records.rs"]
mod records;
#[path = "store/roster.rs"]
mod roster;
#[path = "store/sending.rs"]
mod sending;
#[path = "store/staff.rs"]
mod staff;
#[path = "store/staff_own.rs"]
mod staff_own;
#[path = "store/ward_names.rs"]
mod ward_names;
#[path = "store/wards.rs"]
mod wards;
#[path = "store/welcome.rs"]
mod welcome;
