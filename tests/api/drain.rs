//! A deploy: everybody is told to come back, and the process ends in time.

use std::time::{Duration, Instant};

use futures_util::future::join_all;

use crate::app::TestApp;
use crate::hospital::{PASSWORD, REPORT};
use crate::server::{Server, Waiting};

const LOBBIES: usize = 500;

#[tokio::test]
async fn on_sigterm_five_hundred_lobbies_and_a_call_are_told_to_come_back_and_the_process_ends() {
    rlimit::increase_nofile_limit(4096).unwrap();
    let app = TestApp::of_today().await;
    let mut waiting: Vec<Waiting> = Vec::new();
    while waiting.len() < LOBBIES {
        let visit = app.book(REPORT).await;
        waiting.extend(app.all_arrive(&visit).await);
    }
    let call = app.book(REPORT).await;
    let in_call = app.all_arrive(&call).await;
    app.start(&call).await;
    let email = app.hospital.doctor.email.to_string();
    let folder = app.into_folder();

    let mut server = Server::serve(folder.path(), 0).await;
    let mut sockets = join_all(waiting.iter().chain(&in_call).map(|one| one.socket(&server))).await;
    let doctor = server.browser();
    assert_eq!(doctor.post_page("/sign-in", &[("email", &email), ("password", PASSWORD)]).await.status, 303);
    sockets.push(doctor.socket(&call.path("call/socket")).await.unwrap());
    for socket in &mut sockets {
        socket.expect("snapshot").await;
    }
    for socket in sockets.iter_mut().skip(LOBBIES) {
        socket.enter().await;
        socket.until_it(|message| message["you"].is_u64()).await;
    }
    sockets.push(doctor.socket("/board/socket").await.unwrap());

    let began = Instant::now();
    server.terminate().await;
    let codes = join_all(sockets.into_iter().map(crate::wire::Socket::closed)).await;
    let told = codes.iter().filter(|code| **code == Some(1012)).count();
    assert_eq!(told, LOBBIES + 4, "everybody is told to come back");
    let status = server.exit(Duration::from_secs(30).saturating_sub(began.elapsed())).await;
    assert!(status.is_some_and(|status| status.success()), "after {:?}: {status:?}", began.elapsed());
}

#[tokio::test]
async fn a_process_with_idle_connections_ends_in_time_too() {
    let app = TestApp::of_today().await;
    let folder = app.into_folder();
    let mut server = Server::serve(folder.path(), 0).await;
    let browsers: Vec<_> = (0..5).map(|_| server.browser()).collect();
    for browser in &browsers {
        assert_eq!(browser.get("/readyz").await.status, 200);
    }
    // One that has begun a request and says no more.
    let mut slow = tokio::net::TcpStream::connect(("127.0.0.1", server.port)).await.unwrap();
    tokio::io::AsyncWriteExt::write_all(&mut slow, b"POST /sign-in HTTP/1.1\r\nhost: localhost\r\n").await.unwrap();
    server.terminate().await;
    let status = server.exit(Duration::from_secs(30)).await;
    assert!(status.is_some_and(|status| status.success()), "{status:?}");
}
