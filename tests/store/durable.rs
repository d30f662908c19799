//! What was answered survives `kill -9`.
//!
//! The process that is killed is this test binary, running [`writes_until_it_is_killed`] alone.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use antesala::store::Store;
use antesala::store::postgres::Postgres;
use antesala::store::sqlite::Sqlite;
use secrecy::ExposeSecret;

use super::database::{Place, file_in, stores};
use super::wards;

const TARGET: &str = "ANTESALA_TEST_KILL_TARGET";

#[tokio::test]
async fn what_was_answered_survives_kill_9() {
    for at in stores().await {
        let target = match &at.place {
            Place::File(folder) => file_in(folder).display().to_string(),
            Place::Server(database) => database.url.expose_secret().to_owned(),
        };
        for round in 0..3 {
            let answered = write_and_kill(&target, 200 * (round + 1));
            let store = at.reopened().await;
            for id in &answered {
                assert!(wards::name(&store, id).await.is_some(), "{}: {id} was answered and is lost", at.engine);
            }
            let halves = "SELECT first.id FROM wards AS first LEFT JOIN wards AS second ON second.id = first.name WHERE second.id IS NULL";
            let halves = store.read(halves, Vec::new()).await.unwrap();
            assert!(halves.is_empty(), "{}: {} batches were written in half", at.engine, halves.len());
        }
    }
}

/// Returns the ids the process had been told are written when it was killed.
fn write_and_kill(target: &str, enough: usize) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "durable::writes_until_it_is_killed", "--ignored", "--nocapture"])
        .env(TARGET, target)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut answered = lines.filter_map(|line| line.strip_prefix("answered ").map(str::to_owned));
    let mut known: Vec<String> = answered.by_ref().take(enough).collect();
    assert_eq!(known.len(), enough, "the writing process ended by itself");
    child.kill().unwrap();
    child.wait().unwrap();
    known.extend(answered);
    known
}

#[tokio::test]
#[ignore = "started, and killed, by the test above"]
async fn writes_until_it_is_killed() {
    let Ok(target) = std::env::var(TARGET) else { return };
    let store = if target.starts_with("postgres") {
        Store::new(Postgres::connect(&target.into(), 8).await.unwrap())
    } else {
        Store::new(Sqlite::open(target.as_ref()).unwrap())
    };
    let writers = (0..8).map(|_| {
        let store = store.clone();
        tokio::spawn(async move {
            loop {
                // Two rows that name each other: a batch written in half leaves one without its partner.
                let (one, other) = (uuid::Uuid::now_v7().to_string(), uuid::Uuid::now_v7().to_string());
                let mut batch = wards::adding(&one, &other);
                batch.run_on_one(wards::INSERT, vec![other.as_str().into(), one.as_str().into()]);
                store.write(batch).await.unwrap();
                println!("\nanswered {one}");
            }
        })
    });
    futures_util::future::join_all(writers).await;
}
