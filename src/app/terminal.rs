//! Between this program and whoever started it: lines on standard output, reasons, and the signal to stop.

use std::io::Write;

use tokio::signal::unix::{SignalKind, signal};

/// Why a command failed, in words for whoever gave it.
pub(super) type Failure = Box<dyn std::error::Error>;

/// Completes when the system tells this process to stop, or somebody presses Ctrl-C.
pub(super) async fn told_to_stop() {
    match (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) {
        (Ok(mut terminate), Ok(mut interrupt)) => {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        }
        // Without signals the process can still be killed; it recovers from that too.
        _ => std::future::pending().await,
    }
}

/// Writes for whoever started this program; not a log line.
pub(super) fn say(line: &str) {
    // Nobody reads a closed output.
    drop(writeln!(std::io::stdout(), "{line}"));
}

/// Writes how far a long command is, apart from its result.
pub(super) fn tell(line: &str) {
    drop(writeln!(std::io::stderr(), "{line}"));
}
