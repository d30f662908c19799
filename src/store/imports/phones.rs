//! Registered patients by the phones of a chunk of rows.
//!
//! Never reads more than a page of people for one phone: a number that stands for none may be everybody's.

use std::collections::{BTreeMap, BTreeSet};

use super::work::{Known, known};
use crate::store::{Row, Store, StoreError, Value};

/// How many phones are asked about at once: as many as `KNOWN_BY_PHONES` has places.
const TOGETHER: usize = 25;

/// Where an answer ends: beyond it somebody may be missing.
const MOST: usize = 1_000;

const KNOWN_BY_PHONES: &str = "SELECT phone, id, folded, birth_date, record_number FROM patients \
     WHERE phone IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, \
     $23, $24, $25) AND merged_into IS NULL LIMIT 1000";

const KNOWN_BY_PHONE: &str = "SELECT phone, id, folded, birth_date, record_number FROM patients \
     WHERE phone = $1 AND merged_into IS NULL ORDER BY id LIMIT 100";

/// For each of these phones, the registered patients who have it; at most a hundred where very many do.
///
/// # Errors
/// As [`Store::read`].
pub async fn known_phones(
    store: &Store,
    phones: &BTreeSet<String>,
) -> Result<BTreeMap<String, Vec<Known>>, StoreError> {
    let phones: Vec<&String> = phones.iter().collect();
    let mut found: BTreeMap<String, Vec<Known>> = BTreeMap::new();
    for together in phones.chunks(TOGETHER) {
        let places = together.iter().chain(together.iter().cycle()).take(TOGETHER);
        let params = places.map(|phone| Value::from(phone.as_str())).collect();
        let rows = store.read(KNOWN_BY_PHONES, params).await?;
        if rows.len() < MOST {
            put(&mut found, &rows)?;
            continue;
        }
        for phone in together {
            put(&mut found, &store.read(KNOWN_BY_PHONE, vec![phone.as_str().into()]).await?)?;
        }
    }
    for people in found.values_mut() {
        people.sort_by(|one, other| one.id.cmp(&other.id));
    }
    Ok(found)
}

fn put(found: &mut BTreeMap<String, Vec<Known>>, rows: &[Row]) -> Result<(), StoreError> {
    for row in rows {
        found.entry(row.text(0)?.to_owned()).or_default().push(known(row)?);
    }
    Ok(())
}
