//! Finding patients while somebody types.
//!
//! Every search reads a range of words from an index, in its order, and stops early: one letter costs no more than a whole
//! name. Never reads a patient before the words are cut.

use std::collections::HashSet;

use futures_util::future::try_join_all;

use super::{Patient, PatientId, rows, words};
use crate::store::{Row, Store, StoreError, Value};

/// How many words are read for each patient that is wanted: a number begins twice, and several relatives may share how
/// theirs begins.
const WORDS_EACH: i64 = 8;

/// As [`WORDS_EACH`], where each must have a second word as well: a name seldom has the same word twice.
const PAIRS_EACH: i64 = 2;

macro_rules! patients_by {
    ($words:literal) => {
        concat!(
            "SELECT p.id, p.name, p.birth_date, p.record_number, p.phone, p.email, p.language, p.care, p.ward_id, p.bed, \
             p.discharged_on, w.word FROM (",
            $words,
            ") w JOIN patients p ON p.id = w.patient_id ORDER BY w.word, p.folded, p.id"
        )
    };
}

const BY_ONE: &str = patients_by!(
    "SELECT word, patient_id FROM patient_words WHERE word >= $1 AND word < $2 ORDER BY word, patient_id LIMIT $3"
);

const BY_RELATIVE: &str = patients_by!(
    "SELECT v.word, r.patient_id FROM (SELECT word, relative_id FROM relative_words WHERE word >= $1 AND word < $2 \
     ORDER BY word, relative_id LIMIT $3) v JOIN relatives r ON r.id = v.relative_id"
);

/// A CASE, because PostgreSQL would make a join of two conditions: it takes a range of bytes for one row, and read
/// 1,800 words for each of 950 people (150 ms; this way 3 ms).
const BY_SEVERAL: &str = patients_by!(
    "SELECT a.word, a.patient_id FROM (SELECT word, patient_id FROM patient_words WHERE word >= $1 AND word < $2 \
     ORDER BY word, patient_id LIMIT 1500) a \
     WHERE CASE \
         WHEN EXISTS (SELECT 1 FROM patient_words b WHERE b.patient_id = a.patient_id AND b.word >= $3 AND b.word < $4) \
         THEN EXISTS (SELECT 1 FROM patient_words c WHERE c.patient_id = a.patient_id AND c.word >= $5 AND c.word < $6) \
         ELSE FALSE END \
     ORDER BY a.word, a.patient_id LIMIT $7"
);

const HOW_COMMON: &str =
    "SELECT COUNT(*) FROM (SELECT word FROM patient_words WHERE word >= $1 AND word < $2 LIMIT 1500) w";

/// At most `limit` patients whose name, record number or phone number has words that begin as `text` does, in any order; also
/// those with a relative of that number. A number may be written with spaces and signs, with or without its country, or by its
/// last digits, from four on. First come those where what was found goes on first in the alphabet, and whom last digits find
/// come last; a text without letters and digits finds nobody.
///
/// # Errors
/// As [`Store::read`].
pub async fn search(store: &Store, text: &str, limit: u16) -> Result<Vec<Patient>, StoreError> {
    let mut found = match words::typed(text).as_slice() {
        [] => return Ok(Vec::new()),
        [word] => by_one(store, word, limit).await?,
        several => by_several(store, several, limit).await?,
    };
    found.truncate(usize::from(limit));
    Ok(found)
}

async fn by_one(store: &Store, word: &str, limit: u16) -> Result<Vec<Patient>, StoreError> {
    let asked = |sql, word: &str| {
        let mut params = bounds(word);
        params.push(Value::from(i64::from(limit) * WORDS_EACH));
        store.read(sql, params)
    };
    let mut asking = vec![asked(BY_ONE, word)];
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        asking.push(asked(BY_RELATIVE, word));
    }
    if let Some(ending) = words::ending(word) {
        asking.extend([asked(BY_ONE, &ending), asked(BY_RELATIVE, &ending)]);
    }
    let mut found = try_join_all(asking).await?.concat();
    found.sort_by(|one, other| word_of(one).cmp(word_of(other)));
    each_once(&found)
}

/// First who has the words one after the other; then, where those are few, who has them in any order: through the rarest
/// word's first places, asking whose record has the next two. Among more people than that, typing more tells them apart. Then
/// the same, with numbers taken for last digits.
async fn by_several(store: &Store, typed: &[String], limit: u16) -> Result<Vec<Patient>, StoreError> {
    let mut found = by_one(store, &typed.join(" "), limit).await?;
    let ending = |word: &String| words::ending(word).unwrap_or_else(|| word.clone());
    let by_endings: Vec<String> = typed.iter().map(ending).collect();
    for typed in
        [Some(typed), Some(by_endings.as_slice()).filter(|by_endings| *by_endings != typed)].into_iter().flatten()
    {
        if found.len() < usize::from(limit) {
            let apart = in_any_order(store, typed, limit).await?;
            let known: HashSet<PatientId> = found.iter().map(|patient| patient.id).collect();
            found.extend(apart.into_iter().filter(|other| !known.contains(&other.id)));
        }
    }
    Ok(found)
}

async fn in_any_order(store: &Store, typed: &[String], limit: u16) -> Result<Vec<Patient>, StoreError> {
    let counts = try_join_all(typed.iter().map(|word| store.read_one(HOW_COMMON, bounds(word)))).await?;
    let mut ranked: Vec<(i64, &String)> = Vec::with_capacity(typed.len());
    for (count, word) in counts.iter().zip(typed) {
        ranked.push((count.as_ref().map_or(Ok(0), |row| row.int(0))?, word));
    }
    ranked.sort();
    let rarest: Vec<&String> = ranked.iter().map(|(_, word)| *word).collect();
    let (Some(first), Some(second)) = (rarest.first(), rarest.get(1)) else { return Ok(Vec::new()) };
    let third = rarest.get(2).unwrap_or(second);
    let mut params: Vec<Value> = [first, second, third].into_iter().flat_map(|word| bounds(word)).collect();
    params.push(Value::from(i64::from(limit) * PAIRS_EACH));
    let mut found = each_once(&store.read(BY_SEVERAL, params).await?)?;
    found.retain(|patient| words::begin_all(typed, patient));
    Ok(found)
}

fn bounds(word: &str) -> Vec<Value> {
    words::range(word).map(Value::Bytes).to_vec()
}

fn word_of(row: &Row) -> &[u8] {
    row.bytes(11).unwrap_or_default()
}

fn each_once(rows: &[Row]) -> Result<Vec<Patient>, StoreError> {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for row in rows {
        if seen.insert(row.text(0)?) {
            found.push(rows::patient(row)?);
        }
    }
    Ok(found)
}
