//! How long a worker waits before it tries again: twice as long after each try, or as long as it is asked to.

use jiff::SignedDuration;

/// The pauses of one kind of work.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pauses {
    pub(super) shortest: SignedDuration,
    pub(super) longest: SignedDuration,
}

impl Pauses {
    /// How long to wait after so many tries before this one, or as long as whoever refused it asks.
    pub(super) fn after(self, tries: u32, asked: Option<SignedDuration>) -> SignedDuration {
        let doubled = self.shortest.checked_mul(1 << tries.min(10)).unwrap_or(self.longest);
        doubled.min(self.longest).max(asked.unwrap_or(SignedDuration::ZERO))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAUSES: Pauses = Pauses { shortest: SignedDuration::from_secs(5), longest: SignedDuration::from_mins(10) };

    #[test]
    fn each_is_twice_as_long_up_to_the_longest() {
        let seconds = [0, 1, 2, 6, 7, 1000].map(|tries| PAUSES.after(tries, None).as_secs());
        assert_eq!(seconds, [5, 10, 20, 320, 600, 600]);
    }

    #[test]
    fn nobody_is_asked_again_before_they_wish() {
        let seconds = [1, 3600].map(|asked| PAUSES.after(0, Some(SignedDuration::from_secs(asked))).as_secs());
        assert_eq!(seconds, [5, 3600]);
    }
}
