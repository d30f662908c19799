//! Which words of a name tell who somebody is.
//!
//! Never says that two names are of one person: sisters share a surname.

use std::collections::HashSet;

/// Words of names that say nothing about who somebody is.
const PARTICLES: [&str; 8] = ["del", "las", "los", "san", "dos", "das", "van", "von"];

/// The words of a folded name that tell something: no initials, no particles.
pub fn telling_words(folded: &str) -> impl Iterator<Item = &str> {
    let words = folded.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| word.chars().count() >= 3 && !PARTICLES.contains(word))
}

/// Whether two folded names have a telling word in common.
#[must_use]
pub fn share_a_word(one: &str, other: &str) -> bool {
    let others: HashSet<&str> = telling_words(other).collect();
    telling_words(one).any(|word| others.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_tell_and_particles_do_not() {
        assert_eq!(telling_words("ana m. de los rios-paz").collect::<Vec<_>>(), ["ana", "rios", "paz"]);
        assert!(share_a_word("tomas diaz", "diaz ruiz, eva"));
        assert!(!share_a_word("ana de los rios", "eva de los montes"));
        assert!(!share_a_word("ana", "anabel"));
    }
}
