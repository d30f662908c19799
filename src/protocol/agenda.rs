//! What an open agenda is told: that something changed of what it shows. It then reads its page anew.
//!
//! Never says what changed, or of whom: the page says what its reader may know.

use serde::Serialize;

/// A message to an agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToAgenda {
    /// Something changed, or may have before the connection stood.
    Changed,
}
