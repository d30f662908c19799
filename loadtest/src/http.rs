//! Just enough HTTP/1.1 for staff's browsers: one request, one answer, on a connection that stays open.
//!
//! Never: chunked bodies, redirects, TLS. The server answers commands and pages with their length.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The longest answer, in bytes.
const LONGEST: usize = 16 * 1024 * 1024;

/// A connection that stays open.
pub(crate) struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
}

impl Connection {
    /// Connects.
    pub(crate) async fn open(to: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(to).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, received: Vec::with_capacity(4096) })
    }

    /// Sends a whole request and waits for its answer; returns the status.
    pub(crate) async fn ask(&mut self, request: &str) -> io::Result<u16> {
        self.fetch(request).await.map(|received| received.status)
    }

    /// As [`Connection::ask`], with what came before the body.
    pub(crate) async fn fetch(&mut self, request: &str) -> io::Result<Received> {
        self.stream.write_all(request.as_bytes()).await?;
        loop {
            if let Some(Answer { status, length }) = Answer::parse(&self.received)? {
                let end = head_length(&self.received).unwrap_or_default();
                let head = self.received.get(..end).unwrap_or_default();
                let head = String::from_utf8_lossy(head).into_owned();
                self.received.drain(..length);
                return Ok(Received { status, head, length });
            }
            if self.received.len() > LONGEST {
                return Err(malformed());
            }
            if self.stream.read_buf(&mut self.received).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }
}

/// What is known of an answer after it arrived.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) status: u16,
    head: String,
    /// Head and body.
    pub(crate) length: usize,
}

impl Received {
    /// The first header of this name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found =
            self.head.lines().filter_map(|line| line.split_once(':')).find(|(held, _)| held.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim())
    }
}

/// An answer that has arrived whole.
#[derive(Debug, PartialEq, Eq)]
struct Answer {
    status: u16,
    /// Head and body.
    length: usize,
}

impl Answer {
    fn parse(received: &[u8]) -> io::Result<Option<Self>> {
        let Some(end) = head_length(received) else { return Ok(None) };
        let head = received.get(..end).and_then(|head| std::str::from_utf8(head).ok()).ok_or_else(malformed)?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(malformed)?;
        let body = head.lines().find_map(content_length).unwrap_or(0);
        Ok((received.len() >= end + body).then_some(Self { status, length: end + body }))
    }
}

/// The length of an HTTP head, with the empty line that ends it, once it is there.
pub(crate) fn head_length(received: &[u8]) -> Option<usize> {
    received.windows(4).position(|four| four == b"\r\n\r\n").map(|place| place + 4)
}

fn content_length(line: &str) -> Option<usize> {
    let (name, value) = line.split_once(':')?;
    if name.eq_ignore_ascii_case("content-length") { value.trim().parse().ok() } else { None }
}

fn malformed() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "not an HTTP answer")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_ends_where_its_length_says() {
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"rev\":3}HTTP/1.1";
        assert_eq!(Answer::parse(answer).unwrap(), Some(Answer { status: 200, length: 47 }));
        assert_eq!(Answer::parse(&answer[..46]).unwrap(), None);
        assert_eq!(
            Answer::parse(b"HTTP/1.1 204 No Content\r\n\r\n").unwrap(),
            Some(Answer { status: 204, length: 27 })
        );
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        assert!(Answer::parse(b"SSH-2.0\r\n\r\n").is_err());
    }
}
