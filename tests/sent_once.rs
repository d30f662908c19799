//! The promise that costs most to keep: the program is killed between the provider's taking a message and our commit, and
//! still each message goes out once.
//!
//! `KILL_RUNS` says how often (three times on each database unless set). Whatever is drawn follows from a seed, which a
//! failure prints. Never waits for a lease to end: the clock on the rows is turned back instead.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/database.rs"]
mod database;
#[path = "support/stub.rs"]
mod stub;
#[path = "support/twilio.rs"]
mod twilio;
#[path = "support/visit.rs"]
mod visit;

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use antesala::clock::Clock;
use antesala::domain::booking::Timing;
use antesala::store::migrations::migrate_sqlite;
use antesala::store::sqlite::Sqlite;
use antesala::store::{Batch, Store};
use secrecy::ExposeSecret;
use tempfile::TempDir;

use database::{TestStore, postgres_store};
use twilio::{ACCOUNT, FakeTwilio, Moment, NUMBER, TOKEN};
use visit::{Wish, booked, scheduled};

/// Messages that are due in each run.
const DUE: usize = 4;

/// Where the program keeps everything.
enum Hospital {
    Folder(TempDir),
    Server(TestStore, TempDir),
}

/// When the program is killed.
#[derive(Clone, Copy, Debug)]
enum Death {
    /// The provider was asked and has taken nothing.
    Asked,
    /// The provider has taken it; its answer is not on its way yet.
    Taken,
    /// So many microseconds later, while answers are read and commits are made.
    Later(u64),
}

#[tokio::test]
async fn killed_between_the_providers_taking_and_our_commit_nothing_is_lost_and_nothing_doubled_in_a_file() {
    kill_and_count(Hospital::in_a_folder().await).await;
}

#[tokio::test]
async fn killed_between_the_providers_taking_and_our_commit_nothing_is_lost_and_nothing_doubled_on_a_server() {
    if let Some(store) = postgres_store().await {
        kill_and_count(Hospital::Server(store, tempfile::tempdir().unwrap())).await;
    }
}

async fn kill_and_count(hospital: Hospital) {
    let runs: usize = std::env::var("KILL_RUNS").map_or(3, |runs| runs.parse().unwrap());
    let seed = std::env::var("KILL_SEED").map_or_else(|_| u64::from(std::process::id()), |seed| seed.parse().unwrap());
    let mut draw = Draw(seed | 1);
    let twilio = FakeTwilio::start(Clock::system());
    for run in 0..runs {
        book(&hospital, run).await;
        let nth = draw.below(DUE as u64) as usize;
        let death = match run % 3 {
            0 => Death::Taken,
            1 => Death::Later(draw.below(20_000)),
            _ => Death::Asked,
        };
        let story = format!("run {run}, seed {seed}: {death:?} at message {nth}");
        killed(&hospital, &twilio, nth, death);
        twilio.watch(|_| {});
        let expected = (run + 1) * DUE;
        for _ in 0..6 {
            turn_back(&hospital).await;
            serve_until(&hospital, &twilio, expected);
            if unsettled(&hospital).await == 0 {
                break;
            }
        }
        check(&hospital, &twilio, expected, &story).await;
    }
}

impl Hospital {
    async fn in_a_folder() -> Self {
        let folder = tempfile::tempdir().unwrap();
        migrate_sqlite(&folder.path().join("antesala.db")).await.unwrap();
        Self::Folder(folder)
    }

    fn store(&self) -> Store {
        match self {
            Self::Folder(folder) => Store::new(Sqlite::open(&folder.path().join("antesala.db")).unwrap()),
            Self::Server(store, _) => store.store.clone(),
        }
    }

