//! Accounts at Webex as admins meet them: asked for with the form, shown on the page, compared with what is there.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use antesala::clock::Clock;
use antesala::config::{Settings, WebexHost};
use antesala::domain::ids::StaffId;
use antesala::domain::staff::Role;
use antesala::store::staff::roster;
use antesala::store::webex_people::accounts;

use jiff::SignedDuration;

use crate::app::{BEGINNING, TestApp, on_each, on_each_with};
use crate::browser::Browser;
use crate::imports::{settled, taken};
use crate::webex::{FakeWebex, LICENCE, Mood, SCARCE, SITE};

thread_local! {
    /// The organisations of the nodes of the test on this thread, in the order in which the nodes start: a node's settings
    /// are made by a plain function.
    static ORGANISATIONS: RefCell<Vec<FakeWebex>> = const { RefCell::new(Vec::new()) };
}

fn with_webex(settings: &mut Settings) {
    let fake = FakeWebex::start(Clock::manual(BEGINNING.parse().unwrap()));
    settings.webex = fake.settings(settings.webex.clone());
    ORGANISATIONS.with(|nodes| nodes.borrow_mut().push(fake));
}

fn organisation(app: &TestApp) -> FakeWebex {
    let place = usize::from(app.engine != "SQLite");
    ORGANISATIONS.with(|nodes| nodes.borrow()[place].clone())
}

