//! Signalling: between the admitted of one visit who are in the call, and nobody else.

use serde_json::{Value, json};

use crate::app::{TestApp, on_each};
use crate::browser::Browser;
use crate::hospital::{REPORT, TELE, Visit};
use crate::wire::Socket;

/// A doctor with two relatives: all in the call.
struct Call {
    visit: Visit,
    staff: Browser,
    doctor: Socket,
    rosa: Socket,
    julian: Socket,
    /// Connections of doctor, Rosa and Julián.
    ids: [u64; 3],
}

impl Call {
    async fn begin(app: &TestApp) -> Self {
        let visit = app.book(REPORT).await;
        let staff = app.sign_in(&app.hospital.doctor).await;
        app.start(&visit).await;
        let mut doctor = staff.socket(&visit.path("call/socket")).await.unwrap();
        let mut rosa = app.enter(&visit.links[0]).await.socket().await;
        let mut julian = app.enter(&visit.links[1]).await.socket().await;
        let mut ids = [0; 3];
        let mut known = [0; 3];
        for (place, socket) in [&mut doctor, &mut rosa, &mut julian].into_iter().enumerate() {
            socket.enter().await;
            let presence = socket.until_it(|message| message["you"].is_u64()).await;
            (ids[place], known[place]) = (presence["you"].as_u64().unwrap(), members(&presence).len());
        }
        for (socket, known) in [&mut doctor, &mut rosa, &mut julian].into_iter().zip(known) {
            if known < 3 {
                socket.until_it(|message| members(message).len() == 3).await;
            }
        }
        Self { visit, staff, doctor, rosa, julian, ids }
    }
}

#[tokio::test]
async fn those_in_the_call_know_each_other_and_signals_pass_unread() {
    on_each(async |app| {
        let mut call = Call::begin(app).await;
        let [doctor, rosa, julian] = call.ids;
        let offer = json!({ "description": { "type": "offer", "sdp": "v=0\r\nñ 😀" }, "odd": [1, null, { "x": 1.5 }] });
        call.rosa.signal(doctor, &offer).await;
        assert_eq!(call.doctor.expect("signal").await, json!({ "type": "signal", "from": rosa, "data": offer }));
        call.julian.signal(rosa, &json!({ "candidate": null })).await;
        let heard = call.rosa.expect("signal").await;
        assert_eq!(heard, json!({ "type": "signal", "from": julian, "data": { "candidate": null } }));
        assert_eq!(call.julian.settle().await, Vec::<Value>::new());
    })
    .await;
}

#[tokio::test]
async fn signals_reach_only_peers_of_the_same_call() {
    on_each(async |app| {
        let mut call = Call::begin(app).await;
        let mut other = Call::begin(app).await;
        for to in [other.ids[1], 0, 999_999, call.ids[1]] {
            call.rosa.signal(to, &json!({ "candidate": null })).await;
            assert_eq!(call.rosa.expect("refused").await["reason"], "unknown_peer", "{to}");
        }
        for socket in [&mut other.doctor, &mut other.rosa, &mut other.julian, &mut call.doctor] {
            assert_eq!(socket.settle().await, Vec::<Value>::new());
        }
    })
    .await;
}

#[tokio::test]
async fn who_waits_or_is_outside_the_call_neither_speaks_nor_is_spoken_to() {
    on_each(async |app| {
        let visit = app.book(TELE).await;
        let ward = app.sign_in(&app.hospital.ward).await;
        app.start(&visit).await;
        let mut staff = ward.socket(&visit.path("call/socket")).await.unwrap();
        staff.enter().await;
        let host = staff.until_it(|message| message["you"].is_u64()).await["you"].as_u64().unwrap();
        let mut rosa = app.enter(&visit.links[1]).await.socket().await;
        rosa.expect("snapshot").await;
        rosa.enter().await;
        assert_eq!(rosa.expect("refused").await["reason"], "not_admitted");
        rosa.signal(host, &json!({ "candidate": null })).await;
        assert_eq!(rosa.expect("refused").await["reason"], "not_admitted");

        assert_eq!(ward.post(&visit.path("admissions"), &[]).await.status, 200);
        assert_eq!(rosa.until("presence").await["you"], Value::Null, "admitted is not yet in the call");
        rosa.signal(host, &json!({ "candidate": null })).await;
        assert_eq!(rosa.expect("refused").await["reason"], "not_admitted");
        staff.signal(host + 1, &json!({ "candidate": null })).await;
        assert_eq!(staff.until("refused").await["reason"], "unknown_peer");
    })
    .await;
}

