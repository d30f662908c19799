//! The rules of the house: who is who, and what may happen in a visit.
//!
//! Everything here is a value or a pure function of values; time comes in as a parameter.
//!
//! Never: does I/O, reads a clock, knows a framework, a database or the wire.

pub mod account;
pub mod agenda;
pub mod booking;
pub mod consultation;
pub mod figures;
pub mod hospital;
pub mod ids;
pub mod import;
pub mod link;
pub mod meeting;
pub mod message;
pub mod notice;
pub mod outcome;
pub mod patient;
pub mod person;
pub mod schedule;
pub mod service;
pub mod staff;
pub(crate) mod words;
