//! What became of visits: who sees which, what the file holds, and that opening a link is told by people only.

use std::collections::HashSet;

use antesala::domain::consultation::Command;
use antesala::domain::ids::ConsultationId;
use antesala::domain::schedule::Appointment;
use antesala::domain::service::Service;
use antesala::store::Batch;
use antesala::store::archive::{self, Course, OldVisit};
use antesala::web::staff::history::TOGETHER;
use jiff::SignedDuration;

use super::callbacks::{link, signed, through_twilio};
use crate::app::{TestApp, on_each, on_each_with};
use crate::hospital::{HOME, REPORT, TELE, Visit, ZONE};

/// Ends a visit that was started.
async fn ended(app: &TestApp, visit: &Visit) {
    app.start(visit).await;
    let by = app.conductor(visit).await.operator();
    app.command(visit.id, Command::End { by }).await.unwrap();
}

async fn cancelled(app: &TestApp, visit: &Visit) {
    let by = app.hospital.clerk.operator();
    app.command(visit.id, Command::Cancel { by }).await.unwrap();
}

/// Writes what only later parts of a visit's life would.
async fn set(app: &TestApp, sql: &'static str, params: Vec<antesala::store::Value>) {
    let mut batch = Batch::new();
    batch.run_on_one(sql, params);
    app.store.write(batch).await.unwrap();
}

async fn opened_at(app: &TestApp, visit: &Visit) -> Option<i64> {
    let sql = "SELECT opened_at FROM participants WHERE id = $1";
    let row = app.store.read_one(sql, vec![visit.seat(0).to_string().into()]).await.unwrap().unwrap();
    row.instant_or_null(0).unwrap().map(|at| at.as_microsecond())
}

fn lists(page: &str, id: ConsultationId) -> bool {
    page.contains(&format!("href=\"/consultations/{id}\""))
}

#[tokio::test]
async fn everybody_sees_the_past_visits_that_are_theirs() {
    on_each(async |app| {
        let (report, tele, open) = (app.book(REPORT).await, app.book(TELE).await, app.book(HOME).await);
        ended(app, &report).await;
        ended(app, &tele).await;
        app.start(&open).await;
        let hospital = &app.hospital;
        let cases = [
            (&hospital.clerk, [true, true]),
            (&hospital.doctor, [true, false]),
            (&hospital.other_doctor, [false, false]),
            (&hospital.ward, [false, true]),
            (&hospital.other_ward, [false, false]),
        ];
        for (member, expected) in cases {
            let browser = app.sign_in(member).await;
            for path in ["/history", "/history.csv"] {
                let answer = browser.get(path).await;
                assert_eq!(answer.status, 200, "{}", answer.body);
                let seen = match path {
                    "/history" => [lists(&answer.body, report.id), lists(&answer.body, tele.id)],
                    _ => ["Informe médico", "Televisita"].map(|service| answer.body.contains(service)),
                };
                assert_eq!(seen, expected, "{path} for {}: {}", member.name, answer.body);
                assert!(!lists(&answer.body, open.id) && !answer.body.contains("Atención domiciliaria,"), "still open");
            }
        }
        let own = app.sign_in(&hospital.other_doctor).await;
        let asked = format!("/history?doctor={}", hospital.doctor.id);
        assert!(!lists(&own.get(&asked).await.body, report.id), "a doctor's filter opens nobody else's history");
    })
    .await;
}

