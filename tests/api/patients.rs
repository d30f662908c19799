//! Patients' records in a clerk's hands: found, registered and edited, and never changed unseen.

use antesala::domain::ids::{PatientId, RelativeId};
use antesala::domain::patient::Care;
use antesala::store::patients::{self, Filed, Patient, Relative, Stored};

use crate::app::{TestApp, on_each, own_on_each};
use crate::browser::{Answer, Browser};

pub(crate) type Form<'a> = Vec<(&'a str, String)>;

const RECORD: [(&str, &str); 3] = [("name", "Celia Prado"), ("born", "1962-07-30"), ("care", "outpatient")];

pub(crate) fn with<'a>(right: &[(&'a str, &str)], changes: &[(&'a str, &str)]) -> Form<'a> {
    let kept = right.iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    kept.chain(changes).map(|(name, value)| (*name, (*value).to_owned())).collect()
}

pub(crate) async fn post(browser: &Browser, path: &str, form: &[(&str, String)]) -> Answer {
    let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post_page(path, &form).await
}

pub(crate) async fn record(app: &TestApp, id: PatientId) -> (Stored<Patient>, Vec<Stored<Relative>>) {
    match patients::read(&app.store, id).await.unwrap() {
        Some(Filed::Here(patient, relatives)) => (*patient, relatives),
        other => panic!("{id} is not here: {other:?}"),
    }
}

async fn count(app: &TestApp) -> i64 {
    app.store.read_one("SELECT COUNT(*) FROM patients", vec![]).await.unwrap().unwrap().int(0).unwrap()
}

pub(crate) fn is_refused_at(answer: &Answer, field: &str) {
    assert_eq!(answer.status, 422, "{field}: {}", answer.body);
    assert!(answer.body.contains(&format!("href=\"#{field}\"")), "{field}: {}", answer.body);
    assert!(answer.body.contains(&format!("id=\"{field}-error\"")), "{field}: {}", answer.body);
    assert!(answer.body.contains("<title>Error:"), "{field}");
}

fn pairs(form: &[(String, String)]) -> Vec<(&str, &str)> {
    form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// The form of a page as a browser sends it when nobody types anything.
fn filled_in(page: &str) -> Vec<(String, String)> {
    let form = page.split("<main").nth(1).unwrap().split("<form").nth(1).unwrap().split("</form>").next().unwrap();
    let mut filled = Vec::new();
    let mut select = String::new();
    for tag in form.split('<').filter_map(|rest| rest.split('>').next()) {
        let value = |name: &str| {
            let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
            rest.split('"').next().map(|text| text.replace("&quot;", "\"").replace("&amp;", "&"))
        };
        let is = |word: &str| tag.split(' ').any(|part| part == word);
        let is_ticked = || is("checked") || !["radio", "checkbox"].map(String::from).contains(&value("type").unwrap());
        match tag.split(' ').next() {
            Some("input") if is_ticked() => filled.push((value("name").unwrap(), value("value").unwrap())),
            Some("select") => select = value("name").unwrap(),
            Some("option") if is("selected") => filled.push((select.clone(), value("value").unwrap())),
            _ => {}
        }
    }
    filled
}

#[tokio::test]
async fn a_search_finds_by_name_record_and_any_number_and_leaves_no_trace_in_an_address() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        for text in ["quir", "TOMAS", "55 1234 5601", "+52 55 1234 56", "5512345602"] {
            let page = clerk.post_page("/patients/searches", &[("text", text)]).await;
            let link = format!("/patients/{}", app.hospital.patient.id);
            assert!(page.status == 200 && page.body.contains(&link), "{text}: {}", page.body);
        }
        let nobody = clerk.post_page("/patients/searches", &[("text", "zzz<b>")]).await;
        assert!(nobody.body.contains("Sin resultados") && nobody.body.contains("zzz&lt;b&gt;"), "{}", nobody.body);
        let list = clerk.get("/patients?of=outpatient").await;
        assert!(list.body.contains("Tomás Quiroga"), "{}", list.body);
        assert!(!clerk.get("/patients?of=discharged").await.body.contains("Tomás Quiroga"));
        assert_eq!(clerk.get("/patients?of=%00&page=-1").await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn a_record_wrongly_filled_in_is_refused_field_by_field_and_nothing_is_kept() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let edit = format!("/patients/{}/edit", app.hospital.patient.id);
        let wrong: &[(&[(&str, &str)], &str)] = &[
            (&[("name", "")], "name"),
            (&[("name", "12345")], "name"),
            (&[("born", "")], "born"),
            (&[("born", "2027-01-01")], "born"),
            (&[("record", "=cmd|' /C calc'!A0")], "record"),
            (&[("phone", "12")], "phone"),
            (&[("email", "celia")], "email"),
            (&[("care", "asleep")], "care"),
            (&[("care", "inpatient")], "ward"),
            (&[("care", "inpatient"), ("ward", "0190a000-0000-7000-8000-000000000001")], "ward"),
            (&[("care", "discharged")], "discharged_on"),
            (&[("care", "discharged"), ("discharged_on", "2027-01-01")], "discharged_on"),
        ];
        for (changes, field) in wrong {
            is_refused_at(&post(&clerk, "/patients/new", &with(&RECORD, changes)).await, field);
            let mut form = with(&RECORD, changes);
            form.push(("rev", "1".to_owned()));
            is_refused_at(&post(&clerk, &edit, &form).await, field);
        }
        let kept = post(&clerk, "/patients/new", &with(&RECORD, &[("name", "Celia \"Prado\""), ("born", "")])).await;
        assert!(kept.body.contains("value=\"Celia &quot;Prado&quot;\""), "{}", kept.body);
        assert_eq!(count(app).await, 1);
        assert_eq!(record(app, app.hospital.patient.id).await.0.value, app.hospital.patient);
        assert_eq!(post(&clerk, &edit, &with(&RECORD, &[])).await.status, 400, "which state was seen is not said");
    })
    .await;
}

#[tokio::test]
async fn a_patient_is_registered_whole_and_once() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let (id, ward) = (PatientId::mint(), app.hospital.ward.ward.unwrap());
        let whole = [
            ("patient", id.to_string()),
            ("record", "san-7".to_owned()),
            ("phone", "55 1234 5688".to_owned()),
            ("email", "Celia@correo.example".to_owned()),
            ("language", "pt".to_owned()),
            ("ward", ward.to_string()),
            ("bed", "12".to_owned()),
        ];
        let form = [with(&RECORD, &[("care", "inpatient")]), whole.to_vec()].concat();
        for _ in 0..2 {
            let answer = post(&clerk, "/patients/new", &form).await;
            assert_eq!((answer.status, answer.header("location")), (303, format!("/patients/{id}").as_str()));
        }
        assert_eq!(count(app).await, 2);
        let (celia, _) = record(app, id).await;
        assert_eq!(celia.value.record.unwrap().to_string(), "SAN-7");
        assert_eq!(celia.value.phone.unwrap().to_string(), "+525512345688");
        assert_eq!(celia.value.care, Care::Inpatient { ward, bed: Some("12".parse().unwrap()) });
        assert!(clerk.get(&format!("/patients/{id}")).await.body.contains("Norte, cama 12"));
        assert!(clerk.get(&format!("/patients?of={ward}")).await.body.contains("Celia Prado"));

        let taken = post(&clerk, "/patients/new", &with(&RECORD, &[("name", "Eva Gil"), ("record", "SAN-7")])).await;
        is_refused_at(&taken, "record");
        assert!(taken.body.contains(&format!("/patients/{id}")), "whose number it is: {}", taken.body);
        assert!(!taken.body.contains("name=\"somebody_else\""), "a number is not waved through");
        assert_eq!(count(app).await, 2);
    })
    .await;
}

