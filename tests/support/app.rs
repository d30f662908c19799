//! A whole node for tests: on a port and a database of its own, with a clock that is moved by hand.
//!
//! Each promise is tested on every engine there is; a failure names the one it happened on. Never shares a hospital between
//! two tests.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "not every test needs all of it")]

use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use antesala::app::Node;
use antesala::auth::links::LinkKey;
use antesala::clock::Clock;
use antesala::config::Settings;
use antesala::hub::Hub;
use antesala::messages::Messages;
use antesala::store::Store;
use antesala::telemetry;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clap::Parser;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use tokio::sync::oneshot;

use crate::browser::Browser;
use crate::database::{ServerDatabase, empty_postgres};
use crate::hospital::{self, Hospital};

/// When every test begins: a Monday morning in Mexico City.
pub(crate) const BEGINNING: &str = "2026-11-23T15:00:00Z";

/// The token that opens the metrics of a node under test.
pub(crate) const METRICS_TOKEN: &str = "a-token-for-the-metrics-of-a-test";

/// What a test sets before its node starts.
pub(crate) type Wish = fn(&mut Settings);

/// A running node with a hospital in it.
pub(crate) struct TestApp {
    /// The database, for failure messages.
    pub(crate) engine: &'static str,
    /// Who works there and who is treated.
    pub(crate) hospital: Hospital,
    /// Stands still until it is moved.
    pub(crate) clock: Clock,
    /// The node's hub.
    pub(crate) hub: Hub,
    /// The node's store.
    pub(crate) store: Store,
    /// The node's messages.
    pub(crate) messages: Messages,
    /// Where it listens, on this machine.
    pub(crate) port: u16,
    /// What it calls itself in links and checks in `Origin`.
    pub(crate) origin: String,
    settings: Settings,
    running: Option<Running>,
    place: Place,
}

/// What outlives a node.
struct Place {
    data: Option<TempDir>,
    database: Option<ServerDatabase>,
}

struct Running {
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

/// What the node's thread hands out.
struct Started {
    hub: Hub,
    store: Store,
    messages: Messages,
    port: u16,
    origin: String,
}

/// Names the engine when a test fails on it.
struct Naming(&'static str);

#[derive(Parser)]
struct Defaults {
    #[command(flatten)]
    settings: Settings,
}

/// Runs a test on every engine there is.
pub(crate) async fn on_each(test: impl AsyncFn(&TestApp)) {
    on_each_with(|_| {}, test).await;
}

/// Runs a test on every engine there is, with settings of its own.
pub(crate) async fn on_each_with(wish: Wish, test: impl AsyncFn(&TestApp)) {
    for app in [Some(TestApp::on_sqlite(wish).await), TestApp::on_postgres(wish).await].into_iter().flatten() {
        let naming = Naming(app.engine);
        test(&app).await;
        drop(naming);
    }
}

/// Runs a test on every engine there is, and lets it have the node.
pub(crate) async fn own_on_each(test: impl AsyncFn(TestApp)) {
    for app in [Some(TestApp::on_sqlite(|_| {}).await), TestApp::on_postgres(|_| {}).await].into_iter().flatten() {
        let naming = Naming(app.engine);
        test(app).await;
        drop(naming);
    }
}

impl TestApp {
    /// A node whose data folder a program under test will take over: its visits are of today.
    pub(crate) async fn of_today() -> Self {
        Self::open("SQLite", None, |_| {}, Clock::system()).await
    }

    async fn on_sqlite(wish: Wish) -> Self {
        Self::open("SQLite", None, wish, at_the_beginning()).await
    }

    async fn on_postgres(wish: Wish) -> Option<Self> {
        let database = empty_postgres().await?;
        Some(Self::open("PostgreSQL", Some(database), wish, at_the_beginning()).await)
    }

    async fn open(engine: &'static str, database: Option<ServerDatabase>, wish: Wish, clock: Clock) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut settings = Defaults::try_parse_from(["test"]).unwrap().settings;
        settings.data = data.path().to_owned();
        settings.database_url = database.as_ref().map(|database| database.url.clone());
        settings.listen = "127.0.0.1:0".parse().unwrap();
        settings.public_url = None;
        settings.workers = Some(2);
        settings.hospital = "Hospital San Telmo".to_owned();
        settings.metrics_token = Some(METRICS_TOKEN.to_owned().into());
        wish(&mut settings);
        let (running, started) = start(&settings, &clock);
        let hospital = hospital::found(&started.store, clock.now()).await;
        let place = Place { data: Some(data), database };
        Self::with(engine, hospital, clock, settings, running, started, place)
    }

    /// Stops the node and starts another one with the same database, as after a deploy.
    pub(crate) fn restarted(mut self) -> Self {
        self.stop();
        let (running, started) = start(&self.settings, &self.clock);
        self.running = Some(running);
        self.hub = started.hub;
        self.store = started.store;
        self.messages = started.messages;
        self.port = started.port;
        self.origin = started.origin;
        self
    }

    /// Stops the node and hands its data folder over.
    pub(crate) fn into_folder(mut self) -> TempDir {
        self.stop();
        self.place.data.take().unwrap()
    }

    /// Lets time pass.
    pub(crate) fn later(&self, by: SignedDuration) {
        self.clock.advance(by);
    }

    /// The time.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The last part of the address at which a gateway reports.
    pub(crate) fn callback_secret(&self) -> String {
        let key = LinkKey::parse(self.settings.link_key.as_ref().unwrap()).unwrap();
        URL_SAFE_NO_PAD.encode(key.derive(b"reports of the SMS gateway"))
    }

    /// A browser nobody has used yet.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.port, &self.origin)
    }

    /// Takes the database away. Says whether it could: there is no taking away a file that is open.
    pub(crate) fn lose_database(&self) -> bool {
        let Some(database) = &self.place.database else { return false };
        database.remove();
        true
    }

    fn with(
        engine: &'static str,
        hospital: Hospital,
        clock: Clock,
        settings: Settings,
        running: Running,
        started: Started,
        place: Place,
    ) -> Self {
        let Started { hub, store, messages, port, origin } = started;
        Self { engine, hospital, clock, hub, store, messages, port, origin, settings, running: Some(running), place }
    }

    fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            // A node that has failed by itself no longer listens for this.
            running.stop.send(()).ok();
            running.thread.join().unwrap_or_else(|_| eprintln!("the node under test failed"));
        }
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Drop for Naming {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("this was on {}", self.0);
        }
    }
}

fn at_the_beginning() -> Clock {
    Clock::manual(BEGINNING.parse().unwrap())
}

fn start(settings: &Settings, clock: &Clock) -> (Running, Started) {
    telemetry::start_metrics();
    let (tell, told) = mpsc::channel();
    let (stop, stopped) = oneshot::channel();
    let (settings, clock) = (settings.clone(), clock.clone());
    let thread = std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let node = Node::start(&settings, clock).await.unwrap();
            let site = node.site();
            let started = Started {
                hub: site.hub.clone(),
                store: site.store.clone(),
                messages: site.messages.clone(),
                port: node.port(),
                origin: node.public_url().origin().to_owned(),
            };
            tell.send(started).unwrap();
            let told_to_stop = async {
                // The test that is gone needs no node either.
                stopped.await.ok();
            };
            node.run_until(told_to_stop).await.unwrap();
        });
    });
    match told.recv_timeout(Duration::from_secs(30)) {
        Ok(started) => (Running { stop, thread }, started),
        Err(_) => panic!("the node under test did not start: {:?}", thread.join().err()),
    }
}
