//! Chance that comes out the same every time, so that two measurements meet the same hospital.
//!
//! Never for secrets: whoever knows the start knows everything.

/// A sequence of numbers (SplitMix64, public domain).
pub(super) struct Chance(u64);

impl Chance {
    /// The sequence that begins here.
    pub(super) const fn from(start: u64) -> Self {
        Self(start)
    }

    /// A number below `end`.
    pub(super) const fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// One of a list.
    #[expect(clippy::indexing_slicing, reason = "the place is below the length, and the lists are not empty")]
    pub(super) fn of<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[usize::try_from(self.below(list.len() as u64)).unwrap_or_default()]
    }

    /// True so many times in a hundred.
    pub(super) const fn percent(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_start_leads_the_same_way() {
        let run = |start| {
            (0..5).map(|_| ()).fold((Chance::from(start), Vec::new()), |(mut chance, mut seen), ()| {
                seen.push(chance.below(1000));
                (chance, seen)
            })
        };
        assert_eq!(run(7).1, run(7).1);
        assert_ne!(run(7).1, run(8).1);
        assert!(run(7).1.iter().all(|number| *number < 1000));
    }
}
