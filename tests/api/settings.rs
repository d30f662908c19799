//! The hospital's settings: in force at once, refused field by field, and never overwritten unseen.

use antesala::domain::consultation::Participant;
use antesala::domain::staff::StaffMember;
use jiff::SignedDuration;

use crate::app::{TestApp, on_each, on_each_with, own_on_each};
use crate::browser::{self, Answer, Browser, PIXEL};
use crate::hospital::REPORT;
use crate::inbox::messages_of;

#[tokio::test]
async fn what_is_saved_is_in_force_at_once() {
    on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        let visit = app.book(REPORT.in_minutes(90)).await;
        let before = app.hub.today().0;
        let saved = admin
            .post(
                "/settings",
                &[
                    ("name", "Clínica del Mar"),
                    ("help_phone", "55 5000 1234"),
                    ("help_es", "Trabajo social ayuda de 8 a 20 h."),
                    ("zone", "UTC"),
                    ("other_zone", "Pacific/Kiritimati"),
                    ("link_lead", "30"),
                    ("link_lifetime", "45"),
                ],
            )
            .await;
        assert_eq!(saved.status, 200, "{}", saved.body);

        let landing = app.browser().get(&visit.links[0]).await;
        for shown in ["Clínica del Mar", "tel:5550001234", "Trabajo social ayuda de 8 a 20 h."] {
            assert!(landing.body.contains(shown), "{shown}: {}", landing.body);
        }
        let seat = app.enter(&visit.links[0]).await;
        let lobby = seat.browser.get(&seat.path("")).await;
        assert!(lobby.body.contains("Trabajo social ayuda de 8 a 20 h."), "the same in the lobby");
        let messages = messages_of(&app.store, &app.messages, &app.hospital.clerk).await;
        assert!(messages.iter().all(|message| message.text.starts_with("Clinica del Mar")), "{:?}", messages[0].text);
        assert_eq!(app.hub.today().0, before.tomorrow().unwrap(), "it is tomorrow already in Kiritimati");

        let next = app.book(REPORT.in_minutes(90)).await;
        let link = |seat: &Participant| seat.link.unwrap();
        assert_eq!(link(&next.guests[0]).opens_at, app.now() + SignedDuration::from_mins(60));
        assert_eq!(link(&next.guests[0]).expires_at, app.now() + SignedDuration::from_mins(105));
        assert_eq!(link(&visit.guests[0]).opens_at, app.now() + SignedDuration::from_mins(80), "booked earlier");
    })
    .await;
}

#[tokio::test]
async fn what_is_saved_outlives_the_node_and_the_rest_stays_as_started() {
    own_on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        let shown = admin.get("/settings").await;
        assert_eq!(shown.body.matches("class=\"as-started\"").count(), 17);
        assert_eq!(admin.post("/settings", &[("help_phone", "55 5000 1234")]).await.status, 200);
        let shown = admin.get("/settings").await;
        assert_eq!(shown.body.matches("class=\"as-started\"").count(), 16);
        assert!(shown.body.contains("Ada Luna"), "who changed something last");

        let app = app.restarted();
        let shown = admin.at(&app).get("/settings").await;
        assert!(shown.body.contains("value=\"55 5000 1234\"") && shown.body.contains("Hospital San Telmo"));
    })
    .await;
}

#[tokio::test]
async fn what_the_program_is_started_with_counts_until_an_admin_says_otherwise() {
    on_each_with(
        |settings| settings.help_phone = Some("55 5000 0000".to_owned()),
        async |app| {
            let admin = app.sign_in(&app.hospital.admin).await;
            let visit = app.book(REPORT).await;
            let phone = async || app.browser().get(&visit.links[0]).await.body.contains("tel:5550000000");
            assert!(phone().await);
            assert_eq!(admin.post("/settings", &[("help_phone", "")]).await.status, 200);
            assert!(!phone().await, "emptied");
            assert_eq!(admin.post("/settings", &[("help_phone", "55 5000 0000")]).await.status, 200);
            assert!(phone().await);
            assert_eq!(rows(app, "SELECT COUNT(*) FROM settings").await, 0, "as started again");
        },
    )
    .await;
}

