//! Twilio that delivers: it reports on each message as the real one does, unless told otherwise at its second door.
//!
//! `POST /plans` says what becomes of the next message `to` a number: `reports`, such as `sent,undelivered:30003`, or
//! nothing yet. `POST /reports` reports on the newest message `to` a number. `POST /answers` lets a number (`from`) write
//! `body`. `GET /messages?to=` tells what was taken. Reports and answers are signed, and go where the messages say.

#![expect(clippy::unwrap_used, reason = "a stub that cannot go on ends")]
#![expect(clippy::print_stdout, reason = "its addresses are what it is asked for")]

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, mpsc};

use antesala::clock::Clock;
use serde_json::json;

use crate::stub::{Reaction, Request, Stub};
use crate::twilio::{ACCOUNT, FakeTwilio, Moment, NUMBER, TOKEN, Taken, signature};

/// What becomes of a message that nothing was said of.
const USUAL: &str = "sent,delivered";

/// What becomes of the next messages to each number.
type Plans = Arc<Mutex<HashMap<String, VecDeque<String>>>>;

/// A form for the program under test.
struct Post {
    url: String,
    form: Vec<(&'static str, String)>,
}

pub(crate) fn run() {
    let twilio = Arc::new(FakeTwilio::start(Clock::system()));
    let plans = Plans::default();
    let (send, sent) = mpsc::channel::<Post>();
    let (watched, planned, reporting) = (Arc::clone(&twilio), Arc::clone(&plans), send.clone());
    twilio.watch(move |moment| {
        let Some(taken) = watched.taken().pop().filter(|_| moment == Moment::Kept) else { return };
        let plan = planned.lock().unwrap().get_mut(&taken.to).and_then(VecDeque::pop_front);
        report(&taken, plan.as_deref().unwrap_or(USUAL), &reporting);
    });
    let (asked, door) = (Arc::clone(&twilio), send);
    let door = Mutex::new(door);
    let control = Stub::start(move |request| react(&request, &asked, &plans, &door.lock().unwrap()));
    println!(
        "{}",
        json!({"url": twilio.url, "control": control.url, "account": ACCOUNT, "token": TOKEN, "from": NUMBER})
    );
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    // Nobody looks after a connection between two reports: one kept open would be found closed, and its report lost.
    let client = reqwest::Client::builder().pool_max_idle_per_host(0).build().unwrap();
    // One after the other, so that reports arrive in the order they are planned in.
    while let Ok(post) = sent.recv() {
        let form: Vec<(&str, &str)> = post.form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let request = client.post(&post.url).header("x-twilio-signature", signature(&post.url, &form)).form(&form);
        if let Err(error) = runtime.block_on(request.send()) {
            eprintln!("a report found nobody: {error}");
        }
    }
}

fn react(request: &Request, twilio: &FakeTwilio, plans: &Plans, send: &mpsc::Sender<Post>) -> Reaction {
    let newest = |number: &str| twilio.taken().into_iter().rev().find(|taken| taken.to == number);
    let done = || Reaction::json(200, &json!({}));
    match (request.method.as_str(), request.path.as_str()) {
        ("POST", "/plans") => {
            let reports = request.field("reports").to_owned();
            plans.lock().unwrap().entry(request.field("to").to_owned()).or_default().push_back(reports);
            done()
        }
        ("POST", "/reports") => match newest(request.field("to")) {
            Some(taken) => {
                report(&taken, request.field("reports"), send);
                done()
            }
            None => Reaction::json(404, &json!({"why": "nothing was sent there"})),
        },
        ("POST", "/answers") => {
            let from = request.field("from");
            let Some(callback) = newest(from).and_then(|taken| taken.callback) else {
                return Reaction::json(404, &json!({"why": "nothing was sent there"}));
            };
            let (origin, _) = callback.split_once("/callbacks/").unwrap();
            let form = vec![
                ("MessageSid", format!("SM{}", uuid::Uuid::now_v7().simple())),
                ("AccountSid", ACCOUNT.to_owned()),
                ("From", from.to_owned()),
                ("To", NUMBER.to_owned()),
                ("Body", request.field("body").to_owned()),
                ("NumMedia", "0".to_owned()),
            ];
            send.send(Post { url: format!("{origin}/callbacks/twilio/inbound"), form }).unwrap();
            done()
        }
        ("GET", "/messages") => {
            let wanted = |taken: &Taken| request.query.get("to").is_none_or(|to| *to == taken.to);
            let shown = |taken: Taken| json!({"sid": taken.sid, "to": taken.to, "body": taken.body});
            Reaction::json(200, &json!(twilio.taken().into_iter().filter(wanted).map(shown).collect::<Vec<_>>()))
        }
        _ => Reaction::json(404, &json!({})),
    }
}

/// Reports on a message: `status` or `status:code`, one after the other.
fn report(taken: &Taken, reports: &str, send: &mpsc::Sender<Post>) {
    let Some(url) = &taken.callback else { return };
    for report in reports.split(',').filter(|report| !report.is_empty()) {
        let (status, code) = report.split_once(':').map_or((report, None), |(status, code)| (status, Some(code)));
        let mut form = vec![
            ("AccountSid", ACCOUNT.to_owned()),
            ("MessageSid", taken.sid.clone()),
            ("MessageStatus", status.to_owned()),
            ("From", taken.from.clone()),
            ("To", taken.to.clone()),
            ("ApiVersion", "2010-04-01".to_owned()),
        ];
        form.extend(code.map(|code| ("ErrorCode", code.to_owned())));
        send.send(Post { url: url.clone(), form }).unwrap();
    }
}
