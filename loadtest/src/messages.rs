//! The scenario `messages`: thousands of text messages are due at once, and staff go on working.
//!
//! The provider is a stub with latency that takes only so many a second ([`crate::carrier`]). While nothing is due, and again
//! while the outbox drains, a doctor and a clerk ask for their pages without pause; the server's memory is read meanwhile.
//!
//! Never leaves a server behind, and never sends anything anywhere.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use antesala::auth::links::LinkKey;
use antesala::clock::Clock;
use antesala::store::{Batch, Store};
use clap::Args;
use jiff::SignedDuration;
use serde::Serialize;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use crate::carrier::Carrier;
use crate::folder::ThrowAway;
use crate::hospital;
use crate::http::Connection;
use crate::process::Process;
use crate::report::{Percentiles, round};
use crate::server::Place;
use crate::store::Engine;
use crate::{Failure, say, tell};

/// How many doctors the visits belong to.
const DOCTORS: usize = 500;

/// How long pages are asked for while nothing is due.
const BEFORE: Duration = Duration::from_secs(8);

/// From the writing of the hospital until everything is due.
const DUE_IN: SignedDuration = SignedDuration::from_secs(20);

/// How long the outbox may take to drain.
const PATIENCE: Duration = Duration::from_secs(1800);

/// Between two looks at the memory and at what was taken.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// Between two pages of one reader.
const PAGE_EVERY: Duration = Duration::from_millis(20);

/// What is measured.
#[derive(Args, Clone, Debug)]
pub(crate) struct Scenario {
    /// Messages that are due at once
    #[arg(long, default_value_t = 10_000, value_name = "MESSAGES", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    due: u32,

    /// How many the provider takes a second; beyond, it answers 429
    #[arg(long, default_value_t = 100, value_name = "MESSAGES", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pace: u32,

    /// How long the provider takes to answer, in milliseconds
    #[arg(long, default_value_t = 150, value_name = "MILLISECONDS")]
    latency: u64,

    /// The store: sqlite (embedded), or an empty database that may be filled, as
    /// postgres://user:password@host/database
    #[arg(long, default_value = "sqlite", value_name = "STORE")]
    store: Engine,

    /// Print one JSON object instead of a summary
    #[arg(long)]
    json: bool,
}

/// Figures of one measurement.
#[derive(Debug, Serialize)]
struct Report {
    scenario: &'static str,
    store: &'static str,
    due: usize,
    pace: u32,
    latency_ms: u64,
    drained_in_s: f64,
    per_s: f64,
    refused: u64,
    lost: usize,
    doubled: usize,
    rss_before_bytes: u64,
    rss_peak_bytes: u64,
    pages_before_ms: Percentiles,
    pages_meanwhile_ms: Percentiles,
}

