//! Sealing what the house must keep and give back, such as tokens of a provider: AES-256-GCM under a key that is not in the
//! database, with a nonce drawn for each seal.
//!
//! What was sealed for one purpose does not open for another. Never prints a key or what it seals.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use secrecy::{ExposeSecret, SecretString};

/// Seals and opens.
#[derive(Clone)]
pub struct Sealer(Arc<RandomizedNonceKey>);

/// It could not be sealed, or was not sealed with this key for this purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not sealed with this key")]
pub struct NotSealed;

impl Sealer {
    /// Seals with this key.
    ///
    /// # Errors
    /// [`NotSealed`], which a key of this length does not meet.
    pub fn keyed_by(key: &[u8; 32]) -> Result<Self, NotSealed> {
        RandomizedNonceKey::new(&AES_256_GCM, key).map(|key| Self(Arc::new(key))).map_err(|_| NotSealed)
    }

    /// Nonce, what was sealed, and its tag.
    ///
    /// # Errors
    /// [`NotSealed`], when there is no randomness.
    pub fn seal(&self, purpose: &str, secret: &SecretString) -> Result<Vec<u8>, NotSealed> {
        let mut body = secret.expose_secret().as_bytes().to_vec();
        let nonce = self.0.seal_in_place_append_tag(Aad::from(purpose), &mut body).map_err(|_| NotSealed)?;
        Ok([nonce.as_ref().as_slice(), &body].concat())
    }

    /// What was sealed for this purpose.
    ///
    /// # Errors
    /// [`NotSealed`].
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<SecretString, NotSealed> {
        let (nonce, body) = sealed.split_at_checked(NONCE_LEN).ok_or(NotSealed)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| NotSealed)?;
        let mut body = body.to_vec();
        let opened = self.0.open_in_place(nonce, Aad::from(purpose), &mut body).map_err(|_| NotSealed)?;
        std::str::from_utf8(opened).map(SecretString::from).map_err(|_| NotSealed)
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Sealer(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_key_and_purpose_open_it() {
        let (sealer, other) = (Sealer::keyed_by(&[7; 32]).unwrap(), Sealer::keyed_by(&[8; 32]).unwrap());
        let secret = SecretString::from("a token of Webex");
        let sealed = sealer.seal("access", &secret).unwrap();
        assert_eq!(sealer.open("access", &sealed).unwrap().expose_secret(), "a token of Webex");
        assert!(sealer.open("refresh", &sealed).is_err());
        assert!(other.open("access", &sealed).is_err());
        assert!(!sealed.windows(5).any(|bytes| bytes == b"token"));
        assert_ne!(sealed, sealer.seal("access", &secret).unwrap(), "a nonce of its own each time");
    }

    #[test]
    fn whatever_was_changed_or_cut_does_not_open() {
        let sealer = Sealer::keyed_by(&[7; 32]).unwrap();
        let sealed = sealer.seal("access", &"secret".into()).unwrap();
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert!(sealer.open("access", &changed).is_err(), "{place}");
            assert!(sealer.open("access", &sealed[..place]).is_err(), "{place}");
        }
    }
}
