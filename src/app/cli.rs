//! The command line: `serve` unless said otherwise.

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use super::check::CheckArgs;
use super::demo::DemoArgs;
use super::staff_add::StaffAddArgs;
use super::start::store_for_command;
use super::terminal::{Failure, say, told_to_stop};
use super::{Node, check, demo, first_admin, staff_add};
use crate::clock::Clock;
use crate::config::{Settings, refuse_unknown};
use crate::telemetry;

/// Antesala: a self-hosted teleconsultation hub.
///
/// Staff open video visits; patients and relatives tap a link in a message, wait in a live lobby, and enter the call in two
/// taps. Without a command it serves. Every setting is a flag and an environment variable, and `.env` is read.
#[derive(Debug, Parser)]
#[command(name = "antesala", version, max_term_width = 110)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the hospital (also without any command)
    Serve(Box<Settings>),
    /// Try it: a throw-away hospital with staff, patients and today's visits
    Demo(DemoArgs),
    /// Bring the database to this version's shape, and stop
    Migrate(Box<Settings>),
    /// Ask the providers of messages whether the settings are right, and stop
    Check(Box<CheckArgs>),
    /// Add people who work here
    Staff {
        #[command(subcommand)]
        action: StaffAction,
    },
}

#[derive(Debug, Subcommand)]
enum StaffAction {
    /// Add one member of staff; asks for the password on standard input
    Add(Box<StaffAddArgs>),
}

/// The whole program.
#[must_use]
pub fn main() -> ExitCode {
    // A missing .env is no problem; a malformed one is.
    if let Err(error) = dotenvy::dotenv()
        && !error.not_found()
    {
        return fail(&error);
    }
    run(std::env::args_os())
}

/// Runs the program with these arguments.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut command = Cli::command();
    let matches =
        command.clone().try_get_matches_from(arguments).and_then(|mut matches| Cli::from_arg_matches_mut(&mut matches));
    let cli = match matches {
        Ok(cli) => cli,
        Err(error) => error.format(&mut command).exit(),
    };
    if let Err(error) = refuse_unknown(&command, variables()) {
        return fail(&error);
    }
    let system = actix_web::rt::System::new();
    match system.block_on(execute(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&*error),
    }
}

/// The names of the environment's variables. One that is not UTF-8 is none of ours.
fn variables() -> impl Iterator<Item = String> {
    std::env::vars_os().filter_map(|(name, _)| name.into_string().ok())
}

async fn execute(cli: Cli) -> Result<(), Failure> {
    match cli.command {
        None => serve(cli.settings).await,
        Some(Command::Serve(settings)) => serve(*settings).await,
        Some(Command::Demo(demo)) => demo::run(demo).await,
        Some(Command::Migrate(settings)) => {
            telemetry::start_logging(settings.log, settings.log_format);
            store_for_command(&settings).await?;
            say("The database has this version's shape.");
            Ok(())
        }
        Some(Command::Check(arguments)) => check::run(*arguments).await,
        Some(Command::Staff { action: StaffAction::Add(arguments) }) => staff_add::run(*arguments).await,
    }
}

async fn serve(settings: Settings) -> Result<(), Failure> {
    telemetry::start_logging(settings.log, settings.log_format);
    telemetry::start_metrics();
    let node = Node::start(&settings, Clock::system()).await?;
    if let Some(link) = first_admin::link(node.site()).await? {
        say(&format!(
            "Nobody can sign in yet. Open this link once, within 24 hours, to create the first admin:\n  {link}"
        ));
    }
    tracing::info!(url = %node.public_url(), "serving");
    Ok(node.run_until(told_to_stop()).await?)
}

fn fail(error: &dyn std::error::Error) -> ExitCode {
    drop(writeln!(std::io::stderr(), "antesala: {error}"));
    let mut cause = error.source();
    while let Some(error) = cause {
        drop(writeln!(std::io::stderr(), "  because {error}"));
        cause = error.source();
    }
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn misspelt_settings_are_refused() {
        let variables = ["ANTESALA_DATA", "ANTESALA_PUBLIC_ULR", "HOME"].map(str::to_owned);
        let refused = refuse_unknown(&Cli::command(), variables.into_iter());
        assert!(refused.unwrap_err().to_string().starts_with("ANTESALA_PUBLIC_ULR"));
        assert!(refuse_unknown(&Cli::command(), ["ANTESALA_LISTEN".to_owned()].into_iter()).is_ok());
    }
}
