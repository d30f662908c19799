//! A chunk of patients: looked at, or registered with their relatives.

use std::collections::{BTreeMap, BTreeSet};

use super::Around;
use super::judge::{Places, among_registered};
use crate::domain::ids::{PatientId, RelativeId};
use crate::domain::import::{Fault, Why};
use crate::sheets::patients::{PatientRow, Reader, RelativeRow};
use crate::store::imports::{self, Import, Judged, Known, StoredRow, Verdict};
use crate::store::patients::{self, Patient, Relative};
use crate::store::{Batch, Store, StoreError};

/// What is wrong with these rows, or known of them.
pub(super) async fn look(
    store: &Store,
    import: &Import,
    rows: &[StoredRow],
    around: &Around,
) -> Result<Vec<Judged>, StoreError> {
    let reader = Reader::of(&import.header);
    let [by_handle, by_person] = imports::twins(store, import, rows).await?;
    let mut judged = Vec::new();
    let mut sound = Vec::new();
    for row in rows {
        let mut faults = reader.row(&row.cells, around.house(import)).err().unwrap_or_default();
        let twin =
            |place, line: Option<&u64>| line.map(|line| Fault { place, why: Why::SameAsAbove, line: Some(*line) });
        let twin_by_handle = twin(reader.place_of_record(), by_handle.get(&row.position));
        faults.extend(twin_by_handle.or_else(|| twin(reader.place_of_name(), by_person.get(&row.position))));
        if faults.is_empty() {
            sound.push(row.clone());
        } else {
            judged.push((row.position, Verdict::Faulty(faults, None)));
        }
    }
    judged.extend(compare(store, import, &reader, &sound).await?);
    Ok(judged)
}

/// A batch that registers these rows, except for what somebody else registered since they were looked at.
pub(super) async fn register(
    store: &Store,
    import: &Import,
    rows: &[StoredRow],
    around: &Around,
) -> Result<Batch, StoreError> {
    let reader = Reader::of(&import.header);
    let mut judged = compare(store, import, &reader, rows).await?;
    let known: BTreeSet<u64> = judged.iter().map(|(position, _)| *position).collect();
    let mut new = Vec::new();
    for row in rows.iter().filter(|row| !known.contains(&row.position)) {
        match reader.row(&row.cells, around.house(import)) {
            Ok(read) => new.push((row.position, read)),
            // A ward that was there when the row was looked at may be gone.
            Err(faults) => judged.push((row.position, Verdict::Faulty(faults, None))),
        }
    }
    let positions: Vec<u64> = new.iter().map(|(position, _)| *position).collect();
    let mut batch = Batch::new();
    imports::register(&mut batch, import, &positions, &judged);
    for (_, read) in new {
        let (patient, relatives) = people(read);
        patients::add(&mut batch, &patient, &relatives, around.now);
    }
    Ok(batch)
}

async fn compare(
    store: &Store,
    import: &Import,
    reader: &Reader,
    rows: &[StoredRow],
) -> Result<Vec<Judged>, StoreError> {
    let places = Places { record: reader.place_of_record(), name: reader.place_of_name() };
    let [by_record, by_person] = imports::known_people(store, import, rows).await?;
    let known = |row: &StoredRow| {
        let has_record = reader.marks(&row.cells).record.is_some();
        let of = |found: &BTreeMap<u64, Vec<Known>>| found.get(&row.position).cloned().unwrap_or_default();
        let verdict = among_registered(row, has_record, &of(&by_record), &of(&by_person), places)?;
        Some((row.position, verdict))
    };
    Ok(rows.iter().filter_map(known).collect())
}

fn people(read: PatientRow) -> (Patient, Vec<Relative>) {
    let PatientRow { name, born, record, phone, email, language, care, relatives } = read;
    let patient = Patient { id: PatientId::mint(), name, born, record, phone, email, language, care };
    (patient, relatives.into_iter().map(relative).collect())
}

fn relative(read: RelativeRow) -> Relative {
    let RelativeRow { name, relation, phone, language, may_receive_report, may_visit } = read;
    Relative { id: RelativeId::mint(), name, relation, phone, language, may_receive_report, may_visit }
}
