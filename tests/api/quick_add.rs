//! A patient added on the spot, who may be registered already: shown and asked about before anything is saved.

use antesala::domain::ids::PatientId;

use crate::app::{TestApp, on_each};
use crate::patients::{is_refused_at, post, with};

const CELIA: [(&str, &str); 3] =
    [("new_name", "Celia Prado"), ("new_born", "1962-07-30"), ("new_phone", "+525512345688")];

async fn registered(app: &TestApp) -> Vec<PatientId> {
    let rows = app.store.read("SELECT id FROM patients WHERE name = 'Celia Prado' ORDER BY id", vec![]).await.unwrap();
    rows.iter().map(|row| row.parsed(0).unwrap()).collect()
}

fn tick(id: PatientId) -> String {
    format!("name=\"somebody_else\" value=\"{id}\"")
}

#[tokio::test]
async fn a_mistyped_birth_date_registers_nobody_twice_without_a_word() {
    on_each(async |app| {
        let ward = app.sign_in(&app.hospital.ward).await;
        assert_eq!(post(&ward, "/patients", &with(&CELIA, &[])).await.status, 200);
        let [celia] = registered(app).await[..] else { panic!("one Celia") };
        let mistyped = [
            ("new_born", "1962-07-03"),
            ("relative_0_name", "Darío Prado"),
            ("relative_0_relation", "hijo"),
            ("relative_0_phone", "55 1234 5699"),
            ("reason", "Control"),
        ];
        let asked = post(&ward, "/patients", &with(&CELIA, &mistyped)).await;
        is_refused_at(&asked, "somebody_else");
        assert!(asked.body.contains("Mismo teléfono y nombre parecido"), "{}", asked.body);
        assert!(asked.body.contains(&tick(celia)), "{}", asked.body);
        for kept in ["1962-07-03", "Darío Prado", "hijo", "55 1234 5699", "Control"] {
            assert!(asked.body.contains(&format!("value=\"{kept}\"")), "{kept}: {}", asked.body);
        }
        assert_eq!(registered(app).await, [celia]);

        // Whoever it is can be chosen right there.
        assert!(asked.body.contains(&format!("name=\"choose\" value=\"{celia}\"")), "{}", asked.body);
        let chosen = post(&ward, "/visits/drafts", &with(&CELIA, &[("choose", &celia.to_string())])).await;
        assert!(chosen.body.contains(&format!("name=\"patient\" value=\"{celia}\"")), "{}", chosen.body);
    })
    .await;
}

#[tokio::test]
async fn a_namesake_born_the_same_day_is_registered_once_somebody_says_so() {
    on_each(async |app| {
        let doctor = app.sign_in(&app.hospital.doctor).await;
        assert_eq!(post(&doctor, "/patients", &with(&CELIA, &[])).await.status, 200);
        let [first] = registered(app).await[..] else { panic!("one Celia") };
        let other = PatientId::mint();
        let id = other.to_string();
        let namesake = [("new_phone", ""), ("new_patient", id.as_str())];
        let asked = post(&doctor, "/patients", &with(&CELIA, &namesake)).await;
        is_refused_at(&asked, "somebody_else");
        assert!(asked.body.contains("Mismo nombre y fecha de nacimiento"), "{}", asked.body);
        assert!(asked.body.contains(&format!("name=\"new_patient\" value=\"{id}\"")), "the form is the same one");
        let json = doctor.post("/patients", &[CELIA[0], CELIA[1]]).await;
        assert_eq!(json.status, 422, "{}", json.body);
        assert!(json.json()["fields"]["somebody_else"].is_string(), "{}", json.body);
        assert_eq!(registered(app).await, [first]);

        let sure = first.to_string();
        let sure = [namesake[0], namesake[1], ("somebody_else", sure.as_str())];
        for _ in 0..2 {
            let added = post(&doctor, "/patients", &with(&CELIA, &sure)).await;
            assert_eq!(added.status, 200, "{}", added.body);
            assert!(added.body.contains(&format!("name=\"patient\" value=\"{id}\"")), "{}", added.body);
        }
        assert_eq!(registered(app).await.len(), 2);
        // The tick was about the first: the second is asked about.
        let third = post(&doctor, "/patients", &with(&CELIA, &[sure[0], sure[2]])).await;
        is_refused_at(&third, "somebody_else");
        assert_eq!(registered(app).await.len(), 2);
    })
    .await;
}
