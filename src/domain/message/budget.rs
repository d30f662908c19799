//! The day's limit of text messages, in segments: what it leaves, and when it is told.
//!
//! Never knows what anything costs in money.

/// How much of a day's limit is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// What was sent.
    pub spent: u64,
    /// What may be.
    pub limit: u64,
}

/// What has to be told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alarm {
    /// Nothing.
    Silent,
    /// Four fifths are used.
    Near,
    /// All of it is: nothing is sent until an admin lifts the limit, or the day ends.
    Reached,
}

impl Budget {
    /// What may still be sent.
    #[must_use]
    pub const fn left(self) -> u64 {
        self.limit.saturating_sub(self.spent)
    }

    /// What has to be told.
    #[must_use]
    pub const fn alarm(self) -> Alarm {
        if self.spent >= self.limit {
            Alarm::Reached
        } else if self.spent.saturating_mul(5) >= self.limit.saturating_mul(4) {
            Alarm::Near
        } else {
            Alarm::Silent
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_at_four_fifths_and_when_nothing_is_left() {
        let of = |spent| Budget { spent, limit: 100 };
        assert_eq!(
            [0, 79, 80, 99, 100, 130].map(|spent| of(spent).alarm()),
            [Alarm::Silent, Alarm::Silent, Alarm::Near, Alarm::Near, Alarm::Reached, Alarm::Reached]
        );
        assert_eq!([0, 99, 100, 130].map(|spent| of(spent).left()), [100, 1, 0, 0]);
    }
}
