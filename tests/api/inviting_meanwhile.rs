//! Inviting while something else happens: the same form again, another node, a visit that has begun or is over, somebody who
//! was sent away.

use antesala::domain::consultation::{Command, Kind};
use antesala::domain::ids::CommandId;
use antesala::store::Batch;
use antesala::store::patients::Relative;
use futures_util::future::join_all;
use jiff::SignedDuration;

use super::callbacks::through_twilio;
use super::inviting::{as_guest, texts, told_last};
use crate::app::{TestApp, on_each, on_each_with};
use crate::hospital::{HOME, REPORT, Visit};

async fn invited(app: &TestApp, visit: &Visit) -> usize {
    app.count(visit.id, "invited").await
}

fn is_named_in(page: &str, relative: &Relative) -> bool {
    page.contains(&relative.name.to_string()) || page.contains(&relative.phone.to_string())
}

#[tokio::test]
async fn one_form_invites_each_person_once_and_another_choice_in_it_is_another_invitation() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(60)).await;
        let (lucia, eva) = (app.join_family("Lucía Mora").await, app.join_family("Eva Mora").await);
        let (lucia, eva) = (lucia.id.to_string(), eva.id.to_string());
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let command = CommandId::mint().to_string();
        let choose = async |who: &[&String]| {
            let chosen = who.iter().map(|id| ("invite", id.as_str()));
            let form: Vec<_> = chosen.chain([("command", command.as_str())]).collect();
            clerk.post_page(&visit.path("people"), &form).await.status
        };
        assert_eq!((choose(&[&lucia, &lucia]).await, invited(app, &visit).await), (303, 1));
        assert_eq!((choose(&[&lucia, &lucia]).await, invited(app, &visit).await), (303, 1), "sent again");
        assert_eq!((choose(&[&eva]).await, invited(app, &visit).await), (303, 2), "a page from before");
        let blanca = as_guest(&app.join_family("Blanca Mora").await);
        let twice = [blanca.clone(), blanca];
        let by = app.hospital.clerk.operator();
        assert!(app.hub.invite(by, CommandId::mint(), visit.id, &twice).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_form_that_is_sent_several_times_at_once_is_answered_alike_each_time() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(60)).await;
        let by = app.hospital.clerk.operator();
        for round in 1..=2 {
            let guests = [as_guest(&app.join_family("Lucía Mora").await)];
            let command = CommandId::mint();
            let answers = join_all((0..12).map(|_| app.hub.invite(by, command, visit.id, &guests))).await;
            let rev = app.rev(visit.id).await;
            assert!(answers.iter().all(|answer| answer.as_ref().is_ok_and(|told| *told == rev)), "{answers:?}");
            assert_eq!(invited(app, &visit).await, round);
        }
    })
    .await;
}

#[tokio::test]
async fn what_another_node_has_changed_is_read_before_anybody_is_invited() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(5)).await;
        let mut socket = app.enter(&visit.links[0]).await.socket().await;
        socket.expect("snapshot").await;
        let mut elsewhere = Batch::new();
        let id = visit.id.to_string();
        elsewhere.run_on_one("UPDATE consultations SET rev = rev + 1 WHERE id = $1", vec![id.into()]);
        app.store.write(elsewhere).await.unwrap();
        let guests = [as_guest(&app.join_family("Lucía Mora").await)];
        let answer = app.hub.invite(app.hospital.clerk.operator(), CommandId::mint(), visit.id, &guests).await;
        assert!(answer.is_ok(), "{answer:?}");
    })
    .await;
}

#[tokio::test]
async fn where_staff_began_early_the_link_goes_out_at_once() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(60)).await;
        app.start(&visit).await;
        let lucia = app.join_family("Lucía Mora").await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        assert_eq!(doctor.post(&visit.path("people"), &[("invite", &lucia.id.to_string())]).await.status, 200);
        assert_eq!(told_last(app, &visit).await, texts(&[("link", 0)]));
    })
    .await;
}

