//! Relatives in a patient's record, and the seats of visits that follow what is corrected there.

use antesala::domain::ids::RelativeId;

use crate::app::on_each;
use crate::hospital::HOME;
use crate::patients::{is_refused_at, post, record, with};

#[tokio::test]
async fn relatives_are_added_edited_and_removed_and_stay_known_to_their_visit() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let visit = app.book(HOME.in_minutes(120)).await;
        let patient = app.hospital.patient.id;
        let add = format!("/patients/{patient}/relatives");
        let id = RelativeId::mint().to_string();
        let eva =
            [("relative", id.as_str()), ("name", "Eva Quiroga"), ("relation", "nieta"), ("phone", "55 1234 5604")];
        for (changes, field) in [(("name", ""), "name"), (("relation", ""), "relation"), (("phone", "12"), "phone")] {
            is_refused_at(&post(&clerk, &add, &with(&eva, &[changes])).await, field);
        }
        for _ in 0..2 {
            assert_eq!(post(&clerk, &add, &with(&eva, &[("may_visit", "1")])).await.status, 303);
        }
        let corrected = post(&clerk, &add, &with(&eva, &[("may_visit", "1"), ("phone", "55 1234 5605")])).await;
        assert_eq!(corrected.status, 409, "a correction sent as a second registration is not called saved");
        assert!(corrected.body.contains(&format!("action=\"/relatives/{id}\"")), "{}", corrected.body);
        let (_, relatives) = record(app, patient).await;
        assert_eq!(relatives.len(), 3);
        assert!(relatives[2].value.may_visit && !relatives[2].value.may_receive_report);

        let rosa = format!("/relatives/{}", app.hospital.relatives[0].id);
        let own = [("name", "Rosa Q. Díaz"), ("relation", "hija"), ("phone", "+525512345699"), ("rev", "1")];
        let saved = post(&clerk, &rosa, &with(&own, &[])).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        let late = post(&clerk, &rosa, &with(&own, &[("name", "Rosa"), ("may_visit", "1")])).await;
        assert_eq!(late.status, 409, "{}", late.body);
        assert!(
            late.body.contains("Nombre: ahora dice «Rosa Q. Díaz»") && late.body.contains("ahora dice «sin marcar»"),
            "{}",
            late.body
        );
        let stale = post(&clerk, &format!("{rosa}/removal"), &[("rev", "1".to_owned())]).await;
        assert_eq!((stale.status, stale.header("location")), (303, rosa.as_str()));
        assert_eq!(record(app, patient).await.1.len(), 3);
        let removed = post(&clerk, &format!("{rosa}/removal"), &[("rev", "2".to_owned())]).await;
        assert_eq!(removed.header("location"), format!("/patients/{patient}"));
        assert_eq!(record(app, patient).await.1.len(), 2);
        assert_eq!(clerk.get(&rosa).await.status, 404);
        let seats = app.stored(visit.id).await.visit.participants;
        assert!(seats.iter().any(|seat| seat.name.to_string() == "Rosa Q. Díaz"), "{seats:?}");
    })
    .await;
}

