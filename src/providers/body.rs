//! What another service answers, read no further than we are willing to hold.
//!
//! Never logs what it reads.

use reqwest::Response;

/// The longest answer we read, in bytes: a page of a thousand messages.
const LONGEST: usize = 4 * 1024 * 1024;

/// The whole body; nothing when it breaks off, or is longer than that.
pub(super) async fn read(mut response: Response) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        if body.len() + chunk.len() > LONGEST {
            return None;
        }
        body.extend_from_slice(&chunk);
    }
    Some(body)
}
