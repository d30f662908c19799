//! What a browser in a visit may say.

use serde::Deserialize;
use serde_json::value::RawValue;

/// The largest `data` of a signal, in bytes: a session description of six streams is far below it.
pub const LARGEST_SIGNAL: usize = 32 * 1024;

/// A message from a browser.
#[derive(Debug)]
pub enum FromBrowser<'a> {
    /// The camera is on: put me in the call.
    Enter,
    /// Hang up.
    Leave,
    /// Pass this on to another browser of the call, unread.
    Signal {
        /// The other browser's connection.
        to: u64,
        /// JSON, at most [`LARGEST_SIGNAL`] bytes.
        data: &'a RawValue,
    },
}

/// A frame is not a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a message of the protocol")]
pub struct Malformed;

impl<'a> FromBrowser<'a> {
    /// Reads a text frame.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn parse(frame: &'a str) -> Result<Self, Malformed> {
        let fields: Fields<'a> = serde_json::from_str(frame).map_err(|_| Malformed)?;
        match (fields.kind, fields.to, fields.data) {
            ("enter", None, None) => Ok(Self::Enter),
            ("leave", None, None) => Ok(Self::Leave),
            ("signal", Some(to), Some(data)) if data.get().len() <= LARGEST_SIGNAL && data.get().starts_with('{') => {
                Ok(Self::Signal { to, data })
            }
            _ => Err(Malformed),
        }
    }
}

#[derive(Deserialize)]
struct Fields<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    to: Option<u64>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
}
