//! Everybody's own page: what they choose for themselves counts at once, and only for themselves.

use antesala::domain::service::{Admission, Service};
use antesala::domain::staff::Role;
use antesala::store::staff::own;

use crate::app::on_each;
use crate::hospital::PASSWORD;

const NEW_PASSWORD: &str = "barco limón sereno 47";

#[tokio::test]
async fn language_and_zone_are_chosen_and_a_wrong_zone_is_told() {
    on_each(async |app| {
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let wrong = doctor.post_page("/profile", &[("language", "en"), ("other_zone", "America/Atlantis")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("id=\"other_zone-error\"") && wrong.body.contains("value=\"America/Atlantis\""));
        assert!(doctor.get("/profile").await.body.contains("lang=\"es\""), "nothing was stored");

        let form = [("language", "en"), ("zone", "America/Tijuana"), ("other_zone", "america/sao_paulo")];
        assert_eq!(doctor.post_page("/profile", &form).await.header("location"), "/profile");
        let page = doctor.get("/profile").await.body;
        assert!(page.contains("lang=\"en\"") && page.contains("It is saved."), "{page}");
        assert!(page.contains("<option value=\"America/Sao_Paulo\" selected"), "{page}");
        let other = app.sign_in(&app.hospital.other_doctor).await;
        assert!(other.get("/profile").await.body.contains("lang=\"es\""));
    })
    .await;
}

#[tokio::test]
async fn a_new_password_needs_the_present_one_and_ends_the_other_sessions() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let elsewhere = app.sign_in(&app.hospital.clerk).await;
        let mut board = elsewhere.socket("/board/socket").await.unwrap();
        board.expect("snapshot").await;
        for (present, password, field) in [
            ("not hers at all", NEW_PASSWORD, "present"),
            ("", NEW_PASSWORD, "present"),
            (PASSWORD, "corta", "password"),
        ] {
            let answer = clerk.post_page("/profile/password", &[("present", present), ("password", password)]).await;
            assert_eq!(answer.status, 422);
            assert!(answer.body.contains(&format!("id=\"{field}-error\"")), "{field}");
            assert!(!answer.body.contains(NEW_PASSWORD) && !answer.body.contains(PASSWORD));
        }
        assert_eq!(elsewhere.get("/visits").await.status, 200);
        let form = [("present", PASSWORD), ("password", NEW_PASSWORD)];
        assert_eq!(clerk.post_page("/profile/password", &form).await.header("location"), "/profile");
        assert_eq!(board.closed().await, Some(1008));
        assert_eq!(elsewhere.get("/visits").await.header("location"), "/sign-in");
        assert_eq!(clerk.get("/visits").await.status, 200, "this session goes on");
        let email = app.hospital.clerk.email.to_string();
        for (password, status) in [(PASSWORD, 422), (NEW_PASSWORD, 303)] {
            let answer = app.browser().post_page("/sign-in", &[("email", &email), ("password", password)]).await;
            assert_eq!(answer.status, status, "{password}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_present_password_cannot_be_guessed_from_a_page_left_open() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let mut statuses = Vec::new();
        for _ in 0..11 {
            let form = [("present", "a wrong password"), ("password", NEW_PASSWORD)];
            statuses.push(clerk.post_page("/profile/password", &form).await.status);
        }
        assert_eq!(statuses[..10], [422; 10]);
        assert_eq!(statuses[10], 429);
    })
    .await;
}

#[tokio::test]
async fn sessions_are_seen_and_ended_by_their_owner() {
    on_each(async |app| {
        let [here, second, third] = [
            app.sign_in(&app.hospital.clerk).await,
            app.sign_in(&app.hospital.clerk).await,
            app.sign_in(&app.hospital.clerk).await,
        ];
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let page = here.get("/profile").await;
        let sessions: Vec<_> =
            page.hidden_fields().into_iter().filter(|(name, _)| name == "session").map(|(_, id)| id).collect();
        assert_eq!(sessions.len(), 2, "one's own is ended by signing out");
        assert_eq!(page.body.matches("esta sesión").count(), 1);

        doctor.post_page("/profile/sign-outs", &[("session", &sessions[0])]).await;
        assert_eq!((second.get("/visits").await.status, third.get("/visits").await.status), (200, 200), "not theirs");
        here.post_page("/profile/sign-outs", &[("session", &sessions[0])]).await;
        let mut open = 0;
        for browser in [&second, &third] {
            open += usize::from(browser.get("/visits").await.status == 200);
        }
        assert_eq!(open, 1);
        here.post_page("/profile/sign-outs", &[]).await;
        for browser in [&second, &third] {
            assert_eq!(browser.get("/visits").await.header("location"), "/sign-in");
        }
        assert_eq!(here.get("/visits").await.status, 200);
        assert_eq!(doctor.get("/board").await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn how_people_are_let_in_is_chosen_among_one_s_own_services() {
    on_each(async |app| {
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let form = [("admission_medical_report", "one_by_one"), ("admission_tele_visit", "when_started")];
        assert_eq!(doctor.post_page("/profile/admissions", &form).await.status, 303);
        let kept = own::admissions(&app.store, app.hospital.doctor.id).await.unwrap();
        assert_eq!(kept.unusual().collect::<Vec<_>>(), [(Service::MedicalReport, Admission::OneByOne)]);
        let other = own::admissions(&app.store, app.hospital.other_doctor.id).await.unwrap();
        assert_eq!(other.unusual().count(), 0);
    })
    .await;
}

#[tokio::test]
async fn sentences_are_kept_moved_and_bounded() {
    on_each(async |app| {
        let nurse = app.sign_in(&app.hospital.ward).await;
        let kept = async || -> Vec<String> {
            let kept = own::canned_messages(&app.store, app.hospital.ward.id).await.unwrap();
            kept.iter().map(ToString::to_string).collect()
        };
        let form = [("message_0", "Ya vamos"), ("message_1", ""), ("message_2", "Cinco minutos más")];
        assert_eq!(nurse.post_page("/profile/messages", &form).await.status, 303);
        assert_eq!(kept().await, ["Ya vamos", "Cinco minutos más"]);
        let moved = [("message_0", "Ya vamos"), ("message_1", "Cinco minutos más"), ("up", "1")];
        assert_eq!(nurse.post_page("/profile/messages", &moved).await.status, 303);
        assert_eq!(kept().await, ["Cinco minutos más", "Ya vamos"]);
        let long = "x".repeat(201);
        let refused = nurse.post_page("/profile/messages", &[("message_0", "Ya"), ("message_1", &long)]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("id=\"message_1-error\"") && refused.body.contains(&long));
        assert_eq!(kept().await, ["Cinco minutos más", "Ya vamos"]);
        let many: Vec<_> = (0..25).map(|line| (format!("message_{line}"), format!("Frase {line}"))).collect();
        let many: Vec<_> = many.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(nurse.post_page("/profile/messages", &many).await.status, 303);
        assert_eq!(kept().await.len(), 20);
    })
    .await;
}

#[tokio::test]
async fn the_page_offers_what_a_role_may_choose() {
    on_each(async |app| {
        for role in [Role::Admin, Role::Clerk, Role::Doctor, Role::Ward] {
            let member = app.hospital.of_role(role);
            let page = app.sign_in(member).await.get("/profile").await.body;
            let conducts = matches!(role, Role::Doctor | Role::Ward);
            assert_eq!(page.contains("/profile/admissions"), conducts, "{role}");
            assert_eq!(page.contains("/profile/messages"), conducts, "{role}");
            assert!(page.contains("/profile/password") && page.contains(&member.name.to_string()), "{role}");
        }
    })
    .await;
}
