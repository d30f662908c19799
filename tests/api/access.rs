//! The access matrix: every door of the URL table, tried by everybody.
//!
//! A door that is not in the matrix fails: whoever adds one says here who may use it.

use antesala::web::routes;

use super::doors::{Attempt, Crowd, VISITORS};
use crate::app::{on_each, on_each_with};
use crate::browser::Answer;

/// What each visitor gets: nobody, family, admin, clerk, doctor, another doctor, ward, another ward. Whoever may post to
/// a state does so to a connection that is not theirs (410).
const MATRIX: &[(&str, &str, [u16; 8])] = &[
    ("GET", "/livez", [200; 8]),
    ("GET", "/readyz", [200; 8]),
    ("GET", "/metrics", [200; 8]),
    ("GET", "/static/{version}/{file:.*}", [200; 8]),
    ("GET", "/logo/{digest}", [404; 8]),
    ("GET", "/webex/sdk/{digest}", [404; 8]),
    ("GET", "/j/{token}", [200, 303, 200, 200, 200, 200, 200, 200]),
    ("POST", "/j/{token}", [200; 8]),
    ("POST", "/j/{token}/requests", [200; 8]),
    ("POST", "/j/{token}/openings", [204; 8]),
    ("GET", "/lobby/{seat}", [404, 200, 404, 404, 404, 404, 404, 404]),
    ("GET", "/lobby/{seat}/webex", [303; 8]),
    ("GET", "/lobby/{seat}/socket", [404, 101, 404, 404, 404, 404, 404, 404]),
    ("GET", "/lobby/{seat}/state", [404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST", "/lobby/{seat}/state", [404, 410, 404, 404, 404, 404, 404, 404]),
    ("POST", "/lobby/{seat}/texts", [404, 204, 404, 404, 404, 404, 404, 404]),
    ("POST", "/lobby/{seat}/webex", [404, 503, 404, 404, 404, 404, 404, 404]),
    ("POST", "/lobby/{seat}/webex/link", [404, 503, 404, 404, 404, 404, 404, 404]),
    ("GET", "/lobby/{seat}/calendar.ics", [404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST", "/callbacks/twilio/status", [404; 8]),
    ("POST", "/callbacks/twilio/inbound", [404; 8]),
    ("POST", "/callbacks/sms/{secret}", [404; 8]),
    ("POST", "/callbacks/webex/{mark}", [404; 8]),
    ("GET", "/", [303; 8]),
    ("GET", "/sign-in", [200, 200, 303, 303, 303, 303, 303, 303]),
    ("POST", "/sign-in", [303; 8]),
    ("GET", "/set-up/{token}", [410; 8]),
    ("POST", "/set-up/{token}", [410; 8]),
    ("POST", "/sign-out", [401, 401, 303, 303, 303, 303, 303, 303]),
    ("GET", "/board", [303, 303, 403, 403, 200, 200, 403, 403]),
    ("GET", "/visits", [303, 303, 403, 200, 403, 403, 403, 403]),
    ("POST", "/visits", [401, 401, 403, 200, 200, 200, 200, 200]),
    ("GET", "/visits/new", [303, 303, 403, 200, 200, 200, 200, 200]),
    ("POST", "/visits/drafts", [401, 401, 403, 200, 200, 200, 200, 200]),
    ("POST", "/patients", [401, 401, 403, 200, 200, 200, 200, 200]),
    ("GET", "/patients", [303, 303, 403, 200, 403, 403, 403, 403]),
    ("POST", "/patients/searches", [401, 401, 403, 200, 403, 403, 403, 403]),
    ("GET", "/patients/new", [303, 303, 403, 200, 403, 403, 403, 403]),
    ("POST", "/patients/new", [401, 401, 403, 303, 403, 403, 403, 403]),
    ("GET", "/patients/{id}", [303, 303, 403, 200, 403, 403, 403, 403]),
    ("GET", "/patients/{id}/edit", [303, 303, 403, 200, 403, 403, 403, 403]),
    ("POST", "/patients/{id}/edit", [401, 401, 403, 303, 403, 403, 403, 403]),
    ("GET", "/patients/{id}/relatives/new", [303, 303, 403, 200, 403, 403, 403, 403]),
    ("POST", "/patients/{id}/relatives", [401, 401, 403, 303, 403, 403, 403, 403]),
    ("GET", "/relatives/{id}", [303, 303, 403, 200, 403, 403, 403, 403]),
    ("POST", "/relatives/{id}", [401, 401, 403, 303, 403, 403, 403, 403]),
    ("POST", "/relatives/{id}/removal", [401, 401, 403, 303, 403, 403, 403, 403]),
    ("GET", "/patients/{id}/merger", [303, 303, 403, 200, 403, 403, 403, 403]),
    ("POST", "/patients/{id}/merger/searches", [401, 401, 403, 200, 403, 403, 403, 403]),
    ("GET", "/patients/{id}/merger/{other}", [303, 303, 403, 200, 403, 403, 403, 403]),
    ("POST", "/patients/{id}/merger/{other}", [401, 401, 403, 303, 403, 403, 403, 403]),
    ("GET", "/ward", [303, 303, 403, 403, 403, 403, 200, 200]),
    ("GET", "/agenda", [303, 303, 403, 200, 200, 200, 200, 200]),
    ("GET", "/agenda/socket", [401, 401, 403, 101, 101, 101, 101, 101]),
    ("GET", "/agenda/state", [401, 401, 403, 200, 200, 200, 200, 200]),
    ("GET", "/agenda/sheet", [303, 303, 403, 200, 200, 200, 200, 200]),
    ("GET", "/profile/calendar", [303, 303, 403, 403, 200, 200, 200, 200]),
    ("POST", "/profile/calendar", [401, 401, 403, 403, 200, 200, 200, 200]),
    ("POST", "/profile/calendar/removal", [401, 401, 403, 403, 303, 303, 303, 303]),
    ("GET", "/calendars/{token}", [404; 8]),
    ("GET", "/messages", [303, 303, 403, 200, 200, 200, 200, 200]),
    ("POST", "/messages/{id}/repeats", [401, 401, 403, 303, 303, 404, 303, 404]),
    ("POST", "/messages/{id}/showings", [401, 401, 403, 303, 303, 404, 303, 404]),
    ("GET", "/messages/{id}/number", [303, 303, 403, 200, 200, 404, 200, 404]),
    ("POST", "/messages/{id}/number", [401, 401, 403, 303, 303, 404, 303, 404]),
    ("GET", "/messages/{id}/slip", [303, 303, 403, 200, 200, 404, 200, 404]),
    ("GET", "/history", [303, 303, 403, 200, 200, 200, 200, 200]),
    ("GET", "/history.csv", [303, 303, 403, 200, 200, 200, 200, 200]),
    ("GET", "/staff", [303, 303, 200, 403, 403, 403, 403, 403]),
    ("GET", "/settings", [303, 303, 200, 403, 403, 403, 403, 403]),
    ("POST", "/settings", [401, 401, 200, 403, 403, 403, 403, 403]),
    ("POST", "/settings/logo", [401, 401, 200, 403, 403, 403, 403, 403]),
    ("POST", "/settings/logo/removal", [401, 401, 200, 403, 403, 403, 403, 403]),
    ("GET", "/settings/messages", [303, 303, 200, 403, 403, 403, 403, 403]),
    ("POST", "/settings/messages/lifts", [401, 401, 303, 403, 403, 403, 403, 403]),
    ("GET", "/settings/consent", [303, 303, 200, 403, 403, 403, 403, 403]),
    ("POST", "/settings/consent", [401, 401, 200, 403, 403, 403, 403, 403]),
    ("GET", "/settings/texts", [303, 303, 200, 403, 403, 403, 403, 403]),
    ("GET", "/settings/texts/{template}/{language}", [303, 303, 200, 403, 403, 403, 403, 403]),
    ("POST", "/settings/texts/{template}/{language}", [401, 401, 200, 403, 403, 403, 403, 403]),
    ("POST", "/settings/texts/{template}/{language}/removal", [401, 401, 200, 403, 403, 403, 403, 403]),
    ("GET", "/settings/webex", [303, 303, 200, 403, 403, 403, 403, 403]),
    ("GET", "/settings/wards", [303, 303, 200, 403, 403, 403, 403, 403]),
    ("POST", "/settings/wards", [401, 401, 200, 403, 403, 403, 403, 403]),
    ("POST", "/settings/wards/{id}", [401, 401, 200, 403, 403, 403, 403, 403]),
    ("POST", "/settings/wards/{id}/removal", [401, 401, 200, 403, 403, 403, 403, 403]),
    ("GET", "/consultations/{id}", [303, 303, 403, 200, 200, 404, 200, 404]),
    ("GET", "/consultations/{id}/calendar.ics", [303, 303, 403, 200, 200, 404, 200, 404]),
    ("GET", "/consultations/{id}/appointment", [303, 303, 403, 200, 200, 404, 200, 404]),
    ("POST", "/consultations/{id}/appointment", [401, 401, 403, 200, 200, 404, 200, 404]),
    ("GET", "/consultations/{id}/people", [303, 303, 403, 200, 200, 404, 200, 404]),
    ("POST", "/consultations/{id}/people", [401, 401, 403, 200, 200, 404, 200, 404]),
    ("GET", "/consultations/{id}/doctor", [303, 303, 403, 200, 200, 404, 403, 403]),
    ("POST", "/consultations/{id}/doctor", [401, 401, 403, 200, 200, 404, 403, 403]),
    ("GET", "/patients/imports", [303, 303, 403, 200, 403, 403, 403, 403]),
    ("POST", "/patients/imports", [401, 401, 403, 303, 403, 403, 403, 403]),
    ("GET", "/patients/imports/example.csv", [303, 303, 403, 200, 403, 403, 403, 403]),
    ("GET", "/patients/export.csv", [303, 303, 403, 200, 403, 403, 403, 403]),
    ("GET", "/staff/imports", [303, 303, 200, 403, 403, 403, 403, 403]),
    ("POST", "/staff/imports", [401, 401, 303, 403, 403, 403, 403, 403]),
    ("GET", "/staff/imports/example.csv", [303, 303, 200, 403, 403, 403, 403, 403]),
    ("GET", "/staff/export.csv", [303, 303, 200, 403, 403, 403, 403, 403]),
    // A file of patients: there is none for admins.
    ("GET", "/imports/{id}", [303, 303, 404, 200, 403, 403, 403, 403]),
    ("GET", "/imports/{id}/problems.csv", [303, 303, 404, 200, 403, 403, 403, 403]),
    ("POST", "/imports/{id}/registration", [401, 401, 404, 303, 403, 403, 403, 403]),
    ("POST", "/imports/{id}/removal", [401, 401, 404, 303, 403, 403, 403, 403]),
    ("POST", "/staff", [401, 401, 200, 403, 403, 403, 403, 403]),
    ("POST", "/staff/search", [401, 401, 303, 403, 403, 403, 403, 403]),
    ("GET", "/staff/new", [303, 303, 200, 403, 403, 403, 403, 403]),
    ("GET", "/staff/{id}", [303, 303, 200, 403, 403, 403, 403, 403]),
    ("POST", "/staff/{id}", [401, 401, 303, 403, 403, 403, 403, 403]),
    ("POST", "/staff/{id}/invitations", [401, 401, 200, 403, 403, 403, 403, 403]),
    ("POST", "/staff/{id}/sign-outs", [401, 401, 303, 403, 403, 403, 403, 403]),
    ("POST", "/staff/{id}/disablement", [401, 401, 303, 403, 403, 403, 403, 403]),
    ("POST", "/staff/{id}/enablement", [401, 401, 303, 403, 403, 403, 403, 403]),
    ("POST", "/staff/{id}/handovers", [401, 401, 303, 403, 403, 403, 403, 403]),
    // Without Webex there is none of this to see.
    ("GET", "/staff/webex/choices", [303, 303, 404, 403, 403, 403, 403, 403]),
    ("POST", "/staff/webex/choices", [401, 401, 303, 403, 403, 403, 403, 403]),
    ("GET", "/staff/webex", [303, 303, 404, 403, 403, 403, 403, 403]),
    ("POST", "/staff/webex", [401, 401, 303, 403, 403, 403, 403, 403]),
    ("POST", "/staff/webex/differences/{id}", [401, 401, 303, 403, 403, 403, 403, 403]),
    ("POST", "/staff/{id}/webex", [401, 401, 303, 403, 403, 403, 403, 403]),
    ("GET", "/welcome/{token}", [200; 8]),
    ("POST", "/welcome/{token}", [303; 8]),
    ("GET", "/profile", [303, 303, 200, 200, 200, 200, 200, 200]),
    ("POST", "/profile", [401, 401, 303, 303, 303, 303, 303, 303]),
    ("POST", "/profile/password", [401, 401, 303, 303, 303, 303, 303, 303]),
    ("POST", "/profile/sign-outs", [401, 401, 303, 303, 303, 303, 303, 303]),
    ("POST", "/profile/admissions", [401, 401, 403, 403, 303, 303, 303, 303]),
    ("POST", "/profile/messages", [401, 401, 403, 403, 303, 303, 303, 303]),
    ("GET", "/consultations/{id}/call", [303, 303, 403, 403, 200, 404, 200, 404]),
    ("POST", "/consultations/{id}/session", [401, 401, 403, 403, 200, 409, 200, 409]),
    ("POST", "/consultations/{id}/webex", [401, 401, 403, 403, 409, 403, 409, 403]),
    ("POST", "/consultations/{id}/admissions", [401, 401, 403, 403, 200, 409, 200, 409]),
    ("POST", "/consultations/{id}/holds", [401, 401, 403, 403, 200, 409, 200, 409]),
    ("POST", "/consultations/{id}/removals", [401, 401, 403, 403, 200, 409, 200, 409]),
    ("POST", "/consultations/{id}/ending", [401, 401, 403, 403, 200, 409, 200, 409]),
    ("POST", "/consultations/{id}/delays", [401, 401, 403, 200, 200, 409, 200, 409]),
    ("POST", "/consultations/{id}/engine", [401, 401, 403, 403, 200, 409, 200, 409]),
    ("POST", "/consultations/{id}/extensions", [401, 401, 403, 200, 200, 409, 200, 409]),
    ("POST", "/consultations/{id}/cancellation", [401, 401, 403, 200, 200, 409, 200, 409]),
    ("POST", "/consultations/{id}/links", [401, 401, 403, 200, 200, 409, 200, 409]),
    ("GET", "/board/socket", [401, 401, 403, 101, 101, 101, 101, 101]),
    ("GET", "/board/state", [401, 401, 403, 200, 200, 200, 200, 200]),
    ("GET", "/consultations/{id}/call/webex", [303, 303, 403, 403, 303, 404, 303, 404]),
    ("POST", "/consultations/{id}/call/webex", [401, 401, 403, 403, 503, 403, 403, 403]),
    ("POST", "/consultations/{id}/call/webex/link", [401, 401, 403, 403, 503, 403, 403, 403]),
    ("GET", "/consultations/{id}/call/socket", [401, 401, 403, 403, 101, 403, 101, 403]),
    ("GET", "/consultations/{id}/call/state", [401, 401, 403, 403, 200, 403, 200, 403]),
    ("POST", "/consultations/{id}/call/state", [401, 401, 403, 403, 410, 410, 410, 410]),
];

/// Doors behind which a camera may be used.
const CAMERA_DOORS: &[&str] = &[
    "/j/{token}",
    "/lobby/{seat}",
    "/consultations/{id}/call",
    "/lobby/{seat}/webex",
    "/consultations/{id}/call/webex",
];

/// Doors behind which the browser SDK of Webex runs.
const SDK_DOORS: &[&str] = &["/lobby/{seat}/webex", "/consultations/{id}/call/webex"];

#[test]
fn every_door_is_in_the_matrix_and_the_matrix_has_no_other() {
    let doors: Vec<_> = routes::DOORS.iter().map(|door| (door.method.as_str(), door.path)).collect();
    let rows: Vec<_> = MATRIX.iter().map(|(method, path, _)| (*method, *path)).collect();
    let unclassified: Vec<_> = doors.iter().filter(|door| !rows.contains(door)).collect();
    let gone: Vec<_> = rows.iter().filter(|row| !doors.contains(row)).collect();
    assert!(unclassified.is_empty(), "say in the matrix who may use {unclassified:?}");
    assert!(gone.is_empty(), "no such doors any more: {gone:?}");
}

#[tokio::test]
async fn each_door_lets_in_whom_the_matrix_names_and_nobody_else() {
    on_each(async |app| {
        let mut crowd = Crowd::default();
        for (method, path, expected) in MATRIX {
            let Some(door) = routes::DOORS.iter().find(|door| door.path == *path && door.method == *method) else {
                continue;
            };
            for (visitor, status) in VISITORS.into_iter().zip(expected) {
                let attempt = Attempt::at(app, &mut crowd, door, visitor).await;
                let before = app.stored(attempt.visit.id).await;
                assert_eq!(attempt.status().await, *status, "{method} {path} by {visitor:?}");
                if *status >= 400 {
                    assert_eq!(app.stored(attempt.visit.id).await, before, "{method} {path} refused {visitor:?}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_doctor_opens_visits_of_their_own_only_and_a_ward_on_its_own_ward() {
    on_each(async |app| {
        let mut crowd = Crowd::default();
        let door = routes::DOORS.iter().find(|door| door.path == "/visits" && door.method == "POST").unwrap();
        for (visitor, member) in [(VISITORS[5], &app.hospital.other_doctor), (VISITORS[7], &app.hospital.other_ward)] {
            let mut attempt = Attempt::at(app, &mut crowd, door, visitor).await;
            attempt.form.push(("ward", app.hospital.ward.ward.unwrap().to_string()));
            let opened = attempt.answer().await.json()["consultation"].as_str().unwrap().parse().unwrap();
            let visit = app.stored(opened).await.visit;
            let theirs =
                if visit.doctor.is_some() { visit.doctor == Some(member.id) } else { visit.ward == member.ward };
            assert!(theirs, "{visitor:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn every_response_of_every_door_says_what_it_may_do() {
    on_each(async |app| {
        let mut crowd = Crowd::default();
        for door in routes::DOORS {
            for visitor in [VISITORS[0], VISITORS[1], VISITORS[4]] {
                let attempt = Attempt::at(app, &mut crowd, door, visitor).await;
                let answer = attempt.answer().await;
                let place = format!("{} {} for {visitor:?} ({})", door.method, door.path, answer.status);
                says_what_it_may_do(&answer, CAMERA_DOORS.contains(&door.path), &place);
                let may_be_kept = door.path.starts_with("/static");
                assert_eq!(answer.header("cache-control") == "no-store", !may_be_kept, "{place}");
                assert!(!answer.headers.contains_key("strict-transport-security"), "{place}");
            }
        }
        for path in ["/no/such/page", "/j", "/lobby/x", "/static/x/y", "/consultations/x/call"] {
            let answer = app.browser().get(path).await;
            assert!([303, 404].contains(&answer.status), "{path}: {}", answer.status);
            says_what_it_may_do(
                &answer,
                CAMERA_DOORS
                    .iter()
                    .any(|door| path.ends_with("/call") || *door == "/lobby/{seat}" && path == "/lobby/x"),
                path,
            );
        }
    })
    .await;
}

#[tokio::test]
async fn behind_https_cookies_and_headers_insist_on_it() {
    let wish = |settings: &mut antesala::config::Settings| {
        settings.public_url = Some("https://video.hospital.example".parse().unwrap());
    };
    on_each_with(wish, async |app| {
        let visit = app.book(crate::hospital::REPORT).await;
        let landing = app.browser().get(&visit.links[0]).await;
        let token = landing.form_token();
        let cookie = landing.header("set-cookie").split(';').next().unwrap().to_owned();
        let entering = app.browser().request(reqwest::Method::POST, &visit.links[0]).header("cookie", &cookie);
        let entering = entering.header("origin", "null").form(&[("consent", "1"), ("form_token", token.as_str())]);
        let entered = crate::browser::answer(entering).await;
        assert_eq!(entered.status, 303, "{}", entered.body);
        for (answer, name) in [(&landing, "__Host-antesala-form="), (&entered, "__Host-seat-")] {
            let cookie = answer.header("set-cookie");
            assert!(cookie.starts_with(name), "{cookie}");
            for part in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
                assert!(cookie.contains(part), "{part} in {cookie}");
            }
            assert!(!cookie.contains("Domain"), "{cookie}");
            assert!(answer.header("strict-transport-security").contains("max-age="));
            assert!(
                answer.header("content-security-policy").contains("connect-src 'self' wss://video.hospital.example;")
            );
        }
    })
    .await;
}

fn says_what_it_may_do(answer: &Answer, may_use_camera: bool, place: &str) {
    let policy = answer.header("content-security-policy");
    let runs_sdk = SDK_DOORS.iter().any(|door| place.contains(&format!(" {door} ")));
    let scripts = if runs_sdk { "script-src 'self' 'wasm-unsafe-eval' ;" } else { "script-src 'self';" };
    for part in [
        "default-src 'none'",
        scripts,
        "style-src 'self';",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ] {
        assert!(policy.contains(part), "{place}: {part} in {policy}");
    }
    assert_eq!(policy.contains("unsafe"), runs_sdk, "{place}: {policy}");
    assert_eq!(policy.contains("webex"), runs_sdk, "{place}: {policy}");
    assert!(!policy.contains("'unsafe-"), "{place}: {policy}");
    assert_eq!(answer.header("referrer-policy"), "no-referrer", "{place}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{place}");
    assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{place}");
    let devices = answer.header("permissions-policy");
    let camera = if may_use_camera { "camera=(self), microphone=(self)" } else { "camera=(), microphone=()" };
    assert!(devices.starts_with(camera), "{place}: {devices}");
    assert!(!answer.header("x-request-id").is_empty(), "{place}");
    assert!(!answer.body.contains("<script>") && !answer.body.contains(" style=\""), "{place}: inline code");
}
