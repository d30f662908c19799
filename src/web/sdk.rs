//! The browser SDK of Webex. It is Cisco's: whoever runs the hospital supplies it, as a file that is served from here under its
//! digest, or at an address of their own with its integrity.
//!
//! Never part of this program, and never asked for but by the call page of Webex.

use std::io::Write;
use std::path::Path;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::problem::Problem;
use super::site::Site;

/// Where browsers get it.
#[derive(Clone, Debug)]
pub enum Sdk {
    /// From here.
    Held(Held),
    /// From elsewhere.
    Elsewhere {
        /// Its address.
        url: String,
        /// What browsers compare it with.
        integrity: String,
    },
}

/// The SDK as a file, read once.
#[derive(Clone, Debug)]
pub struct Held {
    digest: String,
    plain: web::Bytes,
    gzip: web::Bytes,
}

impl Sdk {
    /// The file at `path`; none where it cannot be read, and people then join with Webex's own page.
    #[must_use]
    pub fn read(path: &Path) -> Option<Self> {
        match std::fs::read(path) {
            Ok(bytes) if !bytes.is_empty() => Some(Self::Held(Held::of(bytes))),
            Ok(_) => {
                tracing::error!("the browser SDK of Webex is empty; people join with Webex's own page");
                None
            }
            Err(error) => {
                tracing::error!(%error, "the browser SDK of Webex cannot be read; people join with Webex's own page");
                None
            }
        }
    }

    /// The address a page names.
    #[must_use]
    pub fn address(&self) -> String {
        match self {
            Self::Held(held) => format!("/webex/sdk/{}", held.digest),
            Self::Elsewhere { url, .. } => url.clone(),
        }
    }

    /// What the browser compares it with, where it comes from elsewhere.
    #[must_use]
    pub fn integrity(&self) -> Option<&str> {
        match self {
            Self::Held(_) => None,
            Self::Elsewhere { integrity, .. } => Some(integrity),
        }
    }

    /// What a content security policy adds to its sources of scripts: the one address, and nothing where it would end the
    /// directive.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        match self {
            Self::Held(_) => None,
            Self::Elsewhere { url, .. } => {
                let path = url.split(['?', '#']).next().unwrap_or_default();
                let is_plain = path.bytes().all(|mark| mark.is_ascii_graphic() && !matches!(mark, b';' | b',' | b'\''));
                is_plain.then_some(path)
            }
        }
    }
}

impl Held {
    fn of(bytes: Vec<u8>) -> Self {
        let digest = Sha256::digest(&bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        // Writing to memory cannot fail.
        drop(encoder.write_all(&bytes));
        Self { digest, gzip: encoder.finish().unwrap_or_default().into(), plain: bytes.into() }
    }
}

/// `GET /webex/sdk/{digest}`. Another digest's address is gone: whoever asks has an old page.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn serve(
    request: HttpRequest,
    site: web::Data<Site>,
    digest: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let Some(Sdk::Held(held)) =
        site.sdk.as_ref().filter(|sdk| matches!(sdk, Sdk::Held(held) if held.digest == *digest))
    else {
        return Err(Problem::NotFound);
    };
    let takes_gzip = request.headers().get(header::ACCEPT_ENCODING).is_some_and(|accepted| {
        accepted.to_str().is_ok_and(|accepted| accepted.split(',').any(|coding| coding.trim().starts_with("gzip")))
    });
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::VARY, "accept-encoding"))
        .content_type("text/javascript; charset=utf-8");
    Ok(if takes_gzip {
        response.insert_header((header::CONTENT_ENCODING, "gzip")).body(held.gzip.clone())
    } else {
        response.body(held.plain.clone())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elsewhere(url: &str) -> Sdk {
        Sdk::Elsewhere { url: url.to_owned(), integrity: "sha384-x".to_owned() }
    }

    #[test]
    fn a_file_is_named_by_what_it_holds() {
        let (one, other) = (Held::of(b"one".to_vec()), Held::of(b"other".to_vec()));
        assert_eq!(one.digest.len(), 32);
        assert_ne!(one.digest, other.digest);
        assert_eq!(Sdk::Held(one).source(), None, "it comes from ourselves");
    }

    #[test]
    fn an_address_widens_the_policy_by_itself_only() {
        assert_eq!(elsewhere("https://cdn.example/webex.js?v=3").source(), Some("https://cdn.example/webex.js"));
        for broken in
            ["https://cdn.example/a; script-src *", "https://cdn.example/a,b", "https://cdn.example/'unsafe-inline'"]
        {
            assert_eq!(elsewhere(broken).source(), None, "{broken}");
        }
    }

    #[test]
    fn a_file_that_is_missing_is_no_sdk() {
        assert!(Sdk::read(Path::new("/no/such/folder/meetings.min.js")).is_none());
    }
}
