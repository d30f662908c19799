//! The secret part of a link: derived from a key that lives outside the database, never stored.
//!
//! A token is the first 128 bits of HMAC-SHA256 over the invitation's 16 bytes and the generation as a big-endian `u32`,
//! written in base64url. Whoever holds the database but not the key cannot make one.
//!
//! Never decides whether a link still works, and never prints a key or a token unless asked to expose it.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::domain::ids::InvitationId;

/// The fewest bytes a key may have.
const KEY_BYTES: usize = 32;
const TOKEN_BYTES: usize = 16;
/// 16 bytes in base64url without padding.
const TOKEN_LETTERS: usize = 22;

/// The key that every link is derived from; the same on all nodes of a hospital.
#[derive(Clone)]
pub struct LinkKey(Hmac<Sha256>);

/// The secret part of one link.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; TOKEN_BYTES]);

/// Why there is no link key.
#[derive(Debug, thiserror::Error)]
pub enum LinkKeyError {
    /// The file could not be read or made.
    #[error("the link key's file cannot be read or made")]
    File(#[source] io::Error),
    /// Not base64url, or fewer than 32 bytes.
    #[error("a link key is at least 32 random bytes, written in base64url")]
    Malformed,
}

impl LinkKey {
    /// A key for another purpose. Purposes are texts of other lengths than what tokens are made of, so the two never meet.
    #[must_use]
    pub fn derive(&self, purpose: &[u8]) -> [u8; 32] {
        let mut mac = self.0.clone();
        mac.update(purpose);
        mac.finalize().into_bytes().into()
    }

    /// Reads the key's file, or makes one that only its owner may read. Of two processes that make it at once, both
    /// end up with the same key. Blocks: call it at start.
    ///
    /// # Errors
    /// [`LinkKeyError`].
    pub fn load_or_create(path: &Path) -> Result<Self, LinkKeyError> {
        match fs::read_to_string(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => create(path).map_err(LinkKeyError::File)?,
            read => return Self::parse(&read.map_err(LinkKeyError::File)?.into()),
        }
        Self::parse(&fs::read_to_string(path).map_err(LinkKeyError::File)?.into())
    }

    /// Reads a key from configuration: base64url of at least 32 bytes, padded or not.
    ///
    /// # Errors
    /// [`LinkKeyError::Malformed`].
    pub fn parse(text: &SecretString) -> Result<Self, LinkKeyError> {
        let text = text.expose_secret().trim().trim_end_matches('=');
        let key = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| LinkKeyError::Malformed)?;
        if key.len() < KEY_BYTES {
            return Err(LinkKeyError::Malformed);
        }
        Hmac::new_from_slice(&key).map(Self).map_err(|_| LinkKeyError::Malformed)
    }

    /// The token of one generation of an invitation.
    #[must_use]
    pub fn token(&self, invitation: InvitationId, generation: u32) -> Token {
        let mac = self.0.clone().chain_update(invitation.as_bytes()).chain_update(generation.to_be_bytes());
        let digest: [u8; 32] = mac.finalize().into_bytes().into();
        let mut token = [0; TOKEN_BYTES];
        token.iter_mut().zip(digest).for_each(|(byte, derived)| *byte = derived);
        Token(token)
    }
}

impl Token {
    /// Reads the last part of a link: exactly 22 letters of base64url.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != TOKEN_LETTERS {
            return None;
        }
        BASE64_URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    /// What the store keeps in its place: the SHA-256 of its 16 bytes.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }

    /// The token as it stands in a link.
    #[must_use]
    pub fn expose(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.0)
    }
}

impl fmt::Debug for LinkKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("LinkKey(…)")
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Token(…)")
    }
}

