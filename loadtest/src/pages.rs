//! The scenario `pages`: staff of a hospital of real size look at their pages, one after the other.
//!
//! The hospital is the product's own `demo --size hospital`. A page's time runs from the first byte of the request to the last
//! of the answer, on a connection that stays open: what the server needs, and a little of this machine's loopback.
//!
//! Never leaves a server behind, and never a folder that it was not told to keep.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};
use std::time::{Duration, Instant};

use antesala::clock::Clock;
use clap::Args;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::folder::ThrowAway;
use crate::http::{Connection, Received};
use crate::report::{millis, round};
use crate::store::Engine;
use crate::{Failure, say, tell};

/// How long the hospital may take to be written.
const WRITTEN_WITHIN: Duration = Duration::from_secs(3600);

/// How long one page may take before the measurement is given up.
const PATIENCE: Duration = Duration::from_secs(20);

/// Requests that are not measured, before those that are.
const WARMING: usize = 10;

/// What clerks type, letter by letter: names, two words, a record number, digits of a phone.
const TYPED: [&str; 24] = [
    "m",
    "ma",
    "mar",
    "mari",
    "maria",
    "maria g",
    "maria gar",
    "garcia",
    "g",
    "go",
    "gom",
    "gomez",
    "gomez r",
    "jo",
    "jos",
    "jose lui",
    "hernandez",
    "zu",
    "zuñ",
    "st-0",
    "st-0123",
    "st-012345",
    "5500",
    "33000012",
];

/// What is measured.
#[derive(Args, Clone, Debug)]
pub(crate) struct Scenario {
    /// Requests for each page
    #[arg(long, default_value_t = 200, value_name = "REQUESTS", value_parser = clap::value_parser!(u32).range(20..=100_000))]
    requests: u32,

    /// The store: sqlite (embedded), or a PostgreSQL database that is empty or holds an earlier demo, as
    /// postgres://user:password@host/database
    #[arg(long, default_value = "sqlite", value_name = "STORE")]
    store: Engine,

    /// Keep the hospital in this folder; one that is there already is measured as it is
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,

    /// Print one JSON object instead of a table
    #[arg(long)]
    json: bool,
}

/// Figures of one measurement.
#[derive(Debug, Serialize)]
struct Report {
    scenario: &'static str,
    store: &'static str,
    requests: u32,
    ready_after_s: f64,
    pages: Vec<Page>,
}

/// Figures of one page, in milliseconds.
#[derive(Debug, Serialize)]
struct Page {
    page: &'static str,
    p50: f64,
    p95: f64,
    p99: f64,
    max: f64,
    /// The longest answer.
    bytes: usize,
}

/// What `antesala demo --json` prints.
#[derive(Deserialize)]
struct Welcome {
    url: String,
    sign_ins: Vec<SignIn>,
}

#[derive(Deserialize)]
struct SignIn {
    role: String,
    email: String,
    password: String,
}

/// A running hospital; it ends with this value.
struct Hospital {
    _child: Child,
    welcome: Welcome,
}

/// Somebody's browser.
struct Browser {
    connection: Connection,
    address: SocketAddr,
    host: String,
    cookie: String,
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
    say(&if scenario.json { serde_json::to_string(&report)? } else { table(&report) });
    Ok(ExitCode::SUCCESS)
}

