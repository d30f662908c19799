//! Bounds on guessing: passwords per account *and* address, and per address; links per address.
//!
//! A stranger who fails on purpose is slowed down at their own address; the account's owner, who signs in from another,
//! notices nothing. A right password gives its attempt back. Never locks an account, never keeps an address longer than it
//! is slowed down, and its memory is bounded.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::domain::person::Email;

/// How often may be tried: at once, and from then on.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Attempts without waiting.
    pub at_once: u32,
    /// After these, one attempt each.
    pub then_every: SignedDuration,
}

/// One account from one address: ten, then one in 90 seconds.
const PER_ACCOUNT: Pace = Pace { at_once: 10, then_every: SignedDuration::from_secs(90) };

/// One address, whichever account: a whole hospital may share one, at the change of shifts too.
const PER_ADDRESS: Pace = Pace { at_once: 100, then_every: SignedDuration::from_secs(6) };

/// How many keys are remembered before old ones are dropped.
const MOST_KEYS: usize = 100_000;

/// The guesses at staff passwords.
#[derive(Debug)]
pub struct Guesses {
    accounts: Limit<(u64, Network)>,
    addresses: Limit<Network>,
}

/// Where an address belongs: whoever has an IPv6 address has 2⁶⁴ of them, so their network counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network(IpAddr);

/// Attempts per key, as a leaky bucket.
#[derive(Debug)]
pub struct Limit<K> {
    pace: Pace,
    /// When each key's bucket is empty again; keys whose time has passed are forgotten.
    empty_at: Mutex<HashMap<K, Timestamp>>,
}

/// Too many attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many attempts; the next one is possible in {wait:#}")]
pub struct TooMany {
    /// How long until the next one.
    pub wait: SignedDuration,
}

impl Guesses {
    /// Nobody has guessed yet.
    #[must_use]
    pub fn new() -> Self {
        Self { accounts: Limit::at(PER_ACCOUNT), addresses: Limit::at(PER_ADDRESS) }
    }

    /// Counts one attempt at `account` from `address`, before the password is looked at.
    ///
    /// # Errors
    /// [`TooMany`]; the attempt must not be carried out.
    pub fn attempt(&self, account: &Email, address: IpAddr, now: Timestamp) -> Result<(), TooMany> {
        let network = Network::from(address);
        self.addresses.take(network, now)?;
        self.accounts.take((digest(account), network), now)
    }

    /// The password was right: the attempt doesn't count.
    pub fn succeeded(&self, account: &Email, address: IpAddr) {
        let network = Network::from(address);
        self.addresses.give_back(&network);
        self.accounts.forget(&(digest(account), network));
    }
}

impl Default for Guesses {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Eq + Hash> Limit<K> {
    /// A limit nobody has used yet.
    #[must_use]
    pub fn at(pace: Pace) -> Self {
        Self { pace, empty_at: Mutex::default() }
    }

    /// Counts one attempt.
    ///
    /// # Errors
    /// [`TooMany`]; then it was not counted.
    pub fn take(&self, key: impl Into<K>, now: Timestamp) -> Result<(), TooMany> {
        let key = key.into();
        let mut buckets = self.empty_at.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_KEYS && !buckets.contains_key(&key) {
            buckets.retain(|_, empty_at| *empty_at > now);
            if buckets.len() >= MOST_KEYS {
                buckets.clear();
            }
        }
        let filled_until = buckets.get(&key).map_or(now, |empty_at| (*empty_at).max(now)) + self.pace.then_every;
        let wait = filled_until.duration_since(now) - self.pace.capacity();
        if wait > SignedDuration::ZERO {
            return Err(TooMany { wait });
        }
        buckets.insert(key, filled_until);
        Ok(())
    }

    /// Takes one attempt back.
    pub fn give_back(&self, key: &K) {
        let mut buckets = self.empty_at.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(empty_at) = buckets.get_mut(key) {
            *empty_at -= self.pace.then_every;
        }
    }

    /// Takes every attempt back.
    pub fn forget(&self, key: &K) {
        self.empty_at.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

impl Pace {
    fn capacity(self) -> SignedDuration {
        self.then_every.saturating_mul(i32::try_from(self.at_once).unwrap_or(i32::MAX))
    }
}

impl From<IpAddr> for Network {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => address.into(),
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
        })
    }
}

fn digest(account: &Email) -> u64 {
    let mut hasher = DefaultHasher::new();
    account.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ines() -> Email {
        "ines@hospital.example".parse().unwrap()
    }

    #[test]
    fn ten_wrong_passwords_are_one_too_many_at_that_address_only() {
        let guesses = Guesses::new();
        let (here, there): (IpAddr, IpAddr) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        let now = Timestamp::UNIX_EPOCH;
        for _ in 0..10 {
            guesses.attempt(&ines(), here, now).unwrap();
        }
        let refused = guesses.attempt(&ines(), here, now).unwrap_err();
        assert_eq!(refused.wait, SignedDuration::from_secs(90));
        guesses.attempt(&ines(), there, now).unwrap();
        guesses.attempt(&"luz@hospital.example".parse().unwrap(), here, now).unwrap();
        guesses.attempt(&ines(), here, now + SignedDuration::from_secs(90)).unwrap();
    }

    #[test]
    fn a_right_password_does_not_count() {
        let guesses = Guesses::new();
        let here = "192.0.2.1".parse().unwrap();
        for _ in 0..500 {
            guesses.attempt(&ines(), here, Timestamp::UNIX_EPOCH).unwrap();
            guesses.succeeded(&ines(), here);
        }
    }

    #[test]
    fn one_address_cannot_go_through_a_list_of_accounts() {
        let guesses = Guesses::new();
        let here = "192.0.2.1".parse().unwrap();
        let refused = (0..200).filter(|number| {
            let account = format!("staff{number}@hospital.example").parse().unwrap();
            guesses.attempt(&account, here, Timestamp::UNIX_EPOCH).is_err()
        });
        assert_eq!(refused.count(), 100);
    }

    #[test]
    fn a_whole_ipv6_network_is_one_address() {
        let network = |address: &str| Network::from(address.parse::<IpAddr>().unwrap());
        assert_eq!(network("2001:db8::1"), network("2001:db8::2"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:0:1::1"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
    }
}
