//! A seat's link as the rules see it: which generation is alive, and from when until when.
//!
//! Never holds the token: that is derived in `auth::links` when a message is sent or shown.

use jiff::Timestamp;

use super::ids::InvitationId;

/// The link of one seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// What the token is derived from, together with the generation.
    pub invitation: InvitationId,
    /// Rises with each new link; older ones are dead.
    pub generation: u32,
    /// When it is sent.
    pub opens_at: Timestamp,
    /// From when on a *first* entry is refused.
    pub expires_at: Timestamp,
    /// Since when its holder asks for a new one.
    pub requested_at: Option<Timestamp>,
}

/// What staff see of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkStanding {
    /// It will be sent.
    Scheduled,
    /// It was sent and works.
    Sent,
    /// A first entry is no longer possible.
    Expired,
    /// Its holder asks for a new one.
    Requested,
}

impl Link {
    /// A new invitation's first link.
    #[must_use]
    pub fn first(invitation: InvitationId, opens_at: Timestamp, expires_at: Timestamp) -> Self {
        Self { invitation, generation: 1, opens_at, expires_at, requested_at: None }
    }

    /// The link that replaces this one.
    #[must_use]
    pub fn renewed(self, opens_at: Timestamp, expires_at: Timestamp) -> Self {
        Self { generation: self.generation + 1, opens_at, expires_at, requested_at: None, ..self }
    }

    /// Whether a first entry is refused.
    #[must_use]
    pub fn is_expired(&self, now: Timestamp) -> bool {
        now >= self.expires_at
    }

    /// What staff see of it.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> LinkStanding {
        if self.requested_at.is_some() {
            LinkStanding::Requested
        } else if self.is_expired(now) {
            LinkStanding::Expired
        } else if now < self.opens_at {
            LinkStanding::Scheduled
        } else {
            LinkStanding::Sent
        }
    }
}
