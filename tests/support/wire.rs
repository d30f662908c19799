//! A browser's WebSocket in a test: every wait is for an event, and bounded.
//!
//! Never sleeps.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "not every test needs all of it")]

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

/// How long an event may take before the test has failed.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open WebSocket.
pub(crate) struct Socket(WebSocketStream<TcpStream>);

/// Opens a WebSocket, or tells the status of the refusal.
pub(crate) async fn open(port: u16, path: &str, origin: Option<&str>, cookies: &str) -> Result<Socket, u16> {
    let stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    open_on(stream, path, origin, cookies).await
}

/// Opens a WebSocket with as little room for what it does not read as the system allows.
pub(crate) async fn open_narrow(port: u16, path: &str, origin: &str, cookies: &str) -> Socket {
    let narrow = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    narrow.set_recv_buffer_size(1).unwrap();
    narrow.connect(&SocketAddr::from(([127, 0, 0, 1], port)).into()).unwrap();
    narrow.set_nonblocking(true).unwrap();
    let stream = TcpStream::from_std(narrow.into()).unwrap();
    open_on(stream, path, Some(origin), cookies).await.unwrap()
}

async fn open_on(stream: TcpStream, path: &str, origin: Option<&str>, cookies: &str) -> Result<Socket, u16> {
    let port = stream.peer_addr().unwrap().port();
    let mut request = format!("ws://127.0.0.1:{port}{path}").into_client_request().unwrap();
    if let Some(origin) = origin {
        request.headers_mut().insert("origin", origin.parse().unwrap());
    }
    request.headers_mut().insert("cookie", cookies.parse().unwrap());
    match timeout(PATIENCE, client_async(request, stream)).await.unwrap() {
        Ok((socket, _)) => Ok(Socket(socket)),
        Err(Error::Http(response)) => Err(response.status().as_u16()),
        Err(error) => panic!("no WebSocket and no refusal: {error}"),
    }
}

impl Socket {
    /// The next message.
    pub(crate) async fn next(&mut self) -> Value {
        match self.next_frame().await {
            Frame::Message(message) => message,
            Frame::Closed(code) => panic!("closed with {code:?} instead of a message"),
        }
    }

    /// The next message, which is of this type.
    pub(crate) async fn expect(&mut self, kind: &str) -> Value {
        let message = self.next().await;
        assert_eq!(message["type"], kind, "{message}");
        message
    }

    /// The next message of this type; others are passed over.
    pub(crate) async fn until(&mut self, kind: &str) -> Value {
        loop {
            let message = self.next().await;
            if message["type"] == kind {
                return message;
            }
        }
    }

    /// The next message that is as wished; others are passed over.
    pub(crate) async fn until_it(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.next().await;
            if is_it(&message) {
                return message;
            }
        }
    }

    /// Returns once something is so that workers bring about: of each of their steps with a visit, its boards hear.
    pub(crate) async fn until_so(&mut self, is_so: impl AsyncFn() -> bool) {
        while !is_so().await {
            self.next().await;
        }
    }

    /// Nothing was said that has not been heard: whatever was on its way would come before the answer to a ping.
    pub(crate) async fn silent(&mut self) {
        self.send(Message::Ping("anything?".into())).await;
        loop {
            match timeout(PATIENCE, self.0.next()).await.unwrap() {
                Some(Ok(Message::Pong(_))) => return,
                Some(Ok(Message::Text(text))) => panic!("something was said: {text}"),
                Some(Ok(_)) => {}
                closed => panic!("{closed:?} instead of silence"),
            }
        }
    }

    /// Every message until the connection is closed, and the code it is closed with.
    pub(crate) async fn rest(mut self) -> (Vec<Value>, Option<u16>) {
        let mut messages = Vec::new();
        loop {
            match self.next_frame().await {
                Frame::Message(message) => messages.push(message),
                Frame::Closed(code) => return (messages, code),
            }
        }
    }

    /// The code the connection is closed with; messages before it are passed over.
    pub(crate) async fn closed(self) -> Option<u16> {
        self.rest().await.1
    }

    /// Every message until the server has taken note of a message it refuses: what was on its way has then arrived.
    pub(crate) async fn settle(&mut self) -> Vec<Value> {
        self.say_text("settle").await;
        let mut messages = Vec::new();
        loop {
            let message = self.next().await;
            if message["type"] == "refused" && message["reason"] == "malformed" {
                return messages;
            }
            messages.push(message);
        }
    }

    pub(crate) async fn say(&mut self, message: &Value) {
        self.say_text(&message.to_string()).await;
    }

    pub(crate) async fn say_text(&mut self, text: &str) {
        self.send(Message::text(text)).await;
    }

    pub(crate) async fn enter(&mut self) {
        self.say(&json!({ "type": "enter" })).await;
    }

    pub(crate) async fn leave(&mut self) {
        self.say(&json!({ "type": "leave" })).await;
    }

    pub(crate) async fn signal(&mut self, to: u64, data: &Value) {
        self.say(&json!({ "type": "signal", "to": to, "data": data })).await;
    }

    /// Sends any frame. The server may have closed meanwhile; what it closed with is read afterwards.
    pub(crate) async fn send(&mut self, message: Message) {
        timeout(PATIENCE, self.0.send(message)).await.unwrap().ok();
    }

    /// The connection below.
    pub(crate) fn stream(&mut self) -> &mut TcpStream {
        self.0.get_mut()
    }

    async fn next_frame(&mut self) -> Frame {
        loop {
            let Ok(heard) = timeout(PATIENCE, self.0.next()).await else { panic!("no message within ten seconds") };
            match heard {
                Some(Ok(Message::Text(text))) => return Frame::Message(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(frame))) => return Frame::Closed(frame.map(|frame| frame.code.into())),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Frame::Closed(None),
            }
        }
    }
}

enum Frame {
    Message(Value),
    Closed(Option<u16>),
}
