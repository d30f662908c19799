//! The link by which somebody chooses a password: from the admin who hands it over to the first sign-in.

use antesala::auth::welcome::LIFETIME;
use antesala::domain::staff::{Role, StaffMember};
use antesala::store::staff::roster;
use jiff::SignedDuration;

use crate::app::{TestApp, on_each};
use crate::browser::{self, Answer, Browser};
use crate::hospital::PASSWORD;

const NEW_PASSWORD: &str = "barco limón sereno 47";

/// The path of the link that a page shows.
fn link_on(page: &Answer) -> String {
    let (_, rest) = page.body.split_once("/welcome/").unwrap_or_else(|| panic!("no link on {}", page.body));
    format!("/welcome/{}", rest.split('"').next().unwrap())
}

async fn added(admin: &Browser, email: &str) -> Answer {
    let form = [("name", "Eva Luna"), ("email", email), ("role", "clerk"), ("service", "follow_up")];
    admin.post_page("/staff", &form).await
}

async fn sign_in(app: &TestApp, email: &str, password: &str) -> u16 {
    app.browser().post_page("/sign-in", &[("email", email), ("password", password)]).await.status
}

async fn invited(admin: &Browser, member: &StaffMember) -> String {
    link_on(&admin.post_page(&format!("/staff/{}/invitations", member.id), &[]).await)
}

#[tokio::test]
async fn who_is_added_signs_in_after_choosing_a_password_and_not_before() {
    on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        let page = added(&admin, "eva@hospital.example").await;
        assert_eq!(page.status, 200);
        let link = link_on(&page);
        for tried in ["", NEW_PASSWORD] {
            assert_eq!(sign_in(app, "eva@hospital.example", tried).await, 422, "no password yet");
        }
        let eva = app.browser();
        for _ in 0..20 {
            assert_eq!(eva.get(&link).await.status, 200, "opening it changes nothing");
            assert_eq!(eva.head(&link).await.status, 200);
        }
        for (weak, key) in [("corta", "15 caracteres"), ("hospital-hospital-1", "palabras propias")] {
            let refused = eva.post_page(&link, &[("password", weak)]).await;
            assert_eq!(refused.status, 422);
            assert!(refused.body.contains("id=\"password-error\"") && refused.body.contains(key), "{weak}");
            assert!(!refused.body.contains(&format!("value=\"{weak}\"")), "a password is never shown again");
        }
        assert_eq!(eva.get("/visits").await.header("location"), "/sign-in", "nobody is signed in by looking");
        assert_eq!(eva.post_page(&link, &[("password", NEW_PASSWORD)]).await.header("location"), "/visits");
        assert_eq!(eva.get("/visits").await.status, 200);
        assert_eq!(sign_in(app, "eva@hospital.example", NEW_PASSWORD).await, 303);
        assert_eq!(eva.get(&link).await.status, 410, "it works once");
        assert_eq!(eva.post_page(&link, &[("password", PASSWORD)]).await.status, 410);
        assert_eq!(sign_in(app, "eva@hospital.example", PASSWORD).await, 422);
    })
    .await;
}

#[tokio::test]
async fn choosing_signs_in_as_the_door_does_and_says_so_once_in_the_owners_language() {
    on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        for (role, landing) in [("clerk", "/visits"), ("doctor", "/board"), ("admin", "/staff")] {
            let email = format!("{role}@hospital.example");
            let form =
                [("name", "Eva Luna"), ("email", &email), ("role", role), ("service", "follow_up"), ("language", "pt")];
            let link = link_on(&admin.post_page("/staff", &form).await);
            let eva = app.browser();
            let chosen = eva.post_page(&link, &[("password", NEW_PASSWORD)]).await;
            assert_eq!((chosen.status, chosen.header("location")), (303, landing));
            let said = "Sua senha está salva.";
            let page = eva.get(landing).await.body;
            assert!(page.contains("<html lang=\"pt\"") && page.contains(said), "{landing}: {page}");
            assert!(!eva.get(landing).await.body.contains(said), "{landing}: once");

            let at_the_door = [("email", email.as_str()), ("password", NEW_PASSWORD)];
            let signed_in = app.browser().post_page("/sign-in", &at_the_door).await;
            assert_eq!(session_cookie(&chosen), session_cookie(&signed_in), "as careful as at the door");
            let listed = eva.get("/profile").await.body;
            assert_eq!(listed.matches("name=\"session\"").count(), 1, "beside this one, the other: {listed}");
        }
    })
    .await;
}

/// The cookie of the session that began with an answer, without its value.
fn session_cookie(answer: &Answer) -> String {
    let cookies = answer.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap());
    let (name, rest) =
        cookies.filter_map(|cookie| cookie.split_once('=')).find(|(name, _)| *name == "antesala").unwrap();
    let (value, attributes) = rest.split_once(';').unwrap();
    assert!(!value.is_empty());
    format!("{name}={attributes}")
}

