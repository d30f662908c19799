//! Another node on the same database: nobody loses their place.

use antesala::domain::ids::CommandId;
use jiff::SignedDuration;

use crate::app::own_on_each;
use crate::hospital::{REPORT, TELE};

#[tokio::test]
async fn the_place_in_line_survives_a_restart_and_the_line_moves_on() {
    own_on_each(async |app| {
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        let mut socket = rosa.socket().await;
        let since = socket.expect("snapshot").await["seat"]["waiting_since"].clone();
        app.later(SignedDuration::from_mins(7));

        let app = app.restarted();
        assert_eq!(socket.closed().await, Some(1012));
        let rosa = rosa.browser.at(&app);
        let mut socket = rosa.socket(&format!("/lobby/{}/socket", visit.seat(0))).await.unwrap();
        let snapshot = socket.expect("snapshot").await;
        assert_eq!((&snapshot["seat"]["standing"], &snapshot["seat"]["waiting_since"]), (&"waiting".into(), &since));
        app.start(&visit).await;
        assert_eq!(socket.expect("change").await["seat"]["standing"], "admitted");
    })
    .await;
}

#[tokio::test]
async fn admission_sessions_links_and_commands_survive_a_restart() {
    own_on_each(async |app| {
        let visit = app.book(TELE).await;
        let ward = app.sign_in(&app.hospital.ward).await;
        let rosa = app.enter(&visit.links[1]).await;
        app.start(&visit).await;
        let (command, seat) = (CommandId::mint().to_string(), rosa.id.to_string());
        let form = [("participant", seat.as_str()), ("command", command.as_str())];
        assert_eq!(ward.post(&visit.path("admissions"), &form).await.status, 200);
        let before = app.stored(visit.id).await;

        let app = app.restarted();
        assert_eq!(app.stored(visit.id).await, before);
        let ward = ward.at(&app);
        let again = ward.post(&visit.path("admissions"), &form).await;
        assert_eq!(again.status, 200, "the same command is recognised: {}", again.body);
        assert_eq!(app.count(visit.id, "admitted").await, 1);
        let rosa = rosa.browser.at(&app);
        let mut socket = rosa.socket(&format!("/lobby/{}/socket", visit.seat(1))).await.unwrap();
        assert_eq!(socket.expect("snapshot").await["seat"]["standing"], "admitted");
        assert_eq!(app.enter(&visit.links[2]).await.id, visit.seat(2));
    })
    .await;
}
