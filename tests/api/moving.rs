//! Moving a visit and handing it over in a browser: conflicts come first, what others changed is shown, and nothing that
//! was typed is lost.

use antesala::domain::service::Service;
use antesala::store::Batch;

use crate::app::{TestApp, on_each};
use crate::browser::Answer;
use crate::hospital::{HOME, Visit};

type Fields = Vec<(String, String)>;

/// What a page's form would send, but for `changes`. A tick is sent only when a test sets it.
fn filled(page: &Answer, changes: &[(&str, &str)]) -> Fields {
    let mut fields = page.hidden_fields();
    fields.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    fields.extend(changes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    fields
}

/// The ids that the page's tick would accept.
fn shown_ids(page: &Answer) -> String {
    let (_, rest) = page.body.split_once("name=\"accept\" value=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

fn as_refs(fields: &Fields) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// Ten o'clock the next day, in Mexico City.
const TO_TEN: [(&str, &str); 3] = [("date", "2026-11-24"), ("time", "10:00"), ("minutes", "45")];

/// A visit that takes this hour: 09:00 in Mexico City is now.
async fn at_ten(app: &TestApp) -> Visit {
    app.book(HOME.in_minutes(25 * 60)).await
}

async fn starts_at(app: &TestApp, visit: &Visit) -> String {
    app.stored(visit.id).await.visit.starts_at.to_string()
}

#[tokio::test]
async fn a_moved_visit_has_its_new_time_everywhere() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(60)).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let path = visit.path("appointment");
        let page = clerk.get(&path).await;
        assert!(page.body.contains("value=\"2026-11-23\"") && page.body.contains("value=\"10:00\""), "{}", page.body);
        let moved = clerk.post_page(&path, &as_refs(&filled(&page, &TO_TEN))).await;
        let own = format!("/consultations/{}", visit.id);
        assert_eq!((moved.status, moved.header("location")), (303, own.as_str()), "{}", moved.body);
        assert_eq!(starts_at(app, &visit).await, "2026-11-24T16:00:00Z");
        let page = clerk.get(&own).await.body;
        for sentence in [
            "La visita cambió de hora.",
            "martes 24 de noviembre de 2026, de 10:00 a 10:45 · 45 min",
            "Pilar Cruz cambió la visita: martes 24 de noviembre de 2026, 10:00.",
        ] {
            assert!(page.contains(sentence), "{sentence}: {page}");
        }
        assert!(clerk.get(&visit.path("calendar.ics")).await.body.contains("SEQUENCE:1\r\n"));
        assert!(clerk.get("/agenda?day=2026-11-24").await.body.contains(&own));
        assert!(!clerk.get("/agenda?day=2026-11-23").await.body.contains(&own));
    })
    .await;
}

