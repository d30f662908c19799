//! Random values that grant something: cookies and one-time links.
//!
//! A value shows itself only through [`Secret16::to_text`]; the store keeps [`Secret16::hash`]. Never appears in a log.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// 128 bits that cannot be guessed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret16([u8; 16]);

/// The text is not one of our secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a secret of this house")]
pub struct NotASecret;

impl Secret16 {
    /// Draws a fresh one from the operating system.
    ///
    /// # Panics
    /// When the operating system has no randomness to give: nothing would be safe after that.
    #[must_use]
    #[expect(clippy::expect_used, reason = "without randomness no session or link may be handed out")]
    pub fn mint() -> Self {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        Self(bytes)
    }

    /// Reads the 22 letters of [`Secret16::to_text`].
    ///
    /// # Errors
    /// [`NotASecret`].
    pub fn parse(text: &str) -> Result<Self, NotASecret> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| NotASecret)?;
        bytes.try_into().map(Self).map_err(|_| NotASecret)
    }

    /// Base64url without padding: 22 letters that need no escaping in a URL or cookie.
    #[must_use]
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What the store may keep: SHA-256, which 128 random bits make as good as a slow hash.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }

    /// The bytes, for deriving something from them.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Debug for Secret16 {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret16(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_goes_out_and_comes_back() {
        let secret = Secret16::mint();
        let text = secret.to_text();
        assert_eq!(text.len(), 22);
        assert_eq!(Secret16::parse(&text).unwrap(), secret);
        assert_ne!(Secret16::mint(), secret);
    }

    #[test]
    fn anything_else_is_not_a_secret() {
        let text = Secret16::mint().to_text();
        for wrong in ["", "short", &text[..21], &format!("{text}A"), "!!!!!!!!!!!!!!!!!!!!!!", "ñ"] {
            assert_eq!(Secret16::parse(wrong), Err(NotASecret), "{wrong}");
        }
    }

    #[test]
    fn debug_says_nothing() {
        let secret = Secret16([7; 16]);
        assert_eq!(format!("{secret:?}"), "Secret16(…)");
    }
}
