//! A form that hands in a file (`multipart/form-data`): its fields as text, and the one file.
//!
//! Never looks into the file, and never believes what the browser says it is.

use std::pin::Pin;

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::{Error, FromRequest, HttpRequest};
use futures_util::TryStreamExt;

use super::problem::Problem;

/// The largest form with a file, in bytes.
pub const LARGEST: usize = 16 * 1024 * 1024;

/// How much of a form is read although its file is too large, in bytes: a browser shows our sentence only when it could send
/// everything.
const READ_TO_THE_END: usize = 8 * LARGEST;

/// The longest value of a field that is no file, in bytes.
const LONGEST_FIELD: usize = 64 * 1024;

/// A form with a file.
pub struct Upload {
    /// Its other fields, in order.
    pub fields: Vec<(String, String)>,
    /// The bytes of the file; empty where none was chosen, or where it is too large.
    pub file: Vec<u8>,
    /// Whether the form is larger than [`LARGEST`].
    pub is_too_large: bool,
}

impl FromRequest for Upload {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = Multipart::from_request(request, payload);
        Box::pin(async move { Ok(read(form.await?).await.map_err(|_| Problem::Malformed)?) })
    }
}

/// Nothing beyond [`LARGEST`] is kept in memory.
async fn read(mut form: Multipart) -> Result<Upload, actix_multipart::MultipartError> {
    let mut upload = Upload { fields: Vec::new(), file: Vec::new(), is_too_large: false };
    let mut size = 0;
    while let Some(mut field) = form.try_next().await? {
        let name = field.name().unwrap_or_default().to_owned();
        let is_file = field.content_disposition().is_some_and(|disposition| disposition.get_filename().is_some());
        let mut bytes = Vec::new();
        while let Some(chunk) = field.try_next().await? {
            size += chunk.len();
            if size > READ_TO_THE_END || (!is_file && bytes.len() + chunk.len() > LONGEST_FIELD) {
                return Err(actix_multipart::MultipartError::Incomplete);
            }
            upload.is_too_large = size > LARGEST;
            if upload.is_too_large {
                bytes = Vec::new();
            } else {
                bytes.extend_from_slice(&chunk);
            }
        }
        if is_file {
            upload.file = bytes;
        } else {
            upload.fields.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    Ok(upload)
}
