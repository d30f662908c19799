//! What each member of staff shall have at Webex: decided in the same commit as what caused it, carried out by a worker
//! ([`super::jobs`]).
//!
//! One row per person. A wish raises its `rev`; the worker notes which `rev` it has carried out, and changes nothing once the
//! wish is another. What may have been given is remembered from the wish on, so that all of it can be taken back.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{list, names};
use crate::domain::account::{Chosen, Names, Outcome, Standing, Wanted};
use crate::domain::ids::StaffId;
use crate::domain::meeting::Obstacle;
use crate::store::webex::wishes;
use crate::store::{Batch, Row, Store, StoreError};

/// Somebody's account as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Whose.
    pub staff: StaffId,
    /// Which of their wishes this is.
    pub rev: i64,
    /// What they shall have.
    pub wanted: Wanted,
    /// With which licences and sites.
    pub chosen: Chosen,
    /// What of ours they may have now.
    pub held: Chosen,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// Asked for, and not given; or to be taken back, and kept.
    pub missing: Names,
    /// What was in the way the last time.
    pub obstacle: Option<Obstacle>,
    /// By which Cisco's support finds that time.
    pub tracking: Option<String>,
    /// Their id at Webex.
    pub person: Option<String>,
    /// Their address there, as it was seen last.
    pub address: Option<String>,
    /// When Webex was last asked.
    pub looked_at: Option<Timestamp>,
    /// When it is asked again; nothing where all is done.
    pub next_try_at: Option<Timestamp>,
}

/// What somebody shall have from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Who.
    pub staff: StaffId,
    /// The newest of their wishes that whoever wishes this has seen; none where there was none.
    pub seen: Option<i64>,
    /// What.
    pub wanted: Wanted,
    /// With which licences and sites.
    pub chosen: Chosen,
    /// What of ours they may have until it is carried out.
    pub held: Chosen,
    /// What is made equal to what stands here.
    pub align: Align,
}

/// What is made equal at Webex to what stands here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Align {
    /// Their name.
    pub name: bool,
    /// Their address.
    pub address: bool,
}

macro_rules! account {
    () => {
        "staff_id, wanted, licences, sites, held, held_sites, outcome, missing, obstacle, tracking, person_id, address, \
         looked_at, next_try_at, rev, done_rev"
    };
}

const OF_STAFF: &str = concat!("SELECT ", account!(), " FROM webex_accounts WHERE staff_id = $1");

const ALL: &str = concat!("SELECT ", account!(), " FROM webex_accounts");

const WISH: &str = "INSERT INTO webex_accounts (staff_id, rev, done_rev, wanted, licences, sites, held, held_sites, rename, \
     readdress, shut, next_try_at, tries) VALUES ($1, 1, 0, $2, $3, $4, $5, $6, $7, $8, FALSE, 0, 0) \
     ON CONFLICT (staff_id) DO UPDATE SET rev = webex_accounts.rev + 1, wanted = excluded.wanted, \
     licences = excluded.licences, sites = excluded.sites, held = excluded.held, held_sites = excluded.held_sites, \
     rename = excluded.rename OR webex_accounts.rename, readdress = excluded.readdress OR webex_accounts.readdress, next_try_at = 0, tries = 0, outcome = NULL, \
     missing = NULL, obstacle = NULL, tracking = NULL WHERE webex_accounts.rev = $9";

const DECLINE: &str = "INSERT INTO webex_accounts (staff_id, rev, done_rev, wanted, licences, sites, held, held_sites, \
     rename, readdress, shut, next_try_at, tries) \
     VALUES ($1, 1, 1, 'released', '[]', '[]', '[]', '[]', FALSE, FALSE, FALSE, 0, 0) \
     ON CONFLICT (staff_id) DO NOTHING";

// Who has nothing from here may have a way in there of their own, which is not ours to shut.
const CLOSE: &str = "UPDATE webex_accounts SET rev = rev + 1, wanted = 'closed', rename = FALSE, readdress = FALSE, \
     next_try_at = 0, tries = 0, outcome = NULL, missing = NULL, obstacle = NULL, tracking = NULL \
     WHERE staff_id = $1 AND (wanted = 'account' OR shut = TRUE)";