#[tokio::test]
async fn somebody_alike_is_shown_before_saving_and_the_tick_is_for_those_shown_only() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let (celia, _) = app.register("Celia Prado").await;
        let asked = post(&clerk, "/patients/new", &with(&RECORD, &[("name", "CELIA PRADO")])).await;
        is_refused_at(&asked, "somebody_else");
        assert!(asked.body.contains(&format!("href=\"/patients/{}\"", celia.id)), "{}", asked.body);
        assert!(asked.body.contains(&format!("value=\"{}\"", celia.id)), "{}", asked.body);
        assert_eq!(count(app).await, 2);

        let (second, _) = app.register("Celia Prado").await;
        let ticked = celia.id.to_string();
        let again = post(&clerk, "/patients/new", &with(&RECORD, &[("somebody_else", &ticked)])).await;
        is_refused_at(&again, "somebody_else");
        let ticked = format!("{} {}", celia.id, second.id);
        let saved = post(&clerk, "/patients/new", &with(&RECORD, &[("somebody_else", &ticked)])).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        assert_eq!(count(app).await, 4);

        // What was answered is not asked again, unless an edit makes somebody else alike.
        let path = format!("{}/edit", saved.header("location"));
        let edit = async |changes: &[(&str, &str)]| {
            let mut form = filled_in(&clerk.get(&path).await.body);
            for (name, value) in changes {
                form.iter_mut().find(|(field, _)| field == name).unwrap().1 = (*value).to_owned();
            }
            clerk.post_page(&path, &pairs(&form)).await
        };
        let saved = edit(&[("email", "celia@correo.example")]).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        let (luna, _) = app.register("Celia Luna").await;
        let asked = edit(&[("name", "Celia Luna")]).await;
        is_refused_at(&asked, "somebody_else");
        assert!(asked.body.contains(&format!("value=\"{}\"", luna.id)), "{}", asked.body);
    })
    .await;
}

