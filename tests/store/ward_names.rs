//! No two wards have one name, however it is written, and however many admins type it at once.

use antesala::domain::ids::WardId;
use antesala::store::wards::{self, Ward};
use antesala::store::{Store, StoreError};
use futures_util::future::join_all;

use super::database::stores;

fn ward(name: &str) -> Ward {
    Ward { id: WardId::mint(), name: name.to_owned() }
}

async fn names(store: &Store) -> Vec<String> {
    let mut names: Vec<_> = wards::list(store).await.unwrap().into_iter().map(|ward| ward.name).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_name_is_another_wards_however_it_is_written() {
    for at in stores().await {
        let (norte, sur) = (ward("Norte"), ward("Sur"));
        wards::insert(&at.store, &norte).await.unwrap();
        wards::insert(&at.store, &sur).await.unwrap();
        for same in ["Norte", "NORTE", " nórte "] {
            let taken = wards::insert(&at.store, &ward(same)).await;
            assert!(matches!(taken, Err(StoreError::Duplicate)), "{}: {same}: {taken:?}", at.engine);
            let taken = wards::rename(&at.store, &Ward { name: same.to_owned(), ..sur.clone() }, "Sur").await;
            assert!(matches!(taken, Err(StoreError::Duplicate)), "{}: {same}: {taken:?}", at.engine);
        }
        assert_eq!(names(&at.store).await, ["Norte", "Sur"], "{}", at.engine);
        wards::rename(&at.store, &Ward { name: "NORTE".to_owned(), ..norte }, "Norte").await.unwrap();
        wards::rename(&at.store, &Ward { name: "Este".to_owned(), ..sur }, "Sur").await.unwrap();
        wards::insert(&at.store, &ward("Sur")).await.unwrap();
        assert_eq!(names(&at.store).await, ["Este", "NORTE", "Sur"], "{}: a name that is free again", at.engine);
    }
}

#[tokio::test]
async fn of_many_who_give_one_name_at_once_one_wins() {
    for at in stores().await {
        let old = ward("Sur");
        wards::insert(&at.store, &old).await.unwrap();
        let renamed = Ward { name: "Norte".to_owned(), ..old };
        let adding = (0..20).map(|number| ward(if number % 2 == 0 { "Norte" } else { "NORTE" }));
        let adding = adding.map(|new| {
            let store = at.store.clone();
            async move { wards::insert(&store, &new).await }
        });
        let (added, renaming) = tokio::join!(join_all(adding), wards::rename(&at.store, &renamed, "Sur"));
        let outcomes: Vec<_> = added.into_iter().chain([renaming]).collect();
        let told = outcomes.iter().filter(|outcome| matches!(outcome, Err(StoreError::Duplicate))).count();
        assert_eq!((outcomes.iter().filter(|outcome| outcome.is_ok()).count(), told), (1, 20), "{}", at.engine);
        let alike = names(&at.store).await.into_iter().filter(|name| name.to_lowercase() == "norte").count();
        assert_eq!(alike, 1, "{}", at.engine);
    }
}
