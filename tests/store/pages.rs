//! Everybody is read page by page, each once, whoever comes in between.

use antesala::store::Store;
use antesala::store::patients::{self, After, Merge, Patient, merge};
use jiff::{SignedDuration, Timestamp};

use super::database::stores;
use super::patients::{patient, relative};
use super::records::record;

const START: Timestamp = Timestamp::UNIX_EPOCH;

async fn registered(store: &Store, name: &str, second: i64) -> Patient {
    let somebody = patient(name, None);
    let family = [relative("Rosa", "+525512345678"), relative("Eva", "+525512345679")];
    patients::insert(store, &somebody, &family, START + SignedDuration::from_secs(second)).await.unwrap();
    somebody
}

/// The next page's names, and where it ends.
async fn next(store: &Store, after: &After) -> Option<(Vec<String>, After)> {
    let (page, after) = patients::page(store, after, 2).await.unwrap()?;
    assert!(page.iter().all(|(_, relatives)| relatives.len() == 2), "{page:?}");
    Some((page.into_iter().map(|(patient, _)| patient.name.to_string()).collect(), after))
}

#[tokio::test]
async fn everybody_is_read_once_whoever_comes_meanwhile() {
    for at in stores().await {
        // Some were registered in the same instant, as rows of one file are.
        for (name, second) in [("Ana", 1), ("Eva", 2), ("Rut", 2), ("Noa", 2), ("Leo", 2), ("Max", 3)] {
            registered(&at.store, name, second).await;
        }
        let (mut read, mut after) = (Vec::new(), After::nobody());
        let mut meanwhile = [("Before", 0), ("Meanwhile", 2), ("Last", 4)].into_iter();
        while let Some((names, ends)) = next(&at.store, &after).await {
            read.extend(names);
            after = ends;
            if let Some((name, second)) = meanwhile.next() {
                registered(&at.store, name, second).await;
            }
        }
        let (last, first) = (read.last().cloned(), read.first().cloned());
        assert_eq!((first.as_deref(), last.as_deref()), (Some("Ana"), Some("Last")), "{}: {read:?}", at.engine);
        read.sort();
        let everybody = ["Ana", "Eva", "Last", "Leo", "Max", "Meanwhile", "Noa", "Rut"];
        assert_eq!(read, everybody, "{}: each once", at.engine);
    }
}

#[tokio::test]
async fn a_merge_meanwhile_moves_nobody_to_another_page() {
    for at in stores().await {
        let kept = registered(&at.store, "Ana", 1).await;
        let gone = registered(&at.store, "Eva", 2).await;
        registered(&at.store, "Rut", 3).await;
        let (names, after) = next(&at.store, &After::nobody()).await.unwrap();
        assert_eq!(names, ["Ana", "Eva"], "{}", at.engine);
        let ((survivor, relatives), (other, others)) =
            (record(&at.store, kept.id).await, record(&at.store, gone.id).await);
        let merging = Merge { survivor, relatives, other: (gone.id, other.rev), others };
        merge(&at.store, &merging, START).await.unwrap();
        assert_eq!(next(&at.store, &after).await.unwrap().0, ["Rut"], "{}", at.engine);
        let (again, _) = next(&at.store, &After::nobody()).await.unwrap();
        assert_eq!(again, ["Ana"], "{}: who was merged away is left out", at.engine);
    }
}
