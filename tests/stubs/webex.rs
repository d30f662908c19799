//! An organisation at Webex that lives as long as its tests. Its settings are printed as the program's own environment;
//! `{url}/control/…` moves it.

#![expect(clippy::unwrap_used, reason = "a stub that cannot go on ends")]
#![expect(clippy::print_stdout, reason = "its addresses are what it is asked for")]

use antesala::clock::Clock;
use serde_json::json;

use crate::webex::{CLIENT, CLIENT_SECRET, FIRST_REFRESH, FakeWebex, ISSUER, ISSUER_SECRET, SITE, WEBHOOK_SECRET};

pub(crate) fn run() {
    let fake = FakeWebex::start(Clock::system());
    let environment = json!({
        "ANTESALA_WEBEX_URL": fake.url,
        "ANTESALA_WEBEX_CLIENT_ID": CLIENT,
        "ANTESALA_WEBEX_CLIENT_SECRET": CLIENT_SECRET,
        "ANTESALA_WEBEX_REFRESH_TOKEN": FIRST_REFRESH,
        "ANTESALA_WEBEX_SITE": SITE,
        "ANTESALA_WEBEX_WEBHOOK_SECRET": WEBHOOK_SECRET,
    });
    let issuer = json!({ "ANTESALA_WEBEX_ISSUER_ID": ISSUER, "ANTESALA_WEBEX_ISSUER_SECRET": ISSUER_SECRET });
    let control = fake.url.strip_suffix("/v1").unwrap();
    println!(
        "{}",
        json!({ "url": fake.url, "control": format!("{control}/control"), "environment": environment, "issuer": issuer })
    );
    loop {
        std::thread::park();
    }
}
