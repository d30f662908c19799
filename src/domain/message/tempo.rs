//! How fast messages are handed over: as fast as whoever carries them takes them.
//!
//! Nobody tells us a provider's pace. It is found as a network's is: a little faster with every message that is taken, and a
//! good part slower at the first word that it was too much. Never knows of any single message.

use std::time::Duration;

/// At first: what nearly every provider takes, and nobody waits long for at a hospital's usual hour.
const FIRST: f64 = 20.0;

/// More than any hospital has to say.
const FASTEST: f64 = 500.0;

/// One a second always goes, or nobody would ever find out that the provider has recovered.
const SLOWEST: f64 = 1.0;

/// What is left of a tempo that was too fast.
const SLOWER: f64 = 0.9;

/// How much faster each message that is taken makes it: in a second, a tenth of itself.
const STEP: f64 = 0.1;

/// The same until something is refused for the first time: it doubles within a second.
const FIRST_STEP: f64 = 1.0;

/// Divided by the tempo, what comes on top: one more in each second, for what crawls.
const PUSH: f64 = 1.0;

/// How long a round lasts at most: nobody waits longer for what has become due meanwhile.
const ROUND: f64 = 0.25;

/// How many messages a second are handed over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tempo {
    a_second: f64,
    /// Whether a provider was ever too slow for it; from then on it is searched for with care.
    was_refused: bool,
}

/// What became of a message, as far as it tells of the tempo at which it was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Echo {
    /// It was taken, and more were waiting.
    Kept,
    /// The provider takes no more now.
    TooFast,
    /// Nothing is known.
    Silent,
}

impl Echo {
    /// What is left of it after a round of `due` messages that might have been `most`: a trickle says nothing of what the
    /// provider could take.
    #[must_use]
    pub fn in_round(self, due: u32, most: u32) -> Self {
        if self == Self::Kept && due < most { Self::Silent } else { self }
    }
}

impl Default for Tempo {
    fn default() -> Self {
        Self { a_second: FIRST, was_refused: false }
    }
}

impl Tempo {
    /// How many messages the next round takes in hand, at most `most`.
    #[must_use]
    pub fn round(self, most: u32) -> u32 {
        (1..most).find(|count| f64::from(*count) >= self.a_second * ROUND).unwrap_or(most)
    }

    /// From one message to the next.
    #[must_use]
    pub fn gap(self) -> Duration {
        Duration::from_secs_f64(1.0 / self.a_second)
    }

    /// After the answer to a message that was handed over at `handed_at`. However many answers say that one tempo was too
    /// fast, it is left once.
    #[must_use]
    pub fn after(self, handed_at: Self, echo: Echo) -> Self {
        match echo {
            Echo::Kept => {
                let step = if self.was_refused { STEP } else { FIRST_STEP };
                Self { a_second: (self.a_second + step + PUSH / self.a_second).min(FASTEST), ..self }
            }
            Echo::TooFast => {
                let a_second = self.a_second.min(handed_at.a_second * SLOWER).max(SLOWEST);
                Self { a_second, was_refused: true }
            }
            Echo::Silent => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    /// How long the provider takes to answer, in seconds.
    const LATENCY: f64 = 0.15;

    fn at(a_second: f64) -> Tempo {
        Tempo { a_second, ..Tempo::default() }
    }

    /// How many a second were taken and refused in a minute by a provider that takes so many in each second.
    fn minute(pace: u32) -> (f64, f64) {
        let (mut tempo, mut now, mut on_their_way) = (Tempo::default(), 0.0, VecDeque::new());
        let (mut second, mut in_second, mut taken, mut refused) = (0.0, 0, 0.0, 0.0);
        while now < 60.0 {
            if now >= second + 1.0 {
                (second, in_second) = (now, 0);
            }
            in_second += 1;
            let echo = if in_second > pace { Echo::TooFast } else { Echo::Kept };
            if echo == Echo::Kept {
                taken += 1.0
            } else {
                refused += 1.0
            }
            on_their_way.push_back((now + LATENCY, tempo, echo));
            now += tempo.gap().as_secs_f64();
            while let Some((_, handed_at, echo)) = on_their_way.pop_front_if(|(comes, ..)| *comes <= now) {
                tempo = tempo.after(handed_at, echo);
            }
        }
        (taken / 60.0, refused / 60.0)
    }

    #[test]
    fn whatever_the_provider_takes_a_second_is_found_and_kept_to() {
        for pace in [10, 20, 50, 100, 150] {
            let (taken, refused) = minute(pace);
            assert!(taken > 0.9 * f64::from(pace), "{pace} a second: {taken}");
            assert!(refused < 0.3 * taken, "{pace} a second: {refused} refused, {taken} taken");
        }
    }

    #[test]
    fn one_tempo_is_left_once_however_many_answers_say_so() {
        let fast = Tempo::default();
        let slower = fast.after(fast, Echo::TooFast);
        assert!((slower.a_second - 0.9 * fast.a_second).abs() < 0.001, "{slower:?}");
        assert_eq!(slower.after(fast, Echo::TooFast), slower);
        assert!(slower.after(slower, Echo::TooFast).a_second < slower.a_second);
        assert_eq!(slower.after(fast, Echo::Silent), slower);
    }

    #[test]
    fn it_never_stands_still_and_recovers() {
        let mut tempo = Tempo::default();
        for _ in 0..100 {
            tempo = tempo.after(tempo, Echo::TooFast);
        }
        assert_eq!((tempo.round(100), tempo.gap()), (1, Duration::from_secs(1)));
        let mut waited = Duration::ZERO;
        while tempo.a_second < 100.0 {
            tempo = tempo.after(tempo, Echo::Kept);
            waited += tempo.gap();
        }
        assert!(waited < Duration::from_secs(30), "an outage is over within half a minute: {waited:?}");
    }

    #[test]
    fn a_trickle_quickens_nothing_and_may_still_be_too_much() {
        assert_eq!(Echo::Kept.in_round(4, 5), Echo::Silent);
        assert_eq!(Echo::Kept.in_round(5, 5), Echo::Kept);
        assert_eq!(Echo::TooFast.in_round(4, 5), Echo::TooFast);
    }

    #[test]
    fn a_round_is_a_quarter_of_a_second() {
        assert_eq!(at(100.0).round(100), 25);
        assert_eq!(at(100.0).round(10), 10);
        assert_eq!(at(0.5).round(100), 1);
    }
}
