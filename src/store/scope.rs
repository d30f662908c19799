//! Whose visits somebody looks at.

use crate::domain::ids::{StaffId, WardId};
use crate::domain::service::Service;
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

    /// Those to whom a visit of this service belongs, conducted by this doctor, on this ward.
    pub fn of_visit(service: Service, doctor: Option<StaffId>, ward: Option<WardId>) -> impl Iterator<Item = Self> {
        let ward = ward.filter(|_| service == Service::TeleVisit).map(Self::Ward);
        [doctor.map(Self::Doctor), ward, Some(Self::Clinic)].into_iter().flatten()
    }
}
