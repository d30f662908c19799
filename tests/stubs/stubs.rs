//! Services of others on loopback, for trying the program and for the browser tests: `cargo run --example stubs -- twilio`.
//!
//! Prints one line of JSON with its addresses, then runs until it is ended. Never reaches anything but this machine.

#[path = "../support/stub.rs"]
mod stub;
#[path = "../support/twilio.rs"]
mod twilio;
#[path = "../support/webex/mod.rs"]
mod webex;

#[path = "webex.rs"]
mod meetings;
mod texts;

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("twilio") => texts::run(),
        Some("webex") => meetings::run(),
        other => {
            eprintln!("say which service: twilio or webex (not {})", other.unwrap_or("nothing"));
            std::process::exit(2);
        }
    }
}
