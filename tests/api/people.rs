//! Admins and the staff: added, changed by two at once, put out and let in again.

use std::time::{Duration, Instant};

use antesala::domain::consultation::Command;
use antesala::domain::staff::{Role, StaffMember};
use antesala::store::staff::roster;

use crate::app::{TestApp, on_each};
use crate::browser::{Answer, Browser};
use crate::hospital::{HOME, REPORT};

/// The form about somebody, as their page shows it.
fn form_of(member: &StaffMember, rev: i64) -> Vec<(&'static str, String)> {
    let mut form = vec![
        ("name", member.name.to_string()),
        ("email", member.email.to_string()),
        ("role", member.role.to_string()),
        ("ward", member.ward.map(|ward| ward.to_string()).unwrap_or_default()),
        ("language", member.language.to_string()),
        ("zone", member.zone.clone()),
        ("rev", rev.to_string()),
    ];
    form.extend(member.services.iter().map(|service| ("service", service.to_string())));
    form
}

fn with(mut form: Vec<(&'static str, String)>, field: &'static str, value: &str) -> Vec<(&'static str, String)> {
    form.retain(|(name, _)| *name != field);
    form.push((field, value.to_owned()));
    form
}

async fn send(browser: &Browser, path: &str, form: &[(&'static str, String)]) -> Answer {
    let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post_page(path, &form).await
}

async fn rev(app: &TestApp, member: &StaffMember) -> i64 {
    roster::find(&app.store, member.id).await.unwrap().unwrap().rev
}

fn address(member: &StaffMember) -> String {
    format!("/staff/{}", member.id)
}

#[tokio::test]
async fn the_list_shows_a_role_or_a_state_and_searches_without_an_address() {
    on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        let everybody = admin.get("/staff").await.body;
        for name in ["Inés Soto", "Pilar Cruz", "Guillermo Ríos", "Ada Luna"] {
            assert!(everybody.contains(name), "{name}");
        }
        assert!(everybody.find("Ada Luna") < everybody.find("Sara León"), "by name");
        let clerks = admin.get("/staff?role=clerk").await.body;
        assert!(clerks.contains("Pilar Cruz") && !clerks.contains("Inés Soto"));
        let nobody = admin.get("/staff?state=disabled").await.body;
        assert!(nobody.contains("Nadie coincide") && !nobody.contains("Pilar Cruz"));

        let found = admin.post_page("/staff/search", &[("search", "soto INES"), ("role", "doctor")]).await;
        assert_eq!(found.status, 200);
        assert!(found.body.contains("Inés Soto") && !found.body.contains("Carlos Méndez"));
        let none = admin.post_page("/staff/search", &[("search", "soto"), ("role", "clerk")]).await;
        assert!(!none.body.contains("Inés Soto"));
        let kept = admin.post_page("/staff/search", &[("search", " "), ("role", "clerk"), ("state", "active")]).await;
        assert_eq!(kept.header("location"), "/staff?role=clerk&state=active");
    })
    .await;
}

#[tokio::test]
async fn a_long_list_is_cut_into_pages() {
    on_each(async |app| {
        for number in 0..60 {
            app.hire(&format!("Doctora {}", char::from(b'A' + number % 26)), Role::Doctor).await;
        }
        let admin = app.sign_in(&app.hospital.admin).await;
        let rows = |page: &Answer| page.body.matches("<th scope=\"row\"").count();
        let first = admin.get("/staff?role=doctor").await;
        assert_eq!(rows(&first), 50);
        assert!(first.body.contains("/staff?role=doctor&amp;page=2"), "a link to the next page");
        assert_eq!(rows(&admin.get("/staff?role=doctor&page=2").await), 12);
        assert_eq!(rows(&admin.get("/staff?role=doctor&page=9").await), 0);
    })
    .await;
}

#[tokio::test]
async fn a_form_about_somebody_tells_everything_that_is_wrong_and_stores_nothing() {
    on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        let (doctor, clerk) = (&app.hospital.doctor, &app.hospital.clerk);
        for (field, value, fault) in [
            ("name", "123", "name"),
            ("email", "nobody", "email"),
            ("email", &clerk.email.to_string(), "email"),
            ("role", "surgeon", "role"),
            ("role", "ward", "ward"),
            ("ward", "no ward", "ward"),
            ("service", "tele_visit", "services"),
            ("other_zone", "Mars/Olympus", "other_zone"),
        ] {
            let form = with(form_of(doctor, 1), field, value);
            for path in [address(doctor), "/staff".to_owned()] {
                let answer = send(&admin, &path, &form).await;
                assert_eq!(answer.status, 422, "{path} {field}={value}: {}", answer.body);
                assert!(answer.body.contains("<title>Error"), "{path} {field}");
                assert!(answer.body.contains(&format!("href=\"#{fault}\"")), "{path} {field}={value}");
                assert!(answer.body.contains(&format!("id=\"{fault}-error\"")), "{path} {field}={value}");
            }
        }
        assert_eq!(rev(app, doctor).await, 1);
        assert_eq!(roster::all(&app.store).await.unwrap().len(), 6, "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn what_another_admin_changed_is_shown_and_not_overwritten() {
    on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        let other = app.sign_in(&app.hire("Eva Luna", Role::Admin).await).await;
        let doctor = &app.hospital.doctor;
        let theirs = with(form_of(doctor, 1), "name", "Inés Soto Amaya");
        assert_eq!(send(&other, &address(doctor), &theirs).await.header("location"), address(doctor));

        let mine = with(form_of(doctor, 1), "service", "follow_up");
        let stale = send(&admin, &address(doctor), &mine).await;
        assert_eq!(stale.status, 409);
        assert!(stale.body.contains("Otra persona lo cambió a «Inés Soto Amaya»"), "{}", stale.body);
        assert!(stale.body.contains("value=\"Inés Soto\""), "what was typed is kept");
        let stored = roster::find(&app.store, doctor.id).await.unwrap().unwrap();
        assert_eq!(stored.member.name.to_string(), "Inés Soto Amaya");
        assert_eq!(stored.member.services, doctor.services);

        let again = with(mine, "rev", &stored.rev.to_string());
        assert_eq!(send(&admin, &address(doctor), &again).await.status, 303);
        let stored = roster::find(&app.store, doctor.id).await.unwrap().unwrap();
        assert_eq!((stored.member.name.to_string().as_str(), stored.member.services.iter().count()), ("Inés Soto", 1));
    })
    .await;
}