#[tokio::test]
async fn whoever_has_the_number_of_another_relative_is_asked_about_before_anything_is_saved() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let patient = app.hospital.patient.id;
        let [rosa, julian] = [&app.hospital.relatives[0], &app.hospital.relatives[1]];
        let (add, shared) = (format!("/patients/{patient}/relatives"), rosa.phone.to_string());
        let count = async || record(app, patient).await.1.len();
        let tick = |ids: &str| format!("name=\"somebody_else\" value=\"{ids}\"");
        let again = [("name", "Rosa Quiroga"), ("relation", "mamá de Inés"), ("phone", &shared), ("may_visit", "1")];

        let asked = post(&clerk, &add, &with(&again, &[])).await;
        is_refused_at(&asked, "phone");
        let sentence = asked.body.split("id=\"phone-error\">").nth(1).unwrap().split('<').next().unwrap();
        assert!(sentence.contains(&rosa.name.to_string()), "{sentence}");
        assert!(asked.body.contains(&tick(&rosa.id.to_string())), "{}", asked.body);
        assert!(asked.body.contains("value=\"mamá de Inés\""), "what was typed is kept: {}", asked.body);
        assert_eq!(count().await, 2);

        // A family that shares a phone says so, and is asked again only about whom it was not asked about.
        let (first, second) = (RelativeId::mint().to_string(), rosa.id.to_string());
        let sure = [("relative", first.as_str()), ("somebody_else", second.as_str())];
        for _ in 0..2 {
            assert_eq!(post(&clerk, &add, &with(&again, &sure)).await.status, 303, "and the same form twice");
        }
        assert_eq!(count().await, 3);
        let third = post(&clerk, &add, &with(&again, &[("somebody_else", second.as_str())])).await;
        is_refused_at(&third, "phone");
        assert!(third.body.contains(&tick(&format!("{second} {first}"))), "{}", third.body);

        // An edit asks about whom it makes alike, and no later edit asks again.
        let path = format!("/relatives/{}", julian.id);
        let edit = [("name", "Julián Quiroga"), ("relation", "hijo"), ("phone", &shared), ("rev", "1")];
        is_refused_at(&post(&clerk, &path, &with(&edit, &[])).await, "phone");
        let both = format!("{second} {first}");
        assert_eq!(post(&clerk, &path, &with(&edit, &[("somebody_else", &both)])).await.status, 303);
        let later = [("rev", "2"), ("name", "Julián Q. Díaz")];
        assert_eq!(post(&clerk, &path, &with(&edit, &later)).await.status, 303);

        // Nobody is asked about who was removed.
        for (id, rev) in [(second.as_str(), "1"), (first.as_str(), "1"), (&julian.id.to_string(), "3")] {
            let removed = post(&clerk, &format!("/relatives/{id}/removal"), &[("rev", rev.to_owned())]).await;
            assert_eq!(removed.header("location"), format!("/patients/{patient}"));
        }
        assert_eq!(post(&clerk, &add, &with(&again, &[])).await.status, 303);
        assert_eq!(count().await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_new_number_reaches_the_seats_of_open_visits_also_live_ones_and_no_others() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let visit = app.book(HOME.in_minutes(5)).await;
        let over = app.book(HOME).await;
        app.start(&over).await;
        let by = app.hospital.doctor.operator();
        app.command(over.id, antesala::domain::consultation::Command::End { by }).await.unwrap();
        // A family that waits makes the visit live: it holds a copy of its seats.
        let rosa = app.enter(&visit.links[1]).await;
        let _waits = rosa.socket().await;
        let before = app.rev(visit.id).await;

        let path = format!("/patients/{}/edit", app.hospital.patient.id);
        let born = app.hospital.patient.born.to_string();
        let own = [
            ("rev", "1"),
            ("name", "Tomás Quiroga"),
            ("born", &born),
            ("phone", "+525599990000"),
            ("care", "outpatient"),
        ];
        let saved = post(&clerk, &path, &with(&own, &[])).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        let page = clerk.get(&format!("/patients/{}", app.hospital.patient.id)).await;
        assert!(page.body.contains(&format!("/consultations/{}", visit.id)), "{}", page.body);

        let number = async |id| app.stored(id).await.visit.participants[1].phone.as_ref().unwrap().to_string();
        assert_eq!(number(visit.id).await, "+525599990000");
        assert_eq!(app.rev(visit.id).await, before, "a record is none of the visit's own changes");
        assert_eq!(number(over.id).await, "+525512345601", "what was is left alone");
        // The live copy follows, and the next change of the visit does not bring the old number back.
        app.start(&visit).await;
        assert_eq!(number(visit.id).await, "+525599990000");
        let cards = clerk.get_json("/board/state").await.json()["cards"].clone();
        let live = cards.as_array().unwrap().iter().find(|card| card["consultation"] == visit.id.to_string()).unwrap();
        assert!(live.to_string().contains("+525599990000"), "{live}");
        assert!(!live.to_string().contains("+525512345601"), "{live}");
    })
    .await;
}
