//! A hospital's picture: what kind it is and that it is one whole, told from its bytes alone.
//!
//! Never decodes it, and never takes a drawing that can hold scripts (SVG).

use crate::domain::words::words;

/// The largest picture, in bytes: families load it over weak networks.
pub const LARGEST_LOGO: usize = 200 * 1024;

words! {
    /// What a logo may be.
    LogoKind {
        /// PNG.
        Png = "png",
        /// JPEG.
        Jpeg = "jpeg",
        /// WebP.
        Webp = "webp",
    }
}

/// A picture that may stand beside the hospital's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    kind: LogoKind,
    image: Vec<u8>,
}

/// Why a file is no logo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoLogo {
    /// Nothing was chosen.
    #[error("no file")]
    Empty,
    /// It is larger than [`LARGEST_LOGO`].
    #[error("too large")]
    TooLarge,
    /// It is no PNG, JPEG or WebP, is cut off, or carries something behind the picture.
    #[error("not a picture")]
    NotAPicture,
}

impl Logo {
    /// Looks a file over.
    ///
    /// # Errors
    /// [`NoLogo`].
    pub fn read(image: Vec<u8>) -> Result<Self, NoLogo> {
        if image.is_empty() {
            return Err(NoLogo::Empty);
        }
        if image.len() > LARGEST_LOGO {
            return Err(NoLogo::TooLarge);
        }
        let kind = LogoKind::of(&image).ok_or(NoLogo::NotAPicture)?;
        Ok(Self { kind, image })
    }

    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> LogoKind {
        self.kind
    }

    /// Its bytes.
    #[must_use]
    pub fn image(&self) -> &[u8] {
        &self.image
    }
}

impl LogoKind {
    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }

    /// The kind of a whole picture with nothing behind it.
    fn of(image: &[u8]) -> Option<Self> {
        if is_png(image) {
            Some(Self::Png)
        } else if image.starts_with(&[0xFF, 0xD8, 0xFF]) && image.ends_with(&[0xFF, 0xD9]) {
            Some(Self::Jpeg)
        } else if is_webp(image) {
            Some(Self::Webp)
        } else {
            None
        }
    }
}

/// Signature, then chunks of length, name, data and checksum; the first is `IHDR`, and the file ends with `IEND`
/// (PNG specification, section 5).
fn is_png(image: &[u8]) -> bool {
    let Some(mut rest) = image.strip_prefix(b"\x89PNG\r\n\x1a\n") else { return false };
    let mut is_first = true;
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let Some((name, after)) = after.split_first_chunk::<4>() else { return false };
        if is_first != (name == b"IHDR") {
            return false;
        }
        is_first = false;
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        let Some(after) = length.checked_add(4).and_then(|length| after.get(length..)) else { return false };
        if name == b"IEND" {
            return after.is_empty();
        }
        rest = after;
    }
    false
}

/// `RIFF`, the length of what follows, `WEBP` (WebP container specification).
fn is_webp(image: &[u8]) -> bool {
    let Some(rest) = image.strip_prefix(b"RIFF") else { return false };
    let Some((length, body)) = rest.split_first_chunk::<4>() else { return false };
    body.starts_with(b"WEBPVP8")
        && usize::try_from(u32::from_le_bytes(*length)).is_ok_and(|length| length == body.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One transparent pixel.
    const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\
        \0\0\0\rIDATx\xdac\xfc\xcf\xc0P\x0f\0\x04\x85\x01\x80\x84\xa9\x8c!\0\0\0\0IEND\xaeB`\x82";

    fn kind(image: &[u8]) -> Result<LogoKind, NoLogo> {
        Logo::read(image.to_vec()).map(|logo| logo.kind())
    }

    #[test]
    fn a_picture_is_known_by_its_bytes() {
        assert_eq!(kind(PIXEL), Ok(LogoKind::Png));
        assert_eq!(kind(b"\xff\xd8\xff\xe0\0\x10JFIF\xff\xd9"), Ok(LogoKind::Jpeg));
        assert_eq!(kind(b"RIFF\x0c\0\0\0WEBPVP8L\0\0\0\0"), Ok(LogoKind::Webp));
    }

    #[test]
    fn what_is_none_or_carries_more_is_refused() {
        let mut polyglot = PIXEL.to_vec();
        polyglot.extend_from_slice(b"<script>alert(1)</script>");
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>";
        let two_headers = [PIXEL.get(..33).unwrap(), PIXEL.get(8..).unwrap()].concat();
        for image in [
            &svg[..],
            b"GIF89a",
            b"%PDF-1.7",
            b"\x89PNG\r\n\x1a\n<svg/>",
            b"\x89PNG\r\n\x1a\n",
            PIXEL.get(..60).unwrap(),
            &polyglot,
            &two_headers,
            b"\xff\xd8\xff\xe0<html>",
            b"RIFF\x04\0\0\0WAVE",
            b"RIFF\x0c\0\0\0WEBPVP8L\0\0\0\0<script>",
        ] {
            assert_eq!(kind(image), Err(NoLogo::NotAPicture), "{}", String::from_utf8_lossy(image));
        }
        assert_eq!(kind(b""), Err(NoLogo::Empty));
        assert_eq!(kind(&vec![0; LARGEST_LOGO + 1]), Err(NoLogo::TooLarge));
    }
}
