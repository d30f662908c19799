//! Everybody who waits, what each of them was last told, and how long a click took to reach them.
//!
//! Each person is a task with one browser. All connect when a round opens; who loses the connection waits for the next
//! round. Never: clicks.

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::browser::{Browser, Route, Told};
use crate::hospital::Seat;
use crate::server::Place;

/// Addresses of this machine that browsers come from, from 127.0.0.2 on.
const ADDRESSES: u8 = 4;

/// Between two attempts of a browser to connect.
const AGAIN_AFTER: Duration = Duration::from_millis(50);

/// Between two looks at whether everybody is where they should be.
const LOOK_EVERY: Duration = Duration::from_millis(2);

/// Everybody who waits.
pub(crate) struct Crowd {
    people: Vec<Person>,
    began: Instant,
    rounds: watch::Sender<Option<Round>>,
    here: AtomicUsize,
    last_here: AtomicU64,
    admitted: AtomicUsize,
    latencies: Mutex<Vec<Duration>>,
    attempts_failed: AtomicUsize,
    disconnected: AtomicUsize,
    forgotten: AtomicUsize,
}

struct Person {
    seat: Seat,
    /// When a doctor clicked, in nanoseconds since `began`; 0 when no click is on its way.
    clicked_at: AtomicU64,
    is_admitted: AtomicBool,
    since: OnceLock<Option<String>>,
}

/// Everybody may connect, so many at a time.
#[derive(Clone)]
struct Round {
    doors: Arc<Semaphore>,
}

impl Crowd {
    /// Nobody is connected yet.
    pub(crate) fn new(seats: Vec<Seat>) -> Arc<Self> {
        let person = |seat| Person {
            seat,
            clicked_at: AtomicU64::new(0),
            is_admitted: AtomicBool::new(false),
            since: OnceLock::new(),
        };
        Arc::new(Self {
            people: seats.into_iter().map(person).collect(),
            began: Instant::now(),
            rounds: watch::Sender::new(None),
            here: AtomicUsize::new(0),
            last_here: AtomicU64::new(0),
            admitted: AtomicUsize::new(0),
            latencies: Mutex::new(Vec::new()),
            attempts_failed: AtomicUsize::new(0),
            disconnected: AtomicUsize::new(0),
            forgotten: AtomicUsize::new(0),
        })
    }

    /// Starts everybody's browser; they connect to `place` when a round opens, and end with the tasks.
    pub(crate) fn come(self: &Arc<Self>, place: &Place) -> JoinSet<()> {
        let mut tasks = JoinSet::new();
        let place = Arc::new(place.clone());
        for number in 0..self.people.len() {
            let (crowd, place) = (Arc::clone(self), Arc::clone(&place));
            let mut rounds = self.rounds.subscribe();
            tasks.spawn(async move {
                while rounds.changed().await.is_ok() {
                    let round = rounds.borrow_and_update().clone();
                    if let Some(round) = round {
                        crowd.attend(number, &place, round).await;
                    }
                }
            });
        }
        tasks
    }

    /// Lets everybody connect, `at_once` at a time. Returns when the last one received their snapshot, if all did in time.
    pub(crate) async fn connect(&self, at_once: usize, patience: Duration) -> Option<Instant> {
        self.here.store(0, Ordering::Relaxed);
        self.last_here.store(0, Ordering::Relaxed);
        self.rounds.send_replace(Some(Round { doors: Arc::new(Semaphore::new(at_once)) }));
        let all = self.people.len();
        is_so_within(patience, || self.here.load(Ordering::Relaxed) == all)
            .await
            .then(|| self.began + Duration::from_nanos(self.last_here.load(Ordering::Relaxed)))
    }

    /// How many there are.
    pub(crate) const fn len(&self) -> usize {
        self.people.len()
    }

    /// One of them.
    pub(crate) fn seat(&self, number: usize) -> Option<&Seat> {
        self.people.get(number).map(|person| &person.seat)
    }

    /// A doctor clicks at `when` to admit somebody.
    pub(crate) fn clicked(&self, number: usize, when: Instant) {
        if let Some(person) = self.people.get(number) {
            person.clicked_at.store(self.nanos(when), Ordering::Relaxed);
        }
    }