#[tokio::test]
async fn whoever_else_used_the_browser_is_signed_out_with_the_password_and_not_before() {
    on_each(async |app| {
        let shared = app.sign_in(&app.hospital.admin).await;
        let link = invited(&shared, &app.hospital.clerk).await;
        assert_eq!(shared.get(&link).await.status, 200);
        assert_eq!(shared.post_page(&link, &[("password", "corta")]).await.status, 422);
        assert_eq!(
            shared.post_page("/welcome/8rH9RHmJbG7v3d2_hwV2Cg", &[("password", NEW_PASSWORD)]).await.status,
            410
        );
        assert_eq!(shared.get("/staff").await.status, 200, "still an admin's");
        let admins = shared.cookies();
        assert_eq!(shared.post_page(&link, &[("password", NEW_PASSWORD)]).await.header("location"), "/visits");
        assert_eq!(shared.get("/visits").await.status, 200, "a clerk's now");
        let kept = app.browser().request(reqwest::Method::GET, "/staff").header("cookie", admins);
        assert_eq!(browser::answer(kept).await.header("location"), "/sign-in", "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn the_form_sent_twice_adds_once_and_a_taken_address_is_told() {
    on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        let id = admin.get("/staff/new").await.hidden_fields().into_iter().find(|(name, _)| name == "id").unwrap().1;
        let email = "eva@hospital.example";
        let form =
            [("id", id.as_str()), ("name", "Eva Luna"), ("email", email), ("role", "clerk"), ("service", "follow_up")];
        let link = link_on(&admin.post_page("/staff", &form).await);
        let again = admin.post_page("/staff", &form).await;
        assert_eq!((again.status, again.header("location")), (303, format!("/staff/{id}").as_str()));
        assert_eq!(app.browser().get(&link).await.status, 200, "the link that was shown still works");
        let taken = added(&admin, email).await;
        assert_eq!(taken.status, 422);
        assert!(taken.body.contains("id=\"email-error\""));
        assert_eq!(roster::all(&app.store).await.unwrap().len(), 7, "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn a_new_link_ends_the_old_one_and_using_it_ends_every_session() {
    on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        let clerk = &app.hospital.clerk;
        let browser = app.sign_in(clerk).await;
        let mut board = browser.socket("/board/socket").await.unwrap();
        board.expect("snapshot").await;
        let old = invited(&admin, clerk).await;
        let link = invited(&admin, clerk).await;
        assert_eq!(app.browser().get(&old).await.status, 410);
        assert_eq!(browser.get("/visits").await.status, 200, "making a link ends nothing");
        assert_eq!(app.browser().post_page(&link, &[("password", NEW_PASSWORD)]).await.status, 303);
        assert_eq!(board.closed().await, Some(1008));
        assert_eq!(browser.get("/visits").await.header("location"), "/sign-in");
        assert_eq!(sign_in(app, &clerk.email.to_string(), PASSWORD).await, 422, "the old password is over");
        assert_eq!(sign_in(app, &clerk.email.to_string(), NEW_PASSWORD).await, 303);
    })
    .await;
}

#[tokio::test]
async fn unknown_used_replaced_expired_and_disabled_look_alike() {
    on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        let expired = invited(&admin, &app.hospital.ward).await;
        app.later(LIFETIME);
        let admin = app.sign_in(&app.hospital.admin).await;
        let replaced = invited(&admin, &app.hospital.clerk).await;
        let used = invited(&admin, &app.hospital.clerk).await;
        assert_eq!(app.browser().post_page(&used, &[("password", NEW_PASSWORD)]).await.status, 303);
        let gone = app.hire("Fermín Arce", Role::Doctor).await;
        let disabled = invited(&admin, &gone).await;
        assert_eq!(admin.post_page(&format!("/staff/{}/disablement", gone.id), &[]).await.status, 303);
        let mut seen = Vec::new();
        for link in [&expired, &replaced, &used, &disabled, "/welcome/8rH9RHmJbG7v3d2_hwV2Cg", "/welcome/x"] {
            let got = app.browser().get(link).await;
            let posted = app.browser().post_page(link, &[("password", NEW_PASSWORD)]).await;
            seen.extend([(got.status, got.without_token()), (posted.status, posted.without_token())]);
        }
        assert!(seen.iter().all(|one| one.0 == 410 && *one == seen[0]), "{seen:?}");
    })
    .await;
}

#[tokio::test]
async fn a_link_works_for_a_week_and_guessing_is_slowed_down() {
    on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        let link = invited(&admin, &app.hospital.clerk).await;
        app.later(LIFETIME - SignedDuration::from_secs(1));
        let stranger = app.browser();
        assert_eq!(stranger.get(&link).await.status, 200);
        let mut statuses = Vec::new();
        for _ in 0..200 {
            statuses.push(stranger.get("/welcome/8rH9RHmJbG7v3d2_hwV2Cg").await.status);
            if statuses.last() == Some(&429) {
                break;
            }
        }
        assert_eq!((statuses.first(), statuses.last()), (Some(&410), Some(&429)), "{}", statuses.len());
        assert_eq!(stranger.get(&link).await.status, 200, "a right link is no guess");
    })
    .await;
}
