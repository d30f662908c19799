//! Passwords: what a new one must be like, and slow hashing off the threads that serve requests.
//!
//! Argon2id with 19 MiB, two passes, one lane (OWASP's first choice). At most two at a time, so that a burst of sign-ins
//! takes neither all memory nor all cores. Never logs or keeps a password, and an unknown account costs as much as a known one.

use std::fmt;
use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

use crate::domain::person::fold;

/// At least this many characters, as long as there is no second factor.
pub const SHORTEST: usize = 15;

/// At most this many characters.
pub const LONGEST: usize = 256;

/// Hashes computed at the same time.
const AT_ONCE: usize = 2;

/// A hash nothing matches, compared with when the account does not exist.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LW5vYm9keQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Words a password may hold but not consist of.
const COMMON: &[&str] = &[
    "antesala",
    "hospital",
    "clinica",
    "clinic",
    "doctora",
    "doctor",
    "medico",
    "medica",
    "paciente",
    "patient",
    "salud",
    "health",
    "enfermera",
    "nurse",
    "sala",
    "admin",
    "administrador",
    "administrator",
    "password",
    "contrasena",
    "senha",
    "clave",
    "secreto",
    "secret",
    "welcome",
    "bienvenido",
    "bienvenida",
    "letmein",
    "qwerty",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "iloveyou",
    "tequiero",
    "teamo",
    "mexico",
    "brasil",
    "espana",
    "changeme",
    "cambiame",
    "login",
    "usuario",
    "user",
    "test",
    "prueba",
    "demo",
];

/// Letters beyond common words and numbers that make a password one's own.
const OWN_LETTERS: usize = 6;

/// A password somebody may choose.
pub struct NewPassword(String);

/// Why a password may not be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    /// Fewer characters than [`SHORTEST`].
    #[error("too short")]
    TooShort,
    /// More characters than [`LONGEST`].
    #[error("too long")]
    TooLong,
    /// The same few characters again and again, or a row of the keyboard.
    #[error("too repetitive")]
    Repetitive,
    /// Common words and numbers, little else.
    #[error("too common")]
    Common,
}

/// A hash could not be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the password could not be hashed")]
pub struct HashingFailed;

/// Hashes and verifies passwords.
#[derive(Clone, Debug)]
pub struct Passwords {
    seats: Arc<Semaphore>,
}

impl NewPassword {
    /// Reads a chosen password. No composition is demanded; spaces and any script are welcome.
    ///
    /// # Errors
    /// [`Weak`].
    pub fn parse(text: &str) -> Result<Self, Weak> {
        match text.chars().count() {
            ..SHORTEST => return Err(Weak::TooShort),
            SHORTEST..=LONGEST => {}
            _ => return Err(Weak::TooLong),
        }
        if is_repetitive(text) {
            return Err(Weak::Repetitive);
        }
        if own_letters(text) < OWN_LETTERS {
            return Err(Weak::Common);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for NewPassword {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("NewPassword(…)")
    }
}

impl Passwords {
    /// Ready to hash.
    #[must_use]
    pub fn new() -> Self {
        Self { seats: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// The hash of a new password, in PHC string format.
    ///
    /// # Errors
    /// [`HashingFailed`], when the machine has no memory or randomness left.
    pub async fn hash(&self, password: NewPassword) -> Result<String, HashingFailed> {
        self.apart(move || hasher().hash_password(password.0.as_bytes()).map(|hash| hash.to_string()).ok())
            .await
            .flatten()
            .ok_or(HashingFailed)
    }

    /// Whether `password` is the one `stored` was made from; `None` for an account that does not exist, which takes as long,
    /// and so does one whose password was never chosen.
    pub async fn verify(&self, stored: Option<String>, password: String) -> bool {
        if password.chars().count() > LONGEST {
            return false;
        }
        self.apart(move || {
            let known = stored.as_deref().and_then(|stored| PasswordHash::new(stored).ok());
            let is_known = known.is_some();
            let compared = known.or_else(|| PasswordHash::new(NOBODY).ok());
            let matches = compared.is_some_and(|stored| hasher().verify_password(password.as_bytes(), &stored).is_ok());
            matches && is_known
        })
        .await
        .unwrap_or(false)
    }

    /// Runs `work` on a thread of its own, when its turn comes.
    async fn apart<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let seat = Arc::clone(&self.seats).acquire_owned().await.ok()?;
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(seat);
            done
        })
        .await
        .ok()
    }
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new()
    }
}

fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

fn is_repetitive(text: &str) -> bool {
    let letters: Vec<char> = text.to_lowercase().chars().collect();
    let mut distinct = letters.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let neighbours =
        letters.iter().zip(letters.iter().skip(1)).filter(|(a, b)| u32::from(**a).abs_diff(u32::from(**b)) <= 1);
    distinct.len() < OWN_LETTERS || neighbours.count() * 3 > letters.len() * 2
}

/// How many letters remain after common words, digits and signs.
fn own_letters(text: &str) -> usize {
    let mut rest: String = fold(text).chars().filter(|letter| letter.is_alphabetic()).collect();
    for word in COMMON {
        rest = rest.replace(word, "");
    }
    rest.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_what_counts() {
        for good in
            ["correct horse battery", "la vaca azul canta bien", "ウサギは夜中に月の上で餅をつく", "xK2!mwPq8#vTz0sL"]
        {
            assert!(NewPassword::parse(good).is_ok(), "{good}");
        }
        assert_eq!(NewPassword::parse("short but sour").unwrap_err(), Weak::TooShort);
        assert_eq!(NewPassword::parse(&"la vaca azul ".repeat(20)).unwrap_err(), Weak::TooLong);
    }

    #[test]
    fn what_everybody_tries_first_is_refused() {
        for weak in ["aaaaaaaaaaaaaaa", "abcabcabcabcabcabc", "123456789012345", "abcdefghijklmnopqrstuvwxyz"] {
            assert_eq!(NewPassword::parse(weak).unwrap_err(), Weak::Repetitive, "{weak}");
        }
        for weak in
            ["Antesala2026!!!", "hospital-hospital-1", "PasswordPassword1", "ContraseñaAdmin2026", "Doctora Clínica 99"]
        {
            assert_eq!(NewPassword::parse(weak).unwrap_err(), Weak::Common, "{weak}");
        }
    }

    #[tokio::test]
    async fn only_the_right_password_matches() {
        let passwords = Passwords::new();
        let stored = passwords.hash(NewPassword::parse("la vaca azul canta").unwrap()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(passwords.verify(Some(stored.clone()), "la vaca azul canta".to_owned()).await);
        assert!(!passwords.verify(Some(stored.clone()), "la vaca azul cantó".to_owned()).await);
        assert!(!passwords.verify(Some(stored), "x".repeat(10_000)).await);
        assert!(!passwords.verify(Some("not a hash".to_owned()), "la vaca azul canta".to_owned()).await);
    }

    #[tokio::test]
    async fn nobody_has_no_password_but_costs_as_much() {
        assert!(PasswordHash::new(NOBODY).is_ok());
        let passwords = Passwords::new();
        for unset in [None, Some(String::new())] {
            for tried in ["la vaca azul canta", ""] {
                assert!(!passwords.verify(unset.clone(), tried.to_owned()).await, "{unset:?} {tried}");
            }
        }
    }

    #[test]
    fn debug_says_nothing() {
        assert_eq!(format!("{:?}", NewPassword::parse("la vaca azul canta").unwrap()), "NewPassword(…)");
    }
}
