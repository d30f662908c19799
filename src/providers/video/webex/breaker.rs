//! A circuit breaker: after a few failures in a row Webex is left alone for a while, then tried with one request.
//!
//! Never reads a clock, and never asks anybody: whoever does tells it how it went.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::providers::video::Circuit;

/// How many failures in a row open it.
const FAILURES: u8 = 5;

/// How long it stays open.
const PAUSE: SignedDuration = SignedDuration::from_secs(30);

/// The breaker.
#[derive(Debug, Default)]
pub(super) struct Breaker(Mutex<State>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Closed {
        failures: u8,
    },
    Open {
        since: Timestamp,
    },
    /// One request is on its way, which decides.
    Trying {
        since: Timestamp,
    },
}

impl Default for State {
    fn default() -> Self {
        Self::Closed { failures: 0 }
    }
}

impl Breaker {
    /// Whether a request may go out now. After the pause the first one may, and decides for all others.
    pub(super) fn lets_through(&self, now: Timestamp) -> bool {
        self.change(|state| match *state {
            State::Closed { .. } => true,
            State::Open { since } | State::Trying { since } if now < since + PAUSE => false,
            // Also when the one that decides was never heard of again.
            State::Open { .. } | State::Trying { .. } => {
                *state = State::Trying { since: now };
                true
            }
        })
    }

    /// Webex answered, whatever it said.
    pub(super) fn answered(&self) {
        self.change(|state| *state = State::default());
    }

    /// Webex did not answer, or said that it cannot.
    pub(super) fn failed(&self, now: Timestamp) {
        self.change(|state| {
            *state = match *state {
                State::Closed { failures } if failures + 1 < FAILURES => State::Closed { failures: failures + 1 },
                State::Open { since } => State::Open { since },
                State::Closed { .. } | State::Trying { .. } => State::Open { since: now },
            };
        });
    }

    pub(super) fn circuit(&self) -> Circuit {
        self.change(|state| match *state {
            State::Closed { .. } => Circuit::Closed,
            State::Open { since } => Circuit::Open { since },
            State::Trying { .. } => Circuit::Trying,
        })
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = change(&mut state);
        let level = match *state {
            State::Closed { .. } => 0.0,
            State::Trying { .. } => 1.0,
            State::Open { .. } => 2.0,
        };
        metrics::gauge!("antesala_webex_circuit").set(level);
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + seconds).unwrap()
    }

    #[test]
    fn five_failures_in_a_row_open_it_and_an_answer_between_does_not() {
        let breaker = Breaker::default();
        for _ in 0..4 {
            breaker.failed(at(0));
        }
        breaker.answered();
        for _ in 0..4 {
            breaker.failed(at(0));
        }
        assert!(breaker.lets_through(at(0)));
        breaker.failed(at(1));
        assert_eq!(breaker.circuit(), Circuit::Open { since: at(1) });
        assert!(!breaker.lets_through(at(30)));
    }

    #[test]
    fn after_the_pause_one_request_decides() {
        let breaker = Breaker::default();
        for _ in 0..5 {
            breaker.failed(at(0));
        }
        assert!(breaker.lets_through(at(30)));
        assert!(!breaker.lets_through(at(31)), "one at a time");
        breaker.failed(at(32));
        assert_eq!(breaker.circuit(), Circuit::Open { since: at(32) });
        assert!(breaker.lets_through(at(62)));
        breaker.answered();
        assert_eq!(breaker.circuit(), Circuit::Closed);
        assert!(breaker.lets_through(at(62)));
    }

    #[test]
    fn a_request_that_was_never_heard_of_again_does_not_keep_it_open() {
        let breaker = Breaker::default();
        for _ in 0..5 {
            breaker.failed(at(0));
        }
        assert!(breaker.lets_through(at(30)));
        assert!(breaker.lets_through(at(60)));
    }
}
