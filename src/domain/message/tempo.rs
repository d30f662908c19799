//! How fast messages are handed over: as fast as whoever carries them takes them.
//!
//! Nobody tells us a provider's pace. It is found as a network's is: a little faster as long as everything is taken, and a
//! good part slower at the first word that it was too much. Never knows of any single message.

use std::time::Duration;

/// Nothing is held back at first: a message every millisecond.
const FASTEST: f64 = 1_000.0;

/// One a second always goes, or nobody would ever find out that the provider has recovered.
const SLOWEST: f64 = 1.0;

/// What is left at least, and at most, of the tempo after the provider has refused some: as much as it took.
const SLOWER: (f64, f64) = (0.5, 0.9);

/// How much the tempo grows after a round that was taken whole: a part of itself, and a little for those that crawl.
const FASTER: (f64, f64) = (1.05, 0.5);

/// How long a round lasts at most: nobody waits longer for what has become due meanwhile.
const ROUND: f64 = 0.5;

/// How many messages a second are handed over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tempo(f64);

impl Default for Tempo {
    fn default() -> Self {
        Self(FASTEST)
    }
}

impl Tempo {
    /// How many messages the next round takes in hand, at most `most`.
    #[must_use]
    pub fn round(self, most: u32) -> u32 {
        (1..most).find(|count| f64::from(*count) >= self.0 * ROUND).unwrap_or(most)
    }

    /// How long a round of so many messages lasts.
    #[must_use]
    pub fn lasts(self, count: u32) -> Duration {
        Duration::from_secs_f64(f64::from(count) / self.0)
    }

    /// After a round of `count` messages that took so long, of which the provider refused `refused` as too many.
    #[must_use]
    pub fn after(self, count: u32, refused: u32, took: Duration) -> Self {
        if refused == 0 {
            return Self(self.0.mul_add(FASTER.0, FASTER.1).min(FASTEST));
        }
        // What was never reached is no measure.
        let reached = f64::from(count) / took.as_secs_f64().max(0.001);
        let taken = f64::from(count.saturating_sub(refused)) / f64::from(count.max(1));
        Self((self.0.min(reached) * taken.clamp(SLOWER.0, SLOWER.1)).max(SLOWEST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT_ONCE: Duration = Duration::from_millis(150);

    #[test]
    fn nothing_is_held_back_while_everything_is_taken() {
        let tempo = Tempo::default();
        assert_eq!(tempo.round(50), 50);
        assert_eq!(tempo.lasts(50), Duration::from_millis(50));
        assert_eq!(tempo.after(50, 0, AT_ONCE), tempo);
    }

    #[test]
    fn a_refusal_slows_down_from_what_was_reached() {
        let tempo = Tempo::default().after(50, 10, AT_ONCE);
        assert!((tempo.0 - 266.7).abs() < 0.1, "{tempo:?}");
        assert_eq!(tempo.round(50), 50);
    }

    #[test]
    fn whatever_the_provider_takes_a_second_is_found_and_kept_to() {
        for pace in [10.0, 20.0, 100.0, 250.0] {
            let (mut tempo, mut seconds, mut handed, mut refused) = (Tempo::default(), 0.0, 0.0, 0.0);
            while seconds < 120.0 {
                let count = tempo.round(50);
                let lasts = tempo.lasts(count).max(AT_ONCE);
                let too_many = (f64::from(count) - pace * lasts.as_secs_f64()).max(0.0).ceil();
                handed += f64::from(count) - too_many;
                refused += too_many;
                seconds += lasts.as_secs_f64();
                tempo = tempo.after(count, (0..=count).find(|some| f64::from(*some) >= too_many).unwrap(), AT_ONCE);
            }
            assert!(handed > 0.85 * pace * seconds, "{pace} a second: {handed} in {seconds} s");
            assert!(refused < 0.25 * handed, "{pace} a second: {refused} refused, {handed} taken");
        }
    }

    #[test]
    fn it_never_stands_still_and_recovers() {
        let mut tempo = Tempo::default();
        for _ in 0..100 {
            tempo = tempo.after(1, 1, AT_ONCE);
        }
        assert_eq!((tempo.round(50), tempo.lasts(1)), (1, Duration::from_secs(1)));
        let mut rounds = 0;
        while tempo.round(50) < 50 {
            tempo = tempo.after(1, 0, AT_ONCE);
            rounds += 1;
        }
        assert!(rounds < 50, "an outage is over within half a minute");
    }
}
