//! What staff choose for themselves: language, zone, password, how they let people in, and sentences kept ready.
//!
//! Never touches what only admins decide.

use super::{Batch, Store, StoreError};
use crate::domain::ids::{StaffId, StaffSessionId};
use crate::domain::person::Language;
use crate::domain::service::{Admission, Admissions, Service};
use crate::domain::staff::CannedMessage;
use crate::store::sessions::{end_others_with, ended};

/// A password about to take the place of another one.
#[derive(Clone, Copy)]
pub struct NewPasswordHash<'a> {
    /// Whose.
    pub staff: StaffId,
    /// What the present one was checked against.
    pub old: &'a str,
    /// What the new one will be checked against.
    pub new: &'a str,
    /// The session that goes on; all others end.
    pub session: StaffSessionId,
}

const SETTLE: &str = "UPDATE staff SET language = $1, zone = $2, rev = rev + 1 WHERE id = $3 AND active = TRUE";

const PASSWORD: &str = "SELECT password_hash FROM staff WHERE id = $1 AND active = TRUE AND password_hash <> ''";

const CHANGE_PASSWORD: &str =
    "UPDATE staff SET password_hash = $1 WHERE id = $2 AND active = TRUE AND password_hash = $3";

const DROP_INVITATION: &str = "DELETE FROM staff_invitations WHERE staff_id = $1";

const ADMISSIONS: &str = "SELECT service, admission FROM staff_admissions WHERE staff_id = $1 ORDER BY service";

const FORGET_ADMISSIONS: &str = "DELETE FROM staff_admissions WHERE staff_id = $1";

const KEEP_ADMISSION: &str = "INSERT INTO staff_admissions (staff_id, service, admission) VALUES ($1, $2, $3)";

const MESSAGES: &str = "SELECT text FROM canned_messages WHERE staff_id = $1 ORDER BY position";

const FORGET_MESSAGES: &str = "DELETE FROM canned_messages WHERE staff_id = $1";

const KEEP_MESSAGE: &str = "INSERT INTO canned_messages (staff_id, position, text) VALUES ($1, $2, $3)";

/// Stores the language and zone of somebody's pages.
///
/// # Errors
/// As [`Store::write`].
pub async fn settle(store: &Store, staff: StaffId, language: Language, zone: &str) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run_on_one(SETTLE, vec![language.as_str().into(), zone.into(), staff.to_string().into()]);
    store.write(batch).await.map(drop)
}

/// What somebody's password is checked against.
///
/// # Errors
/// As [`Store::read`].
pub async fn password_hash(store: &Store, staff: StaffId) -> Result<Option<String>, StoreError> {
    let row = store.read_one(PASSWORD, vec![staff.to_string().into()]).await?;
    row.map(|row| row.text(0).map(str::to_owned)).transpose()
}

/// Stores another password; a link to choose one ends, and so do all sessions but one. Answers those.
///
/// # Errors
/// [`StoreError::Conflict`] when the password was changed meanwhile; otherwise as [`Store::write`].
pub async fn change_password(store: &Store, change: NewPasswordHash<'_>) -> Result<Vec<StaffSessionId>, StoreError> {
    let staff = change.staff.to_string();
    let mut batch = Batch::new();
    batch.run_on_one(CHANGE_PASSWORD, vec![change.new.into(), staff.as_str().into(), change.old.into()]);
    batch.run(DROP_INVITATION, vec![staff.as_str().into()]);
    end_others_with(&mut batch, change.staff, change.session);
    ended(&store.write(batch).await?)
}

/// How somebody lets people in.
///
/// # Errors
/// As [`Store::read`].
pub async fn admissions(store: &Store, staff: StaffId) -> Result<Admissions, StoreError> {
    let rows = store.read(ADMISSIONS, vec![staff.to_string().into()]).await?;
    rows.iter().map(|row| Ok((row.parsed::<Service>(0)?, row.parsed::<Admission>(1)?))).collect()
}

/// Stores how somebody lets people in.
///
/// # Errors
/// As [`Store::write`].
pub async fn keep_admissions(store: &Store, staff: StaffId, admissions: &Admissions) -> Result<(), StoreError> {
    let staff = staff.to_string();
    let mut batch = Batch::new();
    batch.run(FORGET_ADMISSIONS, vec![staff.as_str().into()]);
    for (service, admission) in admissions.unusual() {
        batch.run_on_one(
            KEEP_ADMISSION,
            vec![staff.as_str().into(), service.as_str().into(), admission.as_str().into()],
        );
    }
    store.write(batch).await.map(drop)
}

/// The sentences somebody keeps ready, in their order.
///
/// # Errors
/// As [`Store::read`].
pub async fn canned_messages(store: &Store, staff: StaffId) -> Result<Vec<CannedMessage>, StoreError> {
    store.read(MESSAGES, vec![staff.to_string().into()]).await?.iter().map(|row| row.parsed(0)).collect()
}

/// Stores the sentences somebody keeps ready, in this order.
///
/// # Errors
/// As [`Store::write`].
pub async fn keep_canned_messages(store: &Store, staff: StaffId, messages: &[CannedMessage]) -> Result<(), StoreError> {
    let staff = staff.to_string();
    let mut batch = Batch::new();
    batch.run(FORGET_MESSAGES, vec![staff.as_str().into()]);
    for (position, message) in (0_i64..).zip(messages) {
        batch.run_on_one(KEEP_MESSAGE, vec![staff.as_str().into(), position.into(), message.to_string().into()]);
    }
    store.write(batch).await.map(drop)
}