#[tokio::test]
async fn what_was_moved_meanwhile_is_not_called_off_unseen() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(60)).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let own = format!("/consultations/{}", visit.id);
        let seen = starts_at(app, &visit).await;
        assert!(clerk.get(&own).await.body.contains(&format!("name=\"seen\" value=\"{seen}\"")));
        let path = visit.path("appointment");
        clerk.post_page(&path, &as_refs(&filled(&clerk.get(&path).await, &TO_TEN))).await;
        let refused = clerk.post(&visit.path("cancellation"), &[("seen", &seen)]).await;
        assert_eq!(refused.status, 409);
        assert!(refused.body.contains("Alguien movió esta visita mientras tanto."), "{}", refused.body);
        let seen = starts_at(app, &visit).await;
        assert_eq!(clerk.post(&visit.path("cancellation"), &[("seen", &seen)]).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn what_else_is_at_that_time_is_shown_before_anything_is_saved() {
    on_each(async |app| {
        let other = at_ten(app).await;
        let visit = app.book(HOME.in_minutes(60)).await;
        let before = starts_at(app, &visit).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let path = visit.path("appointment");
        let fields = filled(&clerk.get(&path).await, &TO_TEN);
        let refused = clerk.post_page(&path, &as_refs(&fields)).await;
        assert_eq!(refused.status, 409);
        assert!(
            refused.body.contains("<title>Error:") && refused.body.contains("href=\"#accept\""),
            "{}",
            refused.body
        );
        assert!(refused.body.contains("10:00–10:30") && refused.body.contains("value=\"10:00\""), "{}", refused.body);
        assert_eq!(shown_ids(&refused), other.id.to_string());
        let wrong = filled(&refused, &[&TO_TEN[..], &[("accept", &visit.id.to_string())]].concat());
        assert_eq!(clerk.post_page(&path, &as_refs(&wrong)).await.status, 409, "another one was accepted");
        assert_eq!(starts_at(app, &visit).await, before);
        let accepting = filled(&refused, &[&TO_TEN[..], &[("accept", &shown_ids(&refused))]].concat());
        assert_eq!(clerk.post_page(&path, &as_refs(&accepting)).await.status, 303);
        assert_eq!(starts_at(app, &visit).await, "2026-11-24T16:00:00Z");
    })
    .await;
}

#[tokio::test]
async fn what_somebody_else_moved_meanwhile_is_shown_beside_what_was_typed() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(60)).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let path = visit.path("appointment");
        let (of_clerk, of_doctor) = (clerk.get(&path).await, doctor.get(&path).await);
        let noon = [("date", "2026-11-24"), ("time", "12:00"), ("minutes", "30")];
        assert_eq!(doctor.post_page(&path, &as_refs(&filled(&of_doctor, &noon))).await.status, 303);
        let stale = clerk.post_page(&path, &as_refs(&filled(&of_clerk, &TO_TEN))).await;
        assert_eq!(stale.status, 409);
        for part in ["Alguien cambió la visita mientras tanto", "de 12:00 a 12:30", "value=\"10:00\"", "value=\"45\""]
        {
            assert!(stale.body.contains(part), "{part}: {}", stale.body);
        }
        assert_eq!(starts_at(app, &visit).await, "2026-11-24T18:00:00Z", "not overwritten");
        assert_eq!(clerk.post_page(&path, &as_refs(&filled(&stale, &TO_TEN))).await.status, 303);
        assert_eq!(starts_at(app, &visit).await, "2026-11-24T16:00:00Z");
    })
    .await;
}

#[tokio::test]
async fn a_length_that_somebody_else_changed_meanwhile_is_not_overwritten() {
    on_each(async |app| {
        let visit = at_ten(app).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let path = visit.path("appointment");
        let page = clerk.get(&path).await;
        assert_eq!(clerk.post_page(&path, &as_refs(&filled(&page, &TO_TEN))).await.status, 303);
        let half_an_hour = [("date", "2026-11-24"), ("time", "11:00"), ("minutes", "30"), ("command", "")];
        let stale = clerk.post_page(&path, &as_refs(&filled(&page, &half_an_hour))).await;
        assert_eq!(stale.status, 409, "{}", stale.body);
        assert!(stale.body.contains("de 10:00 a 10:45"), "{}", stale.body);
        assert_eq!(app.stored(visit.id).await.visit.minutes, 45, "not overwritten");
    })
    .await;
}

