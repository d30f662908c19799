//! Which boards show a visit, and from which side their readers look at it.

use crate::domain::consultation::Consultation;
use crate::domain::staff::StaffMember;
use crate::protocol::board::Side;
use crate::store::scope::Scope;

/// The boards that show a visit.
pub(super) fn of_visit(visit: &Consultation) -> impl Iterator<Item = Scope> {
    Scope::of_visit(visit.service, visit.doctor, visit.ward)
}

/// From which side a board's readers look at its visits.
pub(super) const fn side(scope: Scope) -> Side {
    match scope {
        Scope::Doctor(_) | Scope::Ward(_) => Side::Conducts,
        Scope::Clinic => Side::Supports,
    }
}

/// From which side somebody looks at a visit; none when it is not their business.
pub(super) fn side_of(reader: &StaffMember, visit: &Consultation) -> Option<Side> {
    let scope = Scope::of(reader)?;
    if of_visit(visit).any(|shown| shown == scope) {
        return Some(side(scope));
    }
    visit.seat_of_staff(reader.id).map(|_| Side::Attends)
}
