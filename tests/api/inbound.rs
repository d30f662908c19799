//! What people answer through a gateway comes as their phone's bytes, in one of several codings.

use antesala::store::{Batch, opt_outs};
use reqwest::Method;

use crate::app::{TestApp, on_each_with};
use crate::browser::answer;
use crate::callbacks::through_gateway;
use crate::hospital::REPORT;

const ROSA: &str = "+525512345602";

/// As Jasmin posts it: `content` is the phone's bytes one by one, `binary` the same in hexadecimal. Fails unless it is told
/// that nobody need send it again.
async fn writes(app: &TestApp, id: &str, coding: &str, bytes: &[u8], binary: &str) {
    let content: String = bytes.iter().map(|byte| format!("%{byte:02X}")).collect();
    let from = ROSA.trim_start_matches('+');
    let form = format!(
        "id={id}&from={from}&to=12345&origin-connector=op1&priority=1&coding={coding}&content={content}&binary={binary}"
    );
    posts(app, form.into_bytes()).await;
}

async fn posts(app: &TestApp, form: Vec<u8>) {
    let path = format!("/callbacks/sms/{}", app.callback_secret());
    let request = app.browser().request(Method::POST, &path);
    let answer = answer(request.header("content-type", "application/x-www-form-urlencoded").body(form)).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "ACK/Jasmin"));
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

async fn has_stopped(app: &TestApp) -> bool {
    opt_outs::since(&app.store, &ROSA.parse().unwrap()).await.unwrap().is_some()
}

#[tokio::test]
async fn stop_and_start_count_in_every_coding() {
    on_each_with(through_gateway, async |app| {
        let gsm = |text: &str| text.as_bytes().to_vec();
        // In GSM 7-bit é is 5; in Latin-1 ç is 0xe7.
        let courses: [(&str, Vec<u8>, Vec<u8>); 4] = [
            ("8", utf16("ALTO"), utf16("Alta")),
            ("3", gsm("Parar"), b"come\xe7ar".to_vec()),
            ("0", gsm("STOP"), gsm("start")),
            ("9", gsm("baja"), gsm("voltar")),
        ];
        for (turn, (coding, stop, start)) in courses.into_iter().enumerate() {
            writes(app, &format!("mo-1{turn}"), coding, &stop, &hexadecimal(&stop)).await;
            assert!(has_stopped(app).await, "{coding}");
            writes(app, &format!("mo-2{turn}"), coding, &start, &hexadecimal(&start)).await;
            assert!(!has_stopped(app).await, "{coding}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_people_write_is_read_as_they_wrote_it() {
    on_each_with(through_gateway, async |app| {
        let visit = app.book(REPORT).await;
        let mut batch = Batch::new();
        let sql = "UPDATE outbox SET handed_at = $1, sent_to = $2, status = 'accepted' WHERE participant_id = $3";
        let seat = visit.seat(0).to_string();
        batch.run_on_one(sql, vec![app.now().into(), ROSA.into(), seat.as_str().into()]);
        app.store.write(batch).await.unwrap();
        let clerk = app.sign_in(&app.hospital.clerk).await;
        for (turn, (coding, bytes, binary, expected)) in [
            ("8", utf16("Llegaré tarde uno"), None, "Llegaré tarde uno"),
            ("3", b"Llegar\xe9 tarde dos".to_vec(), None, "Llegaré tarde dos"),
            ("0", b"Llegar\x05 tarde tres".to_vec(), None, "Llegaré tarde tres"),
            ("77", b"Sin clave cuatro".to_vec(), None, "Sin clave cuatro"),
            ("8", b"Con basura cinco".to_vec(), Some("00zz"), "Con basura cinco"),
            ("8", b"Sin bytes seis".to_vec(), Some(""), "Sin bytes seis"),
        ]
        .into_iter()
        .enumerate()
        {
            let binary = binary.map_or_else(|| hexadecimal(&bytes), str::to_owned);
            writes(app, &format!("mo-{turn}"), coding, &bytes, &binary).await;
            let page = clerk.get("/messages").await.body;
            assert!(page.contains(expected), "{coding} {expected}: {page}");
        }
        // As they are, bytes are no UTF-8.
        let mut raw = b"id=mo-raw&from=525512345602&coding=3&binary=4f6be9&content=Ok".to_vec();
        raw.push(0xe9);
        posts(app, raw).await;
        assert!(clerk.get("/messages").await.body.contains("Oké"));
        // Bytes that no database keeps, and no coding to read them by.
        writes(app, "mo-odd", "4", b"\x00\xffsiete", "00ff7369657465").await;
        assert!(clerk.get("/messages").await.body.contains("siete"));
    })
    .await;
}
