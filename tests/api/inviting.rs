//! Inviting more people to a visit that is booked: they are told like the others, nobody twice, and nobody who may not come.

use antesala::domain::consultation::{Guest, Kind};
use antesala::domain::ids::CommandId;
use antesala::store::patients::{self, Relative, Stored};
use jiff::SignedDuration;

use crate::app::{TestApp, on_each};
use crate::hospital::{HOME, REPORT, TELE, Visit};

/// What is sent or will be to whoever was invited last: which text, and seconds from now.
pub(super) async fn told_last(app: &TestApp, visit: &Visit) -> Vec<(String, i64)> {
    let seat = app.visit(visit.id).await.guests.last().unwrap().id;
    let sql =
        "SELECT template, due_at FROM outbox WHERE participant_id = $1 AND status <> 'cancelled' ORDER BY due_at, id";
    let rows = app.store.read(sql, vec![seat.to_string().into()]).await.unwrap();
    let seconds = |row: &antesala::store::Row| row.instant(1).unwrap().duration_since(app.now()).as_secs();
    rows.iter().map(|row| (row.text(0).unwrap().to_owned(), seconds(row))).collect()
}

pub(super) fn texts(told: &[(&str, i64)]) -> Vec<(String, i64)> {
    told.iter().map(|(text, seconds)| ((*text).to_owned(), *seconds)).collect()
}

pub(super) fn as_guest(relative: &Relative) -> Guest {
    Guest {
        kind: Kind::Relative,
        relative: Some(relative.id),
        name: relative.name.clone(),
        relation: Some(relative.relation.clone()),
        phone: Some(relative.phone.clone()),
        language: relative.language,
    }
}

#[tokio::test]
async fn who_is_invited_later_is_told_like_the_others_and_comes_in_like_them() {
    on_each(async |app| {
        let visit = app.book(HOME.one_by_one().in_minutes(25 * 60)).await;
        let lucia = app.join_family("Lucía Mora").await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let own = format!("/consultations/{}", visit.id);
        assert!(clerk.get(&own).await.body.contains(&format!("href=\"{own}/people\"")));
        let page = clerk.get(&visit.path("people")).await.body;
        assert!(page.contains("Ya están invitados: Tomás Quiroga, Rosa Quiroga, Julián Quiroga"), "{page}");
        let choices: Vec<_> = page.split("name=\"invite\" value=\"").skip(1).collect();
        assert_eq!(choices.len(), 1, "only who has no seat: {page}");
        assert!(choices[0].starts_with(&lucia.id.to_string()), "{page}");

        let invited = clerk.post_page(&visit.path("people"), &[("invite", &lucia.id.to_string())]).await;
        assert_eq!((invited.status, invited.header("location")), (303, own.as_str()), "{}", invited.body);
        let page = clerk.get(&own).await.body;
        for sentence in [
            "Se invitó a esas personas. Su aviso y su enlace se muestran desde la página Mensajes.",
            "Pilar Cruz invitó a Lucía Mora.",
            "Familiar, sobrina",
        ] {
            assert!(page.contains(sentence), "{sentence}: {page}");
        }
        let hour = 25 * 3600;
        let expected = [("booked", 0), ("reminder", 9 * 3600), ("link", hour - 600), ("you_are_late", hour + 300)];
        assert_eq!(told_last(app, &visit).await, texts(&expected), "the reminder at six");
        assert!(clerk.get(&visit.path("people")).await.body.contains("No hay nadie más registrado en esta familia."));

        app.later(SignedDuration::from_secs(hour));
        let links = app.visit(visit.id).await.links;
        let lobby = app.enter(links.last().unwrap()).await;
        let mut socket = lobby.socket().await;
        socket.expect("snapshot").await;
        app.start(&visit).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        assert_eq!(doctor.post(&visit.path("admissions"), &[]).await.status, 200);
        socket.until_it(|told| told["seat"]["standing"] == "admitted").await;
    })
    .await;
}

#[tokio::test]
async fn who_is_registered_for_a_visit_is_invited_next() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(60)).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let page = clerk.get(&visit.path("people")).await.body;
        let form = format!("/patients/{}/relatives/new?visit={}", app.hospital.patient.id, visit.id);
        assert!(page.contains(&format!("href=\"{form}\"")), "{page}");
        let form = clerk.get(&form).await;
        assert!(form.body.contains(&format!("href=\"{}\"", visit.path("people"))), "back to the visit: {}", form.body);
        let mut typed = form.hidden_fields();
        for (name, value) in
            [("name", "Eva Mora"), ("relation", "nuera"), ("phone", "55 1234 5605"), ("may_visit", "1")]
        {
            typed.push((name.to_owned(), value.to_owned()));
        }
        let typed: Vec<_> = typed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let added = clerk.post_page(&format!("/patients/{}/relatives", app.hospital.patient.id), &typed).await;
        assert_eq!(added.status, 303, "{}", added.body);
        let page = clerk.get(added.header("location")).await.body;
        let (choice, _) = page.split_once("<b>Eva Mora</b>").unwrap();
        let (_, choice) = choice.rsplit_once("<input").unwrap();
        assert!(choice.contains(" checked"), "ticked, since they were registered for it: {choice}");
    })
    .await;
}