#[tokio::test]
async fn every_field_refuses_what_does_not_fit_and_nothing_is_saved() {
    on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        let long = "x".repeat(201);
        for (field, value) in [
            ("name", ""),
            ("name", long.get(..61).unwrap()),
            ("help_phone", "llame a recepción"),
            ("help_es", long.as_str()),
            ("help_en", long.as_str()),
            ("help_pt", long.as_str()),
            ("other_zone", "America/Atlantis"),
            ("country", "México"),
            ("language", "fr"),
            ("link_lead", "0"),
            ("link_lead", "1441"),
            ("link_lifetime", "14"),
            ("keep_visits", "0"),
            ("keep_messages", "241"),
            ("keep_calls", "-1"),
            ("keep_audit", "siempre"),
        ] {
            let form = [("zone", "UTC"), ("keep_visits", "7"), (field, value)];
            let form: Vec<_> = if field == "keep_visits" { form[2..].to_vec() } else { form.to_vec() };
            let refused = admin.post("/settings", &form).await;
            assert_eq!(refused.status, 422, "{field}={value}");
            assert!(refused.json()["fields"][field].is_string(), "{field}={value}: {}", refused.body);
            let page = admin.post_page("/settings", &form).await;
            assert!(page.body.contains(&format!("href=\"#{field}\"")), "{field}: linked from the summary");
            assert!(page.body.contains("<title>Error: "), "{field}");
            assert!(field == "language" || page.body.contains(&format!("value=\"{value}\"")), "{field}: kept");
        }
        let short = admin.post("/settings", &[("link_lead", "60")]).await;
        assert!(short.json()["fields"]["link_lifetime"].is_string(), "{}", short.body);
        assert_eq!(rows(app, "SELECT COUNT(*) FROM settings").await, 0);
        assert_eq!(rows(app, "SELECT rev FROM settings_state").await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_another_admin_changed_meanwhile_is_shown_and_not_overwritten() {
    on_each(async |app| {
        let [mine, theirs] = [app.sign_in(&app.hospital.admin).await, app.sign_in(&app.hospital.admin).await];
        let seen = filled(&mine.get("/settings").await);
        assert_eq!(theirs.post("/settings", &[("name", "Clínica del Mar"), ("link_lead", "20")]).await.status, 200);

        let edited = changed(&seen, &[("name", "Clínica del Sol"), ("keep_calls", "6")]);
        let refused = post_page(&mine, &edited).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("«Clínica del Mar»") && refused.body.contains("value=\"Clínica del Sol\""));
        assert!(!refused.body.contains("«20»"), "what only the other one changed is no question");
        assert_eq!(app.stored_value("keep_calls").await, None, "nothing is saved by halves");

        let again = changed(&filled(&refused), &[("name", "Clínica del Sol"), ("keep_calls", "6")]);
        assert_eq!(post_page(&mine, &again).await.status, 303);
        let expected = [("name", "Clínica del Sol"), ("link_lead", "20"), ("keep_calls", "6")];
        for (name, value) in expected {
            assert_eq!(app.stored_value(name).await.as_deref(), Some(value), "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_logo_is_a_whole_small_picture_and_nothing_else() {
    on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        let visit = app.book(REPORT).await;
        let polyglot = [PIXEL, b"<script>alert(1)</script>"].concat();
        let too_large = vec![0; 200 * 1024 + 1];
        for file in [&b""[..], b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", &polyglot, b"GIF89a;", &too_large] {
            let refused = upload(&admin, &[], file).await;
            assert_eq!(refused.status, 422, "{}", refused.body);
            assert!(refused.json()["fields"]["logo"].is_string(), "{}", refused.body);
        }
        let far_too_large = upload(&admin, &[], &vec![0; 16 * 1024 * 1024 + 1]).await;
        assert!(far_too_large.json()["fields"]["logo"].as_str().unwrap().contains("200 kB"), "{}", far_too_large.body);
        assert_eq!(rows(app, "SELECT COUNT(*) FROM logos").await, 0);

        assert_eq!(upload(&admin, &[], PIXEL).await.status, 200);
        let landing = app.browser().get(&visit.links[0]).await;
        let address = logo_in(&landing);
        assert_eq!(logo_in(&app.sign_in(&app.hospital.doctor).await.get("/board").await), address);
        let logo = app.browser().get(&address).await;
        assert_eq!((logo.status, logo.header("content-type")), (200, "image/png"));
        assert_eq!(logo.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(logo.header("x-content-type-options"), "nosniff");
        assert!(!logo.headers.contains_key("set-cookie"), "what is cached is nobody's");

        let stale = admin.post("/settings/logo/removal", &[("seen_logo", "")]).await;
        assert_eq!(stale.status, 422, "somebody who saw no logo takes none away");
        assert_eq!(upload(&admin, &[("seen_logo", String::new())], PIXEL).await.status, 422);
        let seen = address.rsplit('/').next().unwrap();
        assert_eq!(admin.post("/settings/logo/removal", &[("seen_logo", seen)]).await.status, 200);
        assert!(!app.browser().get(&visit.links[0]).await.body.contains("/logo/"));
        assert_eq!(app.browser().get(&address).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_family_enters_with_the_newest_consent_only() {
    on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        let visit = app.book(REPORT).await;
        let family = app.browser();
        let read = family.get(&visit.links[0]).await.hidden_fields();
        let published = publish(&admin, "Usted acepta la videollamada.\n\nPuede salir.", "1").await;
        assert_eq!(published.status, 200, "{}", published.body);

        let form: Vec<_> = read.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let refused = family.post_page(&visit.links[0], &form).await;
        assert_eq!(refused.status, 409);
        assert!(refused.body.contains("Puede salir.") && refused.body.contains("name=\"consent\" value=\"2\""));
        assert!(refused.body.contains("«Antes de entrar»") && !refused.headers.contains_key("location"));
        assert_eq!(family.post(&visit.links[0], &form).await.status, 409, "scripts are told too");
        assert_eq!(rows(app, "SELECT COUNT(*) FROM browsers").await, 0);
        assert!(app.browser().get(&format!("{}?lang=en", visit.links[0])).await.body.contains("You agree."));

        family.enter(&visit.links[0]).await;
        assert_eq!(rows(app, "SELECT consent_version FROM browsers").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_consent_is_complete_new_and_never_published_over_another() {
    on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        let lacking = admin.post("/settings/consent", &[("consent_es", "Usted acepta."), ("version", "1")]).await;
        assert_eq!(lacking.status, 422);
        let fields = &lacking.json()["fields"];
        assert!(fields["consent_en"].is_string() && fields["consent_pt"].is_string() && fields["consent_es"].is_null());

        assert_eq!(publish(&admin, "Usted acepta.", "1").await.status, 200);
        assert_eq!(publish(&admin, "Usted acepta.", "2").await.status, 422, "the same again");
        assert_eq!(publish(&admin, "Usted acepta todo.", "1").await.status, 422, "written over version 1");
        assert_eq!(publish(&admin, "Usted acepta todo.", "2").await.status, 200);
        assert_eq!(rows(app, "SELECT MAX(version) FROM consents").await, 3);
        let page = admin.get("/settings/consent").await.body;
        for shown in ["Versión 3", "Versión 2", "Versión 1", "Ada Luna"] {
            assert!(page.contains(shown), "{shown}");
        }
    })
    .await;
}

#[tokio::test]
async fn every_page_speaks_the_readers_language() {
    on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        for (language, title) in [("es", "Ajustes del hospital"), ("en", "Hospital settings"), ("pt", "Configurações")]
        {
            speak(app, &app.hospital.admin, language).await;
            assert!(admin.get("/settings").await.body.contains(title), "{language}");
            for path in ["/settings", "/settings/consent", "/settings/wards"] {
                let page = admin.get(path).await;
                assert_eq!(page.status, 200);
                assert!(!page.body.contains(">settings-"), "{path} in {language} lacks a text");
            }
        }
    })
    .await;
}

async fn speak(app: &TestApp, member: &StaffMember, language: &str) {
    let mut batch = antesala::store::Batch::new();
    let params = vec![language.into(), member.id.to_string().into()];
    batch.run_on_one("UPDATE staff SET language = $1 WHERE id = $2", params);
    app.store.write(batch).await.unwrap();
}

async fn publish(admin: &Browser, spanish: &str, seen: &str) -> Answer {
    let form =
        [("consent_es", spanish), ("consent_en", "You agree."), ("consent_pt", "Você aceita."), ("version", seen)];
    admin.post("/settings/consent", &form).await
}

async fn upload(admin: &Browser, fields: &[(&str, String)], file: &[u8]) -> Answer {
    let request = admin.request(reqwest::Method::POST, "/settings/logo");
    let request = request.header("sec-fetch-site", "same-origin").header("accept", "application/json");
    browser::answer(browser::uploading(request, fields, file)).await
}

fn logo_in(page: &Answer) -> String {
    let (_, rest) = page.body.split_once("src=\"/logo/").unwrap();
    format!("/logo/{}", rest.split('"').next().unwrap())
}

/// What the settings' form holds on a page: seen values, and the same values typed.
fn filled(page: &Answer) -> Vec<(String, String)> {
    let seen: Vec<_> = page.hidden_fields().into_iter().filter(|(name, _)| name.starts_with("seen_")).collect();
    let typed = seen.iter().filter(|(name, _)| name != "seen_logo");
    let typed = typed.map(|(name, value)| (name.replace("seen_", ""), value.clone()));
    typed.chain(seen.clone()).collect()
}

fn changed(form: &[(String, String)], changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let value = |name: &str, old: &str| {
        changes.iter().find(|(field, _)| *field == name).map_or(old, |(_, new)| *new).to_owned()
    };
    form.iter().map(|(name, old)| (name.clone(), value(name, old))).collect()
}

async fn post_page(browser: &Browser, form: &[(String, String)]) -> Answer {
    let form: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post_page("/settings", &form).await
}

/// The one number a query answers.
pub(crate) async fn rows(app: &TestApp, sql: &'static str) -> i64 {
    app.store.read_one(sql, vec![]).await.unwrap().unwrap().int(0).unwrap()
}

impl TestApp {
    /// What is stored for a setting.
    async fn stored_value(&self, name: &str) -> Option<String> {
        let row =
            self.store.read_one("SELECT value FROM settings WHERE name = $1", vec![name.into()]).await.unwrap()?;
        Some(row.text(0).unwrap().to_owned())
    }
}
