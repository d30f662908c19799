//! Everybody who works or worked here, as admins keep them.
//!
//! Every change is made in the name of an admin who still is one once it is committed. So nobody takes away their own
//! role, and there is always an admin who can sign in. Never decides who may ask.

use jiff::Timestamp;

use super::{Batch, Row, Store, StoreError, member};
use crate::domain::ids::{ConsultationId, StaffId, StaffSessionId};
use crate::domain::service::Service;
use crate::domain::staff::{AccountState, StaffMember};
use crate::store::sessions::{end_all_with, ended};
use crate::store::webex_people::accounts;

/// A member of staff, active or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Who.
    pub member: StaffMember,
    /// Whether they may sign in.
    pub is_active: bool,
    /// Whether they have chosen a password.
    pub has_password: bool,
    /// When they last did.
    pub signed_in_at: Option<Timestamp>,
    /// Grows with every change; guards against overwriting one.
    pub rev: i64,
}

impl Entry {
    /// Whether they can sign in.
    #[must_use]
    pub const fn state(&self) -> AccountState {
        match (self.is_active, self.has_password) {
            (false, _) => AccountState::Disabled,
            (true, false) => AccountState::NotSetUp,
            (true, true) => AccountState::Active,
        }
    }
}

const ALL: &str = "SELECT id, email, name, role, ward_id, language, zone, services, active, password_hash <> '', signed_in_at, rev \
     FROM staff ORDER BY id";

const BY_ID: &str = "SELECT id, email, name, role, ward_id, language, zone, services, active, password_hash <> '', signed_in_at, rev \
     FROM staff WHERE id = $1";

const FORMER_DOCTORS: &str = "SELECT s.id, s.email, s.name, s.role, s.ward_id, s.language, s.zone, s.services FROM staff s \
     WHERE (s.active = FALSE OR s.role <> 'doctor') AND EXISTS (SELECT 1 FROM consultations c WHERE c.doctor_id = s.id) \
     ORDER BY s.name, s.id";

/// Locks the row of whoever makes a change, and fails when they are no admin any more.
const BY_AN_ADMIN: &str = "UPDATE staff SET active = TRUE WHERE id = $1 AND active = TRUE AND role = 'admin'";

const EDIT: &str = "UPDATE staff SET email = $1, name = $2, role = $3, ward_id = $4, language = $5, zone = $6, services = $7, \
     rev = rev + 1 WHERE id = $8 AND rev = $9";

const DISABLE: &str = "UPDATE staff SET active = FALSE, rev = rev + 1 WHERE id = $1 AND active = TRUE";

const ENABLE: &str = "UPDATE staff SET active = TRUE, rev = rev + 1 WHERE id = $1 AND active = FALSE";

const DROP_INVITATION: &str = "DELETE FROM staff_invitations WHERE staff_id = $1";

const COMING: &str = "SELECT id, service FROM consultations WHERE doctor_id = $1 AND phase IN ('scheduled', 'in_session') \
     ORDER BY starts_at, id";

/// Everybody, in no order that people would expect: a house has hundreds of staff, so lists are sorted where they are shown,
/// alike on both engines.
///
/// # Errors
/// As [`Store::read`].
pub async fn all(store: &Store) -> Result<Vec<Entry>, StoreError> {
    store.read(ALL, Vec::new()).await?.iter().map(entry).collect()
}

/// One of them.
///
/// # Errors
/// As [`Store::read`].
pub async fn find(store: &Store, id: StaffId) -> Result<Option<Entry>, StoreError> {
    store.read_one(BY_ID, vec![id.to_string().into()]).await?.map(|row| entry(&row)).transpose()
}

/// Those by whose name visits are still to be found although nobody gives them any more: they left, or have another role.
///
/// # Errors
/// As [`Store::read`].
pub async fn former_doctors(store: &Store) -> Result<Vec<StaffMember>, StoreError> {
    store.read(FORMER_DOCTORS, Vec::new()).await?.iter().map(|row| member(row, 0)).collect()
}