    /// The program, in this hospital, with this provider.
    fn start(&self, twilio: &FakeTwilio) -> Child {
        let (Self::Folder(folder) | Self::Server(_, folder)) = self;
        let mut command = Command::new(env!("CARGO_BIN_EXE_antesala"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("ANTESALA_") || name == "DATABASE_URL") {
            command.env_remove(name);
        }
        if let Self::Server(store, _) = self {
            command.env("DATABASE_URL", store.url().unwrap().expose_secret());
        }
        command.env("ANTESALA_DATA", folder.path()).env("ANTESALA_LISTEN", "127.0.0.1:0");
        command.env("ANTESALA_SMS", "twilio").env("ANTESALA_TWILIO_URL", &twilio.url);
        command.env("ANTESALA_TWILIO_ACCOUNT_SID", ACCOUNT).env("ANTESALA_TWILIO_AUTH_TOKEN", TOKEN);
        command.env("ANTESALA_TWILIO_FROM", NUMBER).env("ANTESALA_WORKERS", "1");
        command.current_dir(folder.path()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    }
}

/// Visits that begin now, each of somebody with a number of their own.
async fn book(hospital: &Hospital, run: usize) {
    let (store, now) = (hospital.store(), Clock::system().now());
    for place in 0..DUE {
        let phone = Some(&*format!("+52551{:07}", run * DUE + place).leak());
        booked(&store, now, Wish { phone, timing: Timing::Now, ..scheduled(now) }).await;
    }
}

/// Runs the program until it is killed at its `nth` message.
fn killed(hospital: &Hospital, twilio: &FakeTwilio, nth: usize, death: Death) {
    let victim = Arc::new(Mutex::new(None::<u32>));
    let (known, seen) = (Arc::clone(&victim), AtomicUsize::new(0));
    let awaited = if matches!(death, Death::Asked) { Moment::Asked } else { Moment::Kept };
    twilio.watch(move |moment| {
        if moment != awaited || seen.fetch_add(1, Ordering::SeqCst) != nth {
            return;
        }
        let kill = {
            let known = Arc::clone(&known);
            move || {
                let id = known.lock().unwrap().unwrap();
                assert!(Command::new("kill").args(["-9", &id.to_string()]).status().unwrap().success());
            }
        };
        match death {
            Death::Later(micros) => drop(std::thread::spawn(move || {
                std::thread::sleep(Duration::from_micros(micros));
                kill();
            })),
            Death::Asked | Death::Taken => kill(),
        }
    });
    // Held until the number is there: the program may be quicker than we are.
    let mut held = victim.lock().unwrap();
    let mut program = hospital.start(twilio);
    *held = Some(program.id());
    drop(held);
    program.wait().unwrap();
}

/// Lets the program work until the provider has all it should, then asks it to stop, which finishes what is in hand.
fn serve_until(hospital: &Hospital, twilio: &FakeTwilio, expected: usize) {
    let mut program = hospital.start(twilio);
    let begun = Instant::now();
    while twilio.taken().len() < expected && begun.elapsed() < Duration::from_secs(8) {
        std::thread::sleep(Duration::from_millis(20));
    }
    // It may also be about to send something once more: that must show.
    std::thread::sleep(Duration::from_millis(1500));
    assert!(Command::new("kill").args(["-TERM", &program.id().to_string()]).status().unwrap().success());
    program.wait().unwrap();
}

/// Leases end and what was handed over settles, without waiting for it.
async fn turn_back(hospital: &Hospital) {
    const BACK: &str = "UPDATE outbox SET next_try_at = next_try_at - 200000000, handed_at = handed_at - 200000000 \
         WHERE status IN ('pending', 'sending', 'unknown')";
    let mut batch = Batch::new();
    batch.run(BACK, vec![]);
    hospital.store().write(batch).await.unwrap();
}

async fn unsettled(hospital: &Hospital) -> i64 {
    let sql = "SELECT COUNT(*) FROM outbox WHERE status <> 'accepted'";
    hospital.store().read_one(sql, vec![]).await.unwrap().unwrap().int(0).unwrap()
}

/// Compares what the provider took with what the store says of it.
async fn check(hospital: &Hospital, twilio: &FakeTwilio, expected: usize, story: &str) {
    let mut history: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for taken in twilio.taken() {
        let (_, message) = taken.callback.as_deref().unwrap().split_once("message=").unwrap();
        history.entry(message.to_owned()).or_default().push(taken.sid);
    }
    let rows = hospital.store().read("SELECT id, status, provider_id FROM outbox ORDER BY id", vec![]).await.unwrap();
    assert_eq!(rows.len(), expected, "{story}");
    for row in &rows {
        let (id, status, sid) = (row.text(0).unwrap(), row.text(1).unwrap(), row.text_or_null(2).unwrap());
        let taken = history.remove(id).unwrap_or_default();
        assert_eq!(taken.len(), 1, "{story}: {id} ({status}) was taken {} times", taken.len());
        assert_eq!((status, sid), ("accepted", taken.first().map(String::as_str)), "{story}: {id}");
    }
    assert!(history.is_empty(), "{story}: the provider has messages of nobody: {history:?}");
}

/// Numbers that follow from a seed (xorshift).
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}
