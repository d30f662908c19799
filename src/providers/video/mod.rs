//! What carries a visit's media: the interface.
//!
//! What a browser needs in order to join is minted at the moment of joining, for admitted participants only; the caller
//! sees to that. Media never passes through the hub.

mod direct;

use std::pin::Pin;

use jiff::Timestamp;

use crate::domain::person::Email;

pub use direct::{Direct, IceConfig, IceConfigError, LONGEST_LIFETIME};

/// What carries media.
pub trait Video: Send + Sync {
    /// How a member of staff stands with whoever carries the media. Asks them, so it may take as long as they take; never
    /// within a call.
    fn account<'a>(&'a self, email: &'a Email) -> Asking<'a>;

    /// What one admitted participant's browser needs in order to join. Each call mints its own credentials.
    fn join(&self, now: Timestamp) -> Join;
}

/// An answer about an account, on its way.
pub type Asking<'a> = Pin<Box<dyn Future<Output = Account> + Send + 'a>>;

/// How a member of staff stands with whoever carries the media.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    /// Nobody needs one.
    NotNeeded,
}

/// What a browser needs in order to join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Join {
    /// Browser to browser, with the help of these servers.
    Direct {
        /// STUN first, then TURN. Empty where browsers reach each other without help.
        ice_servers: Vec<IceServer>,
    },
}

/// One entry of a browser's `RTCConfiguration.iceServers`.
#[derive(Clone, PartialEq, Eq)]
pub struct IceServer {
    /// Its addresses, `stun:…`, `turn:…` or `turns:…`.
    pub urls: Vec<String>,
    /// For TURN: until when it is good, and a random name.
    pub username: Option<String>,
    /// For TURN: proves that the hospital issued the user name.
    pub credential: Option<String>,
}

impl std::fmt::Debug for IceServer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("IceServer").field("urls", &self.urls).finish_non_exhaustive()
    }
}
