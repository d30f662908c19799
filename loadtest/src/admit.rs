//! The scenario `admit`: connect, rest, admit, kill, come back.
//!
//! Every step has a time limit. Never leaves a server or a folder behind, also when it is interrupted.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use antesala::auth::links::LinkKey;
use clap::Args;
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::sleep;

use crate::crowd::Crowd;
use crate::doctors::Doctors;
use crate::folder::ThrowAway;
use crate::report::{Percentiles, Report, millis, round};
use crate::server::{Place, Server};
use crate::store::Engine;
use crate::{Failure, hospital, say, summary, tell};

/// Browsers that connect at the same time while the connection rate is measured.
const CONNECTING: usize = 256;

/// How long everybody may take to connect, or to be sent back to the lobby.
const PATIENCE: Duration = Duration::from_secs(120);

/// After how long an admission that did not arrive is lost.
const LOST_AFTER: Duration = Duration::from_secs(10);

/// What the server is given to come to rest before its memory is read, and after everybody was sent back to the lobby.
const COME_TO_REST: Duration = Duration::from_secs(2);

/// How long the server at rest is watched: as long as it takes to ping everybody once.
const REST: Duration = Duration::from_secs(20);

/// File descriptors beyond browsers and doctors.
const SPARE_DESCRIPTORS: u64 = 64;

/// What is measured.
#[derive(Args, Clone, Debug)]
pub(crate) struct Scenario {
    /// People in the lobby, in visits of three. Server and browsers need a file descriptor for each
    #[arg(long, default_value_t = 10_000, value_name = "PEOPLE", value_parser = clap::value_parser!(u32).range(3..=60_000))]
    waiting: u32,

    /// Admissions a second, in all. Each is clicked when it is due, whether or not the one before was answered
    #[arg(long, default_value_t = 500, value_name = "PER SECOND", value_parser = clap::value_parser!(u32).range(1..=20_000))]
    rate: u32,

    /// How long to admit. When everybody is in before that, the clock stops, everybody is sent back to the lobby
    /// (POST …/holds, not measured), and it goes on
    #[arg(long, default_value_t = 30, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..=600))]
    seconds: u32,

    /// Doctors who admit; each has one connection and waits for its answer before sending the next click
    #[arg(long, default_value_t = 64, value_name = "DOCTORS", value_parser = clap::value_parser!(u16).range(1..=500))]
    doctors: u16,

    /// The store: sqlite (embedded, synchronous=FULL), or an empty database that may be filled, as
    /// postgres://user:password@host/database
    #[arg(long, default_value = "sqlite", value_name = "STORE")]
    store: Engine,

    /// Where the throw-away folder is made; beside this program unless set. A folder in memory would make every commit
    /// look free
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,

    /// Print one JSON object instead of a summary
    #[arg(long)]
    json: bool,
}

