//! A chunk of patients: looked at, or registered with their relatives.

use std::collections::{BTreeMap, BTreeSet};

use super::Around;
use super::judge::{Found, Places, among_registered};
use crate::domain::ids::{PatientId, RelativeId};
use crate::domain::import::{Fault, Why};
use crate::sheets::patients::{Marks, PatientRow, Reader, RelativeRow};
use crate::store::imports::{self, Import, Judged, StoredRow, Verdict};
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
        let twin = twin_by_handle.or_else(|| twin(reader.place_of_name(), by_person.get(&row.position)));
        if faults.is_empty() && twin.is_none() {
            sound.push(row.clone());
            continue;
        }
        match twin {
            Some(twin) => faults.push(twin),
            None => faults.extend(&row.faults),
        }
        judged.push((row.position, Verdict::Faulty(faults, None)));
    }
    let mut told: BTreeMap<u64, Verdict> = compare(store, import, &reader, &sound).await?.into_iter().collect();
    // Who is registered already may well share a phone with a row above.
    for row in sound.into_iter().filter(|row| !row.faults.is_empty()) {
        told.entry(row.position).or_insert(Verdict::Faulty(row.faults, None));
    }
    judged.extend(told);
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
    let places =
        Places { record: reader.place_of_record(), name: reader.place_of_name(), phone: reader.place_of_phone() };
    let marks: Vec<Marks> = rows.iter().map(|row| reader.marks(&row.cells, import.country)).collect();
    let [by_record, by_person] = imports::known_people(store, import, rows).await?;
    let asked = marks.iter().filter(|marks| !marks.shares_phone);
    let by_phone = imports::known_phones(store, &asked.filter_map(|marks| marks.phone.clone()).collect()).await?;
    let known = |(row, marks): (&StoredRow, &Marks)| {
        let phone = marks.phone.as_ref().filter(|_| !marks.shares_phone);
        let found = Found {
            by_record: by_record.get(&row.position).map_or(&[], Vec::as_slice),
            by_person: by_person.get(&row.position).map_or(&[], Vec::as_slice),
            by_phone: phone.and_then(|phone| by_phone.get(phone)).map_or(&[], Vec::as_slice),
        };
        Some((row.position, among_registered(row, marks.record.is_some(), found, places)?))
    };
    Ok(rows.iter().zip(&marks).filter_map(known).collect())
}

fn people(read: PatientRow) -> (Patient, Vec<Relative>) {
    let PatientRow { name, born, record, phone, shares_phone: _, email, language, care, relatives } = read;
    let patient = Patient { id: PatientId::mint(), name, born, record, phone, email, language, care };
    (patient, relatives.into_iter().map(relative).collect())
}

fn relative(read: RelativeRow) -> Relative {
    let RelativeRow { name, relation, phone, language, may_receive_report, may_visit } = read;
    Relative { id: RelativeId::mint(), name, relation, phone, language, may_receive_report, may_visit }
}
