//! Antesala: a self-hosted teleconsultation hub.
//!
//! Staff open video visits; patients and relatives tap a link, wait in a live lobby, and enter the call in two taps.
//! ARCHITECTURE.md tells how the modules hang together and what each of them never does.

pub mod clock;
pub mod domain;
pub mod store;
pub mod text;