#[tokio::test]
async fn who_changes_nothing_is_told_so() {
    on_each(async |app| {
        let visit = at_ten(app).await;
        let before = app.stored(visit.id).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let path = visit.path("appointment");
        let page = clerk.get(&path).await;
        let as_it_is = [("date", "2026-11-24"), ("time", "10:00"), ("minutes", "30")];
        let elsewhere = [("date", "2026-11-24"), ("time", "08:00"), ("minutes", "30"), ("zone", "America/Tijuana")];
        for same in [&as_it_is[..], &elsewhere] {
            let told = clerk.post_page(&path, &as_refs(&filled(&page, same))).await;
            assert_eq!(told.status, 422, "{}", told.body);
            assert!(told.body.contains("Cambie algo."), "{}", told.body);
        }
        assert_eq!(app.stored(visit.id).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_form_whose_answer_was_lost_is_told_the_same_again() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(60)).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let own = format!("/consultations/{}", visit.id);
        let move_path = visit.path("appointment");
        let moving = filled(&doctor.get(&move_path).await, &TO_TEN);
        let first = doctor.post(&move_path, &as_refs(&moving)).await;
        assert_eq!(first.status, 200, "{}", first.body);
        let again = doctor.post(&move_path, &as_refs(&moving)).await;
        assert_eq!((again.status, again.json()), (200, first.json()), "{}", again.body);
        let page = doctor.post_page(&move_path, &as_refs(&moving)).await;
        assert_eq!((page.status, page.header("location")), (303, own.as_str()), "{}", page.body);
        assert_eq!(app.stored(visit.id).await.visit.rev, first.json()["rev"].as_u64().unwrap(), "moved once");

        let path = visit.path("doctor");
        let to = app.hospital.other_doctor.id.to_string();
        let handing = filled(&doctor.get(&path).await, &[("doctor", &to)]);
        let first = doctor.post(&path, &as_refs(&handing)).await;
        assert_eq!(first.status, 200, "{}", first.body);
        assert_eq!(doctor.get(&own).await.status, 404, "no longer theirs");
        let again = doctor.post(&path, &as_refs(&handing)).await;
        assert_eq!((again.status, again.json()), (200, first.json()), "{}", again.body);
        let page = doctor.post_page(&path, &as_refs(&handing)).await;
        assert_eq!((page.status, page.header("location")), (303, "/board"), "{}", page.body);
        let stranger = app.sign_in(&app.hospital.clerk).await;
        let borrowed = stranger.post(&path, &as_refs(&handing)).await;
        assert_ne!(borrowed.status, 200, "a command is its sender's: {}", borrowed.body);
        assert_eq!(doctor.post(&path, &[("doctor", &to)]).await.status, 404, "another command finds no visit");
    })
    .await;
}

#[tokio::test]
async fn a_visit_is_moved_to_the_one_of_two_hours_that_was_chosen() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(60)).await;
        let before = app.stored(visit.id).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let path = visit.path("appointment");
        // Tijuana's clocks go back from two to one that night.
        let night = [
            ("date", "2027-11-07"),
            ("time", "01:30"),
            ("zone", "America/Tijuana"),
            ("minutes", "30"),
            ("reading", ""),
        ];
        let refused = clerk.post_page(&path, &as_refs(&filled(&clerk.get(&path).await, &night))).await;
        assert_eq!(refused.status, 422);
        for part in ["href=\"#reading\"", "UTC−07:00", "UTC−08:00", "value=\"01:30\""] {
            assert!(refused.body.contains(part), "{part}: {}", refused.body);
        }
        assert_eq!(app.stored(visit.id).await, before);
        let second = [&night[..4], &[("reading", "2027-11-07T09:30:00Z")]].concat();
        assert_eq!(clerk.post_page(&path, &as_refs(&filled(&refused, &second))).await.status, 303);
        assert_eq!(starts_at(app, &visit).await, "2027-11-07T09:30:00Z");
        let page = clerk.get(&path).await.body;
        assert!(page.contains("value=\"2027-11-07T09:30:00Z\" checked"), "the form knows which it is: {page}");
    })
    .await;
}

