//! What filters of lists offer.
//!
//! Never decides what a filter finds.

use futures_util::future::try_join;

use super::views::doctors::Doctors;
use crate::domain::staff::{Role, StaffMember};
use crate::store::staff::{self, roster};
use crate::store::{Store, StoreError};

/// Whose visits this reader may ask for: clerks anybody's, others their own only.
///
/// # Errors
/// As [`Store::read`].
pub async fn doctors(store: &Store, reader: &StaffMember) -> Result<Doctors, StoreError> {
    if reader.role != Role::Clerk {
        return Ok(Doctors::default());
    }
    let (active, former) = try_join(staff::doctors(store), roster::former_doctors(store)).await?;
    Ok(Doctors { active, former })
}