/// Measures, and says what came out.
pub(crate) fn run(scenario: &Scenario) -> Result<ExitCode, Failure> {
    let runtime = tokio::runtime::Runtime::new()?;
    let report = runtime.block_on(async {
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            report = measure(scenario) => report,
            _ = tokio::signal::ctrl_c() => Err("interrupted".into()),
            _ = terminate.recv() => Err("told to stop".into()),
        }
    });
    runtime.shutdown_timeout(Duration::from_secs(1));
    let report = report?;
    say(&if scenario.json { serde_json::to_string(&report)? } else { summary::of(&report) });
    Ok(if report.is_flawless() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn measure(scenario: &Scenario) -> Result<Report, Failure> {
    allow_descriptors(scenario)?;
    let folder = ThrowAway::make_in(&parent(scenario)?)?;
    let disk_sync = folder.median_sync()?;
    let hospital = write_hospital(scenario, &folder).await?;
    let place = Place::find(folder.path(), &scenario.store)?;
    let server = place.start().await?;
    let process = server.process()?;
    let crowd = Crowd::new(hospital.seats);
    let people = crowd.come(&place);

    tell("connecting");
    let rss_before = process.resident()?;
    let started = Instant::now();
    let connected = crowd.connect(CONNECTING, PATIENCE).await.ok_or("not everybody could connect")?;
    let connect_per_s = crowd.len() as f64 / connected.duration_since(started).as_secs_f64();
    sleep(COME_TO_REST).await;
    let rss = process.resident()?;

    tell("resting");
    let busy = process.busy()?;
    sleep(REST).await;
    let idle = process.busy()?.saturating_sub(busy);

    tell("admitting");
    let doctors = Arc::new(Doctors::come(&hospital.doctors, &place, &crowd));
    let admitted = admit(scenario, &crowd, &doctors, &server).await?;
    let disconnected = crowd.disconnected();

    tell("killing the server, and starting it again");
    server.kill().await?;
    let server = place.start().await?;
    let back = crowd.connect(crowd.len(), PATIENCE).await.ok_or("not everybody came back")?;
    if crowd.attempts_failed() > 0 {
        tell(&format!("{} attempts to connect failed and were repeated", crowd.attempts_failed()));
    }
    let report = Report {
        scenario: "admit",
        store: scenario.store.name(),
        waiting: crowd.len(),
        rate: scenario.rate,
        seconds: scenario.seconds,
        doctors: usize::from(scenario.doctors),
        disk_sync_ms: millis(disk_sync),
        connect_per_s: connect_per_s.round(),
        rss_before_bytes: rss_before,
        rss_bytes_per_socket: (rss.saturating_sub(rss_before) as f64 / crowd.len() as f64).round(),
        idle_cpu_percent: round(idle.as_secs_f64() / REST.as_secs_f64() * 100.0),
        admissions: admitted.clicks,
        click_to_received_ms: Percentiles::of(crowd.latencies()),
        cpu_ms_per_1000_pushes: round(millis(admitted.busy) * 1000.0 / admitted.clicks.max(1) as f64),
        refused: doctors.refused(),
        lost: admitted.lost,
        disconnected,
        back_after_restart_s: round(back.duration_since(server.started).as_secs_f64()),
        back_after_ready_s: round(back.duration_since(server.ready).as_secs_f64()),
        forgotten: crowd.forgotten(),
    };
    drop(people);
    server.kill().await?;
    Ok(report)
}

struct Admitted {
    clicks: usize,
    lost: usize,
    /// The server's processor time meanwhile.
    busy: Duration,
}

async fn admit(
    scenario: &Scenario,
    crowd: &Arc<Crowd>,
    doctors: &Arc<Doctors>,
    server: &Server,
) -> Result<Admitted, Failure> {
    let process = server.process()?;
    let mut left = scenario.rate as usize * scenario.seconds as usize;
    let mut sum = Admitted { clicks: left, lost: 0, busy: Duration::ZERO };
    loop {
        let numbers = 0..left.min(crowd.len());
        left -= numbers.len();
        let busy = process.busy()?;
        let (clicking, watched, rate, now) = (Arc::clone(doctors), Arc::clone(crowd), scenario.rate, numbers.clone());
        tokio::task::spawn_blocking(move || clicking.admit(&watched, now, rate)).await?;
        sum.lost += crowd.settle(LOST_AFTER).await;
        sum.busy += process.busy()?.saturating_sub(busy);
        tell(&format!("{} of {} admitted, {} refused", numbers.len(), sum.clicks, doctors.refused()));
        if left == 0 {
            return Ok(sum);
        }
        doctors.hold(crowd, numbers);
        if !crowd.all_held(PATIENCE).await {
            let (lost, refused, gone) = (sum.lost, doctors.refused(), crowd.disconnected());
            return Err(format!(
                "not everybody could be sent back to the lobby: {lost} admissions lost, {refused} clicks refused, {gone} disconnected"
            )
            .into());
        }
        sleep(COME_TO_REST).await;
    }
}

async fn write_hospital(scenario: &Scenario, folder: &ThrowAway) -> Result<hospital::Hospital, Failure> {
    tell(&format!("writing a hospital with {} people waiting", scenario.waiting));
    let store = scenario.store.open(folder.path()).await?;
    let key = LinkKey::load_or_create(&folder.path().join("link.key"))?;
    hospital::write(store, key, usize::from(scenario.doctors), scenario.waiting as usize).await
}

/// Both processes hold one descriptor per browser, and the server inherits this one's limit.
fn allow_descriptors(scenario: &Scenario) -> Result<(), Failure> {
    let wanted = u64::from(scenario.waiting) + u64::from(scenario.doctors) + SPARE_DESCRIPTORS;
    let allowed = rlimit::increase_nofile_limit(wanted)?;
    if allowed < wanted {
        return Err(format!("a process may open {allowed} files here, and this needs {wanted}: raise `ulimit -Hn` or take fewer --waiting").into());
    }
    Ok(())
}

fn parent(scenario: &Scenario) -> Result<PathBuf, Failure> {
    if let Some(folder) = &scenario.folder {
        return Ok(folder.clone());
    }
    let program = std::env::current_exe()?;
    Ok(program.parent().ok_or("this program lies in no folder; name one with --folder")?.to_owned())
}
