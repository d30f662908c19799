//! Which boards show a visit, and which board a reader sees.

use crate::domain::consultation::Consultation;
use crate::domain::service::Service;
use crate::domain::staff::{Role, StaffMember};
use crate::protocol::board::Side;
use crate::store::scope::Scope;

/// The boards that show a visit.
pub(super) fn of_visit(visit: &Consultation) -> impl Iterator<Item = Scope> {
    let doctor = visit.doctor.map(Scope::Doctor);
    let ward = visit.ward.filter(|_| visit.service == Service::TeleVisit).map(Scope::Ward);
    [doctor, ward, Some(Scope::Clinic)].into_iter().flatten()
}

/// The board somebody may read; admins have no clinical view.
#[must_use]
pub fn of_reader(reader: &StaffMember) -> Option<Scope> {
    match reader.role {
        Role::Doctor => Some(Scope::Doctor(reader.id)),
        Role::Ward => reader.ward.map(Scope::Ward),
        Role::Clerk => Some(Scope::Clinic),
        Role::Admin => None,
    }
}

/// From which side a board's readers look at its visits.
pub(super) const fn side(scope: Scope) -> Side {
    match scope {
        Scope::Doctor(_) | Scope::Ward(_) => Side::Conducts,
        Scope::Clinic => Side::Supports,
    }
}