#[tokio::test]
async fn what_somebody_else_changed_meanwhile_is_shown_and_not_overwritten() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let patient = &app.hospital.patient;
        let path = format!("/patients/{}/edit", patient.id);
        let born = patient.born.to_string();
        let own = [("name", "Tomás Quiroga Luna"), ("born", &born), ("phone", "+525512345601"), ("language", "es")];
        let first =
            post(&clerk, &path, &with(&own, &[("rev", "1"), ("care", "outpatient"), ("email", "t@correo.example")]))
                .await;
        assert_eq!(first.status, 303, "{}", first.body);

        let late_form =
            with(&own, &[("name", "Tomás Q."), ("rev", "1"), ("care", "discharged"), ("discharged_on", "2026-11-20")]);
        let late = post(&clerk, &path, &late_form).await;
        assert_eq!(late.status, 409, "{}", late.body);
        for said in [
            "Nombre: ahora dice «Tomás Quiroga Luna»",
            "ahora dice «t@correo.example»",
            "ahora dice «Consulta externa»",
        ] {
            assert!(late.body.contains(said), "{said}: {}", late.body);
        }
        for kept in ["value=\"Tomás Q.\"", "value=\"2026-11-20\"", "name=\"rev\" value=\"2\""] {
            assert!(late.body.contains(kept), "{kept}: {}", late.body);
        }
        assert!(!late.body.contains("ahora dice «+52"), "what is the same is not shown: {}", late.body);
        assert_eq!(record(app, patient.id).await.0.value.name.to_string(), "Tomás Quiroga Luna");

        let on_purpose =
            post(&clerk, &path, &with(&own, &[("name", "Tomás Q."), ("rev", "2"), ("care", "outpatient")])).await;
        assert_eq!(on_purpose.status, 303, "{}", on_purpose.body);
        let (now, _) = record(app, patient.id).await;
        assert_eq!((now.value.name.to_string().as_str(), now.value.email), ("Tomás Q.", None));
        let twice =
            post(&clerk, &path, &with(&own, &[("name", "Tomás Q."), ("rev", "2"), ("care", "outpatient")])).await;
        assert_eq!(twice.status, 303, "the same form twice is no conflict: {}", twice.body);
    })
    .await;
}