/// The page once it holds this: workers go on by themselves, and time passes. It is read again and again, as people do: the
/// organisation knows what it was asked, but not when what it answered is committed here, and the worker tells nobody.
async fn until(app: &TestApp, browser: &Browser, path: &str, text: &str) -> String {
    let begun = Instant::now();
    loop {
        let page = browser.get(path).await.body;
        if page.contains(text) {
            return page;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{path} does not come to hold {text}: {page}");
        app.later(SignedDuration::from_secs(1));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn doctor(id: StaffId, email: &str, licences: &[&'static str]) -> Vec<(&'static str, String)> {
    let mut form = vec![
        ("id", id.to_string()),
        ("name", "Fermín Arce".to_owned()),
        ("email", email.to_owned()),
        ("role", "doctor".to_owned()),
        ("service", "follow_up".to_owned()),
        ("webex", "account".to_owned()),
        ("webex_site", SITE.to_owned()),
        ("rev", "1".to_owned()),
    ];
    form.extend(licences.iter().map(|licence| ("licence", (*licence).to_owned())));
    form
}

async fn post(browser: &Browser, path: &str, form: &[(&'static str, String)]) -> crate::browser::Answer {
    let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post_page(path, &form).await
}

#[tokio::test]
async fn without_webex_nothing_of_it_is_shown() {
    on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        for path in ["/staff/new".to_owned(), format!("/staff/{}", app.hospital.doctor.id), "/staff".to_owned()] {
            let page = admin.get(&path).await.body;
            assert!(!page.contains("webex\""), "{path}: {page}");
        }
        assert!(admin.get(&format!("/staff/{}", app.hospital.doctor.id)).await.body.contains("No hace falta"));
        // Whoever sends the fields anyway decides nothing.
        let id = StaffId::mint();
        assert_eq!(post(&admin, "/staff", &doctor(id, "f@hospital.example", &[LICENCE])).await.status, 200);
        assert_eq!(accounts::find(&app.store, id).await.unwrap(), None, "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn a_guest_to_guest_site_needs_no_accounts() {
    let guest_to_guest = |settings: &mut Settings| {
        with_webex(settings);
        settings.webex.host = WebexHost::GuestToGuest;
    };
    on_each_with(guest_to_guest, async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        assert_eq!(admin.get("/staff/webex").await.status, 404);
        assert!(!admin.get("/staff/new").await.body.contains("id=\"webex\""));
        assert_eq!(admin.get("/staff/webex/choices").await.status, 200, "the bot may be told what to tell");
    })
    .await;
}

#[tokio::test]
async fn a_new_doctor_is_granted_an_account_and_a_page_says_so() {
    on_each_with(with_webex, async |app| {
        let fake = organisation(app);
        let admin = app.sign_in(&app.hospital.admin).await;
        let form = until(app, &admin, "/staff/new", "0 de 50 en uso").await;
        assert!(form.contains("0 de 1 en uso") && form.contains(SITE), "{form}");
        let id = StaffId::mint();
        let answer = post(&admin, "/staff", &doctor(id, "fermin@hospital.example", &[LICENCE])).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let page = until(app, &admin, &format!("/staff/{id}"), "data-state=\"granted\"").await;
        assert!(page.contains("Concedida") && page.contains(&format!("Name of {LICENCE}")), "{page}");
        assert_eq!(fake.person("fermin@hospital.example").unwrap().licences, [LICENCE]);

        // Put out here, they are out there; let in again, they are in.
        let door = format!("/staff/{id}/disablement");
        assert_eq!(admin.post_page(&door, &[]).await.status, 303);
        let page = until(app, &admin, &format!("/staff/{id}"), "data-state=\"taken_back\"").await;
        assert!(!page.contains("id=\"webex\""), "what they shall have is decided with the door");
        assert!(fake.person("fermin@hospital.example").unwrap().licences.is_empty());
        assert_eq!(admin.post_page(&format!("/staff/{id}/enablement"), &[]).await.status, 303);
        until(app, &admin, &format!("/staff/{id}"), "data-state=\"granted\"").await;
        assert_eq!(fake.person("fermin@hospital.example").unwrap().licences, [LICENCE], "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn a_doctor_for_whom_no_licence_is_left_is_told_what_to_do() {
    on_each_with(with_webex, async |app| {
        let fake = organisation(app);
        fake.add_person("first@hospital.example", &[SCARCE]);
        // They may have been read before.
        app.later(SignedDuration::from_mins(11));
        let admin = app.sign_in(&app.hospital.admin).await;
        until(app, &admin, "/staff/new", "1 de 1 en uso").await;
        let id = StaffId::mint();
        post(&admin, "/staff", &doctor(id, "fermin@hospital.example", &[LICENCE, SCARCE])).await;
        let address = format!("/staff/{id}");
        let page = until(app, &admin, &address, "data-state=\"out_of_licences\"").await;
        assert!(page.contains("No quedan licencias") && page.contains("Control Hub"), "{page}");
        assert!(page.contains(&format!("Name of {SCARCE}")), "{page}");
        // Somebody gives theirs back, and the admin does not wait.
        fake.state().people.retain(|person| person.email != "first@hospital.example");
        let answer = admin.post_page(&format!("{address}/webex"), &[]).await;
        assert_eq!((answer.status, answer.header("location")), (303, address.as_str()));
        until(app, &admin, &address, "data-state=\"granted\"").await;
    })
    .await;
}

#[tokio::test]
async fn each_failure_says_what_staff_can_do() {
    on_each_with(with_webex, async |app| {
        let fake = organisation(app);
        let admin = app.sign_in(&app.hospital.admin).await;
        until(app, &admin, "/staff/new", "0 de 50 en uso").await;
        for (mood, said) in [
            (Mood::Fail(403), "no tiene permiso"),
            (Mood::Fail(409), "Otra organización"),
            (Mood::Fail(400), "Webex no lo acepta"),
            (Mood::Fail(404), "no encuentra a la persona"),
            (Mood::TooMany(Some(120)), "demasiadas peticiones"),
        ] {
            fake.moods(&[("licenses/users", mood); 6]);
            let id = StaffId::mint();
            post(&admin, "/staff", &doctor(id, &format!("{id}@hospital.example"), &[LICENCE])).await;
            let page = until(app, &admin, &format!("/staff/{id}"), "data-state=\"failed\"").await;
            assert!(page.contains(said), "{mood:?}: {page}");
            assert!(page.contains("Próximo intento"), "{mood:?}: {page}");
            fake.state().moods.clear();
        }
    })
    .await;
}

#[tokio::test]
async fn a_form_without_a_licence_or_with_an_invented_one_stores_nothing() {
    on_each_with(with_webex, async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        until(app, &admin, "/staff/new", "0 de 50 en uso").await;
        for (form, fault) in [
            (doctor(StaffId::mint(), "f@hospital.example", &[]), "webex-licences"),
            (doctor(StaffId::mint(), "f@hospital.example", &["invented"]), "webex-licences"),
        ] {
            let before = roster::all(&app.store).await.unwrap().len();
            let answer = post(&admin, "/staff", &form).await;
            assert_eq!(answer.status, 422, "{}", answer.body);
            assert!(answer.body.contains(&format!("href=\"#{fault}\"")), "{}", answer.body);
            assert_eq!(roster::all(&app.store).await.unwrap().len(), before, "{}", app.engine);
        }
    })
    .await;
}

#[tokio::test]
async fn what_newcomers_get_is_chosen_once_and_stands_in_the_form() {
    on_each_with(with_webex, async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        until(app, &admin, "/staff/webex/choices", "0 de 50 en uso").await;
        let form = [("rev", "1"), ("licence", LICENCE), ("webex_site", SITE), ("tells_waiting", "on")];
        assert_eq!(admin.post_page("/staff/webex/choices", &form).await.status, 303);
        let stale = admin.post_page("/staff/webex/choices", &form).await;
        assert_eq!(stale.status, 409, "{}", stale.body);
        let invented = [("rev", "2"), ("licence", "invented")];
        assert_eq!(admin.post_page("/staff/webex/choices", &invented).await.status, 422);
        let page = admin.get("/staff/new").await.body;
        assert!(page.contains(&format!("value=\"{LICENCE}\" checked")), "{page}");
        assert!(page.contains("value=\"account\" checked"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn both_sides_are_compared_and_made_equal_by_choice() {
    on_each_with(with_webex, async |app| {
        let fake = organisation(app);
        let admin = app.sign_in(&app.hospital.admin).await;
        until(app, &admin, "/staff/webex/choices", "0 de 50 en uso").await;
        admin.post_page("/staff/webex/choices", &[("rev", "1"), ("licence", LICENCE)]).await;
        fake.add_person("stranger@other.example", &[LICENCE]);
        assert!(admin.get("/staff/webex").await.body.contains("Todavía no se ha comparado"));
        assert_eq!(admin.post_page("/staff/webex", &[]).await.status, 303);
        let page = until(app, &admin, "/staff/webex", "data-stage=\"done\"").await;
        // Nobody decided about the doctors and wards who were there before.
        let staff = roster::all(&app.store).await.unwrap();
        let hosts = staff.iter().filter(|entry| entry.member.role.may_host()).count();
        assert_eq!(page.matches("data-kind=\"missing_there\"").count(), hosts, "{page}");
        assert_eq!(page.matches("data-kind=\"unknown_here\"").count(), 1, "{page}");
        assert!(fake.asked("POST", "people").is_empty(), "nothing by itself");

        let id_of = |kind: &str| {
            let row =
                page.split("id=\"difference-").find(|row| row.contains(&format!("data-kind=\"{kind}\""))).unwrap();
            row.split('"').next().unwrap().to_owned()
        };
        let (missing, stranger) = (id_of("missing_there"), id_of("unknown_here"));
        let equal = admin.post_page(&format!("/staff/webex/differences/{missing}"), &[("do", "equal")]).await;
        assert_eq!(equal.status, 303, "{}", equal.body);
        admin.post_page(&format!("/staff/webex/differences/{stranger}"), &[("do", "leave")]).await;
        let page = until(app, &admin, "/staff/webex", "data-fate=\"done\"").await;
        assert!(page.contains("data-kind=\"unknown_here\" data-fate=\"left\""), "{page}");
        assert_eq!(page.matches("data-fate=\"open\"").count(), hosts - 1, "{page}");
        assert_eq!(fake.person("stranger@other.example").unwrap().licences, [LICENCE]);
        assert_eq!(fake.asked("POST", "people").len(), 1, "{}", app.engine);
        let nonsense = admin.post_page(&format!("/staff/webex/differences/{stranger}"), &[("do", "burn")]).await;
        assert_eq!(nonsense.status, 400);
        let gone = admin.post_page(&format!("/staff/webex/differences/{}", StaffId::mint()), &[("do", "equal")]).await;
        assert_eq!(gone.status, 303);
    })
    .await;
}

#[tokio::test]
async fn whoever_came_with_a_file_lacks_an_account_until_somebody_chooses() {
    on_each_with(with_webex, async |app| {
        let fake = organisation(app);
        let admin = app.sign_in(&app.hospital.admin).await;
        until(app, &admin, "/staff/webex/choices", "0 de 50 en uso").await;
        admin.post_page("/staff/webex/choices", &[("rev", "1"), ("licence", LICENCE)]).await;
        let file = "nombre;correo;función\n\
             Celia Prado;celia@hospital.example;doctora\n\
             Eva Ruiz;eva@hospital.example;captura\n";
        let address = taken(&admin, "/staff/imports", file.as_bytes()).await;
        settled(&admin, &address, "checked").await;
        assert!(!admin.get(&address).await.body.contains("href=\"/staff/webex\""), "nobody is registered yet");
        admin.post_page(&format!("{address}/registration"), &[]).await;
        settled(&admin, &address, "done").await;
        let page = admin.get(&address).await.body;
        assert!(
            page.contains("El archivo no pide cuentas de Webex.") && page.contains("href=\"/staff/webex\""),
            "{page}"
        );

        let staff = roster::all(&app.store).await.unwrap();
        let id = |email: &str| staff.iter().find(|entry| entry.member.email.to_string() == email).unwrap().member.id;
        let celia = id("celia@hospital.example");
        assert_eq!(accounts::find(&app.store, celia).await.unwrap(), None, "{}: a file decides nothing", app.engine);
        assert!(admin.get(&format!("/staff/{celia}")).await.body.contains("data-state=\"undecided\""));

        admin.post_page("/staff/webex", &[]).await;
        let page = until(app, &admin, "/staff/webex", "data-stage=\"done\"").await;
        assert!(!page.contains("eva@hospital.example"), "clerks need none: {page}");
        let row = page.split("id=\"difference-").find(|row| row.contains("celia@hospital.example")).unwrap();
        assert!(row.contains("data-kind=\"missing_there\"") && row.contains("Crear en Webex"), "{row}");
        let difference = row.split('"').next().unwrap();
        assert!(fake.asked("POST", "people").is_empty(), "{}: nothing by itself", app.engine);
        let path = format!("/staff/webex/differences/{difference}");
        assert_eq!(admin.post_page(&path, &[("do", "equal")]).await.status, 303);
        until(app, &admin, &format!("/staff/{celia}"), "data-state=\"granted\"").await;
        assert_eq!(fake.person("celia@hospital.example").unwrap().licences, [LICENCE], "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn a_clerk_has_no_account_there() {
    on_each_with(with_webex, async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        let clerk = app.hire("Eva Prado", Role::Clerk).await;
        let page = admin.get(&format!("/staff/{}", clerk.id)).await.body;
        assert!(!page.contains("id=\"webex-account\""), "{page}");
    })
    .await;
}
