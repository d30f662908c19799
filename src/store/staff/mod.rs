//! Staff and what they sign in with.
//!
//! Only active staff are found here; [`roster`] knows everybody. Never sees a password: hashes come in and go out.

pub mod invitations;
pub mod own;
pub mod roster;

use jiff::Timestamp;

use super::{Batch, Row, Store, StoreError};
use crate::domain::ids::StaffId;
use crate::domain::person::Email;
use crate::domain::staff::StaffMember;

/// A member of staff about to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStaff {
    /// Who they are.
    pub member: StaffMember,
    /// What their password is checked against (PHC string); empty until they choose one.
    pub password_hash: String,
    /// Now.
    pub created_at: Timestamp,
}

impl NewStaff {
    /// Somebody who cannot sign in before they have followed an invitation and chosen a password.
    #[must_use]
    pub const fn invited(member: StaffMember, created_at: Timestamp) -> Self {
        Self { member, password_hash: String::new(), created_at }
    }
}

const INSERT: &str = "INSERT INTO staff (id, email, name, role, ward_id, language, zone, services, password_hash, active, created_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, TRUE, $10)";

const COUNT: &str = "SELECT COUNT(*) FROM staff";

const BY_EMAIL: &str = "SELECT id, email, name, role, ward_id, language, zone, services, password_hash \
     FROM staff WHERE email = $1 AND active = TRUE AND password_hash <> ''";

const BY_ID: &str =
    "SELECT id, email, name, role, ward_id, language, zone, services FROM staff WHERE id = $1 AND active = TRUE";

const ALL: &str =
    "SELECT id, email, name, role, ward_id, language, zone, services FROM staff WHERE active = TRUE ORDER BY name, id";

const DOCTORS: &str = "SELECT id, email, name, role, ward_id, language, zone, services FROM staff \
     WHERE active = TRUE AND role = 'doctor' ORDER BY name, id";

/// Stores a member of staff.
///
/// # Errors
/// [`StoreError::Duplicate`] when the e-mail address is taken; otherwise as [`Store::write`].
pub async fn insert(store: &Store, new: &NewStaff) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    add(&mut batch, new);
    store.write(batch).await.map(drop)
}

/// Adds a member of staff to what is committed together; an e-mail address or id that is taken makes it
/// [`StoreError::Duplicate`].
pub fn add(batch: &mut Batch, new: &NewStaff) {
    let member = &new.member;
    batch.run_on_one(
        INSERT,
        vec![
            member.id.to_string().into(),
            member.email.to_string().into(),
            member.name.to_string().into(),
            member.role.as_str().into(),
            member.ward.map(|ward| ward.to_string()).into(),
            member.language.as_str().into(),
            member.zone.as_str().into(),
            member.services.to_string().into(),
            new.password_hash.as_str().into(),
            new.created_at.into(),
        ],
    );
}

/// How many were ever stored, active or not.
///
/// # Errors
/// As [`Store::read`].
pub async fn count(store: &Store) -> Result<u64, StoreError> {
    let row = store.read_one(COUNT, Vec::new()).await?.ok_or(StoreError::Malformed { column: 0 })?;
    u64::try_from(row.int(0)?).map_err(|_| StoreError::Malformed { column: 0 })
}

/// Who signs in with this address, and what their password is checked against; nobody before they have chosen one.
///
/// # Errors
/// As [`Store::read`].
pub async fn find_by_email(store: &Store, email: &Email) -> Result<Option<(StaffMember, String)>, StoreError> {
    let row = store.read_one(BY_EMAIL, vec![email.to_string().into()]).await?;
    row.map(|row| Ok((member(&row, 0)?, row.text(8)?.to_owned()))).transpose()
}

/// One of them.
///
/// # Errors
/// As [`Store::read`].
pub async fn find(store: &Store, id: StaffId) -> Result<Option<StaffMember>, StoreError> {
    store.read_one(BY_ID, vec![id.to_string().into()]).await?.map(|row| member(&row, 0)).transpose()
}

/// All of them, by name.
///
/// # Errors
/// As [`Store::read`].
pub async fn list(store: &Store) -> Result<Vec<StaffMember>, StoreError> {
    store.read(ALL, Vec::new()).await?.iter().map(|row| member(row, 0)).collect()
}

/// Whom a visit may be given to, by name.
///
/// # Errors
/// As [`Store::read`].
pub async fn doctors(store: &Store) -> Result<Vec<StaffMember>, StoreError> {
    store.read(DOCTORS, Vec::new()).await?.iter().map(|row| member(row, 0)).collect()
}

/// Eight columns, from `first` on: id, email, name, role, ward, language, zone, services.
pub(super) fn member(row: &Row, first: usize) -> Result<StaffMember, StoreError> {
    Ok(StaffMember {
        id: row.parsed(first)?,
        email: row.parsed(first + 1)?,
        name: row.parsed(first + 2)?,
        role: row.parsed(first + 3)?,
        ward: row.parsed_or_null(first + 4)?,
        language: row.parsed(first + 5)?,
        zone: row.text(first + 6)?.to_owned(),
        services: row.parsed(first + 7)?,
    })
}