#[tokio::test]
async fn what_only_somebody_else_changed_stays_as_they_left_it() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let patient = &app.hospital.patient;
        let path = format!("/patients/{}/edit", patient.id);
        let form = filled_in(&clerk.get(&path).await.body);
        let typed = |changes: &[(&'static str, &str)]| {
            let mut form = form.clone();
            for (name, value) in changes {
                form.iter_mut().find(|(field, _)| field == name).unwrap().1 = (*value).to_owned();
            }
            form
        };
        let theirs = typed(&[("name", "Tomás Quiroga Luna"), ("phone", "+525512345678")]);
        assert_eq!(clerk.post_page(&path, &pairs(&theirs)).await.status, 303);

        // Both changed the name, only they changed the number, and only we the address.
        let ours = typed(&[("name", "Tomás Q."), ("email", "t@correo.example")]);
        let late = clerk.post_page(&path, &pairs(&ours)).await;
        assert_eq!(late.status, 409, "{}", late.body);
        assert!(late.body.contains("<a href=\"#name\">Nombre: ahora dice «Tomás Quiroga Luna».</a>"), "{}", late.body);
        for other in ["phone", "email", "born", "care"] {
            assert!(!late.body.contains(&format!("href=\"#{other}\"")), "{other}: {}", late.body);
        }
        let again = clerk.post_page(&path, &pairs(&filled_in(&late.body))).await;
        assert_eq!(again.status, 303, "{}", again.body);
        let now = record(app, patient.id).await.0.value;
        assert_eq!(now.name.to_string(), "Tomás Q.");
        assert_eq!(now.phone.unwrap().to_string(), "+525512345678", "saving again undid what a colleague changed");
        assert_eq!(now.email.unwrap().to_string(), "t@correo.example");

        // Nobody changed what the other did: both are kept at once.
        let rosa = format!("/relatives/{}", app.hospital.relatives[0].id);
        let mut ours = filled_in(&clerk.get(&rosa).await.body);
        let mut theirs = ours.clone();
        theirs.iter_mut().find(|(field, _)| field == "phone").unwrap().1 = "+525512345679".to_owned();
        theirs.retain(|(field, _)| field != "may_visit");
        ours.iter_mut().find(|(field, _)| field == "relation").unwrap().1 = "sobrina".to_owned();
        for form in [theirs, ours] {
            let saved = clerk.post_page(&rosa, &pairs(&form)).await;
            assert_eq!(saved.status, 303, "{}", saved.body);
        }
        let now = record(app, patient.id).await.1.into_iter().find(|one| one.value.id == app.hospital.relatives[0].id);
        let now = now.unwrap().value;
        assert_eq!((now.relation.as_str(), now.phone.to_string().as_str()), ("sobrina", "+525512345679"));
        assert!(!now.may_visit, "{now:?}");
    })
    .await;
}

#[tokio::test]
async fn whoever_an_earlier_program_registered_is_found_once_the_house_has_opened_again() {
    own_on_each(async |app| {
        let mut batch = antesala::store::Batch::new();
        let (patient, relative) = (PatientId::mint().to_string(), RelativeId::mint().to_string());
        batch.run_on_one(
            "INSERT INTO patients (id, name, folded, birth_date, phone, language, created_at) \
             VALUES ($1, 'Celia Prado', 'celia prado', '1962-07-30', '+525544440001', 'es', 0)",
            vec![patient.as_str().into()],
        );
        batch.run_on_one(
            "INSERT INTO relatives (id, patient_id, name, relation, phone, language, created_at) \
             VALUES ($1, $2, 'Rosa Prado', 'hija', '+525544440002', 'es', 0)",
            vec![relative.into(), patient.as_str().into()],
        );
        app.store.write(batch).await.unwrap();
        let app = app.restarted();
        let clerk = app.sign_in(&app.hospital.clerk).await;
        for text in ["celia", "55 4444 0001", "55 4444 0002", "0002"] {
            let found = clerk.post_page("/patients/searches", &[("text", text)]).await;
            assert!(found.body.contains(&format!("/patients/{patient}")), "{text}: {}", found.body);
        }
    })
    .await;
}