#[tokio::test]
async fn an_admin_cannot_take_away_their_own_place() {
    on_each(async |app| {
        let me = &app.hospital.admin;
        let admin = app.sign_in(me).await;
        let demoted = with(with(form_of(me, 1), "role", "clerk"), "service", "follow_up");
        let answer = send(&admin, &address(me), &demoted).await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("id=\"role-error\""));
        for act in ["disablement", "invitations"] {
            assert_eq!(send(&admin, &format!("{}/{act}", address(me)), &[]).await.header("location"), address(me));
        }
        let page = admin.get(&address(me)).await.body;
        assert!(!page.contains("/disablement") && !page.contains("/invitations"));
        let stored = roster::find(&app.store, me.id).await.unwrap().unwrap();
        assert!(stored.is_active && stored.member.role == Role::Admin && stored.rev == 1);
    })
    .await;
}

#[tokio::test]
async fn who_is_disabled_is_out_within_a_second_and_comes_back_with_their_password() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        app.start(&visit).await;
        let member = &app.hospital.doctor;
        let doctor = app.sign_in(member).await;
        let elsewhere = app.sign_in(member).await;
        let mut board = doctor.socket("/board/socket").await.unwrap();
        let mut call = elsewhere.socket(&visit.path("call/socket")).await.unwrap();
        board.expect("snapshot").await;
        call.expect("snapshot").await;
        let admin = app.sign_in(&app.hospital.admin).await;
        let page = admin.get(&address(member)).await.body;
        assert!(page.contains("id=\"coming\"") && page.contains("Informe médico: 1"), "{page}");
        assert!(!page.contains("Quiroga"), "an admin learns how many, not who");

        let began = Instant::now();
        let answer = send(&admin, &format!("{}/disablement", address(member)), &[]).await;
        assert_eq!(answer.header("location"), address(member));
        assert_eq!(board.closed().await, Some(1008));
        assert_eq!(call.closed().await, Some(1008));
        assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
        assert_eq!(doctor.get("/board").await.header("location"), "/sign-in");
        assert_eq!(doctor.socket("/board/socket").await.err(), Some(401));
        let credentials = [("email", member.email.to_string()), ("password", crate::hospital::PASSWORD.to_owned())];
        assert_eq!(send(&app.browser(), "/sign-in", &credentials).await.status, 422);
        assert!(admin.get("/staff?state=disabled").await.body.contains("Inés Soto"));
        let link = send(&admin, &format!("{}/invitations", address(member)), &[]).await;
        assert_eq!(link.header("location"), address(member), "no link for who may not come in");

        assert_eq!(send(&admin, &format!("{}/enablement", address(member)), &[]).await.status, 303);
        app.sign_in(member).await;
    })
    .await;
}

