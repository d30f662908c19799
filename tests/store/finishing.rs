//! What earlier programs left in the store is finished when it is opened: once, in any order, and by several nodes.

use antesala::store::finishing::finish;
use antesala::store::patients::{self, complete_words};
use antesala::store::wards::{self, Ward};
use antesala::store::{Batch, Store, StoreError};
use futures_util::future::try_join_all;

use super::database::stores;
use super::patients::{add, named, patient};

/// A row as the first program wrote it.
const PATIENT: &str = "INSERT INTO patients (id, name, folded, birth_date, phone, language, created_at) \
     VALUES ($1, $2, $3, '1950-02-11', $4, 'es', 0)";

/// It knew patients by their names only, and relatives by nothing.
const WORD: &str = "INSERT INTO patient_words (word, patient_id) VALUES ($1, $2)";

const RELATIVE: &str = "INSERT INTO relatives (id, patient_id, name, relation, phone, language, created_at) \
     VALUES ($1, $2, 'Rosa', 'hija', $3, 'es', 0)";

/// People enough for several rounds.
const MANY: usize = 130;

fn id(number: usize) -> String {
    format!("00000000-0000-7000-8000-{number:012}")
}

async fn registered_earlier(store: &Store) {
    let mut batch = Batch::new();
    for number in 0..MANY {
        let phone = format!("+52551000{number:04}");
        let name = format!("Tomás Quiroga {}", if number == 7 { "Séptimo" } else { "Díaz" });
        let folded = antesala::domain::person::fold(&name);
        batch.run_on_one(PATIENT, vec![id(number).into(), name.into(), folded.as_str().into(), phone.into()]);
        batch.run_on_one(WORD, vec![folded.as_bytes().into(), id(number).into()]);
        let phone = format!("+52559000{number:04}");
        batch.run_on_one(RELATIVE, vec![id(1_000 + number).into(), id(number).into(), phone.into()]);
    }
    store.write(batch).await.unwrap();
}

async fn count(store: &Store, sql: &'static str) -> i64 {
    store.read_one(sql, vec![]).await.unwrap().unwrap().int(0).unwrap()
}

#[tokio::test]
async fn whoever_was_registered_earlier_is_found_by_all_their_words() {
    for at in stores().await {
        registered_earlier(&at.store).await;
        assert_eq!(named(&at.store, "55 1000 0007").await, Vec::<String>::new(), "{}", at.engine);
        finish(&at.store).await.unwrap();
        for text in ["55 1000 0007", "55 9000 0007", "septimo", "quiroga septimo", "+52 55 9000 0007", "90000007"] {
            assert_eq!(named(&at.store, text).await, ["Tomás Quiroga Séptimo"], "{}: {text}", at.engine);
        }
        let words = [
            count(&at.store, "SELECT COUNT(*) FROM patient_words").await,
            count(&at.store, "SELECT COUNT(*) FROM relative_words").await,
        ];
        assert_eq!(words, [6 * 130, 3 * 130], "{}: three of each name, three of each number", at.engine);
        assert_eq!(complete_words(&at.store).await.unwrap(), 0, "{}: nothing is done twice", at.engine);
        let new = patient("Ana Cruz", Some("+525512345678"));
        add(&at.store, &new, &[]).await;
        assert_eq!(complete_words(&at.store).await.unwrap(), 0, "{}: today's people are complete", at.engine);
    }
}

#[tokio::test]
async fn several_nodes_and_a_clerk_may_do_it_at_once() {
    for at in stores().await {
        registered_earlier(&at.store).await;
        let seventh = id(7).parse().unwrap();
        let Some(patients::Filed::Here(mut stored, _)) = patients::read(&at.store, seventh).await.unwrap() else {
            panic!("{}: the seventh is not here", at.engine)
        };
        stored.value.phone = Some("+525577778888".parse().unwrap());
        let (nodes, edit) =
            tokio::join!(try_join_all((0..3).map(|_| complete_words(&at.store))), patients::edit(&at.store, &stored));
        let sum: usize = nodes.unwrap().iter().sum();
        match edit {
            Ok(()) => assert_eq!(named(&at.store, "7777 8888").await, ["Tomás Quiroga Séptimo"], "{}", at.engine),
            Err(StoreError::Conflict) => {}
            Err(error) => panic!("{}: {error}", at.engine),
        }
        assert!(sum == 2 * MANY || sum == 2 * MANY - 1, "{}: each once: {sum}", at.engine);
        assert_eq!(count(&at.store, "SELECT COUNT(*) FROM relative_words").await, 3 * 130, "{}", at.engine);
        assert_eq!(count(&at.store, "SELECT COUNT(*) FROM patients WHERE words_due = TRUE").await, 0, "{}", at.engine);
    }
}

#[tokio::test]
async fn who_was_merged_or_removed_is_led_to_by_nothing() {
    for at in stores().await {
        registered_earlier(&at.store).await;
        let mut batch = Batch::new();
        batch.run_on_one("UPDATE patients SET merged_into = $1 WHERE id = $2", vec![id(1).into(), id(2).into()]);
        batch.run_on_one("UPDATE relatives SET removed_at = 5 WHERE id = $1", vec![id(1_003).into()]);
        at.store.write(batch).await.unwrap();
        finish(&at.store).await.unwrap();
        for gone in ["5510000002", "5590000003"] {
            assert_eq!(named(&at.store, gone).await, Vec::<String>::new(), "{}: {gone}", at.engine);
        }
        assert_eq!(complete_words(&at.store).await.unwrap(), 0, "{}", at.engine);
    }
}

#[tokio::test]
async fn wards_of_earlier_are_known_by_name_and_two_of_one_name_stay() {
    const WARD: &str = "INSERT INTO wards (id, name) VALUES ($1, $2)";
    for at in stores().await {
        let mut batch = Batch::new();
        for (number, name) in [(1, "Norte"), (2, "NORTE"), (3, "Sur")] {
            batch.run_on_one(WARD, vec![id(number).into(), name.into()]);
        }
        at.store.write(batch).await.unwrap();
        finish(&at.store).await.unwrap();
        finish(&at.store).await.unwrap();
        assert_eq!(wards::list(&at.store).await.unwrap().len(), 3, "{}", at.engine);
        for taken in ["norte", "sur"] {
            let ward = Ward { id: id(9).parse().unwrap(), name: taken.to_owned() };
            let refused = wards::insert(&at.store, &ward).await;
            assert!(matches!(refused, Err(StoreError::Duplicate)), "{}: {taken}: {refused:?}", at.engine);
        }
        let second = Ward { id: id(2).parse().unwrap(), name: "Este".to_owned() };
        wards::rename(&at.store, &second, "NORTE").await.unwrap();
    }
}
