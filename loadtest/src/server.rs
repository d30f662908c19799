//! The server under test: this same program, started once more as a process of its own.
//!
//! Never ends another process than the one it started.

use std::fs::File;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::process::{Child, Command};
use tokio::time::sleep;

use crate::Failure;
use crate::http::Connection;
use crate::process::Process;
use crate::store::Engine;

/// How long a start may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often readiness is asked for.
const ASK_EVERY: Duration = Duration::from_millis(2);

/// Where a server is started, and restarted.
#[derive(Clone)]
pub(crate) struct Place {
    address: SocketAddr,
    data: PathBuf,
    engine: Engine,
    carrier: Option<SocketAddr>,
}

/// A running server; ends with this value.
pub(crate) struct Server {
    child: Child,
    /// When it was started.
    pub(crate) started: Instant,
    /// When it first said that it is ready.
    pub(crate) ready: Instant,
}

impl Place {
    /// A free port of this machine.
    pub(crate) fn find(data: &Path, engine: &Engine) -> io::Result<Self> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        Ok(Self { address, data: data.to_owned(), engine: engine.clone(), carrier: None })
    }

    /// The same, with text messages going to a provider there.
    pub(crate) fn sending_to(self, carrier: SocketAddr) -> Self {
        Self { carrier: Some(carrier), ..self }
    }

    /// Where to connect.
    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What browsers send as `Origin`, and without its scheme as `Host`.
    pub(crate) fn host(&self) -> String {
        format!("localhost:{}", self.address.port())
    }

    /// Starts a server here and waits until it is ready.
    pub(crate) async fn start(&self) -> Result<Server, Failure> {
        let log = File::options().create(true).append(true).open(self.log())?;
        let started = Instant::now();
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["server", "antesala", "serve", "--data"]).arg(&self.data);
        command.args(["--listen", &self.address.to_string()]);
        // The settings of whoever measures are not part of the measurement.
        command.env_clear().envs(self.engine.url().map(|url| ("DATABASE_URL", url)));
        if let Some(carrier) = self.carrier {
            command.env("ANTESALA_SMS", "twilio").env("ANTESALA_TWILIO_URL", format!("http://{carrier}"));
            command.env("ANTESALA_TWILIO_ACCOUNT_SID", "AC1").env("ANTESALA_TWILIO_AUTH_TOKEN", "token");
            command.env("ANTESALA_TWILIO_FROM", "+15005550006").env("ANTESALA_SMS_DAILY_LIMIT", "0");
        }
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).kill_on_drop(true);
        let mut child = command.spawn()?;
        loop {
            if is_ready(self.address, &self.host()).await {
                return Ok(Server { child, started, ready: Instant::now() });
            }
            if child.try_wait()?.is_some() || started.elapsed() > PATIENCE {
                let log = std::fs::read_to_string(self.log()).unwrap_or_default();
                return Err(format!("the server did not start; its log says:\n{log}").into());
            }
            sleep(ASK_EVERY).await;
        }
    }

    fn log(&self) -> PathBuf {
        self.data.join("server.log")
    }
}

impl Server {
    /// The process, while it runs.
    pub(crate) fn process(&self) -> io::Result<Process> {
        self.child.id().map(Process).ok_or_else(|| io::Error::other("the server has ended"))
    }

    /// Ends it without a warning, as a power cut would.
    pub(crate) async fn kill(mut self) -> io::Result<()> {
        self.child.kill().await
    }
}

async fn is_ready(address: SocketAddr, host: &str) -> bool {
    let Ok(mut connection) = Connection::open(address).await else { return false };
    let request = format!("GET /readyz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    matches!(connection.ask(&request).await, Ok(200))
}