#[tokio::test]
async fn another_role_counts_at_once_and_closes_what_showed_the_old_one() {
    on_each(async |app| {
        let member = &app.hospital.other_doctor;
        let doctor = app.sign_in(member).await;
        let mut board = doctor.socket("/board/socket").await.unwrap();
        board.expect("snapshot").await;
        let admin = app.sign_in(&app.hospital.admin).await;
        let narrowed = with(form_of(member, 1), "service", "medical_report");
        assert_eq!(send(&admin, &address(member), &narrowed).await.status, 303);
        let form = doctor.get("/visits/new").await.body;
        assert!(form.contains("value=\"medical_report\"") && !form.contains("value=\"home_consultation\""));

        let moved = with(form_of(member, 2), "role", "clerk");
        assert_eq!(send(&admin, &address(member), &moved).await.status, 303);
        assert_eq!(board.closed().await, Some(1008));
        assert_eq!(doctor.get("/board").await.status, 403);
        assert_eq!(doctor.get("/").await.header("location"), "/visits");
    })
    .await;
}

#[tokio::test]
async fn an_admin_sees_sessions_and_ends_them() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let other = app.sign_in(&app.hospital.clerk).await;
        let admin = app.sign_in(&app.hospital.admin).await;
        let page = admin.get(&address(&app.hospital.clerk)).await;
        let session = page.hidden_fields().into_iter().find(|(name, _)| name == "session").unwrap().1;
        let path = format!("{}/sign-outs", address(&app.hospital.clerk));
        assert_eq!(send(&admin, &path, &[("session", session)]).await.status, 303);
        let mut open = 0;
        for browser in [&clerk, &other] {
            open += usize::from(browser.get("/visits").await.status == 200);
        }
        assert_eq!(open, 1);
        assert_eq!(send(&admin, &path, &[]).await.status, 303);
        for browser in [&clerk, &other] {
            assert_eq!(browser.get("/visits").await.header("location"), "/sign-in");
        }
        assert_eq!(admin.get("/staff").await.status, 200);

        let elsewhere = app.sign_in(&app.hospital.admin).await;
        let own = format!("{}/sign-outs", address(&app.hospital.admin));
        assert_eq!(send(&admin, &own, &[]).await.status, 303);
        assert_eq!(admin.get("/staff").await.status, 200, "who closes their other sessions stays");
        assert_eq!(elsewhere.get("/staff").await.header("location"), "/sign-in");
    })
    .await;
}

#[tokio::test]
async fn services_somebody_lacks_are_refused() {
    on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        let (doctor, clerk) = (&app.hospital.doctor, &app.hospital.clerk);
        let limited = with(form_of(doctor, 1), "service", "medical_report");
        assert_eq!(send(&admin, &address(doctor), &limited).await.status, 303);
        let limited = with(form_of(clerk, 1), "service", "tele_visit");
        assert_eq!(send(&admin, &address(clerk), &limited).await.status, 303);

        let visit = |service: &str| {
            vec![
                ("service", service.to_owned()),
                ("patient", app.hospital.patient.id.to_string()),
                ("people_of", app.hospital.patient.id.to_string()),
                ("invite", app.hospital.relatives[0].id.to_string()),
                ("doctor", doctor.id.to_string()),
                ("ward", app.hospital.ward.ward.unwrap().to_string()),
                ("when", "now".to_owned()),
            ]
        };
        for (member, permitted, refused) in
            [(doctor, "medical_report", "home_consultation"), (clerk, "tele_visit", "medical_report")]
        {
            let browser = app.sign_in(member).await;
            let answer = send(&browser, "/visits", &visit(refused)).await;
            assert_eq!(answer.status, 422, "{refused}");
            assert!(answer.body.contains("id=\"service-error\""), "{refused}: {}", answer.body);
            assert_eq!(send(&browser, "/visits", &visit(permitted)).await.status, 303, "{permitted}");
        }
    })
    .await;
}

