//! Doctors who click: each has one connection that stays open, and sends what the board's forms send.
//!
//! A click whose doctor still waits for the answer to the one before waits with it, as in a browser; its time runs
//! from the moment it was due. Never: waits before the next click is due.

use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use antesala::domain::ids::CommandId;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;

use crate::crowd::Crowd;
use crate::hospital::Seat;
use crate::http::Connection;
use crate::server::Place;
use crate::tell;

/// Reasons of refusals that are told; the others are counted.
const TOLD: usize = 5;

/// What doctors do to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Admit,
    Hold,
}

struct Click {
    act: Act,
    number: usize,
}

/// Everybody who clicks; they leave with this value.
pub(crate) struct Doctors {
    hands: Vec<UnboundedSender<Click>>,
    refused: Arc<AtomicUsize>,
    _tasks: JoinSet<()>,
}

impl Doctors {
    /// Lets them sign in with their cookies.
    pub(crate) fn come(cookies: &[String], place: &Place, crowd: &Arc<Crowd>) -> Self {
        let refused = Arc::new(AtomicUsize::new(0));
        let mut tasks = JoinSet::new();
        let hand = |cookie: &String| {
            let (hand, clicks) = unbounded_channel();
            let browser = Browser { place: place.clone(), cookie: cookie.clone(), connection: None };
            tasks.spawn(carry_out(clicks, browser, Arc::clone(crowd), Arc::clone(&refused)));
            hand
        };
        Self { hands: cookies.iter().map(hand).collect(), refused, _tasks: tasks }
    }

    /// Admits the people with these numbers, `rate` a second. Blocks; a thread of its own keeps time better than a task.
    pub(crate) fn admit(&self, crowd: &Crowd, numbers: Range<usize>, rate: u32) -> Duration {
        let started = Instant::now();
        for (place, number) in numbers.enumerate() {
            let due = started + Duration::from_secs_f64(place as f64 / f64::from(rate));
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            crowd.clicked(number, due);
            self.click(crowd, number, Act::Admit);
        }
        started.elapsed()
    }

    /// Sends the people with these numbers back to the lobby, as fast as the doctors can.
    pub(crate) fn hold(&self, crowd: &Crowd, numbers: Range<usize>) {
        numbers.for_each(|number| self.click(crowd, number, Act::Hold));
    }

    /// How many clicks were not answered with success.
    pub(crate) fn refused(&self) -> usize {
        self.refused.load(Ordering::Relaxed)
    }

    fn click(&self, crowd: &Crowd, number: usize, act: Act) {
        let hand = crowd.seat(number).and_then(|seat| self.hands.get(seat.doctor));
        if hand.is_none_or(|hand| hand.send(Click { act, number }).is_err()) {
            self.refused.fetch_add(1, Ordering::Relaxed);
        }
    }
}

struct Browser {
    place: Place,
    cookie: String,
    connection: Option<Connection>,
}

impl Browser {
    /// Posts a form; says why it was not answered with success. A connection that the server closed while nobody clicked
    /// is replaced and the form sent again, as browsers do; its command is carried out once.
    async fn post(&mut self, act: Act, seat: &Seat) -> Result<(), String> {
        let request = self.request(act, seat);
        let answer = match self.connection.take() {
            Some(open) => match self.ask(open, &request).await {
                Err(_) => self.ask_anew(&request).await,
                answer => answer,
            },
            None => self.ask_anew(&request).await,
        };
        match answer {
            Ok(200) => Ok(()),
            Ok(status) => Err(format!("answered {status}")),
            Err(error) => Err(error.to_string()),
        }
    }

    async fn ask_anew(&mut self, request: &str) -> io::Result<u16> {
        let connection = Connection::open(self.place.address()).await?;
        self.ask(connection, request).await
    }

    /// A connection that failed is not used again.
    async fn ask(&mut self, mut connection: Connection, request: &str) -> io::Result<u16> {
        let status = connection.ask(request).await?;
        self.connection = Some(connection);
        Ok(status)
    }

    fn request(&self, act: Act, seat: &Seat) -> String {
        let resource = match act {
            Act::Admit => "admissions",
            Act::Hold => "holds",
        };
        let body = format!("participant={}&command={}", seat.id, CommandId::mint());
        format!(
            "POST /consultations/{visit}/{resource} HTTP/1.1\r\nHost: {host}\r\nCookie: antesala={cookie}\r\n\
             Origin: http://{host}\r\nSec-Fetch-Site: same-origin\r\nAccept: application/json\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{body}",
            visit = seat.visit,
            host = self.place.host(),
            cookie = self.cookie,
            length = body.len(),
        )
    }
}

async fn carry_out(
    mut clicks: UnboundedReceiver<Click>,
    mut browser: Browser,
    crowd: Arc<Crowd>,
    refused: Arc<AtomicUsize>,
) {
    while let Some(Click { act, number }) = clicks.recv().await {
        let Some(seat) = crowd.seat(number) else { continue };
        if let Err(why) = browser.post(act, seat).await
            && refused.fetch_add(1, Ordering::Relaxed) < TOLD
        {
            tell(&format!("refused: {why}"));
        }
    }
}
