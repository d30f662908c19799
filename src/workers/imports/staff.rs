//! A chunk of staff: looked at, or registered without a password, which they choose with an invitation.

use super::Around;
use crate::domain::ids::StaffId;
use crate::domain::import::{Fault, Why};
use crate::domain::staff::StaffMember;
use crate::sheets::staff::{Reader, StaffRow};
use crate::store::imports::{self, Import, Judged, StoredRow, Verdict};
use crate::store::staff::{self, NewStaff};
use crate::store::{Batch, Store, StoreError};

/// What is wrong with these rows, or known of them.
pub(super) async fn look(
    store: &Store,
    import: &Import,
    rows: &[StoredRow],
    around: &Around,
) -> Result<Vec<Judged>, StoreError> {
    let reader = Reader::of(&import.header);
    let [by_handle, _] = imports::twins(store, import, rows).await?;
    let known = imports::known_staff(store, import, rows).await?;
    let judge = |row: &StoredRow| {
        let mut faults = reader.row(&row.cells, around.house(import)).err().unwrap_or_default();
        let place = reader.place_of_email();
        faults.extend(by_handle.get(&row.position).map(|line| Fault {
            place,
            why: Why::SameAsAbove,
            line: Some(*line),
        }));
        match known.get(&row.position) {
            _ if !faults.is_empty() => Some((row.position, Verdict::Faulty(faults, None))),
            Some(id) => Some((row.position, Verdict::Known(id.clone()))),
            None => None,
        }
    };
    Ok(rows.iter().filter_map(judge).collect())
}

/// A batch that registers these rows, except for what somebody else registered since they were looked at.
pub(super) async fn register(
    store: &Store,
    import: &Import,
    rows: &[StoredRow],
    around: &Around,
) -> Result<Batch, StoreError> {
    let reader = Reader::of(&import.header);
    let known = imports::known_staff(store, import, rows).await?;
    let mut judged = Vec::new();
    let mut new = Vec::new();
    for row in rows {
        match (known.get(&row.position), reader.row(&row.cells, around.house(import))) {
            (Some(id), _) => judged.push((row.position, Verdict::Known(id.clone()))),
            (None, Ok(read)) => new.push((row.position, read)),
            // A ward that was there when the row was looked at may be gone.
            (None, Err(faults)) => judged.push((row.position, Verdict::Faulty(faults, None))),
        }
    }
    let positions: Vec<u64> = new.iter().map(|(position, _)| *position).collect();
    let mut batch = Batch::new();
    imports::register(&mut batch, import, &positions, &judged);
    for (_, read) in new {
        staff::add(&mut batch, &NewStaff::invited(member(read, import), around.now));
    }
    Ok(batch)
}

fn member(read: StaffRow, import: &Import) -> StaffMember {
    let StaffRow { name, email, role, ward, services, language } = read;
    StaffMember { id: StaffId::mint(), email, name, role, ward, language, zone: import.zone.clone(), services }
}
