//! A provider of text messages on loopback that takes its time and only so many a second, as a real one does.
//!
//! Beyond its pace it answers 429, every other time with a Retry-After. Never keeps a text or a number: it counts.

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

/// The provider.
#[derive(Clone)]
pub(crate) struct Carrier {
    pub(crate) address: SocketAddr,
    state: Arc<Mutex<State>>,
}

/// What it was asked for.
#[derive(Debug, Default)]
struct State {
    /// How often each of our messages was taken.
    taken: HashMap<String, u32>,
    refused: u64,
    /// What is left of this second, and when it began.
    left: u32,
    second: Option<Instant>,
}

impl Carrier {
    /// Starts it: each answer takes `latency`, and it takes `pace` messages a second.
    pub(crate) async fn start(latency: Duration, pace: u32) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let carrier = Self { address: listener.local_addr()?, state: Arc::default() };
        let serving = carrier.clone();
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let carrier = serving.clone();
                // Whoever is gone needs no answer.
                tokio::spawn(async move { drop(carrier.serve(connection, latency, pace).await) });
            }
        });
        Ok(carrier)
    }

    /// How many different messages it has taken.
    pub(crate) fn taken(&self) -> usize {
        self.look(|state| state.taken.len())
    }

    /// How many it was handed more than once.
    pub(crate) fn doubled(&self) -> usize {
        self.look(|state| state.taken.values().filter(|times| **times > 1).count())
    }

    /// How often it said 429.
    pub(crate) fn refused(&self) -> u64 {
        self.look(|state| state.refused)
    }

    fn look<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        look(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn serve(&self, connection: TcpStream, latency: Duration, pace: u32) -> io::Result<()> {
        connection.set_nodelay(true)?;
        let mut connection = BufReader::new(connection);
        while let Some(body) = read(&mut connection).await? {
            sleep(latency).await;
            let answer = self.answer(&body, pace);
            connection.write_all(answer.as_bytes()).await?;
        }
        Ok(())
    }

    fn answer(&self, body: &str, pace: u32) -> String {
        let message = body.split('&').find_map(|field| field.strip_prefix("StatusCallback=")).unwrap_or_default();
        self.look(|state| {
            let now = Instant::now();
            if state.second.is_none_or(|second| now.duration_since(second) >= Duration::from_secs(1)) {
                state.second = Some(now);
                state.left = pace;
            }
            if state.left == 0 {
                state.refused += 1;
                let asks = if state.refused.is_multiple_of(2) { "Retry-After: 1\r\n" } else { "" };
                return response(
                    "429 Too Many Requests",
                    asks,
                    r#"{"code":20429,"message":"Too Many Requests","status":429}"#,
                );
            }
            state.left -= 1;
            *state.taken.entry(message.to_owned()).or_default() += 1;
            let sid = format!("SM{:032x}", state.taken.len());
            response("201 Created", "", &format!(r#"{{"sid":"{sid}","status":"queued","num_segments":"1"}}"#))
        })
    }
}

fn response(status: &str, header: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{header}Content-Length: {length}\r\n\r\n{body}")
}

/// The body of the next request; none when the connection has ended.
async fn read(connection: &mut BufReader<TcpStream>) -> io::Result<Option<String>> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if connection.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        match line.trim_end().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().unwrap_or(0);
            }
            Some(_) => {}
            None if line.trim_end().is_empty() => break,
            None => {}
        }
    }
    let mut body = vec![0; length];
    connection.read_exact(&mut body).await?;
    Ok(Some(String::from_utf8_lossy(&body).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_takes_its_pace_and_counts_what_comes_twice() {
        let carrier = Carrier { address: ([127, 0, 0, 1], 1).into(), state: Arc::default() };
        let said: Vec<_> =
            ["a", "b", "a", "c"].map(|id| carrier.answer(&format!("To=1&StatusCallback={id}"), 3)).into();
        assert!(said[..3].iter().all(|answer| answer.starts_with("HTTP/1.1 201")), "{said:?}");
        assert!(said[3].starts_with("HTTP/1.1 429"), "{said:?}");
        assert_eq!((carrier.taken(), carrier.doubled(), carrier.refused()), (2, 1, 1));
    }
}
