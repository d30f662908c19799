//! The second access matrix: every door of one visit or one message, tried by those who have the right role and the wrong
//! visit.

use antesala::domain::service::{Service, Services};
use antesala::domain::staff::Role;
use antesala::web::routes;

use super::doors::{Attempt, Crowd, OUT_OF_PLACE};
use crate::app::on_each;
use crate::hospital::REPORT;

/// What each of them gets: a clerk of other services, a doctor at a ward's tele-visit, a ward at a doctor's report on a
/// patient of theirs. A clerk looks at whatever is booked here, and changes nothing of other services: forms lead back to
/// the visit, and links stay hidden.
const MATRIX: &[(&str, &str, [u16; 3])] = &[
    ("POST", "/messages/{id}/repeats", [404, 404, 404]),
    ("POST", "/messages/{id}/showings", [404, 404, 404]),
    ("GET", "/messages/{id}/number", [404, 404, 404]),
    ("POST", "/messages/{id}/number", [404, 404, 404]),
    ("GET", "/messages/{id}/slip", [404, 404, 404]),
    ("GET", "/consultations/{id}", [200, 404, 404]),
    ("GET", "/consultations/{id}/calendar.ics", [200, 404, 404]),
    ("GET", "/consultations/{id}/appointment", [303, 404, 404]),
    ("POST", "/consultations/{id}/appointment", [409, 404, 404]),
    ("GET", "/consultations/{id}/people", [303, 404, 404]),
    ("POST", "/consultations/{id}/people", [409, 404, 404]),
    ("GET", "/consultations/{id}/doctor", [303, 404, 403]),
    ("POST", "/consultations/{id}/doctor", [409, 404, 403]),
    ("GET", "/consultations/{id}/call", [403, 404, 404]),
    ("POST", "/consultations/{id}/session", [403, 409, 409]),
    ("POST", "/consultations/{id}/webex", [403, 403, 403]),
    ("POST", "/consultations/{id}/admissions", [403, 409, 409]),
    ("POST", "/consultations/{id}/holds", [403, 409, 409]),
    ("POST", "/consultations/{id}/removals", [403, 409, 409]),
    ("POST", "/consultations/{id}/ending", [403, 409, 409]),
    ("POST", "/consultations/{id}/delays", [409, 409, 409]),
    ("POST", "/consultations/{id}/engine", [403, 409, 409]),
    ("POST", "/consultations/{id}/extensions", [409, 409, 409]),
    ("POST", "/consultations/{id}/cancellation", [409, 409, 409]),
    ("POST", "/consultations/{id}/links", [409, 409, 409]),
    ("GET", "/consultations/{id}/call/webex", [403, 404, 404]),
    ("POST", "/consultations/{id}/call/webex", [403, 403, 403]),
    ("POST", "/consultations/{id}/call/webex/link", [403, 403, 403]),
    ("GET", "/consultations/{id}/call/socket", [403, 403, 403]),
    ("GET", "/consultations/{id}/call/state", [403, 403, 403]),
    ("POST", "/consultations/{id}/call/state", [403, 410, 410]),
];

#[test]
fn every_door_of_one_visit_or_message_is_in_this_matrix() {
    let is_of_one = |path: &str| path.starts_with("/consultations/{id}") || path.starts_with("/messages/{id}");
    let mut doors: Vec<_> = routes::DOORS.iter().filter(|door| is_of_one(door.path)).collect();
    doors.retain(|door| !MATRIX.iter().any(|(method, path, _)| door.method == *method && door.path == *path));
    let missing: Vec<_> = doors.iter().map(|door| (door.method.as_str(), door.path)).collect();
    assert!(missing.is_empty(), "say in the matrix what they get at {missing:?}");
}

#[tokio::test]
async fn the_right_role_opens_no_door_of_a_visit_that_is_anothers() {
    on_each(async |app| {
        let mut crowd = Crowd::default();
        for (method, path, expected) in MATRIX {
            let door = routes::DOORS.iter().find(|door| door.path == *path && door.method == *method);
            let door = door.unwrap_or_else(|| panic!("there is no {method} {path} any more"));
            for (visitor, status) in OUT_OF_PLACE.into_iter().zip(expected) {
                let attempt = Attempt::at(app, &mut crowd, door, visitor).await;
                let before = app.stored(attempt.visit.id).await;
                assert_eq!(attempt.status().await, *status, "{method} {path} by {visitor:?}");
                assert_eq!(app.stored(attempt.visit.id).await, before, "{method} {path} by {visitor:?} changes it");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_list_of_messages_shows_links_of_ones_own_services_only() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let others = Services::NONE.with(Service::TeleVisit);
        let stranger = app.sign_in(&app.hire_for("Elsa Cano", Role::Clerk, others).await).await;
        for (clerk, sees) in [(app.sign_in(&app.hospital.clerk).await, true), (stranger, false)] {
            let page = clerk.get("/messages").await.body;
            assert!(page.contains(&app.hospital.relatives[0].name.to_string()), "where it stands: {page}");
            assert_eq!(page.contains(&visit.links[0]), sees, "{page}");
            assert_eq!(page.contains("/slip\""), sees, "{page}");
        }
    })
    .await;
}
