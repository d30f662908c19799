//! Clients that stop reading: the server ends them, its memory stays flat, and the others notice nothing.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::app::TestApp;
use crate::browser::Browser;
use crate::hospital::{HOME, PASSWORD, Visit};
use crate::server::Server;
use crate::wire::Socket;

/// The server's promise; the kernel's own limit is 30 s.
const ENDED_WITHIN: Duration = Duration::from_secs(45);

/// What the server may need more while messages pour in.
const FLAT: u64 = 20 * 1024 * 1024;

/// How long a push may take to reach somebody who reads.
const UNNOTICED: Duration = Duration::from_secs(2);

#[tokio::test]
async fn clients_that_stop_reading_are_ended_and_the_others_notice_nothing() {
    let app = TestApp::of_today().await;
    let visit = app.book(HOME).await;
    let people = app.all_arrive(&visit).await;
    let email = app.hospital.doctor.email.to_string();
    let folder = app.into_folder();
    let server = Server::serve(folder.path(), 0).await;
    let doctor = server.browser();
    assert_eq!(doctor.post_page("/sign-in", &[("email", &email), ("password", PASSWORD)]).await.status, 303);
    assert_eq!(doctor.post(&visit.path("session"), &[]).await.status, 200);

    // Tomás stops in the lobby, Rosa in the call; Julián reads.
    let _tomas = people[0].narrow_socket(&server).await;
    let mut rosa = people[1].narrow_socket(&server).await;
    rosa.enter().await;
    let to = rosa.until_it(|message| message["you"].is_u64()).await["you"].as_u64().unwrap();
    let mut julian = people[2].socket(&server).await;
    julian.until("presence").await;
    let pouring = Pouring::begin(&doctor, &visit).await;
    assert_eq!(server.gauge("antesala_sockets").await, 3);

    let (began, resident) = (Instant::now(), server.resident());
    let (mut slowest, mut largest, mut pushes) = (Duration::ZERO, resident, 0);
    while server.gauge("antesala_sockets").await > 1 {
        assert!(began.elapsed() < ENDED_WITHIN, "still there after {:?} and {pushes} pushes", began.elapsed());
        for _ in 0..10 {
            pouring.signal(to).await;
            pouring.hold_and_admit(visit.seat(0).to_string()).await;
            slowest = slowest.max(pouring.reach(&mut julian, visit.seat(2).to_string()).await);
            pushes += 1;
        }
        largest = largest.max(server.resident());
    }
    let more = (largest - resident) / 1024;
    eprintln!("{pushes} pushes in {:?}; the slowest took {slowest:?}; {more} kB more memory", began.elapsed());
    assert!(slowest < UNNOTICED, "somebody who reads waited {slowest:?}");
    assert!(largest - resident < FLAT, "{more} kB more");
    assert!(began.elapsed() > Duration::from_secs(20), "they had stopped reading, and were ended by the limit");
}

/// A doctor behind a proxy that blocks WebSockets, in the call, with much to say.
struct Pouring<'a> {
    doctor: &'a Browser,
    visit: &'a Visit,
    state: String,
    data: Value,
}

impl<'a> Pouring<'a> {
    async fn begin(doctor: &'a Browser, visit: &'a Visit) -> Self {
        let path = visit.path("call/state");
        let connection = doctor.get_json(&path).await.json()["connection"].as_u64().unwrap();
        let state = format!("{path}?connection={connection}");
        assert_eq!(doctor.say(&state, &json!({ "type": "enter" })).await.status, 204);
        Self { doctor, visit, state, data: json!({ "x": "x".repeat(30_000) }) }
    }

    /// Signals to somebody in the call, who may be gone by now.
    async fn signal(&self, to: u64) {
        for _ in 0..5 {
            let signal = json!({ "type": "signal", "to": to, "data": self.data });
            assert_eq!(self.doctor.say(&self.state, &signal).await.status, 204);
        }
        assert_eq!(self.doctor.get_json(&self.state).await.status, 200);
    }

    async fn hold_and_admit(&self, seat: String) {
        for rest in ["holds", "admissions"] {
            let answer = self.doctor.post(&self.visit.path(rest), &[("participant", &seat)]).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
        }
    }

    /// How long a hold and an admission take until somebody has heard of both.
    async fn reach(&self, socket: &mut Socket, seat: String) -> Duration {
        let began = Instant::now();
        self.hold_and_admit(seat).await;
        for standing in ["waiting", "admitted"] {
            socket.until_it(|message| message["seat"]["standing"] == standing).await;
        }
        began.elapsed()
    }
}