#[tokio::test]
async fn after_the_hour_but_before_the_one_staff_promised_who_comes_later_is_told_both() {
    on_each(async |app| {
        let visit = app.book(REPORT.in_minutes(10)).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        assert_eq!(doctor.post(&visit.path("delays"), &[("minutes", "30")]).await.status, 200);
        app.later(SignedDuration::from_mins(15));
        let lucia = app.join_family("Lucía Mora").await;
        assert_eq!(doctor.post(&visit.path("people"), &[("invite", &lucia.id.to_string())]).await.status, 200);
        let mut told = told_last(app, &visit).await;
        told.sort();
        assert_eq!(told, texts(&[("link", 0), ("running_late", 0), ("you_are_late", 30 * 60)]));
    })
    .await;
}

#[tokio::test]
async fn who_may_not_invite_is_shown_nobody_and_a_closed_visit_says_that_it_is() {
    on_each(async |app| {
        let lucia = app.join_family("Lucía Mora").await;
        let visit = app.book(HOME.one_by_one()).await;
        app.start(&visit).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        // Whoever hands a running visit over looks on from their seat.
        assert_eq!(doctor.get(&visit.path("call")).await.status, 200);
        doctor.get(&visit.path("call/state")).await;
        let to = [("doctor", app.hospital.other_doctor.id.to_string())];
        let to: Vec<_> = to.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(doctor.post(&visit.path("doctor"), &to).await.status, 200);
        for form in [vec![], vec![("invite", lucia.id.to_string())]] {
            let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let refused = doctor.post(&visit.path("people"), &form).await;
            assert!([404, 409].contains(&refused.status), "{}: {}", refused.status, refused.body);
            assert!(!is_named_in(&refused.body, &lucia), "{}", refused.body);
        }

        let visit = app.book(REPORT.in_minutes(300)).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        assert_eq!(clerk.post(&visit.path("cancellation"), &[]).await.status, 200);
        let refused = clerk.post_page(&visit.path("people"), &[]).await;
        assert_eq!(
            (refused.status, refused.header("location")),
            (303, format!("/consultations/{}", visit.id).as_str())
        );
        assert_eq!(invited(app, &visit).await, 0);
    })
    .await;
}

#[tokio::test]
async fn who_was_sent_away_is_not_said_to_be_invited() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(60)).await;
        let by = app.hospital.doctor.operator();
        app.command(visit.id, Command::Remove { by, participant: visit.seat(1) }).await.unwrap();
        let page = app.sign_in(&app.hospital.clerk).await.get(&visit.path("people")).await.body;
        assert!(page.contains("Ya están invitados: Tomás Quiroga, Julián Quiroga"), "{page}");
        assert!(page.contains("Salieron de la visita: Rosa Quiroga."), "{page}");
    })
    .await;
}

#[tokio::test]
async fn whom_no_message_reaches_is_said_however_often_the_form_comes() {
    on_each_with(through_twilio, async |app| {
        let visit = app.book(HOME.in_minutes(60)).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let far = app.join_family("Lucía Mora").await;
        let mut batch = Batch::new();
        let id = far.id.to_string();
        batch.run_on_one("UPDATE relatives SET phone = '+12125550123' WHERE id = $1", vec![id.as_str().into()]);
        app.store.write(batch).await.unwrap();
        let command = CommandId::mint().to_string();
        for _ in 0..2 {
            let done = clerk.post_page(&visit.path("people"), &[("invite", &id), ("command", &command)]).await;
            assert_eq!(done.status, 303);
            let page = clerk.get(done.header("location")).await.body;
            assert!(page.contains("Su enlace sale solo. A un número no se le envían mensajes"), "{page}");
        }

        let mut booking = app.booking(HOME.in_minutes(180));
        booking.guests.retain(|guest| guest.kind == Kind::Relative);
        let visit = app.visit(app.try_to_book(&booking).await.unwrap()).await;
        let mut batch = Batch::new();
        let patient = app.hospital.patient.id.to_string();
        batch.run_on_one("UPDATE patients SET phone = NULL WHERE id = $1", vec![patient.into()]);
        app.store.write(batch).await.unwrap();
        let done = clerk.post_page(&visit.path("people"), &[("invite", "patient")]).await;
        let page = clerk.get(done.header("location")).await.body;
        assert!(page.contains("A quien no tiene teléfono, muéstrele el enlace desde la página Mensajes."), "{page}");
    })
    .await;
}
