//! `kill -9`: what was answered is there, and everybody is back in line by themselves.

use futures_util::future::join_all;
use serde_json::Value;

use crate::app::TestApp;
use crate::hospital::{PASSWORD, REPORT};
use crate::server::{Server, Waiting};

#[tokio::test]
async fn after_kill_nine_everybody_is_back_in_their_place_and_is_admitted() {
    let app = TestApp::of_today().await;
    let visit = app.book(REPORT).await;
    let mut waiting = app.all_arrive(&visit).await;
    for _ in 0..10 {
        waiting.extend(app.all_arrive(&app.book(REPORT).await).await);
    }
    let email = app.hospital.doctor.email.to_string();
    let folder = app.into_folder();

    let first = Server::serve(folder.path(), 0).await;
    let port = first.port;
    let doctor = first.browser();
    assert_eq!(doctor.post_page("/sign-in", &[("email", &email), ("password", PASSWORD)]).await.status, 303);
    let before = snapshots(&first, &waiting).await;
    assert!(before.iter().all(|snapshot| snapshot["seat"]["waiting_since"].is_string()));
    first.kill().await;

    let second = Server::serve(folder.path(), port).await;
    assert_eq!(snapshots(&second, &waiting).await, before, "cookies, places and rev are as they were");
    let mut rosa = waiting[0].socket(&second).await;
    rosa.expect("snapshot").await;
    let started = doctor.post(&visit.path("session"), &[]).await;
    assert_eq!(started.status, 200, "the doctor is still signed in: {}", started.body);
    assert_eq!(rosa.expect("change").await["seat"]["standing"], "admitted");
    second.kill().await;

    let third = Server::serve(folder.path(), port).await;
    assert_eq!(waiting[0].socket(&third).await.expect("snapshot").await["seat"]["standing"], "admitted");
    assert_eq!(doctor.post(&visit.path("session"), &[]).await.status, 409, "what was answered has happened");
}

async fn snapshots(server: &Server, waiting: &[Waiting]) -> Vec<Value> {
    join_all(waiting.iter().map(async |one| one.socket(server).await.expect("snapshot").await)).await
}