#[tokio::test]
async fn filters_choose_and_dates_that_are_none_change_nothing() {
    on_each(async |app| {
        let (report, home) = (app.book(REPORT).await, app.book(HOME).await);
        ended(app, &report).await;
        cancelled(app, &home).await;
        let browser = app.sign_in(&app.hospital.clerk).await;
        let doctor = app.hospital.doctor.id;
        let other = app.hospital.other_doctor.id;
        let cases = [
            ("", [true, true]),
            ("?from=&to=&service=&doctor=&outcome=", [true, true]),
            ("?service=medical_report", [true, false]),
            ("?outcome=cancelled", [false, true]),
            ("?outcome=no_show_of_family", [false, false]),
            ("?from=2026-11-23&to=2026-11-23", [true, true]),
            ("?from=2026-11-24&to=2026-11-25", [false, false]),
            ("?to=2026-11-22&from=2026-01-01", [false, false]),
            (&format!("?doctor={doctor}"), [true, true]),
            (&format!("?doctor={other}"), [false, false]),
            ("?page=2", [false, false]),
        ];
        for (query, expected) in cases {
            let page = browser.get(&format!("/history{query}")).await;
            assert_eq!(page.status, 200, "{query}: {}", page.body);
            assert_eq!([lists(&page.body, report.id), lists(&page.body, home.id)], expected, "{query}");
            assert_eq!(page.body.contains("class=\"empty\""), expected == [false, false], "{query}");
        }
        let nonsense = "?from=yesterday&to=2026-02-30&service=medical_report";
        let refused = browser.get(&format!("/history{nonsense}")).await;
        assert_eq!(refused.status, 422);
        for part in [
            "<title>Error:",
            "href=\"#from\"",
            "id=\"to-error\"",
            "value=\"yesterday\"",
            "value=\"medical_report\" selected",
        ] {
            assert!(refused.body.contains(part), "{part} in {}", refused.body);
        }
        assert_eq!(browser.get(&format!("/history.csv{nonsense}")).await.status, 400);
        assert_eq!(browser.get("/history?from=2024-01-01&to=2026-01-01").await.status, 422, "more than a year");
    })
    .await;
}

