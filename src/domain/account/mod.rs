//! An account at Webex, as the house speaks of it: what somebody shall have there, what came of it, and in what both sides
//! differ.
//!
//! Never changes anything by itself.

pub mod differences;

use std::collections::BTreeSet;

use super::meeting::Obstacle;
use super::staff::Role;
use super::words::words;

words! {
    /// What somebody shall have at Webex.
    Wanted {
        /// An account, with the licences chosen.
        Account = "account",
        /// No licence from here. An account they have stays.
        Released = "released",
        /// No licence from here, and no way in.
        Closed = "closed",
    }
}

words! {
    /// What came of what was asked of Webex for somebody.
    Outcome {
        /// They have all that was asked for.
        Granted = "granted",
        /// Of something that was asked for, none is left.
        OutOfLicences = "out_of_licences",
        /// Something that was asked for was not given, for a reason Webex does not tell.
        Missing = "missing",
        /// Something that was to be taken back, they still have.
        Kept = "kept",
        /// They have nothing from here any more.
        TakenBack = "taken_back",
    }
}

/// Licences or sites, as Webex names them.
pub type Names = BTreeSet<String>;

/// What somebody is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// Licences, by id.
    pub licences: Names,
    /// Sites to host on.
    pub sites: Names,
}

/// A licence of the organisation, as Webex told it last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// By which it is known; its name changes.
    pub id: String,
    /// How it is called now.
    pub name: String,
    /// How many there are.
    pub total: i64,
    /// How many are taken.
    pub used: i64,
    /// The site it is for.
    pub site: Option<String>,
}

/// How somebody's account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was asked for and nothing came of it yet.
    AskedFor,
    /// It was asked back and nothing came of it yet.
    AskedBack,
    /// Something came of it.
    Ended(Outcome),
    /// Webex did not do it; it is tried again by itself.
    Failed(Obstacle),
}

/// Somebody as they are at Webex.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct There {
    /// Their id there.
    pub person: String,
    /// Their address, in lower case.
    pub email: String,
    /// How they are shown.
    pub name: Option<String>,
    /// What they have.
    pub licences: Names,
    /// Whether they may sign in.
    pub may_sign_in: bool,
}

impl Role {
    /// Whether somebody of this role can need an account at Webex: whoever conducts visits.
    #[must_use]
    pub const fn may_host(self) -> bool {
        matches!(self, Self::Doctor | Self::Ward)
    }
}

impl Chosen {
    /// Nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.licences.is_empty() && self.sites.is_empty()
    }

    /// Both together.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self { licences: &self.licences | &other.licences, sites: &self.sites | &other.sites }
    }
}

impl Licence {
    /// How many are left.
    #[must_use]
    pub const fn left(&self) -> i64 {
        self.total.saturating_sub(self.used)
    }
}

impl Standing {
    /// From what is kept of it.
    #[must_use]
    pub const fn of(wanted: Wanted, outcome: Option<Outcome>, obstacle: Option<Obstacle>) -> Self {
        match (obstacle, outcome, wanted) {
            (Some(obstacle), _, _) => Self::Failed(obstacle),
            (None, Some(outcome), _) => Self::Ended(outcome),
            (None, None, Wanted::Account) => Self::AskedFor,
            (None, None, Wanted::Released | Wanted::Closed) => Self::AskedBack,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_obstacle_is_told_before_anything_else() {
        let (granted, down) = (Some(Outcome::Granted), Some(Obstacle::Down));
        assert_eq!(Standing::of(Wanted::Account, granted, down), Standing::Failed(Obstacle::Down));
        assert_eq!(Standing::of(Wanted::Account, granted, None), Standing::Ended(Outcome::Granted));
        assert_eq!(Standing::of(Wanted::Account, None, None), Standing::AskedFor);
        assert_eq!(Standing::of(Wanted::Closed, None, None), Standing::AskedBack);
    }
}
