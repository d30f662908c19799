//! How much is sent and where to: the day's limit, countries that are not written to, doors that make nothing be sent.

use jiff::SignedDuration;

use super::callbacks::through_twilio;
use crate::app::{TestApp, on_each_with};
use crate::deliveries::{command, handed_over};
use crate::hospital::{REPORT, Visit};
use crate::wire::Socket;

/// A visit whose messages the worker has tried to send, and a board that hears of each try: while the clock stands still there
/// is no other one, so that nothing is spent but what a test says.
async fn tried(app: &TestApp) -> (Visit, Socket) {
    let clerk = app.sign_in(&app.hospital.clerk).await;
    let mut board = clerk.socket("/board/socket").await.unwrap();
    board.expect("snapshot").await;
    let visit = app.book(REPORT).await;
    let due = "SELECT id FROM outbox WHERE status = 'sending' OR (status = 'pending' AND next_try_at <= $1)";
    board.until_so(async || app.store.read(due, vec![app.now().into()]).await.unwrap().is_empty()).await;
    (visit, board)
}

#[tokio::test]
async fn the_days_limit_raises_an_alarm_on_the_page() {
    fn little(settings: &mut antesala::config::Settings) {
        through_twilio(settings);
        settings.sending.sms_daily_limit = 1;
    }
    on_each_with(little, async |app| {
        let (visit, _) = tried(app).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        assert!(!clerk.get("/messages").await.body.contains("role=\"alert\""));
        handed_over(app, &visit).await;
        let mut batch = antesala::store::Batch::new();
        let spent = vec![visit.seat(0).to_string().into()];
        batch.run_on_one("UPDATE outbox SET segments = 1 WHERE participant_id = $1", spent);
        app.store.write(batch).await.unwrap();
        let page = clerk.get("/messages").await.body;
        assert!(page.contains("Se alcanzó el límite de mensajes de hoy (1)."), "{page}");
    })
    .await;
}

#[tokio::test]
async fn an_admin_sees_the_alarm_and_lifts_the_limit_for_today() {
    fn little(settings: &mut antesala::config::Settings) {
        through_twilio(settings);
        settings.sending.sms_daily_limit = 5;
    }
    on_each_with(little, async |app| {
        let (visit, mut board) = tried(app).await;
        let admin = app.sign_in(&app.hospital.admin).await;
        let spend = async |segments: i64| {
            let mut batch = antesala::store::Batch::new();
            let sql = "UPDATE outbox SET segments = $1 WHERE participant_id = $2";
            batch.run_on_one(sql, vec![segments.into(), visit.seat(0).to_string().into()]);
            app.store.write(batch).await.unwrap();
        };
        handed_over(app, &visit).await;
        for (segments, alarm) in
            [(3, ""), (4, "Hoy se ha usado 4 de 5"), (5, "Se alcanzó el límite de mensajes de hoy (5).")]
        {
            spend(segments).await;
            for path in ["/staff", "/settings/messages"] {
                let page = admin.get(path).await.body;
                let is_told = page.contains("Hoy se ha usado") || page.contains("Se alcanzó");
                assert_eq!(is_told, !alarm.is_empty(), "{path} {segments}");
                assert!(page.contains(alarm), "{path} {segments}: {page}");
            }
            assert_eq!(admin.get("/settings/messages").await.body.contains("Quitar el límite por hoy"), segments > 3);
        }
        app.book(REPORT).await;
        board.until_so(async || app.browser().get("/metrics").await.body.contains("antesala_sms_budget_alarm 2")).await;
        for _ in 0..2 {
            let answer = admin.post_page("/settings/messages/lifts", &[]).await;
            assert_eq!(answer.header("location"), "/settings/messages");
        }
        let page = admin.get("/settings/messages").await.body;
        assert!(page.contains("quitó el límite por hoy a las 09:00"), "{page}");
        assert!(!admin.get("/staff").await.body.contains("Se alcanzó"), "who lifted it knows");
        app.later(SignedDuration::from_hours(24));
        let again = app.sign_in(&app.hospital.admin).await;
        assert!(!again.get("/settings/messages").await.body.contains("quitó el límite"), "tomorrow there is one again");
    })
    .await;
}

#[tokio::test]
async fn that_nothing_is_sent_to_a_country_is_said_when_somebody_is_registered_and_invited() {
    on_each_with(through_twilio, async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let patient = antesala::domain::ids::PatientId::mint().to_string();
        let form = [
            ("patient", patient.as_str()),
            ("name", "Celia Prado"),
            ("born", "1962-07-30"),
            ("care", "outpatient"),
            ("phone", "+12125550123"),
        ];
        let sentence = "A un número no se le envían mensajes: su país no está permitido. Llame o muestre el código.";
        let registered = clerk.post_page("/patients/new", &form).await;
        assert!(clerk.get(registered.header("location")).await.body.contains(sentence), "{}", registered.body);
        let command = command();
        let doctor = app.hospital.doctor.id.to_string();
        let form = [
            ("command", command.as_str()),
            ("service", "home_consultation"),
            ("patient", &patient),
            ("people_of", &patient),
            ("invite", "patient"),
            ("doctor", &doctor),
            ("when", "now"),
        ];
        let booked = clerk.post_page("/visits", &form).await;
        let page = clerk.get(booked.header("location")).await.body;
        assert!(page.contains(sentence), "{page}");
    })
    .await;
}

#[tokio::test]
async fn nothing_that_is_public_makes_anything_be_sent() {
    on_each_with(through_twilio, async |app| {
        let visit = app.book(REPORT).await;
        let count = async || {
            let rows = app.store.read("SELECT COUNT(*) FROM outbox", vec![]).await.unwrap();
            rows[0].int(0).unwrap()
        };
        let before = count().await;
        app.later(SignedDuration::from_mins(61));
        let mut crowd = super::doors::Crowd::default();
        for door in antesala::web::routes::DOORS {
            use antesala::web::access::Access;
            if door.method != "POST" || !matches!(door.access, Access::Public | Access::Seat | Access::Provider) {
                continue;
            }
            for visitor in [super::doors::Visitor::Nobody, super::doors::Visitor::Family] {
                let attempt = super::doors::Attempt::at(app, &mut crowd, door, visitor).await;
                let booked = count().await;
                attempt.answer().await;
                assert_eq!(count().await, booked, "{} by {visitor:?}", door.path);
            }
        }
        // A lost link is asked for, and only staff see it.
        let asking = app.browser();
        let token = asking.get(&visit.links[0]).await.form_token();
        let asked = count().await;
        asking.post_page(&format!("{}/requests", visit.links[0]), &[("form_token", &token)]).await;
        assert_eq!(count().await, asked);
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let state = clerk.get_json("/board/state").await.json();
        let cards = state["cards"].as_array().unwrap();
        assert!(cards.iter().any(|card| card["seats"][1]["link"] == "requested"), "{state}");
        assert!(before > 0);
    })
    .await;
}
