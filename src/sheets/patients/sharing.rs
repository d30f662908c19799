//! Rows of one file that may be about one person: the same phone, and a telling word of the name in common.
//!
//! Never compares each row with each other: it is asked about fifty thousand rows while somebody waits.

use std::collections::HashMap;

use super::Marks;
use crate::domain::person::telling_words;

/// The rows of a file so far.
#[derive(Debug, Default)]
pub struct Sharing {
    /// Phone and word of a name, and the line where the two came first.
    first: HashMap<(String, String), u64>,
}

impl Sharing {
    /// The first line above that may be about the same person, unless this row says that its phone is shared. Keeps the row
    /// for those below.
    pub fn above(&mut self, line: u64, marks: &Marks) -> Option<u64> {
        let (Some(phone), Some(folded)) = (&marks.phone, &marks.folded) else { return None };
        let lines = telling_words(folded).map(|word| {
            let first = self.first.entry((phone.clone(), word.to_owned())).or_insert(line);
            *first
        });
        let above = lines.min().filter(|first| *first < line);
        above.filter(|_| !marks.shares_phone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(phone: &str, folded: &str) -> Marks {
        Marks { phone: Some(phone.to_owned()), folded: Some(folded.to_owned()), ..Marks::default() }
    }

    #[test]
    fn the_first_line_of_the_same_phone_and_a_word_is_told() {
        let mut sharing = Sharing::default();
        assert_eq!(sharing.above(2, &marks("+1", "tomas diaz")), None);
        assert_eq!(sharing.above(3, &marks("+2", "tomas diaz")), None, "another phone");
        assert_eq!(sharing.above(4, &marks("+1", "ana ruiz")), None, "another name");
        assert_eq!(sharing.above(5, &marks("+1", "eva ruiz diaz")), Some(2));
        assert_eq!(sharing.above(6, &marks("+1", "eva paz")), Some(5));
        assert_eq!(sharing.above(7, &Marks { shares_phone: true, ..marks("+1", "leo ruiz") }), None);
        assert_eq!(sharing.above(8, &marks("+1", "leo")), Some(7), "who shares a phone is kept for those below");
        assert_eq!(sharing.above(9, &Marks::default()), None);
    }
}
