//! How much one browser may say: a burst, then so much a minute.

use jiff::Timestamp;

/// The burst: trickled candidates of five peers, more than once.
pub const BURST: u16 = 300;

/// What a minute gives back.
const PER_MINUTE: f64 = 100.0;

/// What one browser may still say.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    left: f64,
    at: Timestamp,
}

impl Allowance {
    /// The whole burst.
    #[must_use]
    pub fn full(now: Timestamp) -> Self {
        Self { left: f64::from(BURST), at: now }
    }

    /// Takes one message, if there is one left.
    pub fn take(&mut self, now: Timestamp) -> bool {
        let minutes = now.duration_since(self.at).as_secs_f64() / 60.0;
        self.at = now;
        self.left = minutes.mul_add(PER_MINUTE, self.left).min(f64::from(BURST));
        let is_allowed = self.left >= 1.0;
        if is_allowed {
            self.left -= 1.0;
        }
        is_allowed
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn a_burst_passes_and_a_minute_gives_a_hundred_back() {
        let now = Timestamp::UNIX_EPOCH;
        let mut allowance = Allowance::full(now);
        assert_eq!((0..1000).filter(|_| allowance.take(now)).count(), usize::from(BURST));
        let later = now + SignedDuration::from_mins(1);
        assert_eq!((0..1000).filter(|_| allowance.take(later)).count(), 100);
        let much_later = now + SignedDuration::from_hours(1);
        assert_eq!((0..1000).filter(|_| allowance.take(much_later)).count(), usize::from(BURST));
    }
}
