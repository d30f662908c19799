//! The hospital's wards: added once, renamed as they were seen, and removed only when nothing refers to them.

use antesala::domain::ids::WardId;
use antesala::domain::staff::Role;

use crate::app::{TestApp, on_each};
use crate::settings::rows;

#[tokio::test]
async fn a_ward_is_removed_only_when_nothing_refers_to_it() {
    on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        let norte = app.hospital.ward.ward.unwrap();
        let path = format!("/settings/wards/{norte}");
        let refused = admin.post(&format!("{path}/removal"), &[]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.json()["sentence"].as_str().unwrap().contains("Personal: 1"), "{}", refused.body);

        for wrong in ["", " NORTE ", "súr", &"x".repeat(61)] {
            assert_eq!(admin.post("/settings/wards", &[("name", wrong)]).await.status, 422, "{wrong}");
        }
        assert_eq!(admin.post("/settings/wards", &[("name", "Pediatría")]).await.status, 200);
        let added = ward_called(app, "Pediatría").await.unwrap();
        let rename = |name: &'static str, seen: &'static str| {
            let (admin, path) = (admin.clone(), format!("/settings/wards/{added}"));
            async move { admin.post(&path, &[("name", name), ("seen", seen)]).await }
        };
        assert_eq!(rename("Cuna", "Pediatría").await.status, 200);
        let stale = rename("Infantil", "Pediatría").await;
        assert_eq!(stale.status, 422);
        assert!(stale.json()["sentence"].as_str().unwrap().contains("«Cuna»"), "{}", stale.body);
        assert_eq!(rename("Norte", "Cuna").await.status, 422, "another ward's name");
        assert_eq!(rename("CUNA", "Cuna").await.status, 200, "its own, written otherwise");
        assert_eq!(admin.post(&format!("/settings/wards/{added}/removal"), &[]).await.status, 200);
        assert_eq!(ward_called(app, "CUNA").await, None);
        assert_eq!(admin.post(&format!("/settings/wards/{added}/removal"), &[]).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_ward_is_added_once_by_one_form_and_its_name_is_nobody_elses() {
    on_each(async |app| {
        let admin = app.sign_in(&app.hospital.admin).await;
        let page = admin.get("/settings/wards").await;
        let (_, id) = page.hidden_fields().into_iter().find(|(name, _)| name == "ward").unwrap();
        let add =
            async |id: &str, name: &str| admin.post_page("/settings/wards", &[("ward", id), ("name", name)]).await;
        for name in ["Pediatría", "Pediatría", "pediatria"] {
            assert_eq!(add(&id, name).await.header("location"), "/settings/wards", "{name}: sent again");
        }
        let wards = async || rows(app, "SELECT COUNT(*) FROM wards").await;
        assert_eq!(wards().await, 3, "the hospital's two, and one");
        assert_eq!(add(&id, "Cuna").await.status, 303, "another ward, typed into the form that was gone back to");
        assert_eq!(wards().await, 4);

        let taken = add(&WardId::mint().to_string(), "PEDIATRÍA").await;
        assert_eq!(taken.status, 422);
        for shown in ["<title>Error:", "href=\"#name\"", "id=\"name-error\"", "Ya hay una sala", "value=\"PEDIATRÍA\""]
        {
            assert!(taken.body.contains(shown), "{shown}: {}", taken.body);
        }
        assert_eq!(wards().await, 4);
    })
    .await;
}

#[tokio::test]
async fn of_two_admins_who_give_one_name_at_once_one_is_told() {
    on_each(async |app| {
        let (one, other) =
            (app.sign_in(&app.hospital.admin).await, app.sign_in(&app.hire("Eva Gil", Role::Admin).await).await);
        for round in 0..5 {
            let name = format!("Sala {round}");
            let (first, second) = (WardId::mint().to_string(), WardId::mint().to_string());
            let (first, second) =
                ([("ward", first.as_str()), ("name", &name)], [("ward", second.as_str()), ("name", &name)]);
            let (one, other) =
                tokio::join!(one.post_page("/settings/wards", &first), other.post_page("/settings/wards", &second));
            let mut answers = [one.status, other.status];
            answers.sort_unstable();
            assert_eq!(answers, [303, 422], "{} {}", one.body, other.body);
        }
        assert_eq!(rows(app, "SELECT COUNT(*) FROM wards").await, 7);
    })
    .await;
}

async fn ward_called(app: &TestApp, name: &str) -> Option<String> {
    let row = app.store.read_one("SELECT id FROM wards WHERE name = $1", vec![name.into()]).await.unwrap()?;
    Some(row.text(0).unwrap().to_owned())
}
