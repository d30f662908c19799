//! The hospital's logo: handed in as a file, or taken away.
//!
//! Never believes a file's name or declared type: what it is shows in its bytes.

use actix_web::{HttpRequest, HttpResponse, web};

use super::{editor, refuse, saved};
use crate::domain::hospital::{Logo, NoLogo};
use crate::store::StoreError;
use crate::store::hospital::{self, Stored};
use crate::text::Texts;
use crate::web::csrf::FormToken;
use crate::web::guard::SignedIn;
use crate::web::logo;
use crate::web::problem::Problem;
use crate::web::site::Site;
use crate::web::staff::forms::PageForm;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::views::form::Fault;
use crate::web::upload::Upload;

/// The field that carries which logo was seen.
pub const SEEN: &str = "seen_logo";

/// `POST /settings/logo`.
///
/// # Errors
/// [`Problem`].
pub async fn replace(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    upload: Upload,
) -> Result<HttpResponse, Problem> {
    let texts = Texts::of(signed_in.member.language);
    let form = Pairs::from(upload.fields);
    let stored = hospital::read(&site.store, site.settings.started()).await?;
    let read = if upload.is_too_large { Err(NoLogo::TooLarge) } else { Logo::read(upload.file) };
    let found = read.map_err(key).and_then(|logo| unchanged(&form, &stored).map(|()| logo));
    let logo = match found {
        Ok(logo) => logo,
        Err(key) => return refused(&site, &signed_in, &token, &request, key).await,
    };
    let digest = logo::digest(logo.image());
    let replaced = hospital::replace_logo(&site.store, editor(&site, &signed_in, stored.rev), &digest, &logo).await;
    match replaced {
        Ok(()) => saved(&site, &request, texts, "/settings", "settings-logo-saved").await,
        Err(StoreError::Conflict) => refused(&site, &signed_in, &token, &request, "settings-logo-meanwhile").await,
        Err(error) => Err(error.into()),
    }
}

/// `POST /settings/logo/removal`.
///
/// # Errors
/// [`Problem`].
pub async fn remove(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    form: PageForm,
) -> Result<HttpResponse, Problem> {
    let texts = Texts::of(signed_in.member.language);
    let stored = hospital::read(&site.store, site.settings.started()).await?;
    if let Err(key) = unchanged(&Pairs::from(form.into_inner()), &stored) {
        return refused(&site, &signed_in, &token, &request, key).await;
    }
    match hospital::remove_logo(&site.store, editor(&site, &signed_in, stored.rev)).await {
        Ok(()) => saved(&site, &request, texts, "/settings", "settings-logo-removed").await,
        Err(StoreError::Conflict) => refused(&site, &signed_in, &token, &request, "settings-logo-meanwhile").await,
        Err(error) => Err(error.into()),
    }
}

/// Whether the logo that was seen is still the one in use.
fn unchanged(form: &Pairs, stored: &Stored) -> Result<(), &'static str> {
    let is_seen = !form.has(SEEN) || form.one(SEEN) == stored.hospital.logo.as_deref().unwrap_or_default();
    if is_seen { Ok(()) } else { Err("settings-logo-meanwhile") }
}

async fn refused(
    site: &Site,
    signed_in: &SignedIn,
    token: &FormToken,
    request: &HttpRequest,
    key: &str,
) -> Result<HttpResponse, Problem> {
    let fault = Fault::new(Texts::of(signed_in.member.language), "logo", key);
    refuse(site, signed_in, token, request, &Pairs::default(), &[fault]).await
}

const fn key(why: NoLogo) -> &'static str {
    match why {
        NoLogo::Empty => "settings-logo-missing",
        NoLogo::TooLarge => "settings-logo-large",
        NoLogo::NotAPicture => "settings-logo-kind",
    }
}
