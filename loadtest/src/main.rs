//! `loadtest`: measures Antesala under load on one machine.
//!
//! It starts the server it measures, on loopback, and keeps that server's data in a folder it deletes at the end.
//!
//! Never: talks to another machine, ends a process it did not start.

mod admit;
mod browser;
mod carrier;
mod crowd;
mod doctors;
mod folder;
mod hospital;
mod http;
mod messages;
mod pages;
mod process;
mod report;
mod server;
mod store;
mod summary;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::admit::Scenario;

/// Why a measurement could not be made, in words for whoever asked for it.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Measures Antesala under load on one machine.
///
/// `loadtest admit` starts a server of its own on a free port of this machine, with an empty hospital in a throw-away
/// folder. It books visits of three people each, connects one browser (a WebSocket) per person, and lets doctors admit
/// them one by one, at a fixed rate that never waits for the server. Then it kills the server (SIGKILL), starts it
/// again on the same data, and lets every browser return at once. Server and browsers share the machine, so the figures
/// are those of a server that has about half of it.
///
/// The exit code is 1 when an admission was lost or forgotten. loadtest/README.md explains each figure.
#[derive(Debug, Parser)]
#[command(name = "loadtest", version, max_term_width = 110, flatten_help = true)]
#[command(
    after_help = "Example:\n  cargo run --release -p loadtest -- admit --waiting 10000 --rate 500 --seconds 30 --json"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Families wait, doctors admit them, the server is killed, everybody comes back
    Admit(Scenario),
    /// Staff of a hospital with 100,000 patients and 2,000 visits a day look at their pages
    Pages(pages::Scenario),
    /// Thousands of text messages are due at once, and staff go on working
    Messages(messages::Scenario),
    /// The server under test, with the arguments of `antesala`
    #[command(hide = true)]
    Server {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Admit(scenario) => admit::run(&scenario).unwrap_or_else(|failure| fail(&*failure)),
        Command::Pages(scenario) => pages::run(&scenario).unwrap_or_else(|failure| fail(&*failure)),
        Command::Messages(scenario) => messages::run(&scenario).unwrap_or_else(|failure| fail(&*failure)),
        Command::Server { arguments } => antesala::app::cli::run(arguments),
    }
}

/// Writes a result.
fn say(line: &str) {
    // Nobody reads a closed output.
    drop(writeln!(std::io::stdout(), "{line}"));
}

/// Writes how far the measurement is, apart from its result.
fn tell(line: &str) {
    drop(writeln!(std::io::stderr(), "{line}"));
}

fn fail(error: &(dyn std::error::Error + 'static)) -> ExitCode {
    tell(&format!("loadtest: {error}"));
    let mut cause = error.source();
    while let Some(error) = cause {
        tell(&format!("  because {error}"));
        cause = error.source();
    }
    ExitCode::FAILURE
}
