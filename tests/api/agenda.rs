//! The agenda and the page of one visit: who sees which of them, which days a week has, and what is said of a visit.

use antesala::domain::consultation::Command;
use antesala::store::Batch;

use crate::app::{TestApp, on_each};
use crate::browser::Browser;
use crate::hospital::{HOME, REPORT, TELE};

/// The visits a page leads to.
async fn visits_on(browser: &Browser, path: &str) -> Vec<String> {
    let page = browser.get(path).await;
    assert_eq!(page.status, 200, "{path}: {}", page.body);
    let mut found = Vec::new();
    for part in page.body.split("href=\"/consultations/").skip(1) {
        let (id, _) = part.split_once('"').unwrap();
        found.push(id.to_owned());
    }
    found
}

#[tokio::test]
async fn each_reader_sees_the_visits_that_are_theirs_to_see() {
    on_each(async |app| {
        let home = app.book(HOME.in_minutes(60)).await.id.to_string();
        let tele = app.book(TELE.in_minutes(120)).await.id.to_string();
        let hospital = &app.hospital;
        let both = vec![home.clone(), tele.clone()];
        for (member, expected) in [
            (&hospital.doctor, vec![home.clone()]),
            (&hospital.other_doctor, vec![]),
            (&hospital.clerk, both.clone()),
            (&hospital.ward, vec![tele.clone()]),
            (&hospital.other_ward, vec![]),
        ] {
            let browser = app.sign_in(member).await;
            for path in ["/agenda", "/agenda?view=week", "/agenda?day=nonsense&view=x&page=-1&doctor=y&service=z"] {
                assert_eq!(visits_on(&browser, path).await, expected, "{path} by {}", member.name);
            }
            for (id, is_seen) in both.iter().map(|id| (id, expected.contains(id))) {
                let status = if is_seen { 200 } else { 404 };
                for rest in ["", "/calendar.ics"] {
                    let answer = browser.get(&format!("/consultations/{id}{rest}")).await;
                    assert_eq!(answer.status, status, "{rest} by {}", member.name);
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_day_that_no_calendar_has_is_said_beside_the_date() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(60)).await.id.to_string();
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let said = "id=\"day-error\">Ese día no existe en el calendario.";
        for view in ["", "&view=week"] {
            let path = format!("/agenda?day=2026-02-31{view}");
            assert_eq!(visits_on(&clerk, &path).await, [visit.as_str()], "today is shown");
            let page = clerk.get(&path).await.body;
            assert!(page.contains(said) && page.contains("aria-describedby=\"day-error\""), "{page}");
        }
        for path in ["/agenda", "/agenda?day=", "/agenda?day=2026-02-28"] {
            assert!(!clerk.get(path).await.body.contains("day-error"), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_filter_never_widens_what_somebody_may_see() {
    on_each(async |app| {
        let home = app.book(HOME.in_minutes(60)).await.id.to_string();
        app.book(TELE.in_minutes(120)).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let doctor = app.hospital.doctor.id;
        assert_eq!(visits_on(&clerk, &format!("/agenda?doctor={doctor}")).await, [home.as_str()]);
        assert_eq!(visits_on(&clerk, &format!("/agenda?doctor={}", app.hospital.other_doctor.id)).await, [""; 0]);
        assert_eq!(visits_on(&clerk, "/agenda?service=home_consultation").await, [home.as_str()]);
        assert_eq!(visits_on(&clerk, &format!("/agenda?doctor={doctor}&service=follow_up")).await, [""; 0]);
        let other = app.sign_in(&app.hospital.other_doctor).await;
        for path in ["/agenda", "/agenda/sheet"] {
            let page = other.get(&format!("{path}?doctor={doctor}")).await;
            assert!(!page.body.contains("Tomás Quiroga"), "{path}");
        }
        let ward = app.sign_in(&app.hospital.other_ward).await;
        assert_eq!(visits_on(&ward, &format!("/agenda?doctor={doctor}&service=home_consultation")).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_week_has_its_visits_also_when_summer_time_ends() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        live_in_tijuana(app).await;
        let mut booked = Vec::new();
        // Tijuana's clocks go forward on 14 March 2027: its Sunday has 23 hours, and Monday begins an hour earlier.
        for at in ["2027-03-14T08:00:00Z", "2027-03-15T06:59:00Z", "2027-03-15T07:00:00Z"] {
            let minutes = at.parse::<jiff::Timestamp>().unwrap().duration_since(app.now()).as_mins();
            booked.push(app.book(HOME.in_minutes(minutes)).await.id.to_string());
        }
        let [first, last, next] = [&booked[0], &booked[1], &booked[2]];
        let seen = async |day: &str| visits_on(&clerk, &format!("/agenda?view=week&day={day}")).await;
        assert_eq!(seen("2027-03-10").await, [first.as_str(), last.as_str()]);
        assert_eq!(seen("2027-03-15").await, [next.as_str()]);
        assert_eq!(visits_on(&clerk, "/agenda?day=2027-03-14").await, [first.as_str(), last.as_str()]);
        let page = clerk.get("/agenda?day=2027-03-14").await.body;
        assert!(page.contains(">00:00<") && page.contains(">23:59<"), "on the reader's clock: {page}");
        assert!(page.contains("hora de Tijuana") && page.contains("02:00, hora de Ciudad de México"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn an_empty_day_says_what_to_do_and_leads_there_with_the_day() {
    on_each(async |app| {
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let page = doctor.get("/agenda?day=2026-12-24").await.body;
        assert!(page.contains("No hay visitas este día.") && page.contains("/visits/new?day=2026-12-24"), "{page}");
        let page = doctor.get("/agenda?day=2026-12-24&view=week").await.body;
        assert!(page.contains("No hay visitas esta semana."), "{page}");
        assert!(
            page.contains("day=2026-12-17&amp;view=week") && page.contains("day=2026-12-31&amp;view=week"),
            "{page}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_day_of_more_than_a_hundred_visits_has_pages() {
    on_each(async |app| {
        let first = app.book(REPORT.in_minutes(60)).await;
        copy_visit(app, &first.id.to_string(), 120).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        assert_eq!(visits_on(&clerk, "/agenda").await.len(), 100);
        assert_eq!(visits_on(&clerk, "/agenda?page=2").await.len(), 21);
        let week = clerk.get("/agenda?view=week").await.body;
        assert!(week.contains("30+"), "a week shows how a day begins: {week}");
    })
    .await;
}

#[tokio::test]
async fn a_sheet_says_whom_to_call_and_has_no_way_out() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(60)).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let sheet = doctor.get("/agenda/sheet").await.body;
        for word in
            ["Tomás Quiroga", "11 de febrero de 1950", "Control de presión", "Rosa Quiroga", "hija", "+525512345602"]
        {
            assert!(sheet.contains(word), "{word}: {sheet}");
        }
        assert!(!sheet.contains("<nav") && !sheet.contains("/j/"), "{sheet}");
        assert!(!sheet.contains(visit.links[0].as_str()));
    })
    .await;
}

#[tokio::test]
async fn the_page_of_a_visit_tells_what_happened_and_by_whom() {
    on_each(async |app| {
        let visit = app.book(HOME).await;
        app.enter(&visit.links[1]).await;
        app.start(&visit).await;
        let by = app.hospital.doctor.operator();
        app.command(visit.id, Command::End { by }).await.unwrap();
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let page = clerk.get(&format!("/consultations/{}", visit.id)).await.body;
        for sentence in [
            "Pilar Cruz programó la visita.",
            "Rosa Quiroga llegó a la antesala.",
            "Inés Soto inició la visita.",
            "Inés Soto dejó pasar a Rosa Quiroga.",
            "Inés Soto terminó la visita.",
            "lunes 23 de noviembre de 2026, de 09:00 a 09:30",
        ] {
            assert!(page.contains(sentence), "{sentence}: {page}");
        }
    })
    .await;
}

#[tokio::test]
async fn calling_a_visit_off_on_its_page_leads_back_to_it() {
    on_each(async |app| {
        let visit = app.book(HOME.in_minutes(60)).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let path = format!("/consultations/{}", visit.id);
        assert!(clerk.get(&path).await.body.contains("Sí, cancelarla"));
        let answer = clerk.post_page(&visit.path("cancellation"), &[("from", "visit")]).await;
        assert_eq!((answer.status, answer.header("location")), (303, path.as_str()));
        let page = clerk.get(&path).await.body;
        assert!(page.contains("La visita está cancelada."), "{page}");
        assert!(page.contains("Pilar Cruz canceló la visita.") && !page.contains("Sí, cancelarla"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_free_hour_is_booked_on_the_clock_it_is_shown_on() {
    on_each(async |app| {
        live_in(app, "Etc/GMT+8").await;
        app.book(HOME.in_minutes(60)).await;
        app.book(HOME.in_minutes(180)).await;
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let doctor = app.hospital.doctor.id;
        let page = clerk.get(&format!("/agenda?doctor={doctor}")).await.body;
        // The first visit ends at 10:30 in Mexico City, where the hospital is: half past eight for this clerk.
        let gap = format!("/visits/new?at=2026-11-23T16:30:00Z&doctor={doctor}");
        assert!(page.contains(&gap.replace('&', "&amp;")) && page.contains("Libre de 08:30"), "{page}");
        let form = clerk.get(&gap).await.body;
        for held in ["value=\"2026-11-23\"", "value=\"10:30\"", "value=\"scheduled\" checked"] {
            assert!(form.contains(held), "{held}: {form}");
        }
        let nonsense = clerk.get("/visits/new?at=tomorrow").await;
        assert!(nonsense.status == 200 && nonsense.body.contains("value=\"now\" checked"), "{}", nonsense.body);
    })
    .await;
}

async fn live_in_tijuana(app: &TestApp) {
    live_in(app, "America/Tijuana").await;
}

async fn live_in(app: &TestApp, zone: &'static str) {
    let mut batch = Batch::new();
    let clerk = app.hospital.clerk.id.to_string();
    batch.run_on_one("UPDATE staff SET zone = $1 WHERE id = $2", vec![zone.into(), clerk.into()]);
    app.store.write(batch).await.unwrap();
}

/// As many more visits at the same time, without seats.
async fn copy_visit(app: &TestApp, id: &str, copies: usize) {
    let mut batch = Batch::new();
    for _ in 0..copies {
        let copy = antesala::domain::ids::ConsultationId::mint().to_string();
        let columns = "INSERT INTO consultations (id, rev, service, phase, admission, engine, patient_id, reason, doctor_id, \
             starts_at, wall_time, zone, created_by, created_at) SELECT $1, rev, service, phase, admission, engine, patient_id, \
             reason, doctor_id, starts_at, wall_time, zone, created_by, created_at FROM consultations WHERE id = $2";
        batch.run_on_one(columns, vec![copy.into(), id.into()]);
    }
    app.store.write(batch).await.unwrap();
}