async fn measure(scenario: &Scenario) -> Result<Report, Failure> {
    let program = std::env::current_exe()?;
    let beside = program.parent().ok_or("this program lies in no folder")?;
    let throw_away = if scenario.data.is_some() { None } else { Some(ThrowAway::make_in(beside)?) };
    let data = scenario.data.as_deref().or_else(|| throw_away.as_ref().map(ThrowAway::path)).unwrap_or(beside);
    tell("writing the hospital, unless it is there");
    let started = Instant::now();
    let hospital = Hospital::open(&program, data, &scenario.store).await?;
    let ready_after_s = round(started.elapsed().as_secs_f64());
    let mut clerk = Browser::sign_in(&hospital.welcome, "clerk").await?;
    let mut doctor = Browser::sign_in(&hospital.welcome, "doctor").await?;
    let today: Date = Clock::system().now().to_string().get(..10).unwrap_or_default().parse()?;
    let back = |days: i64| format!("/history?from={}&to={today}", today.saturating_sub(days.days()));
    let count = scenario.requests as usize;
    let mut pages = Vec::new();
    let mut add = |page: Page| {
        tell(&format!("{}: p50 {} ms, p99 {} ms", page.page, page.p50, page.p99));
        pages.push(page);
    };
    let day = |number: usize| today.saturating_sub(i64::try_from(number % 60).unwrap_or_default().days());
    add(clerk.time("search as you type", count, |number| Ask::Search(typed(number))).await?);
    add(doctor
        .time("agenda, a doctor's day", count, |number| Ask::Get(format!("/agenda?day={}", day(number))))
        .await?);
    let of_service = |number| Ask::Get(format!("/agenda?service=follow_up&day={}", day(number)));
    add(clerk.time("agenda, a service's day", count, of_service).await?);
    add(clerk
        .time("agenda, everybody's day", count, |number| Ask::Get(format!("/agenda?day={}", day(number))))
        .await?);
    add(clerk.time("agenda, everybody's today", count, |_| Ask::Get("/agenda".to_owned())).await?);
    add(doctor.time("board, a doctor's", count, |_| Ask::Get("/board".to_owned())).await?);
    add(clerk.time("board, the clinic's", count, |_| Ask::Get("/visits".to_owned())).await?);
    add(clerk.time("history and charts, 30 days", count, |_| Ask::Get("/history".to_owned())).await?);
    add(clerk.time("history and charts, 90 days", count, |_| Ask::Get(back(89))).await?);
    add(clerk.time("history and charts, a year", count, |_| Ask::Get(back(364))).await?);
    add(clerk.time("history, page 100 of a year", count, |_| Ask::Get(format!("{}&page=100", back(364)))).await?);
    add(doctor.time("history, a doctor's year", count, |_| Ask::Get(back(364))).await?);
    Ok(Report { scenario: "pages", store: scenario.store.name(), requests: scenario.requests, ready_after_s, pages })
}

/// What a browser asks for.
enum Ask {
    Get(String),
    Search(&'static str),
}

fn typed(number: usize) -> &'static str {
    TYPED.get(number % TYPED.len()).copied().unwrap_or("ma")
}

impl Hospital {
    async fn open(program: &Path, data: &Path, engine: &Engine) -> Result<Self, Failure> {
        let mut command = Command::new(program);
        command.args(["server", "antesala", "demo", "--size", "hospital", "--json", "--port", "0", "--data"]).arg(data);
        if let Some(url) = engine.url() {
            command.args(["--database-url", url]);
        }
        // The settings of whoever measures are not part of the measurement.
        command.env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn()?;
        let output = child.stdout.take().ok_or("the hospital has no output")?;
        let mut lines = BufReader::new(output).lines();
        // Log lines may come first: the welcome is the one with people to sign in as.
        let welcome = timeout(WRITTEN_WITHIN, async {
            while let Some(line) = lines.next_line().await? {
                if let Ok(welcome) = serde_json::from_str::<Welcome>(&line) {
                    return Ok(welcome);
                }
            }
            Err::<_, Failure>("the hospital did not open".into())
        });
        let welcome = welcome.await.map_err(|_| "the hospital was not written in time")??;
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Ok(Self { _child: child, welcome })
    }
}

