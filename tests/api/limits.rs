//! A clerk who is permitted some services only: of visits of the others they see where they stand, and are offered nothing
//! that would be refused.

use antesala::domain::staff::{Role, StaffMember};
use antesala::store::Batch;
use serde_json::{Value, json};

use crate::app::{TestApp, on_each};
use crate::hospital::{HOME, TELE, Visit};

/// The first clerk may only have to do with tele-visits; the other one with everything.
async fn two_clerks(app: &TestApp) -> (StaffMember, StaffMember) {
    let limited = app.hospital.clerk.clone();
    let mut batch = Batch::new();
    batch.run_on_one("UPDATE staff SET services = 'tele_visit' WHERE id = $1", vec![limited.id.to_string().into()]);
    app.store.write(batch).await.unwrap();
    (limited, app.hire("Lucía Prado", Role::Clerk).await)
}

fn may(board: &Value, visit: &Visit) -> Value {
    let id = visit.id.to_string();
    let card = board["cards"].as_array().unwrap().iter().find(|card| card["consultation"] == *id).unwrap();
    card["may"].clone()
}

#[tokio::test]
async fn nothing_is_offered_that_would_be_refused() {
    on_each(async |app| {
        let (limited, other) = two_clerks(app).await;
        let (home, tele) = (app.book(HOME.in_minutes(60)).await, app.book(TELE.in_minutes(120)).await);
        let support = json!(["run_late", "cancel", "extend", "send_link"]);
        let clerk = app.sign_in(&limited).await;
        let board = clerk.get_json("/board/state").await.json();
        assert_eq!((may(&board, &home), may(&board, &tele)), (json!([]), support.clone()));
        let board = app.sign_in(&other).await.get_json("/board/state").await.json();
        assert_eq!((may(&board, &home), may(&board, &tele)), (support.clone(), support));

        let offers = ["/appointment\"", "/doctor\"", "/cancellation\"", "copy="];
        for (visit, offered) in [(&home, &[][..]), (&tele, &[offers[0], offers[2], offers[3]])] {
            let page = clerk.get(&format!("/consultations/{}", visit.id)).await;
            assert_eq!(page.status, 200, "they may look at it");
            for offer in offers {
                assert_eq!(page.body.contains(offer), offered.contains(&offer), "{offer}: {}", page.body);
            }
        }
        let sql = "SELECT id FROM outbox WHERE consultation_id = $1 AND template = 'booked' LIMIT 1";
        let rows = app.store.read(sql, vec![home.id.to_string().into()]).await.unwrap();
        let number = format!("/messages/{}/number\"", rows[0].text(0).unwrap());
        for (reader, is_offered) in [(&limited, false), (&other, true)] {
            let list = app.sign_in(reader).await.get("/messages").await.body;
            assert_eq!(list.contains(&number), is_offered, "{list}");
        }
        let guest = home.guests[0].id.to_string();
        for act in ["cancellation", "extensions", "links"] {
            let answer = clerk.post(&home.path(act), &[("minutes", "15"), ("again", &guest)]).await;
            assert_eq!(answer.status, 409, "{act}: {}", answer.body);
        }
    })
    .await;
}

#[tokio::test]
async fn each_clerk_at_one_board_is_told_what_they_may() {
    on_each(async |app| {
        let (limited, other) = two_clerks(app).await;
        let home = app.book(HOME.in_minutes(60)).await;
        let mut boards = Vec::new();
        for (member, acts) in [(&limited, json!([])), (&other, json!(["run_late", "cancel", "extend", "send_link"]))] {
            let mut board = app.sign_in(member).await.socket("/board/socket").await.unwrap();
            assert_eq!(may(&board.expect("snapshot").await, &home), acts, "{}", member.name);
            boards.push((board, acts));
        }
        app.start(&home).await;
        for (board, before) in &mut boards {
            // How messages went may have been shown in between.
            let card = board.until_it(|message| message["card"]["phase"] == "in_session").await["card"].clone();
            let acts = if *before == json!([]) { json!([]) } else { json!(["extend", "send_link"]) };
            assert_eq!((&card["phase"], &card["may"]), (&json!("in_session"), &acts), "{card}");
        }
    })
    .await;
}
