//! Antesala: a self-hosted teleconsultation hub.
//!
//! Staff open video visits; patients and relatives tap a link, wait in a live lobby, and enter the call in two taps.
//! ARCHITECTURE.md tells how the modules hang together and what each of them never does.

pub mod app;
pub mod auth;
pub mod clock;
pub mod config;
pub mod domain;
pub mod hub;
pub mod messages;
pub mod protocol;
pub mod providers;
pub mod sheets;
pub mod store;
pub mod telemetry;
pub mod text;
pub mod web;
pub mod workers;
