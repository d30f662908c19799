//! Whose visits somebody looks at.

use crate::domain::ids::{StaffId, WardId};
use crate::domain::staff::{Role, StaffMember};

/// Whose visits a board or a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// A doctor's own.
    Doctor(StaffId),
    /// A ward's tele-visits.
    Ward(WardId),
    /// Everybody's.
    Clinic,
}

impl Scope {
    /// What somebody may look at: clerks everybody's visits, doctors and wards their own, admins none.
    #[must_use]
    pub fn of(reader: &StaffMember) -> Option<Self> {
        match reader.role {
            Role::Clerk => Some(Self::Clinic),
            Role::Doctor => Some(Self::Doctor(reader.id)),
            Role::Ward => reader.ward.map(Self::Ward),
            Role::Admin => None,
        }
    }
}