#[tokio::test]
async fn coming_visits_go_to_another_doctor_as_far_as_they_can() {
    on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        let (from, to) = (&app.hospital.doctor, &app.hospital.other_doctor);
        let report = app.book(REPORT.in_minutes(60)).await;
        let home = app.book(HOME.in_minutes(180)).await;
        let started = app.book(REPORT.in_minutes(300)).await;
        app.start(&started).await;
        let narrowed = with(form_of(to, 1), "service", "medical_report");
        assert_eq!(send(&admin, &address(to), &narrowed).await.status, 303);
        let path = format!("{}/handovers", address(from));
        for nobody in ["", &from.id.to_string(), &app.hospital.clerk.id.to_string()] {
            let answer = send(&admin, &path, &[("doctor", nobody.to_owned())]).await;
            assert_eq!(answer.header("location"), address(from), "{nobody}");
            assert_eq!(app.stored(report.id).await.visit.doctor, Some(from.id), "{nobody}");
        }
        assert_eq!(send(&admin, &path, &[("doctor", to.id.to_string())]).await.status, 303);
        assert_eq!(app.stored(report.id).await.visit.doctor, Some(to.id));
        assert_eq!(app.stored(home.id).await.visit.doctor, Some(from.id), "not permitted");
        assert_eq!(app.stored(started.id).await.visit.doctor, Some(from.id), "it has begun");
        let page = admin.get(&address(from)).await.body;
        assert!(page.contains("Visitas entregadas: 1. No tiene permitido el servicio: 1."), "{page}");
        assert!(page.contains("Ya iniciaron o se cerraron: 1.") && !page.contains("Quiroga"), "{page}");
        assert!(page.contains(BY_HAND), "{page}");
    })
    .await;
}

/// Said where visits are left.
const BY_HAND: &str = "Alguien de Captura puede entregar las que quedan, una por una, desde su página.";

#[tokio::test]
async fn where_every_visit_was_handed_over_nothing_more_is_to_be_done() {
    on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        let (from, to) = (&app.hospital.doctor, &app.hospital.other_doctor);
        app.book(HOME.in_minutes(180)).await;
        let path = format!("{}/handovers", address(from));
        assert_eq!(send(&admin, &path, &[("doctor", to.id.to_string())]).await.status, 303);
        let page = admin.get(&address(from)).await.body;
        assert!(page.contains("Visitas entregadas: 1.") && !page.contains(BY_HAND), "{page}");
    })
    .await;
}

#[tokio::test]
async fn visits_of_a_doctor_who_left_are_still_found_by_their_name() {
    on_each(async |app| {
        let (gone, stays) = (&app.hospital.doctor, &app.hospital.other_doctor);
        let past = app.book(REPORT).await;
        app.start(&past).await;
        app.command(past.id, Command::End { by: gone.operator() }).await.unwrap();
        let coming = app.book(HOME.in_minutes(180)).await;
        roster::disable(&app.store, app.hospital.admin.id, gone.id).await.unwrap();
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let former = "Inés Soto (ya no atiende)</option>";
        for (list, visit) in [("/history", &past), ("/agenda", &coming)] {
            let page = clerk.get(list).await.body;
            let (left, here) = (page.find(former), page.find("Carlos Méndez</option>"));
            assert!(here.is_some() && here < left, "{list}: after those who are here: {page}");
            let page = clerk.get(&format!("{list}?doctor={}", gone.id)).await.body;
            assert!(page.contains(&format!("value=\"{}\" selected>{former}", gone.id)), "{list}: {page}");
            assert!(page.contains(&format!("href=\"/consultations/{}\"", visit.id)), "{list}: {page}");
            let page = clerk.get(&format!("{list}?doctor={}", stays.id)).await.body;
            assert!(!page.contains(&format!("href=\"/consultations/{}\"", visit.id)), "{list}: {page}");
        }
        for chosen in ["/visits/new".to_owned(), coming.path("doctor")] {
            let page = clerk.get(&chosen).await;
            assert_eq!(page.status, 200, "{chosen}: {}", page.body);
            let offered = format!("<option value=\"{}\"", gone.id);
            assert!(page.body.contains(&format!("value=\"{}\"", stays.id)), "{chosen}: {}", page.body);
            assert!(!page.body.contains(&offered) && !page.body.contains("ya no atiende"), "{chosen}: {}", page.body);
        }
        let own = app.sign_in(stays).await;
        for list in ["/history", "/agenda"] {
            assert!(!own.get(list).await.body.contains("ya no atiende"), "{list}");
        }
    })
    .await;
}
