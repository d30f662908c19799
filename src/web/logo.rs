//! The hospital's logo, for everybody: its address is made of its digest, so browsers keep it for ever.
//!
//! Never serves what an admin uploaded as anything but the picture it was found to be.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};
use sha2::{Digest, Sha256};

use super::assets;
use super::problem::Problem;
use super::site::Site;
use crate::domain::hospital::Hospital;
use crate::store::hospital;

/// How many bytes of the hash name a logo.
const NAMING: usize = 16;

/// The name of a picture.
#[must_use]
pub fn digest(image: &[u8]) -> String {
    Sha256::digest(image).iter().take(NAMING).map(|byte| format!("{byte:02x}")).collect()
}

/// The hospital's logo, or the program's where it has none; its name stands beside it.
#[must_use]
pub fn markup(hospital: &Hospital, size: u8) -> Markup {
    html! {
        @match &hospital.logo {
            Some(digest) => img.logo src={ "/logo/" (digest) } alt="";
            None => img src=(assets::url("icon.svg")) alt="" width=(size) height=(size);
        }
    }
}

/// `GET /logo/{digest}`.
///
/// # Errors
/// [`Problem::NotFound`], when it is not in use (any more).
pub async fn serve(site: web::Data<Site>, digest: web::Path<String>) -> Result<HttpResponse, Problem> {
    let (kind, image) = hospital::find_logo(&site.store, &digest).await?.ok_or(Problem::NotFound)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .content_type(kind.media_type())
        .body(image))
}
