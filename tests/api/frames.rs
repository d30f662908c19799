//! Frames no browser of ours would send: each gets a clear answer, and nobody else notices.

use reqwest::Method;
use tokio::io::AsyncWriteExt;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

use crate::app::on_each;
use crate::hospital::REPORT;

#[tokio::test]
async fn what_is_no_message_is_refused_and_the_line_stays_open() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let mut rosa = app.enter(&visit.links[0]).await.socket().await;
        rosa.expect("snapshot").await;
        let large = format!(r#"{{"type":"signal","to":1,"data":{{"x":"{}"}}}}"#, "x".repeat(33_000));
        let deep = format!(r#"{{"type":"signal","to":1,"data":{}1{}}}"#, "[".repeat(9_000), "]".repeat(9_000));
        let malformed = [
            "",
            "{",
            "null",
            "[]",
            "\"enter\"",
            "{\"type\":\"admit\"}",
            "{\"type\":\"ENTER\"}",
            "{\"type\":\"enter\",\"to\":1}",
            "{\"type\":\"signal\"}",
            "{\"type\":\"signal\",\"to\":-1,\"data\":{}}",
            "{\"type\":\"signal\",\"to\":\"1\",\"data\":{}}",
            "{\"type\":\"signal\",\"to\":1,\"data\":\"text\"}",
            "{\"type\":\"enter\"} {\"type\":\"enter\"}",
            "\u{0}",
            &large,
            &deep,
        ];
        for text in malformed {
            rosa.say_text(text).await;
            let shown = text.get(..60).unwrap_or(text);
            assert_eq!(rosa.expect("refused").await["reason"], "malformed", "{shown}");
        }
        app.start(&visit).await;
        rosa.expect("change").await;
    })
    .await;
}

#[tokio::test]
async fn a_frame_above_the_limit_closes_with_1009() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        let mut socket = rosa.socket().await;
        socket.say_text(&" ".repeat(64 * 1024)).await;
        socket.until("refused").await;
        socket.say_text(&" ".repeat(64 * 1024 + 1)).await;
        assert_eq!(socket.closed().await, Some(1009));
        rosa.socket().await.expect("snapshot").await;
    })
    .await;
}

#[tokio::test]
async fn frames_no_browser_of_ours_sends_close_with_1008() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        let begun = Frame::message("{\"type\":".to_owned(), OpCode::Data(Data::Text), false);
        for frame in [Message::binary(vec![0_u8; 8]), Message::Frame(begun)] {
            let mut socket = rosa.socket().await;
            socket.send(frame).await;
            assert_eq!(socket.closed().await, Some(1008));
        }
        // Text that is not UTF-8, a frame without a mask, a reserved opcode, a ping above 125 bytes.
        let mask = [0_u8; 4];
        let broken: [Vec<u8>; 4] = [
            [&[0x81, 0x82][..], &mask, &[0xff, 0xfe]].concat(),
            vec![0x81, 0x02, b'{', b'}'],
            [&[0x83, 0x80][..], &mask].concat(),
            [&[0x89, 0xfe, 0, 200][..], &mask, &[0; 200]].concat(),
        ];
        for bytes in broken {
            let mut socket = rosa.socket().await;
            socket.stream().write_all(&bytes).await.unwrap();
            assert_eq!(socket.closed().await, Some(1008), "{:x?}", &bytes[..4]);
        }
        rosa.socket().await.expect("snapshot").await;
    })
    .await;
}

#[tokio::test]
async fn pages_of_other_sites_get_no_socket() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        app.start(&visit).await;
        let port = app.port;
        let doors = [
            (&rosa.browser, rosa.path("/socket")),
            (&doctor, "/board/socket".to_owned()),
            (&doctor, visit.path("call/socket")),
        ];
        for (browser, path) in doors {
            for origin in [
                "https://evil.example",
                "null",
                &format!("https://localhost:{port}"),
                &format!("http://localhost.evil.example:{port}"),
            ] {
                assert_eq!(browser.socket_from(&path, Some(origin)).await.err(), Some(403), "{path} from {origin}");
            }
            assert_eq!(browser.socket_from(&path, None).await.err(), Some(403), "{path} from nowhere");
            assert!(browser.socket(&path).await.is_ok(), "{path} from our page");
        }
    })
    .await;
}

#[tokio::test]
async fn a_socket_s_door_without_an_upgrade_is_a_malformed_request() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        let request = rosa.browser.request(Method::GET, &rosa.path("/socket")).header("origin", &app.origin);
        assert_eq!(crate::browser::answer(request).await.status, 400);
    })
    .await;
}

#[tokio::test]
async fn a_flood_ends_with_1008_and_the_others_notice_nothing() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let rosa = app.enter(&visit.links[0]).await;
        let mut julian = app.enter(&visit.links[1]).await.socket().await;
        julian.expect("snapshot").await;
        let mut socket = rosa.socket().await;
        for _ in 0..400 {
            socket.enter().await;
        }
        let (messages, code) = socket.rest().await;
        let refused = messages.iter().filter(|message| message["type"] == "refused").count();
        assert_eq!(code, Some(1008), "an ICE burst passes, a flood does not");
        assert!(refused <= 300, "{refused}");
        app.start(&visit).await;
        assert_eq!(julian.expect("change").await["seat"]["standing"], "admitted");
    })
    .await;
}

#[tokio::test]
async fn a_minute_gives_a_hundred_messages_back() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let mut socket = app.enter(&visit.links[0]).await.socket().await;
        for _ in 0..10 {
            for _ in 0..30 {
                socket.enter().await;
            }
            for _ in 0..30 {
                socket.until("refused").await;
            }
        }
        app.later(jiff::SignedDuration::from_mins(1));
        for _ in 0..100 {
            socket.enter().await;
            socket.expect("refused").await;
        }
        socket.enter().await;
        assert_eq!(socket.closed().await, Some(1008));
    })
    .await;
}

#[tokio::test]
async fn a_board_only_listens() {
    on_each(async |app| {
        let visit = app.book(REPORT).await;
        let doctor = app.sign_in(&app.hospital.doctor).await;
        let mut board = doctor.socket("/board/socket").await.unwrap();
        board.expect("snapshot").await;
        for text in ["{\"type\":\"enter\"}", "{", "null"] {
            board.say_text(text).await;
        }
        let before = app.rev(visit.id).await;
        app.start(&visit).await;
        // A message that leaves meanwhile is a card of the same `rev`.
        while board.expect("card").await["card"]["rev"].as_u64().unwrap() <= before {}
    })
    .await;
}