#[tokio::test]
async fn once_the_hour_has_come_the_link_says_it_all_and_goes_out_at_once() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        app.start(&visit).await;
        let mut board = app.sign_in(&app.hospital.doctor).await.socket("/board/socket").await.unwrap();
        board.expect("snapshot").await;
        let lucia = app.join_family("Lucía Mora").await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let answer = doctor.post(&visit.path("people"), &[("invite", &lucia.id.to_string())]).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        board.until_it(|told| told["card"]["seats"][3]["relation"] == "sobrina").await;
        assert_eq!(told_last(app, &visit).await, texts(&[("link", 0)]));
    })
    .await;
}

#[tokio::test]
async fn where_staff_said_that_they_are_late_who_comes_later_hears_it_too() {
    on_each(async |app| {
        let visit = app.book(REPORT.in_minutes(60)).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        assert_eq!(doctor.post(&visit.path("delays"), &[("minutes", "20")]).await.status, 200);
        app.later(SignedDuration::from_mins(5));
        let lucia = app.join_family("Lucía Mora").await;
        assert_eq!(doctor.post(&visit.path("people"), &[("invite", &lucia.id.to_string())]).await.status, 200);
        let expected = [("booked", 0), ("running_late", 0), ("link", 45 * 60), ("you_are_late", 80 * 60)];
        assert_eq!(told_last(app, &visit).await, texts(&expected));
    })
    .await;
}

#[tokio::test]
async fn the_same_form_twice_invites_once_and_two_at_once_invite_nobody_twice() {
    on_each(async |app| {
        let visit = app.book(REPORT.in_minutes(60)).await;
        let lucia = app.join_family("Lucía Mora").await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let command = CommandId::mint().to_string();
        let (path, id) = (visit.path("people"), lucia.id.to_string());
        let form = [("invite", id.as_str()), ("command", command.as_str())];
        for _ in 0..2 {
            assert_eq!(clerk.post(&path, &form).await.status, 200);
        }
        assert_eq!(app.count(visit.id, "invited").await, 1);
        let other = CommandId::mint().to_string();
        let refused = clerk.post_page(&path, &[("invite", &id), ("command", &other)]).await;
        assert_eq!(refused.status, 409);
        assert!(refused.body.contains("Una de las personas ya está invitada."), "{}", refused.body);

        let eva = as_guest(&app.join_family("Eva Mora").await);
        let by = app.hospital.clerk.operator();
        let guests = [eva];
        let invite = || app.hub.invite(by, CommandId::mint(), visit.id, &guests);
        let answers = futures_util::future::join_all((0..8).map(|_| invite())).await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
        assert_eq!(app.count(visit.id, "invited").await, 2);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_invited_who_may_not_come() {
    on_each(async |app| {
        let visit = app.book(REPORT.in_minutes(60)).await;
        let lucia = app.join_family("Lucía Mora").await;
        let barred = Relative { may_receive_report: false, ..lucia.clone() };
        patients::edit_relative(&app.store, &Stored { value: barred, rev: "1".parse().unwrap() }).await.unwrap();
        let (_, stranger) = app.register("Celia Prado").await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let path = visit.path("people");
        let page = clerk.get(&path).await.body;
        assert!(page.contains(" disabled") && page.contains("No debe recibir el informe médico."), "{page}");
        for (who, status, sentence) in [
            (lucia.id.to_string(), 422, "Lucía Mora no debe recibir el informe médico. Quite la marca."),
            (stranger.id.to_string(), 422, "Una de las personas no es familiar de este paciente."),
            ("patient".to_owned(), 409, "A este tipo de visita no se invita al paciente."),
            ("somebody".to_owned(), 422, "Elija al menos a una persona para invitar."),
        ] {
            let refused = clerk.post_page(&path, &[("invite", &who)]).await;
            assert_eq!(refused.status, status, "{who}");
            assert!(
                refused.body.contains(sentence) && refused.body.contains("error-summary"),
                "{who}: {}",
                refused.body
            );
        }
        assert_eq!(app.count(visit.id, "invited").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_full_visit_and_one_that_is_over_take_nobody_more() {
    on_each(async |app| {
        let visit = app.book(TELE.in_minutes(60)).await;
        let ward = app.sign_in(&app.hospital.ward).await;
        let path = visit.path("people");
        let mut ids = Vec::new();
        for name in ["Lucía Mora", "Eva Mora", "Blanca Mora", "Elena Mora"] {
            ids.push(app.join_family(name).await.id.to_string());
        }
        let all: Vec<_> = ids.iter().map(|id| ("invite", id.as_str())).collect();
        let refused = ward.post_page(&path, &all).await;
        assert_eq!(refused.status, 409);
        assert!(refused.body.contains("No caben tantas personas."), "{}", refused.body);
        assert_eq!(refused.body.matches(" checked").count(), 4, "what was ticked stays: {}", refused.body);
        assert_eq!(ward.post(&path, &all[..2]).await.status, 200);
        assert_eq!(ward.post(&visit.path("cancellation"), &[]).await.status, 200);
        let closed = ward.get(&path).await;
        assert_eq!((closed.status, closed.header("location")), (303, format!("/consultations/{}", visit.id).as_str()));
        assert_eq!(ward.post(&path, &all[2..3]).await.status, 409);
    })
    .await;
}