#[tokio::test]
async fn who_is_held_is_cut_out_of_the_call_at_once() {
    on_each(async |app| {
        let mut call = Call::begin(app).await;
        let [doctor, rosa, julian] = call.ids;
        let seat = call.visit.seat(0).to_string();
        assert_eq!(call.staff.post(&call.visit.path("holds"), &[("participant", &seat)]).await.status, 200);
        for socket in [&mut call.doctor, &mut call.julian] {
            assert_eq!(members(&socket.expect("presence").await), [doctor, julian]);
        }
        assert_eq!(call.rosa.expect("change").await["seat"]["standing"], "waiting");
        call.rosa.signal(doctor, &json!({ "candidate": null })).await;
        assert_eq!(call.rosa.expect("refused").await["reason"], "not_admitted");
        call.doctor.signal(rosa, &json!({ "candidate": null })).await;
        assert_eq!(call.doctor.expect("refused").await["reason"], "unknown_peer");

        assert_eq!(call.staff.post(&call.visit.path("admissions"), &[("participant", &seat)]).await.status, 200);
        assert_eq!(members(&call.rosa.until("presence").await), [doctor, julian]);
        call.rosa.enter().await;
        assert_eq!(members(&call.rosa.until("presence").await).len(), 3);
    })
    .await;
}

#[tokio::test]
async fn who_hangs_up_may_enter_again_without_being_admitted_again() {
    on_each(async |app| {
        let mut call = Call::begin(app).await;
        call.rosa.leave().await;
        assert_eq!(call.rosa.until("change").await["seat"]["standing"], "left");
        assert_eq!(members(&call.doctor.expect("presence").await).len(), 2);
        call.rosa.enter().await;
        let back = call.rosa.until_it(|message| message["you"].is_u64()).await;
        assert_eq!(members(&back).len(), 3);
        assert_eq!(app.count(call.visit.id, "admitted").await, 3);
    })
    .await;
}

#[tokio::test]
async fn a_flood_of_signals_ends_the_one_who_floods_while_the_call_goes_on() {
    on_each(async |app| {
        let mut call = Call::begin(app).await;
        let [doctor, _, julian] = call.ids;
        for number in 0..400 {
            let to = if number % 2 == 0 { julian } else { doctor };
            call.rosa.signal(to, &json!({ "candidate": { "candidate": "x".repeat(1_000) } })).await;
        }
        assert_eq!(call.rosa.closed().await, Some(1008));
        for socket in [&mut call.doctor, &mut call.julian] {
            socket.until_it(|message| message["type"] == "presence" && members(message) == [doctor, julian]).await;
        }
        call.julian.signal(doctor, &json!({ "candidate": null })).await;
        assert_eq!(call.doctor.until("signal").await["from"], julian);
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_comes_back_is_a_new_peer() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        app.start(&visit).await;
        let rosa = app.enter(&visit.links[0]).await;
        let mut julian = app.enter(&visit.links[1]).await.socket().await;
        let mut first = rosa.socket().await;
        first.enter().await;
        let old = first.until_it(|message| message["you"].is_u64()).await["you"].as_u64().unwrap();
        julian.until_it(|message| members(message) == [old]).await;
        drop(first);
        julian.until_it(|message| message["type"] == "presence" && members(message).is_empty()).await;
        let mut second = rosa.socket().await;
        assert_eq!(second.expect("snapshot").await["seat"]["standing"], "admitted");
        second.enter().await;
        let new = second.until_it(|message| message["you"].is_u64()).await["you"].as_u64().unwrap();
        assert_ne!(new, old);
    })
    .await;
}

/// The connections in a presence message, in order.
fn members(message: &Value) -> Vec<u64> {
    let in_call = message["in_call"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut ids: Vec<_> = in_call.iter().filter_map(|member| member["connection"].as_u64()).collect();
    ids.sort_unstable();
    ids
}