/// Measures, and says what came out.
pub(crate) fn run(scenario: &Scenario) -> Result<ExitCode, Failure> {
    let runtime = tokio::runtime::Runtime::new()?;
    let report = runtime.block_on(async {
        tokio::select! {
            report = measure(scenario) => report,
            _ = tokio::signal::ctrl_c() => Err("interrupted".into()),
        }
    });
    runtime.shutdown_timeout(Duration::from_secs(1));
    let report = report?;
    say(&if scenario.json { serde_json::to_string(&report)? } else { summary(&report) });
    Ok(if report.lost + report.doubled == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn measure(scenario: &Scenario) -> Result<Report, Failure> {
    let program = std::env::current_exe()?;
    let folder = ThrowAway::make_in(program.parent().ok_or("this program lies in no folder")?)?;
    tell(&format!("writing a hospital with {} messages", scenario.due));
    let store = scenario.store.open(folder.path()).await?;
    let key = LinkKey::load_or_create(&folder.path().join("link.key"))?;
    let hospital = hospital::write(store.clone(), key, DOCTORS, scenario.due as usize).await?;
    let due = due_at_once(&store, scenario.due).await?;
    let carrier = Carrier::start(Duration::from_millis(scenario.latency), scenario.pace).await?;
    let place = Place::find(folder.path(), &scenario.store)?.sending_to(carrier.address);
    let server = place.start().await?;
    let process = server.process()?;

    tell("pages while nothing is due");
    let readers = hospital.doctors.iter().take(2).cloned().collect::<Vec<_>>();
    let pages_before = pages_for(&place, &readers, sleep(BEFORE)).await?;
    if carrier.taken() > 0 {
        return Err("messages were due before their time: this machine is too slow for the pause".into());
    }
    let rss_before_bytes = process.resident()?;

    tell("all are due");
    let drained = drained(&carrier, due, process);
    let mut outcome = (Duration::ZERO, 0);
    let pages_meanwhile = pages_for(&place, &readers, async {
        outcome = drained.await;
    })
    .await?;
    let (drained_in, rss_peak_bytes) = outcome;
    // Whatever was to come twice has come by now.
    sleep(Duration::from_secs(3)).await;
    let report = Report {
        scenario: "messages",
        store: scenario.store.name(),
        due,
        pace: scenario.pace,
        latency_ms: scenario.latency,
        drained_in_s: round(drained_in.as_secs_f64()),
        per_s: round(carrier.taken() as f64 / drained_in.as_secs_f64()),
        refused: carrier.refused(),
        lost: due.saturating_sub(carrier.taken()),
        doubled: carrier.doubled(),
        rss_before_bytes,
        rss_peak_bytes,
        pages_before_ms: Percentiles::of(pages_before),
        pages_meanwhile_ms: Percentiles::of(pages_meanwhile),
    };
    server.kill().await?;
    Ok(report)
}

/// Leaves `count` links in the outbox, all due a little later; returns how many there are.
async fn due_at_once(store: &Store, count: u32) -> Result<usize, Failure> {
    let due = Clock::system().now() + DUE_IN;
    let mut batch = Batch::new();
    batch.run("DELETE FROM outbox WHERE template <> 'link'", vec![]);
    batch.run("UPDATE outbox SET status = 'pending', reason = NULL, due_at = $1, next_try_at = $1", vec![due.into()]);
    batch.run(
        "DELETE FROM outbox WHERE id NOT IN (SELECT id FROM outbox ORDER BY id LIMIT $1)",
        vec![i64::from(count).into()],
    );
    store.write(batch).await?;
    let rows = store.read("SELECT COUNT(*) FROM outbox", vec![]).await?;
    let count = rows.first().map(|row| row.int(0)).transpose()?.unwrap_or(0);
    Ok(usize::try_from(count)?)
}

/// How long it took from the first to the last, and the most memory meanwhile.
async fn drained(carrier: &Carrier, due: usize, process: Process) -> (Duration, u64) {
    let (mut first, mut peak) = (None, 0);
    let given_up = Instant::now() + PATIENCE;
    loop {
        let taken = carrier.taken();
        if taken > 0 {
            first.get_or_insert_with(Instant::now);
        }
        peak = peak.max(process.resident().unwrap_or(0));
        if taken >= due || Instant::now() > given_up {
            return (first.map_or(Duration::ZERO, |first| first.elapsed()), peak);
        }
        sleep(LOOK_EVERY).await;
    }
}

/// How long pages took that each reader asked for until `enough`.
async fn pages_for(
    place: &Place,
    readers: &[String],
    enough: impl Future<Output = ()>,
) -> Result<Vec<Duration>, Failure> {
    let (stop, stopped) = watch::channel(false);
    let reading: Vec<_> =
        readers.iter().map(|cookie| tokio::spawn(read(place.clone(), cookie.clone(), stopped.clone()))).collect();
    enough.await;
    stop.send_replace(true);
    let mut times = Vec::new();
    for reader in reading {
        times.extend(reader.await??);
    }
    Ok(times)
}

async fn read(place: Place, cookie: String, stopped: watch::Receiver<bool>) -> Result<Vec<Duration>, Failure> {
    let mut connection = Connection::open(place.address()).await?;
    let mut times = Vec::new();
    let host = place.host();
    while !*stopped.borrow() {
        for path in ["/board", "/messages", "/agenda"] {
            let request = format!(
                "GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: antesala={cookie}\r\nAccept: text/html\r\n\r\n"
            );
            let started = Instant::now();
            let status = timeout(Duration::from_secs(20), connection.ask(&request)).await??;
            if status != 200 {
                return Err(format!("{path}: answered {status}").into());
            }
            times.push(started.elapsed());
            sleep(PAGE_EVERY).await;
        }
    }
    Ok(times)
}

fn summary(report: &Report) -> String {
    let megabytes = |bytes: u64| bytes as f64 / 1_000_000.0;
    let pages = |times: &Percentiles| format!("{:.1}, {:.1}, {:.1} ms", times.p50, times.p99, times.max);
    [
        format!("{} messages due at once, {} store", report.due, report.store),
        format!("the provider takes            {} a second, each in {} ms", report.pace, report.latency_ms),
        format!("drained in                    {:.1} s, {:.1} a second", report.drained_in_s, report.per_s),
        format!("answered 429                  {}", report.refused),
        format!("lost, doubled                 {}, {}", report.lost, report.doubled),
        format!(
            "server memory                 {:.1} MB before, {:.1} MB at most",
            megabytes(report.rss_before_bytes),
            megabytes(report.rss_peak_bytes)
        ),
        format!("pages before, p50 p99 longest {}", pages(&report.pages_before_ms)),
        format!("pages meanwhile               {}", pages(&report.pages_meanwhile_ms)),
    ]
    .join("\n")
}
