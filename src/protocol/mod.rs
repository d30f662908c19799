//! The wire between hub and browsers: JSON text frames, documented in `docs/protocol.md`.
//!
//! Types here are made from the domain and serialised; what browsers send is parsed here and nowhere else.
//!
//! Never: decides anything, holds text for people.

pub mod agenda;
pub mod board;
pub mod close;
pub mod from_browser;
pub mod seat;
#[cfg(test)]
mod tests;

use std::fmt::Display;

use bytestring::ByteString;
use serde::{Serialize, Serializer};

/// The frame of a message.
#[must_use]
pub fn frame(message: &impl Serialize) -> ByteString {
    // Serialising our own types to memory cannot fail: no maps with odd keys, no I/O.
    serde_json::to_string(message).map(ByteString::from).unwrap_or_default()
}

fn as_text<S: Serializer>(value: &impl Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

fn as_text_or_null<S: Serializer>(value: &Option<impl Display>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}

fn as_texts<S: Serializer>(values: &[impl Display], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(values.iter().map(ToString::to_string))
}
