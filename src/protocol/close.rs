//! Why a connection is closed, and whether the browser comes back.

/// A close code of the wire (RFC 6455 section 7.4; 4000 and above are ours).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseReason {
    /// The server restarts: come back after a random 0–5 s.
    Restarting,
    /// Overloaded, or out of step: come back.
    TryAgain,
    /// Expired, signed out, or not allowed: stay away.
    NotAllowed,
    /// A frame above the limit: come back.
    TooLarge,
    /// Another tab took over: stay away.
    TakenOver,
    /// The visit is over: stay away.
    Over,
}

impl CloseReason {
    /// The number on the wire.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::Restarting => 1012,
            Self::TryAgain => 1013,
            Self::NotAllowed => 1008,
            Self::TooLarge => 1009,
            Self::TakenOver => 4001,
            Self::Over => 4003,
        }
    }
}
