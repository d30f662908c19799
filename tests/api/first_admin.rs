//! The first admin: a link in an empty house, used once, that leads straight to the staff.

use antesala::auth::setup;
use antesala::store::Batch;

use crate::app::{TestApp, on_each};
use crate::hospital::PASSWORD;

/// Nobody works here yet; answers the path of the link.
async fn empty_house(app: &TestApp) -> String {
    let mut batch = Batch::new();
    batch.run("DELETE FROM staff", vec![]);
    app.store.write(batch).await.unwrap();
    let token = setup::issue(&app.store, app.now()).await.unwrap().unwrap();
    format!("/set-up/{}", token.to_text())
}

#[tokio::test]
async fn the_first_admin_is_signed_in_with_the_account_they_have_just_made() {
    on_each(async |app| {
        let link = empty_house(app).await;
        let ada = app.browser();
        assert_eq!(ada.get(&link).await.status, 200);
        let form = |email| [("name", "Ada Rey"), ("email", email), ("password", PASSWORD)];
        let refused = ada.post_page(&link, &form("ada at hospital")).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("value=\"Ada Rey\"") && !refused.body.contains(PASSWORD), "{}", refused.body);
        assert_eq!(ada.get("/staff").await.header("location"), "/sign-in", "nobody is in by looking");

        let made = ada.post_page(&link, &form("ada@hospital.example")).await;
        assert_eq!((made.status, made.header("location")), (303, "/staff"), "{}", made.body);
        let page = ada.get("/staff").await.body;
        assert!(page.contains("Su cuenta está lista.") && page.contains("Ada Rey"), "{page}");
        let other = app.browser();
        let signed_in = other.post_page("/sign-in", &[("email", "ada@hospital.example"), ("password", PASSWORD)]).await;
        assert_eq!(signed_in.header("location"), "/staff");
        assert_eq!(other.post_page(&link, &form("eva@hospital.example")).await.status, 410, "it works once");
    })
    .await;
}
