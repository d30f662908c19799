//! One waiting person's browser: a WebSocket with its cookie, and what it hears.
//!
//! Never: asks for a page, says anything but pongs.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use fastwebsockets::{OpCode, Role, WebSocket, WebSocketError};
use serde::Deserialize;
use tokio::io::AsyncReadExt;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::sleep;

use crate::hospital::Seat;
use crate::http::head_length;

/// The longest answer to an upgrade, in bytes.
const LONGEST_HEAD: usize = 4096;

/// How long to wait for the rest of an answer that arrived in pieces.
const REST: Duration = Duration::from_millis(1);

/// An open connection to the lobby.
pub(crate) struct Browser(WebSocket<TcpStream>);

/// What the server says of a person's seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    /// Whether it is the first message of a connection, or one after it fell behind.
    pub(crate) is_snapshot: bool,
    /// Where the person is.
    pub(crate) standing: String,
    /// Since when they wait: their place in line.
    pub(crate) since: Option<String>,
}

/// Where to connect, and from which address of this machine: one address has only some 28,000 ports.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Route<'a> {
    pub(crate) to: SocketAddr,
    pub(crate) from: Ipv4Addr,
    pub(crate) host: &'a str,
}

impl Browser {
    /// Opens the lobby of `seat`.
    pub(crate) async fn open(route: Route<'_>, seat: &Seat) -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.bind((route.from, 0).into())?;
        let mut stream = socket.connect(route.to).await?;
        stream.set_nodelay(true)?;
        let request = format!(
            "GET /lobby/{id}/socket HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: seat-{id}={cookie}\r\n\
             Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            id = seat.id,
            host = route.host,
            cookie = seat.cookie,
        );
        stream.write_all(request.as_bytes()).await?;
        expect_upgrade(&mut stream).await?;
        let mut socket = WebSocket::after_handshake(stream, Role::Client);
        socket.set_auto_close(true);
        socket.set_auto_pong(true);
        Ok(Self(socket))
    }

    /// Waits for what the server says next about the seat; pings are answered meanwhile. Nothing once it closes.
    pub(crate) async fn hear(&mut self) -> Result<Option<Told>, WebSocketError> {
        loop {
            let frame = self.0.read_frame().await?;
            match frame.opcode {
                OpCode::Text => {
                    if let Some(told) = Told::parse(&frame.payload) {
                        return Ok(Some(told));
                    }
                }
                OpCode::Close => return Ok(None),
                OpCode::Binary | OpCode::Continuation | OpCode::Ping | OpCode::Pong => {}
            }
        }
    }
}

impl Told {
    fn parse(frame: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct Message<'a> {
            #[serde(rename = "type")]
            kind: &'a str,
            #[serde(borrow)]
            seat: Option<Facts<'a>>,
        }
        #[derive(Deserialize)]
        struct Facts<'a> {
            standing: &'a str,
            waiting_since: Option<&'a str>,
        }
        let Message { kind, seat } = serde_json::from_slice(frame).ok()?;
        let seat = seat?;
        let (standing, since) = (seat.standing.to_owned(), seat.waiting_since.map(str::to_owned));
        Some(Self { is_snapshot: kind == "snapshot", standing, since })
    }
}

/// Takes the answer to an upgrade off the stream and not one byte more: the first frame may follow at once.
async fn expect_upgrade(stream: &mut TcpStream) -> io::Result<()> {
    let mut seen = [0; LONGEST_HEAD];
    loop {
        let length = stream.peek(&mut seen).await?;
        let arrived = seen.get_mut(..length).unwrap_or_default();
        if let Some(head) = head_length(arrived).and_then(|end| arrived.get_mut(..end)) {
            stream.read_exact(head).await?;
            return if head.starts_with(b"HTTP/1.1 101 ") { Ok(()) } else { Err(refused(head)) };
        }
        if length == 0 || length == LONGEST_HEAD {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        sleep(REST).await;
    }
}

fn refused(head: &[u8]) -> io::Error {
    let first = head.split(|byte| *byte == b'\r').next().unwrap_or_default();
    io::Error::other(format!("the upgrade was answered with {}", String::from_utf8_lossy(first)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_the_seat_is_heard() {
        let frame = br#"{"type":"change","rev":6,"seat":{"id":"s","kind":"patient","name":"Rosa \"R\"","standing":"admitted","waiting_since":"2026-11-23T15:02:10Z"},"visit":{},"call":null}"#;
        let since = Some("2026-11-23T15:02:10Z".to_owned());
        assert_eq!(Told::parse(frame), Some(Told { is_snapshot: false, standing: "admitted".to_owned(), since }));
    }

    #[test]
    fn presence_is_not_about_the_seat() {
        assert_eq!(Told::parse(br#"{"type":"presence","rev":6,"you":null,"in_call":[]}"#), None);
        assert_eq!(Told::parse(b"nonsense"), None);
    }
}