/// Makes the file whole or not at all: the key is written under another name, then linked to its own.
fn create(path: &Path) -> io::Result<()> {
    let mut key = [0; KEY_BYTES];
    getrandom::fill(&mut key).map_err(io::Error::other)?;
    let draft = draft(path)?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    let written = writeln!(file, "{}", BASE64_URL_SAFE_NO_PAD.encode(key)).and_then(|()| file.sync_all());
    // Linking fails where the name is taken; renaming would replace the key that another process uses already.
    let linked = written.and_then(|()| fs::hard_link(&draft, path));
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    File::open(path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")))?.sync_all()
}

fn draft(path: &Path) -> io::Result<PathBuf> {
    let suffix = getrandom::u32().map_err(io::Error::other)?;
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{suffix:08x}"));
    Ok(name.into())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn key() -> LinkKey {
        LinkKey::parse(&"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=".into()).unwrap()
    }

    fn invitation() -> InvitationId {
        "01938a4e-5f00-7abc-8def-0123456789ab".parse().unwrap()
    }

    #[test]
    fn tokens_are_what_another_implementation_computes() {
        // Python: hmac.new(bytes(range(32)), uuid.bytes + generation.to_bytes(4, "big"), sha256).digest()[:16]
        let cases = [
            (1, "8rH9RHmJbG7v3d2_hwV2Cg", "962c26c76ca875d3c31fd850f5c27c67d2f48fb742faa80f2815df62b9943534"),
            (2, "KlDo_mfqXlSwamMDFomVNg", "d9723594b6c716d137b62af9fa1f64772342540d50d60e840b59d2ea7dcd261b"),
            (258, "sZAw38iM7zJMOa0aHYV1Zw", "cb1b72bf9b5dbc6a7c4cd4f194f45d5fc2ecc06d58cb84fea17f7feb5d8d061e"),
        ];
        for (generation, text, hash) in cases {
            let token = key().token(invitation(), generation);
            assert_eq!(token.expose(), text);
            assert_eq!(token.hash().iter().map(|byte| format!("{byte:02x}")).collect::<String>(), hash);
            assert_eq!(Token::parse(text), Some(token));
        }
    }

    #[test]
    fn only_a_whole_token_is_read() {
        for text in [
            "",
            "8rH9RHmJbG7v3d2_hwV2C",
            "8rH9RHmJbG7v3d2_hwV2Cg=",
            "8rH9RHmJbG7v3d2_hwV2Cga",
            "8rH9RHmJbG7v3d2/hwV2Cg",
            "8rH9RHmJbG7v3d2_hwV2Ch", // one bit past the 128th
            "8rH9RHmJbG7v3d2_hwV2ñ",
            " 8rH9RHmJbG7v3d2_hwV2C",
        ] {
            assert_eq!(Token::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_short_or_garbled_key_is_refused() {
        for text in ["", "AAECAwQF", "not base64!", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg"] {
            assert!(matches!(LinkKey::parse(&text.into()), Err(LinkKeyError::Malformed)), "{text}");
        }
    }

    #[test]
    fn the_file_is_made_once_and_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("link.key");
        let keys: Vec<LinkKey> = std::thread::scope(|scope| {
            let makers: Vec<_> = (0..8).map(|_| scope.spawn(|| LinkKey::load_or_create(&path).unwrap())).collect();
            makers.into_iter().map(|maker| maker.join().unwrap()).collect()
        });
        let tokens: Vec<_> = keys.iter().map(|key| key.token(invitation(), 1).expose()).collect();
        assert!(tokens.windows(2).all(|pair| pair[0] == pair[1]));
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no draft stays behind");
    }

    #[test]
    fn an_empty_file_is_no_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("link.key");
        fs::write(&path, "").unwrap();
        assert!(matches!(LinkKey::load_or_create(&path), Err(LinkKeyError::Malformed)));
    }

    #[test]
    fn neither_key_nor_token_is_printed() {
        let token = key().token(invitation(), 1);
        assert_eq!(format!("{token:?} {:?}", key()), "Token(…) LinkKey(…)");
    }
}
