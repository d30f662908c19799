//! Who may come in through which door.

use actix_web::Route;
use actix_web::http::Method;

use crate::domain::staff::Role;

/// One line of the URL table.
pub struct Door {
    /// `GET` answers `HEAD` too.
    pub method: Method,
    /// The pattern, in actix-web's notation.
    pub path: &'static str,
    /// Who may.
    pub access: Access,
    /// What answers.
    pub handler: fn() -> Route,
}

/// Who may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Who holds the seat's cookie; the handler receives [`super::guard::Seated`].
    Seat,
    /// A provider's own server, which the handler recognises: no cookie counts, and where the request comes from does not
    /// either. Its address starts with [`CALLBACKS`].
    Provider,
    /// Signed-in staff of these roles; the handler receives [`super::guard::SignedIn`]. Whose visit it is, the domain decides.
    Staff(&'static [Role]),
}

/// What the address of every door for providers starts with, and of no other.
pub const CALLBACKS: &str = "/callbacks/";

/// Everyone who works here.
pub const STAFF: Access = Access::Staff(Role::ALL);

/// Admins.
pub const ADMIN: Access = Access::Staff(&[Role::Admin]);

/// Clerks.
pub const CLERK: Access = Access::Staff(&[Role::Clerk]);

/// Those who hand files in: admins staff, clerks patients.
pub const IMPORTING: Access = Access::Staff(&[Role::Admin, Role::Clerk]);

/// Ward staff.
pub const WARD: Access = Access::Staff(&[Role::Ward]);

/// Doctors.
pub const DOCTOR: Access = Access::Staff(&[Role::Doctor]);

/// Everyone with a clinical task.
pub const CLINICAL: Access = Access::Staff(&[Role::Doctor, Role::Clerk, Role::Ward]);

/// Those who give visits to doctors.
pub const GIVING: Access = Access::Staff(&[Role::Doctor, Role::Clerk]);

/// Those who conduct visits.
pub const CONDUCTING: Access = Access::Staff(&[Role::Doctor, Role::Ward]);
