//! Proof that a form came from one of our own pages, for browsers that hide the origin of a request.
//!
//! The token is an HMAC of a random value the browser keeps in a cookie: another site can neither read it nor compute it.
//! Never authenticates a person.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::secret::Secret16;

/// Sets these tokens apart from whatever else is derived from the same key.
const PURPOSE: &[u8] = b"antesala form token v1";

/// Issues and checks form tokens; every node that holds the same key agrees.
#[derive(Clone)]
pub struct FormTokens {
    mac: Hmac<Sha256>,
}

impl FormTokens {
    /// Tokens keyed by the server's own secret.
    ///
    /// # Panics
    /// Never: HMAC takes keys of any length.
    #[must_use]
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length (RFC 2104)")]
    pub fn keyed_by(key: &[u8]) -> Self {
        let mut mac = Hmac::new_from_slice(key).expect("HMAC takes keys of any length");
        mac.update(PURPOSE);
        Self { mac }
    }

    /// The token of the browser that holds `browser` in its cookie.
    #[must_use]
    pub fn of(&self, browser: &Secret16) -> String {
        URL_SAFE_NO_PAD.encode(self.mac_of(browser).finalize().into_bytes())
    }

    /// Whether `token` was issued to that browser; takes the same time whichever letter is wrong.
    #[must_use]
    pub fn accepts(&self, browser: &Secret16, token: &str) -> bool {
        let Ok(given) = URL_SAFE_NO_PAD.decode(token) else {
            return false;
        };
        self.mac_of(browser).verify_slice(&given).is_ok()
    }

    fn mac_of(&self, browser: &Secret16) -> Hmac<Sha256> {
        let mut mac = self.mac.clone();
        mac.update(browser.as_bytes());
        mac
    }
}

impl fmt::Debug for FormTokens {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("FormTokens(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_belongs_to_one_browser_and_one_key() {
        let tokens = FormTokens::keyed_by(b"key");
        let browser = Secret16::mint();
        let token = tokens.of(&browser);
        assert!(tokens.accepts(&browser, &token));
        assert!(!tokens.accepts(&Secret16::mint(), &token));
        assert!(!FormTokens::keyed_by(b"other").accepts(&browser, &token));
    }

    #[test]
    fn a_damaged_token_is_refused() {
        let tokens = FormTokens::keyed_by(b"key");
        let browser = Secret16::mint();
        let token = tokens.of(&browser);
        for wrong in ["", "é", &token[..token.len() - 1], &format!("{token}A")] {
            assert!(!tokens.accepts(&browser, wrong), "{wrong}");
        }
    }
}