#[tokio::test]
async fn a_time_that_cannot_be_is_told_at_its_field_and_moves_nothing() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(60)).await;
        let before = app.stored(visit.id).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let path = visit.path("appointment");
        for (field, value) in [
            ("date", ""),
            ("date", "2026-11-22"),
            ("date", "2036-11-24"),
            ("time", ""),
            ("other_zone", "America/Atlantis"),
            ("minutes", "1"),
        ] {
            let fields: Vec<_> =
                TO_TEN.into_iter().filter(|(name, _)| *name != field).chain([(field, value)]).collect();
            let answer = clerk.post(&path, &fields).await;
            assert_eq!(answer.status, 422, "{field}={value}: {}", answer.body);
            assert!(answer.json()["fields"][field].is_string(), "{field}={value}: {}", answer.body);
        }
        assert_eq!(app.stored(visit.id).await, before);
        app.start(&visit).await;
        let late = clerk.post_page(&path, &TO_TEN).await;
        assert_eq!((late.status, late.header("location")), (303, &*format!("/consultations/{}", visit.id)));
        let page = clerk.get(&format!("/consultations/{}", visit.id)).await.body;
        assert!(page.contains("La visita ya inició."), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_visit_that_was_handed_over_is_on_the_other_doctors_board() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(60)).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let other = app.sign_in(&app.hospital.other_doctor).await;
        let path = visit.path("doctor");
        let to = app.hospital.other_doctor.id.to_string();
        let fields = filled(&doctor.get(&path).await, &[("doctor", &to)]);
        let handed = doctor.post_page(&path, &as_refs(&fields)).await;
        assert_eq!((handed.status, handed.header("location")), (303, "/board"), "{}", handed.body);
        let own = format!("/consultations/{}", visit.id);
        for (browser, status, cards) in [(&doctor, 404, 0), (&other, 200, 1)] {
            assert_eq!(browser.get(&own).await.status, status);
            let board = browser.get_json("/board/state").await.json();
            assert_eq!(board["cards"].as_array().unwrap().len(), cards, "{board}");
            assert_eq!(browser.get("/agenda").await.body.contains(&own), status == 200);
        }
        let page = other.get(&own).await.body;
        assert!(page.contains("Inés Soto pasó la visita a Carlos Méndez."), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_doctor_who_is_busy_or_not_permitted_is_not_given_a_visit_unseen() {
    on_each(async |app| {
        let busy = app.book(HOME.in_minutes(60)).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let to = app.hospital.other_doctor.id.to_string();
        let first = clerk.post(&busy.path("doctor"), &[("doctor", &to)]).await;
        assert_eq!(first.status, 200, "{}", first.body);
        let visit = app.book(HOME.in_minutes(75)).await;
        let path = visit.path("doctor");
        let refused = clerk.post_page(&path, &[("doctor", &to)]).await;
        assert_eq!((refused.status, shown_ids(&refused)), (409, busy.id.to_string()), "{}", refused.body);
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let shown = doctor.post_page(&path, &[("doctor", &to)]).await.body;
        let (_, box_of_others) = shown.split_once("moving-overlaps").unwrap();
        assert!(
            box_of_others.contains("10:00–10:30") && !box_of_others.contains("Quiroga"),
            "another's patients: {shown}"
        );
        permit(app, Service::FollowUp).await;
        let page = clerk.get(&path).await.body;
        assert!(!page.contains("Carlos Méndez") && page.contains("Nadie más tiene permitido"), "{page}");
        assert_eq!(clerk.post(&path, &[("doctor", &to)]).await.status, 422);
        assert_eq!(app.stored(visit.id).await.visit.doctor, Some(app.hospital.doctor.id));
    })
    .await;
}

#[tokio::test]
async fn who_hands_over_what_was_handed_over_meanwhile_is_told() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(60)).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let path = visit.path("doctor");
        let page = clerk.get(&path).await;
        let to_other = filled(&page, &[("doctor", &app.hospital.other_doctor.id.to_string())]);
        assert_eq!(clerk.post_page(&path, &as_refs(&to_other)).await.status, 303);
        let back = filled(&page, &[("doctor", &app.hospital.doctor.id.to_string()), ("command", "")]);
        let stale = clerk.post_page(&path, &as_refs(&back)).await;
        assert_eq!(stale.status, 409);
        assert!(
            stale.body.contains("Alguien ya pasó la visita") && stale.body.contains("Carlos Méndez"),
            "{}",
            stale.body
        );
        assert_eq!(app.stored(visit.id).await.visit.doctor, Some(app.hospital.other_doctor.id));
    })
    .await;
}

/// The other doctor may conduct this service only.
async fn permit(app: &TestApp, service: Service) {
    let mut batch = Batch::new();
    let doctor = app.hospital.other_doctor.id.to_string();
    batch.run_on_one("UPDATE staff SET services = $1 WHERE id = $2", vec![service.as_str().into(), doctor.into()]);
    app.store.write(batch).await.unwrap();
}