    /// Waits until every click was received. Returns how many were not in time, and forgets them.
    pub(crate) async fn settle(&self, patience: Duration) -> usize {
        let pending = || self.people.iter().filter(|person| person.clicked_at.load(Ordering::Relaxed) != 0).count();
        is_so_within(patience, || pending() == 0).await;
        self.people.iter().filter(|person| person.clicked_at.swap(0, Ordering::Relaxed) != 0).count()
    }

    /// Waits until everybody was told that they are back in the lobby.
    pub(crate) async fn all_held(&self, patience: Duration) -> bool {
        is_so_within(patience, || self.admitted.load(Ordering::Relaxed) == 0).await
    }

    /// What each received click took, so far.
    pub(crate) fn latencies(&self) -> Vec<Duration> {
        self.latencies.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many attempts to connect failed.
    pub(crate) fn attempts_failed(&self) -> usize {
        self.attempts_failed.load(Ordering::Relaxed)
    }

    /// How many connections ended so far.
    pub(crate) fn disconnected(&self) -> usize {
        self.disconnected.load(Ordering::Relaxed)
    }

    /// How many came back to another standing, or another place in line, than they had been told before.
    pub(crate) fn forgotten(&self) -> usize {
        self.forgotten.load(Ordering::Relaxed)
    }

    async fn attend(&self, number: usize, place: &Place, round: Round) {
        let Some(person) = self.people.get(number) else { return };
        let host = place.host();
        let from = Ipv4Addr::new(127, 0, 0, 2 + (number % usize::from(ADDRESSES)) as u8);
        let route = Route { to: place.address(), from, host: &host };
        let mut browser = loop {
            let Ok(_door) = round.doors.acquire().await else { return };
            if let Some(browser) = self.enter(person, route).await {
                break browser;
            }
            self.attempts_failed.fetch_add(1, Ordering::Relaxed);
            sleep(AGAIN_AFTER).await;
        };
        while let Ok(Some(told)) = browser.hear().await {
            self.note(person, &told);
        }
        self.disconnected.fetch_add(1, Ordering::Relaxed);
    }

    /// Connects and waits for the snapshot.
    async fn enter(&self, person: &Person, route: Route<'_>) -> Option<Browser> {
        let mut browser = Browser::open(route, &person.seat).await.ok()?;
        let told = browser.hear().await.ok()??;
        let is_known = told.since == *person.since.get_or_init(|| told.since.clone())
            && (told.standing == "admitted") == person.is_admitted.load(Ordering::Relaxed);
        if !is_known {
            self.forgotten.fetch_add(1, Ordering::Relaxed);
        }
        self.last_here.fetch_max(self.nanos(Instant::now()), Ordering::Relaxed);
        self.here.fetch_add(1, Ordering::Relaxed);
        Some(browser)
    }

    fn note(&self, person: &Person, told: &Told) {
        let now = Instant::now();
        let is_admitted = told.standing == "admitted";
        if person.is_admitted.swap(is_admitted, Ordering::Relaxed) == is_admitted {
            return;
        }
        if is_admitted {
            self.admitted.fetch_add(1, Ordering::Relaxed);
            let clicked_at = person.clicked_at.swap(0, Ordering::Relaxed);
            if clicked_at != 0 {
                let took = Duration::from_nanos(self.nanos(now).saturating_sub(clicked_at));
                self.latencies.lock().unwrap_or_else(PoisonError::into_inner).push(took);
            }
        } else {
            self.admitted.fetch_sub(1, Ordering::Relaxed);
        }
    }

    fn nanos(&self, when: Instant) -> u64 {
        u64::try_from(when.saturating_duration_since(self.began).as_nanos()).unwrap_or(u64::MAX)
    }
}

async fn is_so_within(patience: Duration, is_so: impl Fn() -> bool) -> bool {
    let watch = async {
        while !is_so() {
            sleep(LOOK_EVERY).await;
        }
    };
    timeout(patience, watch).await.is_ok()
}
