//! Two records of one patient become one, as they were seen and not otherwise.

use crate::app::on_each;
use crate::browser::Answer;
use crate::hospital::HOME;
use crate::patients::{Form, is_refused_at, post, record, with};

#[tokio::test]
async fn two_records_become_one_only_as_seen_and_only_when_somebody_is_sure() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let (twin, _) = app.register("Tomás Quiroga Díaz").await;
        let kept = app.hospital.patient.id;
        let path = format!("/patients/{kept}/merger/{}", twin.id);
        let page = clerk.get(&path).await;
        assert!(page.body.contains("Tomás Quiroga Díaz") && page.body.contains("Darío Prado"), "{}", page.body);
        let visit = app.book(HOME.in_minutes(120)).await;

        let form = [("rev", "1"), ("other_rev", "1"), ("take_name", "other"), ("sure", "1")];
        let with = |right: &[(&'static str, &str)], changes: &[(&'static str, &str)]| {
            [with(right, changes), relatives_in(&page)].concat()
        };
        let unsure = post(&clerk, &path, &[with(&form[..3], &[])].concat()).await;
        is_refused_at(&unsure, "sure");
        let stale = post(&clerk, &path, &with(&form, &[("other_rev", "7")])).await;
        assert_eq!(stale.status, 409, "{}", stale.body);
        assert!(stale.body.contains("Cambiaron los datos de Tomás Quiroga Díaz."), "{}", stale.body);
        assert_eq!(post(&clerk, &path, &[]).await.status, 400);
        let itself = format!("/patients/{kept}/merger/{kept}");
        assert_eq!(post(&clerk, &itself, &with(&form, &[])).await.status, 404);
        assert_eq!(record(app, kept).await.0.value, app.hospital.patient);

        let merged = post(&clerk, &path, &with(&form, &[])).await;
        assert_eq!((merged.status, merged.header("location")), (303, format!("/patients/{kept}").as_str()));
        let (now, relatives) = record(app, kept).await;
        assert_eq!((now.value.name.to_string().as_str(), relatives.len()), ("Tomás Quiroga Díaz", 3));
        let seats = app.stored(visit.id).await.visit.participants;
        assert!(seats.iter().any(|seat| seat.name.to_string() == "Tomás Quiroga Díaz"), "{seats:?}");
        for (from, to) in [("", ""), ("/edit", "/edit"), ("/relatives/new", "/relatives/new"), ("/merger", "/merger")] {
            let onward = clerk.get(&format!("/patients/{}{from}", twin.id)).await;
            assert_eq!((onward.status, onward.header("location")), (303, format!("/patients/{kept}{to}").as_str()));
        }
        let found = clerk.post_page("/patients/searches", &[("text", "celia")]).await;
        assert!(!found.body.contains(&twin.id.to_string()), "{}", found.body);
        let again = post(&clerk, &path, &with(&form, &[])).await;
        assert_eq!((again.status, again.header("location")), (303, format!("/patients/{kept}").as_str()), "sent twice");
    })
    .await;
}

/// The relatives that a page with two records showed, as its form carries them.
fn relatives_in(page: &Answer) -> Form<'static> {
    let shown = page.hidden_fields().into_iter().filter(|(name, _)| name == "relative");
    shown.map(|(_, seen)| ("relative", seen)).collect()
}

#[tokio::test]
async fn a_relative_who_came_changed_or_went_meanwhile_is_shown_and_nothing_is_merged() {
    on_each(async |app| {
        let clerk = app.sign_in(&app.hospital.clerk).await;
        let (twin, dario) = app.register("Tomás Quiroga Díaz").await;
        let kept = app.hospital.patient.id;
        let path = format!("/patients/{kept}/merger/{}", twin.id);
        let form = [("rev", "1"), ("other_rev", "1"), ("take_name", "other"), ("sure", "1")];
        let shown = clerk.get(&path).await;
        assert_eq!(relatives_in(&shown).len(), 3);

        let eva = [("name", "Eva Gil"), ("relation", "tía"), ("phone", "55 1234 5610"), ("may_visit", "1")];
        assert_eq!(post(&clerk, &format!("/patients/{}/relatives", twin.id), &with(&eva, &[])).await.status, 303);
        let [rosa, julian] = &app.hospital.relatives[..] else { panic!("the family is another one") };
        let own = [("name", "Rosa Q."), ("relation", "hija"), ("phone", "+525512345697"), ("rev", "1")];
        assert_eq!(post(&clerk, &format!("/relatives/{}", rosa.id), &with(&own, &[])).await.status, 303);
        let removal = format!("/relatives/{}/removal", julian.id);
        assert_eq!(post(&clerk, &removal, &[("rev", "1".to_owned())]).await.status, 303);

        let late = post(&clerk, &path, &[with(&form, &[]), relatives_in(&shown)].concat()).await;
        assert_eq!(late.status, 409, "{}", late.body);
        for said in [
            "No se unió nada.",
            "Se agregó a Eva Gil: tía, +525512345610, Español. Solo visitas",
            "Cambió Rosa Q.: ahora hija, +525512345697, Español.",
            "Ya no está Julián Quiroga.",
        ] {
            assert!(late.body.contains(said), "{said}: {}", late.body);
        }
        assert!(!late.body.contains("Cambiaron los datos"), "the records themselves are as they were: {}", late.body);
        assert!(late.body.contains("name=\"take_name\" value=\"other\" checked"), "{}", late.body);
        assert_eq!(record(app, kept).await.1.len(), 1);
        assert_eq!(record(app, twin.id).await.1.len(), 2, "{}", dario.name);

        let now = relatives_in(&late);
        assert_eq!(now.len(), 3, "{now:?}");
        let merged = post(&clerk, &path, &[with(&form, &[]), now].concat()).await;
        assert_eq!(merged.status, 303, "{}", merged.body);
        assert_eq!(record(app, kept).await.1.len(), 3);
    })
    .await;
}
