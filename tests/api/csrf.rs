//! What another site makes a browser send is refused, and changes nothing; what our own pages send is not.

use antesala::web::routes;
use reqwest::Method;

use super::doors::{Attempt, Crowd, owner, posts};
use crate::app::{TestApp, on_each};
use crate::browser::{self, Answer};

/// Headers of requests that did not come from our pages.
const FOREIGN: &[&[(&str, &str)]] = &[
    &[("origin", "https://evil.example")],
    &[("origin", "null")],
    &[],
    &[("sec-fetch-site", "same-site")],
    &[("sec-fetch-site", "cross-site")],
    // A browser that tells both is believed in what it says about the sites.
    &[("sec-fetch-site", "cross-site"), ("origin", "OURS")],
    &[("origin", "http://localhost")],
    &[("origin", "https://localhost:PORT")],
];

/// How a form of our own is answered; 409 is a visit that Webex does not carry, 503 a house without it.
const HEARD: [u16; 6] = [200, 204, 303, 409, 410, 503];

#[tokio::test]
async fn every_post_from_elsewhere_is_refused_and_changes_nothing() {
    on_each(async |app| {
        let mut crowd = Crowd::default();
        for door in posts() {
            let attempt = Attempt::at(app, &mut crowd, door, owner(door.path)).await;
            let before = everything(app).await;
            for headers in FOREIGN {
                let answer = sent(app, &attempt, headers).await;
                assert_eq!(answer.status, 403, "POST {} with {headers:?}: {}", door.path, answer.body);
                assert!(!answer.headers.contains_key("set-cookie"), "POST {} with {headers:?}", door.path);
            }
            assert_eq!(everything(app).await, before, "POST {}", door.path);
            let accepted = attempt.answer().await;
            assert!(
                HEARD.contains(&accepted.status),
                "POST {} from our page: {} {}",
                door.path,
                accepted.status,
                accepted.body
            );
        }
    })
    .await;
}

#[tokio::test]
async fn every_post_from_our_pages_is_heard_however_the_browser_says_so() {
    on_each(async |app| {
        let mut crowd = Crowd::default();
        for door in posts() {
            let ours: &[&[(&str, &str)]] = &[
                &[("sec-fetch-site", "same-origin")],
                &[("sec-fetch-site", "same-origin"), ("origin", "null")],
                &[("origin", "OURS")],
            ];
            for headers in ours {
                let attempt = Attempt::at(app, &mut crowd, door, owner(door.path)).await;
                let status = sent(app, &attempt, headers).await.status;
                assert!(HEARD.contains(&status), "POST {} with {headers:?}: {status}", door.path);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_form_token_of_this_browser_stands_in_for_the_origin_and_another_s_does_not() {
    on_each(async |app| {
        let mut crowd = Crowd::default();
        for door in posts().filter(|door| !door.path.contains("state")) {
            let mut attempt = Attempt::at(app, &mut crowd, door, owner(door.path)).await;
            let theirs = app.browser().get("/sign-in").await.form_token();
            let own = own_token(&attempt).await;
            assert!(!own.is_empty() && own != theirs, "{}", door.path);
            for (token, is_heard) in [(theirs, false), (String::new(), false), (own, true)] {
                attempt.form.retain(|(name, _)| *name != "form_token");
                attempt.form.push(("form_token", token));
                for headers in [&[("origin", "null")][..], &[]] {
                    if is_heard && headers.is_empty() {
                        continue;
                    }
                    let answer = sent(app, &attempt, headers).await;
                    assert_eq!(answer.status != 403, is_heard, "POST {} with {headers:?}: {}", door.path, answer.body);
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_token_does_not_excuse_another_site() {
    on_each(async |app| {
        let mut crowd = Crowd::default();
        let door = routes::DOORS.iter().find(|door| door.path == "/consultations/{id}/session").unwrap();
        let mut attempt = Attempt::at(app, &mut crowd, door, owner(door.path)).await;
        attempt.form.push(("form_token", own_token(&attempt).await));
        for headers in [&[("origin", "https://evil.example")][..], &[("sec-fetch-site", "cross-site")]] {
            assert_eq!(sent(app, &attempt, headers).await.status, 403);
        }
    })
    .await;
}

#[tokio::test]
async fn other_methods_are_not_there() {
    on_each(async |app| {
        let mut crowd = Crowd::default();
        for door in routes::DOORS {
            for method in [Method::PUT, Method::DELETE, Method::PATCH] {
                let attempt = Attempt::at(app, &mut crowd, door, owner(door.path)).await;
                let request = attempt.browser.request(method, &attempt.path).header("sec-fetch-site", "same-origin");
                let status = browser::answer(request).await.status;
                assert!([404, 405].contains(&status), "{}: {status}", door.path);
                if door.path != "/j/{token}" {
                    break;
                }
            }
        }
    })
    .await;
}

async fn sent(app: &TestApp, attempt: &Attempt, headers: &[(&str, &str)]) -> Answer {
    let mut request = attempt.request();
    for (name, value) in headers {
        let value = value.replace("OURS", &app.origin).replace("PORT", &app.port.to_string());
        request = request.header(*name, value);
    }
    browser::answer(request).await
}

/// The token that our own pages show to the browser of `attempt`.
async fn own_token(attempt: &Attempt) -> String {
    for page in ["/profile", "/sign-in", attempt.path.trim_end_matches("/requests")] {
        let token = attempt.browser.get(page).await.form_token();
        if !token.is_empty() {
            return token;
        }
    }
    String::new()
}

/// How much there is of everything that a request could add, change or end.
async fn everything(app: &TestApp) -> Vec<i64> {
    let mut counts = Vec::new();
    for sql in [
        "SELECT COUNT(*) FROM events",
        "SELECT COUNT(*) FROM consultations",
        "SELECT COUNT(*) FROM patients",
        "SELECT COUNT(*) FROM staff",
        "SELECT CAST(SUM(rev) AS BIGINT) FROM staff",
        "SELECT COUNT(*) FROM staff WHERE active = TRUE",
        "SELECT COUNT(*) FROM staff_sessions",
        "SELECT COUNT(*) FROM staff_invitations",
        "SELECT COUNT(*) FROM canned_messages",
        "SELECT COUNT(*) FROM browsers",
        "SELECT COUNT(*) FROM imports",
    ] {
        counts.push(app.store.read_one(sql, vec![]).await.unwrap().unwrap().int(0).unwrap());
    }
    counts
}
