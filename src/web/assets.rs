//! The files of `static/`, part of the program: read once, compressed once, cached by browsers for ever.
//!
//! One hash of the whole folder is part of every address, so that modules which import each other always match.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write;
use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use super::problem::Problem;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Folder;

struct Asset {
    plain: web::Bytes,
    gzip: web::Bytes,
    kind: &'static str,
}

struct Assets {
    version: String,
    files: HashMap<String, Asset>,
}

static ASSETS: LazyLock<Assets> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    let mut names: Vec<Cow<'static, str>> = Folder::iter().collect();
    names.sort();
    let mut files = HashMap::new();
    for name in names {
        let Some(file) = Folder::get(&name) else { continue };
        hash.update(name.as_bytes());
        hash.update(&file.data);
        let asset = Asset { gzip: compressed(&file.data), kind: kind(&name), plain: file.data.into_owned().into() };
        files.insert(name.into_owned(), asset);
    }
    let version = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Assets { version, files }
});

/// The address of a file of `static/`.
#[must_use]
pub fn url(file: &str) -> String {
    format!("/static/{}/{file}", ASSETS.version)
}

/// `GET /static/{version}/{file}`. Another version's address is gone: whoever asks has an old page and will reload it.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn serve(request: HttpRequest, path: web::Path<(String, String)>) -> Result<HttpResponse, Problem> {
    let (version, name) = path.into_inner();
    let asset = ASSETS.files.get(&name).filter(|_| version == ASSETS.version).ok_or(Problem::NotFound)?;
    let takes_gzip = request.headers().get(header::ACCEPT_ENCODING).is_some_and(|accepted| {
        accepted.to_str().is_ok_and(|accepted| accepted.split(',').any(|coding| coding.trim().starts_with("gzip")))
    });
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::VARY, "accept-encoding"))
        .content_type(asset.kind);
    Ok(if takes_gzip {
        response.insert_header((header::CONTENT_ENCODING, "gzip")).body(asset.gzip.clone())
    } else {
        response.body(asset.plain.clone())
    })
}

fn compressed(bytes: &[u8]) -> web::Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory cannot fail.
    drop(encoder.write_all(bytes));
    encoder.finish().unwrap_or_default().into()
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
