//! Whose visits somebody looks at.

use crate::domain::ids::{StaffId, WardId};

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
