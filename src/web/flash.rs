//! What one request has to say on the page after it: a sentence in a cookie that is read once.
//!
//! Never carries personal data: cookies outlive the page.

use actix_web::HttpRequest;
use actix_web::cookie::Cookie;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::cookies::{self, Name};
use crate::config::PublicUrl;

/// Longest sentence kept, in bytes.
const LONGEST: usize = 600;

/// A cookie that carries `sentence` to the next page.
#[must_use]
pub fn put(public_url: &PublicUrl, sentence: &str) -> Cookie<'static> {
    cookies::put(public_url, Name::Flash, URL_SAFE_NO_PAD.encode(sentence))
}

/// The sentence the last request left, if it left one; the requests middleware forgets it once a page was shown. A page that a
/// script reads in the background is shown to nobody: it leaves the sentence to the page that is.
#[must_use]
pub fn take(request: &HttpRequest, public_url: &PublicUrl) -> Option<String> {
    if request.headers().get("sec-fetch-dest").is_some_and(|wanted| wanted.as_bytes() == b"empty") {
        return None;
    }
    let value = cookies::read(request, public_url, Name::Flash)?;
    let bytes = URL_SAFE_NO_PAD.decode(value).ok().filter(|bytes| bytes.len() <= LONGEST)?;
    String::from_utf8(bytes).ok().filter(|sentence| !sentence.is_empty())
}
