//! Why a piece of work at Webex did not end as it should, and what follows for the next try.
//!
//! Never says what anybody's name or address is.

use jiff::SignedDuration;

use crate::domain::meeting::Obstacle;
use crate::providers::video::Trouble;
use crate::store::StoreError;

/// Why.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// Webex did not do it.
    #[error(transparent)]
    Webex(#[from] Trouble),
    /// It could not be read or noted here.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something that was kept does not open: the key is another.
    #[error("what was kept for Webex does not open")]
    Sealed,
}

impl Failure {
    /// What stands in the way, for staff.
    pub(super) const fn obstacle(&self) -> Obstacle {
        match self {
            Self::Webex(trouble) => trouble.obstacle,
            Self::Store(_) => Obstacle::Down,
            Self::Sealed => Obstacle::NotSetUp,
        }
    }

    /// How long Webex asks to be left alone.
    pub(super) const fn after(&self) -> Option<SignedDuration> {
        match self {
            Self::Webex(trouble) => trouble.after,
            Self::Store(_) | Self::Sealed => None,
        }
    }

    /// By which Cisco's support finds the request.
    pub(super) fn tracking(&self) -> Option<&str> {
        match self {
            Self::Webex(trouble) => trouble.tracking.as_deref(),
            Self::Store(_) | Self::Sealed => None,
        }
    }
}
