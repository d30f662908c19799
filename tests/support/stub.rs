//! A small HTTP server on loopback, in whose place a provider stands: it may refuse, dawdle, or hang up.
//!
//! Never speaks more of HTTP than the house's own clients do.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "not every test needs all of it")]

use std::collections::HashMap;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::Url;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A request, read whole.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: HashMap<String, String>,
    pub(crate) form: HashMap<String, String>,
    pub(crate) body: String,
    headers: HashMap<String, String>,
}

/// What the server does with it.
pub(crate) enum Reaction {
    Answer {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: String,
    },
    /// Closes the connection without a word.
    HangUp,
    /// The same, later.
    After(Duration, Box<Reaction>),
}

/// A server that runs as long as the test.
pub(crate) struct Stub {
    pub(crate) url: String,
}

impl Request {
    pub(crate) fn field(&self, name: &str) -> &str {
        self.form.get(name).map_or("", String::as_str)
    }

    /// A header, by its lower-case name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// User and password of basic authentication.
    pub(crate) fn credentials(&self) -> Option<(String, String)> {
        let given = self.headers.get("authorization")?.strip_prefix("Basic ")?;
        let text = String::from_utf8(STANDARD.decode(given).ok()?).ok()?;
        text.split_once(':').map(|(user, password)| (user.to_owned(), password.to_owned()))
    }
}

impl Reaction {
    pub(crate) fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::Answer { status, headers: vec![("content-type", "application/json".to_owned())], body: body.to_string() }
    }

    pub(crate) fn text(status: u16, body: impl Into<String>) -> Self {
        Self::Answer { status, headers: vec![("content-type", "text/plain".to_owned())], body: body.into() }
    }

    pub(crate) fn with(self, name: &'static str, value: impl Into<String>) -> Self {
        match self {
            Self::Answer { status, mut headers, body } => {
                headers.push((name, value.into()));
                Self::Answer { status, headers, body }
            }
            other => other,
        }
    }
}

impl Stub {
    /// Starts a server that does with each request what `react` says.
    pub(crate) fn start(react: impl Fn(Request) -> Reaction + Send + Sync + 'static) -> Self {
        Self::start_on(0, react)
    }

    /// The same on a port of one's own choice.
    pub(crate) fn start_on(port: u16, react: impl Fn(Request) -> Reaction + Send + Sync + 'static) -> Self {
        let (tell, told) = mpsc::channel();
        let react = Arc::new(react);
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
                tell.send(listener.local_addr().unwrap().port()).unwrap();
                loop {
                    let (connection, _) = listener.accept().await.unwrap();
                    let react = Arc::clone(&react);
                    tokio::spawn(async move {
                        // Whoever is gone needs no answer.
                        serve(connection, &*react).await.ok();
                    });
                }
            });
        });
        let port: u16 = told.recv().unwrap();
        Self { url: format!("http://127.0.0.1:{port}") }
    }
}

async fn serve(connection: TcpStream, react: &(dyn Fn(Request) -> Reaction + Send + Sync)) -> std::io::Result<()> {
    let mut connection = BufReader::new(connection);
    let Some(request) = read(&mut connection).await? else { return Ok(()) };
    let mut reaction = react(request);
    loop {
        match reaction {
            Reaction::HangUp => return Ok(()),
            Reaction::After(pause, next) => {
                tokio::time::sleep(pause).await;
                reaction = *next;
            }
            Reaction::Answer { status, headers, body } => {
                let mut head =
                    format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n", body.len());
                for (name, value) in headers {
                    head.push_str(&format!("{name}: {value}\r\n"));
                }
                connection.write_all(format!("{head}\r\n{body}").as_bytes()).await?;
                return connection.shutdown().await;
            }
        }
    }
}

async fn read(connection: &mut BufReader<TcpStream>) -> std::io::Result<Option<Request>> {
    let mut line = String::new();
    if connection.read_line(&mut line).await? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, target) = (words.next().unwrap(), words.next().unwrap());
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        connection.read_line(&mut line).await?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.insert(name.to_lowercase(), value.to_owned());
    }
    let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    connection.read_exact(&mut body).await?;
    let url = Url::parse(&format!("http://stub{target}")).unwrap();
    let body = String::from_utf8(body).unwrap();
    let form = Url::parse(&format!("http://stub/?{body}")).unwrap();
    let pairs = |url: &Url| url.query_pairs().into_owned().collect();
    Ok(Some(Request { method, path: url.path().to_owned(), query: pairs(&url), form: pairs(&form), body, headers }))
}
