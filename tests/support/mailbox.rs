//! A mail server as a process of its own, and the letters it took. Needs aiosmtpd of the system's own Python, which
//! `tests/all` installs.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The server.
pub(crate) struct Mailbox {
    /// As in `ANTESALA_SMTP_URL`.
    pub(crate) url: String,
    letters: TempDir,
    server: Child,
}

impl Mailbox {
    pub(crate) fn open() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let letters = tempfile::tempdir().unwrap();
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/smtp.py");
        let mut command = Command::new("/usr/bin/python3");
        command.args([script, &port.to_string(), letters.path().to_str().unwrap()]);
        let mut server = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line.trim(), "ready", "is python3-aiosmtpd installed?");
        Self { url: format!("smtp://127.0.0.1:{port}"), letters, server }
    }

    /// Every letter it took, the first first.
    pub(crate) fn letters(&self) -> Vec<Value> {
        let mut names: Vec<_> = std::fs::read_dir(&self.letters).unwrap().map(|entry| entry.unwrap().path()).collect();
        names.sort();
        names.iter().map(|name| serde_json::from_str(&std::fs::read_to_string(name).unwrap()).unwrap()).collect()
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        self.server.kill().unwrap();
        self.server.wait().unwrap();
    }
}