// Licences that were taken back with the door are given again with it.
const REOPEN: &str = "UPDATE webex_accounts SET rev = rev + 1, \
     wanted = CASE WHEN licences = '[]' THEN 'released' ELSE 'account' END, held = licences, held_sites = sites, \
     next_try_at = 0, tries = 0, outcome = NULL, missing = NULL, obstacle = NULL, tracking = NULL \
     WHERE staff_id = $1 AND wanted = 'closed'";

const TRY_NOW: &str = "UPDATE webex_accounts SET next_try_at = 0, tries = 0 WHERE staff_id = $1 AND done_rev < rev";

/// Somebody's account, if anybody has decided about one.
///
/// # Errors
/// As [`Store::read`].
pub async fn find(store: &Store, staff: StaffId) -> Result<Option<Account>, StoreError> {
    store.read_one(OF_STAFF, vec![staff.to_string().into()]).await?.as_ref().map(account).transpose()
}

/// Everybody's.
///
/// # Errors
/// As [`Store::read`].
pub async fn all(store: &Store) -> Result<HashMap<StaffId, Account>, StoreError> {
    let rows = store.read(ALL, Vec::new()).await?;
    rows.iter().map(|row| account(row).map(|account| (account.staff, account))).collect()
}

/// Adds what somebody shall have to what is committed together: a conflict, where it is another by now than was seen. What
/// they may have until then was worked out from that.
pub fn wish(batch: &mut Batch, wish: &Wish) {
    batch.run_on_one(
        WISH,
        vec![
            wish.staff.to_string().into(),
            wish.wanted.as_str().into(),
            list(&wish.chosen.licences),
            list(&wish.chosen.sites),
            list(&wish.held.licences),
            list(&wish.held.sites),
            wish.align.name.into(),
            wish.align.address.into(),
            // The first is 1.
            wish.seen.unwrap_or(0).into(),
        ],
    );
}

/// Somebody new shall have nothing: there is nothing to do, and it is no oversight.
pub fn decline(batch: &mut Batch, staff: StaffId) {
    batch.run(DECLINE, vec![staff.to_string().into()]);
}

/// Takes back what somebody may have, and closes the door there; nothing for those who were given no account from here.
pub fn close(batch: &mut Batch, staff: StaffId) {
    batch.run(CLOSE, vec![staff.to_string().into()]);
}

/// Gives again what was taken back with the door, and opens the one there if it was shut from here.
pub fn reopen(batch: &mut Batch, staff: StaffId) {
    batch.run(REOPEN, vec![staff.to_string().into()]);
}

/// What waits for its next try is tried now, with the meetings that were refused to them.
///
/// # Errors
/// As [`Store::write`].
pub async fn try_now(store: &Store, staff: StaffId) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    batch.run(TRY_NOW, vec![staff.to_string().into()]);
    wishes::account_changed(&mut batch, staff);
    store.write(batch).await.map(drop)
}

impl Account {
    /// How it stands.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        Standing::of(self.wanted, self.outcome, self.obstacle)
    }
}

/// In the order of the columns of [`OF_STAFF`].
pub(super) fn account(row: &Row) -> Result<Account, StoreError> {
    let is_done = row.int(14)? == row.int(15)?;
    let missing = row.text_or_null(7)?.map(|_| names(row, 7)).transpose()?;
    Ok(Account {
        staff: row.parsed(0)?,
        rev: row.int(14)?,
        wanted: row.parsed(1)?,
        chosen: Chosen { licences: names(row, 2)?, sites: names(row, 3)? },
        held: Chosen { licences: names(row, 4)?, sites: names(row, 5)? },
        outcome: row.parsed_or_null(6)?,
        missing: missing.unwrap_or_default(),
        obstacle: row.parsed_or_null(8)?,
        tracking: row.text_or_null(9)?.map(str::to_owned),
        person: row.text_or_null(10)?.map(str::to_owned),
        address: row.text_or_null(11)?.map(str::to_owned),
        looked_at: row.instant_or_null(12)?,
        next_try_at: if is_done { None } else { Some(row.instant(13)?) },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Value;

    #[test]
    fn lists_are_kept_as_json() {
        let names: Names = ["b", "a"].into_iter().map(str::to_owned).collect();
        assert_eq!(list(&names), Value::from(r#"["a","b"]"#));
        assert_eq!(list(&Names::new()), Value::from("[]"), "what the statements here compare with");
    }
}
