//! Whom the phones of a file's rows may be about.

use std::collections::BTreeSet;

use antesala::store::patients::{self, Patient};
use antesala::store::{Batch, imports};

use jiff::Timestamp;

use super::database::stores;
use super::patients::patient;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

#[tokio::test]
async fn everybody_with_one_of_many_phones_is_found_and_a_number_of_very_many_holds_up_nobody() {
    for at in stores().await {
        let phone = |number: usize| format!("+5255{:08}", 41_000_000 + number);
        let of = |number: usize| Patient { record: None, ..patient("Ana Cruz", Some(&phone(number))) };
        let mut batch = Batch::new();
        for number in 0..60 {
            patients::add(&mut batch, &of(number), &[], NOW);
        }
        patients::add(&mut batch, &of(59), &[], NOW);
        at.store.write(batch).await.unwrap();
        let asked: BTreeSet<String> = (0..=60).map(phone).collect();
        let found = imports::known_phones(&at.store, &asked).await.unwrap();
        assert_eq!(found.len(), 60, "{}", at.engine);
        assert_eq!((found[&phone(0)].len(), found[&phone(59)].len()), (1, 2), "{}", at.engine);
        assert_eq!(found[&phone(7)][0].folded, "ana cruz", "{}", at.engine);
        assert_eq!(imports::known_phones(&at.store, &BTreeSet::new()).await.unwrap().len(), 0, "{}", at.engine);

        // A number that stands for none.
        let mut batch = Batch::new();
        for _ in 0..1_001 {
            patients::add(&mut batch, &of(3), &[], NOW);
        }
        at.store.write(batch).await.unwrap();
        let found = imports::known_phones(&at.store, &asked).await.unwrap();
        assert_eq!(found.len(), 60, "{}", at.engine);
        assert_eq!(found[&phone(3)].len(), 100, "{}", at.engine);
    }
}