#[tokio::test]
async fn the_page_counts_and_draws_what_it_lists() {
    on_each(async |app| {
        let (report, home) = (app.book(REPORT).await, app.book(HOME).await);
        ended(app, &report).await;
        app.later(SignedDuration::from_hours(5));
        app.command(home.id, Command::CloseUnattended).await.unwrap();
        let page = app.sign_in(&app.hospital.clerk).await.get("/history").await.body;
        assert!(page.contains("1 (50 %)"), "{page}");
        assert_eq!(page.matches("<svg role=\"img\"").count(), 3, "{page}");
        assert!(page.contains("23 de noviembre de 2026</th><td>2</td>"), "{page}");
        assert!(page.contains("La familia no llegó"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn the_file_holds_the_ledger_no_number_to_call_and_no_formula() {
    on_each(async |app| {
        let visit = app.book(TELE).await;
        ended(app, &visit).await;
        let id = visit.id.to_string();
        let at = |minutes: i64| app.now() + SignedDuration::from_mins(minutes);
        let arrived = "UPDATE consultations SET first_arrived_at = $1, first_admitted_at = $2 WHERE id = $3";
        set(app, arrived, vec![at(2).into(), at(9).into(), id.as_str().into()]).await;
        let ward = app.hospital.ward.ward.unwrap().to_string();
        set(app, "UPDATE wards SET name = $1 WHERE id = $2", vec!["=1+1".into(), ward.into()]).await;
        let record = "UPDATE patients SET record_number = $1 WHERE id = $2";
        set(app, record, vec!["-12/7".into(), app.hospital.patient.id.to_string().into()]).await;
        let file = app.sign_in(&app.hospital.clerk).await.get("/history.csv").await;
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
        assert!(file.header("content-disposition").starts_with("attachment; filename=\"antesala-2026-"));
        let rows: Vec<_> = file.body.trim_start_matches('\u{feff}').lines().collect();
        assert!(rows[0].starts_with("Cita,Paciente,Expediente,"), "{}", rows[0]);
        assert_eq!(rows.len(), 2, "{}", file.body);
        let row = rows[1];
        assert!(
            row.starts_with("2026-11-23T09:00:00-06:00,Tomás Quiroga,'-12/7,Televisita,,'=1+1,Se realizó,"),
            "{row}"
        );
        assert!(
            row.ends_with(",2026-11-23T09:02:00-06:00,7,2026-11-23T09:09:00-06:00,2026-11-23T09:00:00-06:00"),
            "{row}"
        );
        assert!(!file.body.contains("+52"), "{row}");
    })
    .await;
}

/// Visits that were cancelled, three at a time, each at an instant of its own.
async fn past_visits(app: &TestApp, count: u32) {
    let hospital = &app.hospital;
    let mut batch = Batch::new();
    for place in 0..i64::from(count) {
        let starts_at = app.now() - SignedDuration::from_mins(place / 3);
        let old = OldVisit {
            service: Service::HomeConsultation,
            patient: hospital.patient.id,
            reason: "Control",
            doctor: Some(hospital.doctor.id),
            ward: None,
            appointment: Appointment::now(starts_at, ZONE).unwrap(),
            by: hospital.clerk.id,
            booked_at: starts_at,
            seats: Vec::new(),
            course: Course::default(),
            closed_at: app.now() + SignedDuration::from_secs(place),
            is_remembered: false,
        };
        archive::add(&mut batch, &old);
    }
    app.store.write(batch).await.unwrap();
}

#[tokio::test]
async fn a_file_is_whole_however_many_visits_it_holds() {
    on_each(async |app| {
        let count = TOGETHER * 2 + 100;
        past_visits(app, count).await;
        let file = app.sign_in(&app.hospital.clerk).await.get("/history.csv").await;
        assert_eq!((file.status, file.header("content-type")), (200, "text/csv; charset=utf-8"));
        let (header, rows) = file.body.split_once('\n').unwrap();
        assert!(header.starts_with("\u{feff}Cita,Paciente,"), "{header}");
        let ends: HashSet<_> = rows.lines().map(|row| row.rsplit_once(',').unwrap().1).collect();
        assert_eq!((rows.lines().count(), ends.len()), (count as usize, count as usize), "each once, and one header");
        let times: Vec<_> = rows.lines().map(|row| row.split_once(',').unwrap().0).collect();
        assert!(times.windows(2).all(|pair| pair[0] >= pair[1]), "newest first");
    })
    .await;
}

#[tokio::test]
async fn when_a_link_was_on_a_phone_is_in_the_list_and_in_the_file() {
    on_each_with(through_twilio, async |app| {
        let visit = app.book(HOME).await;
        let path = format!("/callbacks/twilio/status?message={}", link(app, &visit).await.id);
        for (minutes, status) in [(1, "sent"), (3, "delivered"), (5, "delivered")] {
            app.later(SignedDuration::from_mins(minutes));
            let form = [("MessageSid", "SM1"), ("MessageStatus", status)];
            assert_eq!(signed(app, &path, &form).await.status, 200);
        }
        ended(app, &visit).await;
        let browser = app.sign_in(&app.hospital.clerk).await;
        let page = browser.get("/history").await.body;
        let cell = "<td><time datetime=\"2026-11-23T15:01:00Z\">09:01</time></td>\
                    <td><time datetime=\"2026-11-23T15:04:00Z\">09:04</time></td><td>—</td>";
        assert!(page.contains(cell), "{page}");
        let file = browser.get("/history.csv").await.body;
        assert!(file.contains(",Se realizó,2026-11-23T09:01:00-06:00,2026-11-23T09:04:00-06:00,,"), "{file}");
    })
    .await;
}

#[tokio::test]
async fn a_link_counts_as_opened_when_a_person_s_browser_says_so() {
    on_each(async |app| {
        let visit = app.book(HOME).await;
        let link = &visit.links[0];
        for _ in 0..3 {
            app.browser().get(link).await;
            app.browser().head(link).await;
        }
        assert_eq!(opened_at(app, &visit).await, None, "previews open nothing");
        let first = app.now().as_microsecond();
        assert_eq!(app.browser().post(&format!("{link}/openings"), &[]).await.status, 204);
        app.later(SignedDuration::from_mins(1));
        assert_eq!(app.browser().post(&format!("{link}/openings"), &[]).await.status, 204);
        assert_eq!(opened_at(app, &visit).await, Some(first), "only the first time counts");
    })
    .await;
}

#[tokio::test]
async fn telling_that_an_unknown_link_was_opened_is_answered_alike_and_slowed_down() {
    on_each(async |app| {
        let known = app.book(HOME).await;
        let told = app.browser().post(&format!("{}/openings", known.links[0]), &[]).await;
        let unknown = async || app.browser().post("/j/8rH9RHmJbG7v3d2_hwV2Cg/openings", &[]).await;
        let answer = unknown().await;
        assert_eq!((answer.status, answer.body.as_str()), (told.status, told.body.as_str()));
        let mut answers = Vec::new();
        for _ in 0..30 {
            answers.push(unknown().await.status);
        }
        assert_eq!(answers.last(), Some(&429));
    })
    .await;
}