impl Browser {
    async fn sign_in(welcome: &Welcome, role: &str) -> Result<Self, Failure> {
        let host = welcome.url.trim_start_matches("http://").trim_end_matches('/').to_owned();
        let port: u16 = host.rsplit(':').next().unwrap_or_default().parse()?;
        let sign_in = welcome.sign_ins.iter().find(|sign_in| sign_in.role == role).ok_or("nobody to sign in as")?;
        let address = ([127, 0, 0, 1], port).into();
        let connection = Connection::open(address).await?;
        let mut browser = Self { connection, address, host, cookie: String::new() };
        let form = format!("email={}&password={}", sign_in.email.replace('@', "%40"), sign_in.password);
        let answer = browser.post("/sign-in", &form).await?;
        let cookie = answer.header("set-cookie").filter(|_| answer.status == 303);
        let cookie = cookie.and_then(|cookie| cookie.split(';').next()).ok_or("nobody could sign in")?;
        browser.cookie = cookie.to_owned();
        Ok(browser)
    }

    /// Asks `count` times, and how long it took.
    async fn time(&mut self, page: &'static str, count: usize, ask: impl Fn(usize) -> Ask) -> Result<Page, Failure> {
        // While others were asked for, the server has closed a connection on which nothing happened.
        self.connection = Connection::open(self.address).await?;
        let mut times = Vec::with_capacity(count);
        let mut bytes = 0;
        for number in 0..count + WARMING {
            let started = Instant::now();
            let asked = ask(number);
            let answer = match &asked {
                Ask::Get(path) => timeout(PATIENCE, self.get(path)).await??,
                Ask::Search(text) => {
                    let form = format!("text={}", text.replace(' ', "+").replace('ñ', "%C3%B1"));
                    timeout(PATIENCE, self.post("/patients/searches", &form)).await??
                }
            };
            if answer.status != 200 {
                return Err(format!("{page}: answered {}", answer.status).into());
            }
            if number >= WARMING {
                times.push(started.elapsed());
                bytes = bytes.max(answer.length);
            }
        }
        Ok(Page::of(page, times, bytes))
    }

    async fn get(&mut self, path: &str) -> io::Result<Received> {
        let (host, cookie) = (&self.host, &self.cookie);
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nAccept: text/html\r\n\r\n");
        self.connection.fetch(&request).await
    }

    async fn post(&mut self, path: &str, form: &str) -> io::Result<Received> {
        let (host, cookie, length) = (&self.host, &self.cookie, form.len());
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nOrigin: http://{host}\r\n\
             Sec-Fetch-Site: same-origin\r\nAccept: text/html\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {length}\r\n\r\n{form}"
        );
        self.connection.fetch(&request).await
    }
}

impl Page {
    /// By nearest rank: each is a time that was measured.
    fn of(page: &'static str, mut times: Vec<Duration>, bytes: usize) -> Self {
        times.sort_unstable();
        let at = |percent: usize| {
            let rank = (times.len() * percent).div_ceil(100).max(1);
            times.get(rank - 1).map_or(0.0, |time| millis(*time))
        };
        Self { page, p50: at(50), p95: at(95), p99: at(99), max: at(100), bytes }
    }
}

fn table(report: &Report) -> String {
    let mut lines = vec![
        format!(
            "{} store, ready after {} s, {} requests each; milliseconds",
            report.store, report.ready_after_s, report.requests
        ),
        format!("{:<30} {:>9} {:>9} {:>9} {:>9} {:>9}", "page", "p50", "p95", "p99", "longest", "kB"),
    ];
    lines.extend(report.pages.iter().map(|page| {
        let Page { page, p50, p95, p99, max, bytes } = page;
        format!("{page:<30} {p50:>9.1} {p95:>9.1} {p99:>9.1} {max:>9.1} {:>9}", bytes / 1000)
    }));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_times_that_were_measured() {
        let times = (1..=200).rev().map(Duration::from_millis).collect();
        let page = Page::of("board", times, 7);
        assert_eq!((page.p50, page.p95, page.p99, page.max), (100.0, 190.0, 198.0, 200.0));
    }

    #[test]
    fn a_table_has_a_line_for_each_page() {
        let page = Page::of("board", vec![Duration::from_millis(3)], 9_000);
        let report = Report { scenario: "pages", store: "sqlite", requests: 1, ready_after_s: 2.0, pages: vec![page] };
        let table = table(&report);
        assert!(table.lines().count() == 3 && table.ends_with("3.0         9"), "{table}");
    }
}
