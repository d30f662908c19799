//! The program itself, as a process of its own, and browsers that wait in its lobbies.
//!
//! Never leaves a process behind.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use antesala::auth::secret::Secret16;
use antesala::domain::consultation::Command as Wish;
use antesala::domain::ids::{BrowserId, CommandId, ParticipantId};
use antesala::domain::person::Language;
use antesala::store::consultations::NewBrowser;
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader, Lines};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::app::TestApp;
use crate::browser::Browser;
use crate::hospital::Visit;
use crate::wire::{self, Socket};

/// How long a process may take to say something.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program, running.
pub(crate) struct Server {
    child: Child,
    /// Where it listens, on this machine.
    pub(crate) port: u16,
    /// What it wrote to standard output before it listened.
    pub(crate) said: Vec<String>,
}

/// Somebody in a lobby.
pub(crate) struct Waiting {
    pub(crate) seat: ParticipantId,
    cookies: String,
}

impl Server {
    /// Serves what is in `folder`; any free port is 0.
    pub(crate) async fn serve(folder: &Path, port: u16) -> Self {
        let listen = format!("127.0.0.1:{port}");
        Self::run(folder, &["serve", "--listen", &listen, "--data", folder.to_str().unwrap()]).await
    }

    /// Runs the program in `folder` until it listens.
    pub(crate) async fn run(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_antesala"));
        for (name, _) in std::env::vars() {
            if name.starts_with("ANTESALA_") || name == "DATABASE_URL" {
                command.env_remove(name);
            }
        }
        command.args(arguments).current_dir(folder).env("ANTESALA_LOG_FORMAT", "json").kill_on_drop(true);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
        let port = loop {
            let line = next(&mut log).await.unwrap_or_else(|| panic!("the program ended before it listened"));
            let entry = serde_json::from_str::<serde_json::Value>(&line).unwrap_or_default();
            if entry["message"] == "listening" {
                break u16::try_from(entry["port"].as_u64().unwrap()).unwrap();
            }
        };
        tokio::spawn(async move {
            while let Ok(Some(line)) = log.next_line().await {
                eprintln!("{line}")
            }
        });
        let mut server = Self { child, port, said: Vec::new() };
        server.listen_to_output(arguments.contains(&"--json")).await;
        server
    }

    /// Asks it to stop, as a service manager does.
    pub(crate) async fn terminate(&self) {
        let id = self.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
    }

    /// Ends it without asking.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Waits for its end.
    pub(crate) async fn exit(&mut self, within: Duration) -> Option<ExitStatus> {
        timeout(within, self.child.wait()).await.ok().map(Result::unwrap)
    }

    /// Its memory, in bytes.
    pub(crate) fn resident(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
    }

    /// A gauge of its metrics.
    pub(crate) async fn gauge(&self, name: &str) -> i64 {
        let text = self.browser().get("/metrics").await.body;
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ').map(str::to_owned));
        line.map_or(0, |value| value.parse().unwrap())
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.port, &self.origin())
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    fn id(&self) -> u32 {
        self.child.id().unwrap()
    }

    /// Reads its output on, so that it never waits for a reader; `demo --json` says one line once it is ready.
    async fn listen_to_output(&mut self, says_a_line: bool) {
        let mut output = BufReader::new(self.child.stdout.take().unwrap()).lines();
        if says_a_line {
            self.said.extend(next(&mut output).await);
        }
        tokio::spawn(async move { while let Ok(Some(_)) = output.next_line().await {} });
    }
}

impl Waiting {
    /// Their lobby's WebSocket.
    pub(crate) async fn socket(&self, server: &Server) -> Socket {
        wire::open(server.port, &self.path(), Some(&server.origin()), &self.cookies).await.unwrap()
    }

    /// The same with next to no room for what it does not read.
    pub(crate) async fn narrow_socket(&self, server: &Server) -> Socket {
        wire::open_narrow(server.port, &self.path(), &server.origin(), &self.cookies).await
    }

    fn path(&self) -> String {
        format!("/lobby/{}/socket", self.seat)
    }
}

impl TestApp {
    /// Everyone invited to a visit comes to the lobby.
    pub(crate) async fn all_arrive(&self, visit: &Visit) -> Vec<Waiting> {
        let mut waiting = Vec::new();
        for guest in &visit.guests {
            let (cookie, browser) = (Secret16::mint(), BrowserId::mint());
            let new = NewBrowser {
                id: browser,
                participant: guest.id,
                cookie_hash: cookie.hash(),
                consent_version: 1,
                language: Language::Spanish,
            };
            let arrive = Wish::Arrive { participant: guest.id, browser };
            self.hub.command_from(visit.id, CommandId::mint(), arrive, new).await.unwrap();
            waiting.push(Waiting { seat: guest.id, cookies: format!("seat-{}={}", guest.id, cookie.to_text()) });
        }
        waiting
    }
}

async fn next<R: AsyncRead + Unpin>(lines: &mut Lines<BufReader<R>>) -> Option<String> {
    timeout(PATIENCE, lines.next_line()).await.unwrap_or_else(|_| panic!("the program says nothing")).unwrap()
}
