//! Nobody is booked twice at one time unless somebody has seen it and accepts it, however many book at once.

use antesala::domain::booking::{Booking, Timing};
use antesala::domain::consultation::Refusal;
use antesala::domain::ids::{CommandId, ConsultationId, PatientId};
use antesala::domain::schedule::Appointment;
use antesala::domain::staff::Role;
use antesala::hub::HubError;
use antesala::hub::booking::Rescheduling;
use antesala::store::calendars::{Overlap, Whose};
use antesala::store::patients::{self, Patient};
use futures_util::future::join_all;
use jiff::SignedDuration;
use serde_json::Value;

use crate::app::{TestApp, on_each};
use crate::booking_form::{booked, form, ids, sent, tick};
use crate::hospital::{HOME, Plan, TELE, ZONE};

const IN_AN_HOUR: Plan = HOME.in_minutes(60);

fn overlaps(answer: Result<ConsultationId, HubError>) -> Vec<Overlap> {
    match answer {
        Err(HubError::Overlaps(overlaps)) => overlaps,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn of_twenty_who_book_one_hour_one_wins_and_the_others_are_shown_it() {
    on_each(async |app| {
        let booking = app.booking(IN_AN_HOUR);
        let answers = join_all((0..20).map(|_| app.try_to_book(&booking))).await;
        let (won, told): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
        assert_eq!(won.len(), 1);
        let won = won[0].clone().unwrap();
        for answer in told {
            let overlaps = overlaps(answer);
            let seen: Vec<_> = overlaps.iter().map(|overlap| overlap.consultation).collect();
            assert_eq!(seen, [won]);
        }
    })
    .await;
}

#[tokio::test]
async fn everybody_who_books_another_hour_is_booked_however_many_they_are() {
    on_each(async |app| {
        let bookings: Vec<_> = (1..=12).map(|hour| app.booking(HOME.in_minutes(hour * 60))).collect();
        let answers = join_all(bookings.iter().map(|booking| app.try_to_book(booking))).await;
        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    })
    .await;
}

#[tokio::test]
async fn a_booking_and_a_visit_that_is_moved_there_do_not_both_win() {
    on_each(async |app| {
        for hour in 1..=8 {
            let there = HOME.in_minutes(hour * 300);
            let elsewhere = app.try_to_book(&app.booking(HOME.in_minutes(hour * 300 + 120))).await.unwrap();
            let appointment = app.booking(there).appointment;
            let now = app.stored(elsewhere).await.visit;
            let to = Rescheduling { seen: now.starts_at, seen_minutes: now.minutes, appointment, accepted: vec![] };
            let by = app.hospital.clerk.operator();
            let booking = app.booking(there);
            let (moved, booked) =
                tokio::join!(app.hub.reschedule(by, CommandId::mint(), elsewhere, to), app.try_to_book(&booking));
            assert_ne!(moved.is_ok(), booked.is_ok(), "{moved:?} {booked:?}");
            let told = moved.err().or(booked.err());
            assert!(matches!(told, Some(HubError::Overlaps(_))), "{told:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_what_was_seen_is_accepted() {
    on_each(async |app| {
        let first = app.try_to_book(&app.booking(IN_AN_HOUR)).await.unwrap();
        let seen = overlaps(app.try_to_book(&app.booking(IN_AN_HOUR)).await);
        assert_eq!((seen.len(), seen[0].consultation, seen[0].whose), (1, first, Whose::Both));
        assert_eq!((seen[0].minutes, seen[0].zone.as_str()), (30, ZONE));
        assert_eq!(seen[0].patient, app.hospital.patient.name);
        assert_eq!(seen[0].doctor.as_ref(), Some(&app.hospital.doctor.name));

        let accepting = Booking { accepted: vec![first], ..app.booking(IN_AN_HOUR) };
        let second = app.try_to_book(&accepting).await.unwrap();
        let others: Vec<_> =
            overlaps(app.try_to_book(&accepting).await).into_iter().map(|overlap| overlap.consultation).collect();
        assert_eq!(others, [second], "what came meanwhile is shown");
    })
    .await;
}

#[tokio::test]
async fn calendars_are_the_doctors_and_the_patients_and_end_where_visits_end() {
    on_each(async |app| {
        let at = app.now() + SignedDuration::from_hours(3);
        let plan = HOME.in_minutes(180);
        let taken = app.try_to_book(&app.booking(plan)).await.unwrap();
        let other_doctor = Booking { doctor: Some(app.hospital.other_doctor.clone()), ..app.booking(plan) };
        assert_eq!(overlaps(app.try_to_book(&other_doctor).await)[0].whose, Whose::Patient);
        let no_doctor = app.booking(TELE.in_minutes(200));
        assert_eq!(overlaps(app.try_to_book(&no_doctor).await)[0].whose, Whose::Patient);

        let lasting = |minutes: i64, length| {
            let appointment = Appointment::now(at + SignedDuration::from_mins(minutes), ZONE).unwrap().lasting(length);
            Booking { appointment, ..app.booking(plan) }
        };
        assert!(app.try_to_book(&lasting(29, 5)).await.is_err());
        assert!(app.try_to_book(&lasting(-60, 61)).await.is_err());
        app.try_to_book(&lasting(30, 30)).await.unwrap();
        app.try_to_book(&lasting(-60, 60)).await.unwrap();

        let by = app.hospital.clerk.operator();
        app.command(taken, antesala::domain::consultation::Command::Cancel { by }).await.unwrap();
        app.try_to_book(&lasting(0, 30)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_is_urgent_is_never_held_up_but_is_seen_by_others() {
    on_each(async |app| {
        let now = Booking { timing: Timing::Now, ..app.booking(HOME) };
        let answers = join_all((0..5).map(|_| app.try_to_book(&now))).await;
        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
        assert_eq!(overlaps(app.try_to_book(&app.booking(HOME.in_minutes(10))).await).len(), 5);
    })
    .await;
}

#[tokio::test]
async fn the_same_form_sent_twice_does_not_stand_in_its_own_way() {
    on_each(async |app| {
        let (by, command, booking) = (app.hospital.clerk.operator(), CommandId::mint(), app.booking(IN_AN_HOUR));
        let answers = join_all((0..5).map(|_| app.hub.book(by, command, &booking))).await;
        let booked = answers[0].clone().unwrap();
        assert!(answers.iter().all(|answer| *answer == Ok(booked)), "{answers:?}");
        assert_eq!(visits(app).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_series_is_booked_whole_once_or_not_at_all() {
    on_each(async |app| {
        let weekly: Vec<_> = (0..4).map(|week| app.booking(HOME.in_minutes(60 + week * 7 * 24 * 60))).collect();
        let by = app.hospital.clerk.operator();
        let third = app.try_to_book(&weekly[2]).await.unwrap();
        match app.hub.book_series(by, CommandId::mint(), &weekly).await {
            Err(HubError::Overlaps(overlaps)) => assert_eq!(overlaps[0].consultation, third),
            other => panic!("{other:?}"),
        }
        assert_eq!(visits(app).await, 1, "none of them");

        let command = CommandId::mint();
        let accepting: Vec<_> =
            weekly.into_iter().map(|booking| Booking { accepted: vec![third], ..booking }).collect();
        let booked = app.hub.book_series(by, command, &accepting).await.unwrap();
        assert_eq!(app.hub.book_series(by, command, &accepting).await, Ok(booked.clone()), "the same form");
        assert_eq!((booked.len(), visits(app).await), (4, 5));
        let sql = "SELECT COUNT(*) FROM consultations WHERE series IS NOT NULL GROUP BY series";
        let sizes = app.store.read(sql, Vec::new()).await.unwrap();
        assert_eq!(sizes.iter().map(|row| row.int(0).unwrap()).collect::<Vec<_>>(), [4], "one series");
    })
    .await;
}

#[tokio::test]
async fn a_visit_is_handed_to_a_busy_doctor_only_by_who_has_seen_it() {
    on_each(async |app| {
        let other = &app.hospital.other_doctor;
        assert_eq!(other.role, Role::Doctor);
        let busy = Booking { doctor: Some(other.clone()), ..app.booking(IN_AN_HOUR) };
        let busy = app.try_to_book(&busy).await.unwrap();
        let ours = Booking { accepted: vec![busy], ..app.booking(IN_AN_HOUR) };
        let ours = app.try_to_book(&ours).await.unwrap();
        let by = app.hospital.doctor.operator();
        match app.hub.hand_over(by, CommandId::mint(), ours, Some(app.hospital.doctor.id), other, &[]).await {
            Err(HubError::Overlaps(overlaps)) => {
                assert_eq!((overlaps.len(), overlaps[0].whose), (1, Whose::Doctor));
            }
            answer => panic!("{answer:?}"),
        }
        app.hub.hand_over(by, CommandId::mint(), ours, Some(app.hospital.doctor.id), other, &[busy]).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_visit_that_is_moved_and_handed_over_at_once_lands_at_no_hour_that_nobody_looked_at() {
    on_each(async |app| {
        let (by, doctor, other) = (app.hospital.clerk.operator(), &app.hospital.doctor, &app.hospital.other_doctor);
        let neighbour = Patient { id: PatientId::mint(), ..app.hospital.patient.clone() };
        patients::insert(&app.store, &neighbour, &[], app.now()).await.unwrap();
        for day in 1..=8 {
            let (morning, afternoon) = (HOME.in_minutes(day * 1440), HOME.in_minutes(day * 1440 + 300));
            let busy = Booking { doctor: Some(other.clone()), patient: neighbour.id, ..app.booking(afternoon) };
            app.try_to_book(&busy).await.unwrap();
            let ours = app.try_to_book(&app.booking(morning)).await.unwrap();
            let seen = app.stored(ours).await.visit;
            let appointment = app.booking(afternoon).appointment;
            let to = Rescheduling { seen: seen.starts_at, seen_minutes: seen.minutes, appointment, accepted: vec![] };
            let moving = app.hub.reschedule(by, CommandId::mint(), ours, to);
            let handing = app.hub.hand_over(by, CommandId::mint(), ours, Some(doctor.id), other, &[]);
            let (moved, handed) = futures_util::future::join(moving, handing).await;
            let now = app.stored(ours).await.visit;
            assert!(moved.is_ok() != handed.is_ok(), "{moved:?} {handed:?}");
            assert!(now.starts_at == seen.starts_at || now.doctor == Some(doctor.id), "another's busy hour");
        }
    })
    .await;
}

#[tokio::test]
async fn the_second_of_two_hand_overs_is_told_of_the_first() {
    on_each(async |app| {
        let (by, doctor, other) = (app.hospital.clerk.operator(), &app.hospital.doctor, &app.hospital.other_doctor);
        let ours = app.try_to_book(&app.booking(IN_AN_HOUR)).await.unwrap();
        app.hub.hand_over(by, CommandId::mint(), ours, Some(doctor.id), other, &[]).await.unwrap();
        let late = app.hub.hand_over(by, CommandId::mint(), ours, Some(doctor.id), doctor, &[]).await;
        assert_eq!(late, Err(HubError::Refused(Refusal::Changed)));
        assert_eq!(app.stored(ours).await.visit.doctor, Some(other.id));
    })
    .await;
}

async fn visits(app: &TestApp) -> i64 {
    let row = app.store.read_one("SELECT COUNT(*) FROM consultations", Vec::new()).await.unwrap();
    row.unwrap().int(0).unwrap()
}

#[tokio::test]
async fn an_overlap_is_shown_before_saving_and_only_what_was_shown_is_accepted() {
    on_each(async |app| {
        let (clerk, ids) = (app.sign_in(&app.hospital.clerk).await, ids(app));
        let first = booked(&clerk.post("/visits", &form(&ids, &[])).await);

        let draft = sent(&clerk, "/visits/drafts", &form(&ids, &[("time", "16:10")])).await;
        assert_eq!(draft.status, 200);
        assert_eq!(tick(&draft), Some(first.to_string()), "as soon as the time is chosen");
        for said in
            ["Quien atiende y paciente tienen otra visita:", "16:00–16:30", "Inés Soto", "hora de Ciudad de México"]
        {
            assert!(draft.body.contains(said), "{said} in {}", draft.body);
        }

        let refused = sent(&clerk, "/visits", &form(&ids, &[("time", "16:10")])).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("href=\"#overlaps\""), "the summary leads there");
        let shown = tick(&refused).unwrap();
        let second = form(&ids, &[("time", "16:10"), ("accept", &shown)]);
        let second = booked(&clerk.post("/visits", &second).await);

        let stale = sent(&clerk, "/visits", &form(&ids, &[("time", "16:20"), ("accept", &shown)])).await;
        assert_eq!(stale.status, 422, "what came meanwhile is shown again, never waved through");
        let shown = tick(&stale).unwrap();
        assert!(shown.contains(&first.to_string()) && shown.contains(&second.to_string()), "{shown}");
        assert!(!stale.body.contains(&format!("value=\"{shown}\" checked")), "and is not ticked");
    })
    .await;
}

#[tokio::test]
async fn with_whom_an_overlap_is_told_to_clerks_only() {
    on_each(async |app| {
        let (clerk, ids) = (app.sign_in(&app.hospital.clerk).await, ids(app));
        let doctor = app.sign_in(&app.hospital.other_doctor).await;
        let first = booked(&clerk.post("/visits", &form(&ids, &[])).await);
        let draft = sent(&doctor, "/visits/drafts", &form(&ids, &[("time", "16:10")])).await;
        assert_eq!(tick(&draft), Some(first.to_string()), "{}", draft.body);
        let (_, shown) = draft.body.split_once("Paciente con otra visita:").unwrap();
        let (shown, _) = shown.split_once("</li>").unwrap();
        assert!(shown.contains("16:00–16:30") && !shown.contains("Inés Soto"), "the patient's other doctor: {shown}");
    })
    .await;
}

#[tokio::test]
async fn a_visit_that_is_now_is_opened_and_then_says_with_what_it_overlaps() {
    on_each(async |app| {
        let (clerk, ids) = (app.sign_in(&app.hospital.clerk).await, ids(app));
        booked(&clerk.post("/visits", &form(&ids, &[("date", "2026-11-23"), ("time", "09:20")])).await);
        let opened = sent(&clerk, "/visits", &form(&ids, &[("when", "now")])).await;
        assert_eq!(opened.status, 303, "{}", opened.body);
        let page = clerk.get("/visits").await;
        assert!(page.body.contains("A la misma hora, quien atiende tiene otra visita (09:20)."), "{}", page.body);
    })
    .await;
}

#[tokio::test]
async fn scripts_hear_of_an_overlap_at_its_field() {
    on_each(async |app| {
        let (clerk, ids) = (app.sign_in(&app.hospital.clerk).await, ids(app));
        app.book(HOME.in_minutes(60)).await;
        let refused = clerk.post("/visits", &form(&ids, &[("date", "2026-11-23"), ("time", "10:00")])).await;
        assert_eq!(refused.status, 422);
        let fields: &Value = &refused.json()["fields"];
        assert!(fields["overlaps"].is_string(), "{fields}");
    })
    .await;
}