/// Stores what `by` changed about somebody who was read at `rev`.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody else changed them meanwhile, or `by` is no admin any more;
/// [`StoreError::Duplicate`] when the e-mail address is taken; otherwise as [`Store::write`].
pub async fn edit(store: &Store, by: StaffId, member: &StaffMember, rev: i64) -> Result<(), StoreError> {
    edit_and(store, by, member, rev, |_| {}).await
}

/// As [`edit`], with what else is committed together.
///
/// # Errors
/// As [`edit`].
pub async fn edit_and(
    store: &Store,
    by: StaffId,
    member: &StaffMember,
    rev: i64,
    more: impl FnOnce(&mut Batch),
) -> Result<(), StoreError> {
    let change = |batch: &mut Batch| {
        batch.run_on_one(
            EDIT,
            vec![
                member.email.to_string().into(),
                member.name.to_string().into(),
                member.role.as_str().into(),
                member.ward.map(|ward| ward.to_string()).into(),
                member.language.as_str().into(),
                member.zone.as_str().into(),
                member.services.to_string().into(),
                member.id.to_string().into(),
                rev.into(),
            ],
        );
        more(batch);
    };
    store.write(in_the_name_of(by, member.id, change)).await.map(drop)
}

/// Lets somebody in no more, neither here nor at Webex; answers the sessions that ended with it.
///
/// # Errors
/// [`StoreError::Conflict`] when they are disabled already, or `by` is no admin any more; otherwise as [`Store::write`].
pub async fn disable(store: &Store, by: StaffId, id: StaffId) -> Result<Vec<StaffSessionId>, StoreError> {
    let key = || vec![id.to_string().into()];
    let mut batch = in_the_name_of(by, id, |batch| {
        batch.run_on_one(DISABLE, key());
        accounts::close(batch, id);
    });
    batch.run(DROP_INVITATION, key());
    end_all_with(&mut batch, id);
    ended(&store.write(batch).await?)
}

/// Lets somebody in again, with the password they had, and what they had at Webex.
///
/// # Errors
/// [`StoreError::Conflict`] when they are not disabled, or `by` is no admin any more; otherwise as [`Store::write`].
pub async fn enable(store: &Store, by: StaffId, id: StaffId) -> Result<(), StoreError> {
    let change = |batch: &mut Batch| {
        batch.run_on_one(ENABLE, vec![id.to_string().into()]);
        accounts::reopen(batch, id);
    };
    store.write(in_the_name_of(by, id, change)).await.map(drop)
}

/// The visits a doctor still has to conduct, by appointment, and what each is for.
///
/// # Errors
/// As [`Store::read`].
pub async fn coming_visits(store: &Store, doctor: StaffId) -> Result<Vec<(ConsultationId, Service)>, StoreError> {
    let rows = store.read(COMING, vec![doctor.to_string().into()]).await?;
    rows.iter().map(|row| Ok((row.parsed(0)?, row.parsed(1)?))).collect()
}

/// A batch that changes `whom` and fails unless `by` is an admin, also after it. Two admins who change each other lock the
/// rows in the same order.
fn in_the_name_of(by: StaffId, whom: StaffId, change: impl FnOnce(&mut Batch)) -> Batch {
    let mut batch = Batch::new();
    let is_first = by < whom;
    if is_first {
        batch.run_on_one(BY_AN_ADMIN, vec![by.to_string().into()]);
    }
    change(&mut batch);
    if !is_first {
        batch.run_on_one(BY_AN_ADMIN, vec![by.to_string().into()]);
    }
    batch
}

fn entry(row: &Row) -> Result<Entry, StoreError> {
    Ok(Entry {
        member: member(row, 0)?,
        is_active: row.bool(8)?,
        has_password: row.bool(9)?,
        signed_in_at: row.instant_or_null(10)?,
        rev: row.int(11)?,
    })
}
