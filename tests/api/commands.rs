//! Commands at the same time, and the same command more than once.

use antesala::domain::ids::CommandId;
use futures_util::future::join_all;

use crate::app::on_each;
use crate::hospital::{REPORT, TELE};
use crate::inbox::messages_of;

#[tokio::test]
async fn of_a_hundred_admissions_at_once_one_wins_and_the_others_get_a_sentence() {
    on_each(async |app| {
        let visit = app.book(TELE).await;
        let ward = app.sign_in(&app.hospital.ward).await;
        let mut rosa = app.enter(&visit.links[1]).await.socket().await;
        app.start(&visit).await;
        let (seat, path) = (visit.seat(1).to_string(), visit.path("admissions"));
        let form = [("participant", seat.as_str())];
        let answers = join_all((0..100).map(|_| ward.post(&path, &form))).await;
        let won = answers.iter().filter(|answer| answer.status == 200).count();
        let told = answers.iter().filter(|answer| answer.status == 409);
        let told = told
            .filter(|answer| answer.json()["sentence"].as_str().is_some_and(|sentence| sentence.len() > 10))
            .count();
        assert_eq!((won, told), (1, 99));
        assert_eq!(app.count(visit.id, "admitted").await, 1);
        rosa.until("presence").await;
        assert_eq!(rosa.settle().await, Vec::<serde_json::Value>::new(), "one admission is told once");
    })
    .await;
}

#[tokio::test]
async fn one_command_sent_many_times_happens_once_and_answers_alike() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        app.enter(&visit.links[0]).await;
        let (command, path) = (CommandId::mint().to_string(), visit.path("session"));
        let form = [("command", command.as_str())];
        let answers = join_all((0..20).map(|_| doctor.post(&path, &form))).await;
        let answers: Vec<_> = answers.iter().map(|answer| (answer.status, answer.body.clone())).collect();
        assert!(answers.iter().all(|answer| answer.0 == 200 && *answer == answers[0]), "{answers:?}");
        assert_eq!(app.count(visit.id, "started").await, 1);
        assert_eq!(doctor.post(&path, &form).await.status, 200);
        assert_eq!(doctor.post(&path, &[]).await.status, 409, "another wish to start is refused");
    })
    .await;
}

#[tokio::test]
async fn one_booking_sent_many_times_opens_one_visit() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let (command, patient) = (CommandId::mint().to_string(), app.hospital.patient.id.to_string());
        let (doctor, rosa) = (app.hospital.doctor.id.to_string(), app.hospital.relatives[0].id.to_string());
        let form = [
            ("command", command.as_str()),
            ("service", "medical_report"),
            ("patient", &patient),
            ("people_of", &patient),
            ("invite", &rosa),
            ("doctor", &doctor),
            ("when", "now"),
        ];
        let answers = join_all((0..10).map(|_| clerk.post("/visits", &form))).await;
        let opened: Vec<_> =
            answers.iter().map(|answer| (answer.status, answer.json()["consultation"].clone())).collect();
        assert!(opened.iter().all(|answer| answer.0 == 200 && *answer == opened[0]), "{opened:?}");
        let board = clerk.get_json("/board/state").await.json();
        assert_eq!(board["cards"].as_array().unwrap().len(), 1);
        assert_eq!(messages_of(&app.store, &app.messages, &app.hospital.clerk).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn rev_never_goes_back_for_anybody_however_much_happens_at_once() {
    on_each(async |app| {
        let visit = app.book(TELE).await;
        let ward = app.sign_in(&app.hospital.ward).await;
        let seats = [app.enter(&visit.links[1]).await, app.enter(&visit.links[2]).await];
        let mut board = ward.socket("/board/socket").await.unwrap();
        app.start(&visit).await;
        let mut sockets = [seats[0].socket().await, seats[1].socket().await];
        let ids = [visit.seat(1).to_string(), visit.seat(2).to_string()];
        let wishes = (0..60).map(|number| {
            let rest = if number % 2 == 0 { "admissions" } else { "holds" };
            let (path, seat) = (visit.path(rest), ids[number % 3 % 2].clone());
            let ward = &ward;
            async move { ward.post(&path, &[("participant", &seat)]).await.status }
        });
        let statuses = join_all(wishes).await;
        assert!(statuses.iter().all(|status| [200, 409].contains(status)), "{statuses:?}");
        assert!(statuses.contains(&200));
        assert_eq!(ward.post(&visit.path("ending"), &[]).await.status, 200);
        let last = app.rev(visit.id).await;
        for socket in sockets {
            let (messages, code) = socket.rest().await;
            let revs: Vec<_> = messages.iter().map(|message| message["rev"].as_u64().unwrap()).collect();
            assert!(revs.is_sorted(), "{revs:?}");
            assert_eq!((revs.last(), code), (Some(&last), Some(4003)));
        }
        let mut revs = Vec::new();
        while revs.last() != Some(&last) {
            let message = board.next().await;
            revs.extend(message["card"]["rev"].as_u64());
        }
        assert!(revs.is_sorted(), "{revs:?}");
        assert_eq!(app.events(visit.id).await.len() as u64, last, "one event per rev");
        sockets = [seats[0].socket().await, seats[1].socket().await];
        for mut socket in sockets {
            assert_eq!(socket.expect("snapshot").await["rev"], last);
        }
    })
    .await;
}

#[tokio::test]
async fn a_command_for_a_visit_that_is_not_there_says_so() {
    on_each(async |app| {
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let visit = app.book(REPORT).await;
        for id in ["nonsense", &antesala::domain::ids::ConsultationId::mint().to_string()] {
            assert_eq!(doctor.post(&format!("/consultations/{id}/session"), &[]).await.status, 404, "{id}");
        }
        for form in [&[("participant", "nonsense")][..], &[("participant", "")]] {
            let answer = doctor.post(&visit.path("holds"), form).await;
            assert_eq!(answer.status, 422, "{}", answer.body);
            assert!(answer.json()["sentence"].is_string());
        }
        let stranger = antesala::domain::ids::ParticipantId::mint().to_string();
        app.start(&visit).await;
        assert_eq!(doctor.post(&visit.path("holds"), &[("participant", &stranger)]).await.status, 409);
        for minutes in ["0", "-5", "100000", "x"] {
            assert_eq!(doctor.post(&visit.path("extensions"), &[("minutes", minutes)]).await.status, 422, "{minutes}");
        }
    })
    .await;
}
