//! The cookies this house sets, and their names: `__Host-` and `Secure` wherever the public address is https.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

use crate::auth::secret::Secret16;
use crate::config::PublicUrl;
use crate::domain::ids::ParticipantId;

/// Longer than any visit from early entry to its end; what the cookie opens ends with the visit.
const SEAT_LIFETIME: Duration = Duration::hours(24);

/// A cookie of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// A signed-in session of staff.
    Session,
    /// What form tokens are bound to.
    Form,
    /// What the last request has to say.
    Flash,
    /// The seat of one person in one visit: two visits on one phone have two.
    Seat(ParticipantId),
}

impl Name {
    fn text(self, public_url: &PublicUrl) -> String {
        let prefix = if public_url.is_https() { "__Host-" } else { "" };
        match self {
            Self::Session => format!("{prefix}antesala"),
            Self::Form => format!("{prefix}antesala-form"),
            Self::Flash => format!("{prefix}antesala-flash"),
            Self::Seat(seat) => format!("{prefix}seat-{seat}"),
        }
    }
}

/// What the browser holds under `name`.
#[must_use]
pub fn read(request: &HttpRequest, public_url: &PublicUrl, name: Name) -> Option<String> {
    request.cookie(&name.text(public_url)).map(|cookie| cookie.value().to_owned())
}

/// The secret the browser holds under `name`.
#[must_use]
pub fn read_secret(request: &HttpRequest, public_url: &PublicUrl, name: Name) -> Option<Secret16> {
    Secret16::parse(&read(request, public_url, name)?).ok()
}

/// A cookie that is unreadable to scripts. It goes with the browser's session, except a seat's: a phone that ends the
/// browser in the lobby must not cost the place in line.
#[must_use]
pub fn put(public_url: &PublicUrl, name: Name, value: String) -> Cookie<'static> {
    let mut cookie = Cookie::build(name.text(public_url), value)
        .path("/")
        .http_only(true)
        .secure(public_url.is_https())
        .same_site(SameSite::Lax)
        .finish();
    if matches!(name, Name::Seat(_)) {
        cookie.set_max_age(SEAT_LIFETIME);
    }
    cookie
}

/// A cookie that tells the browser to forget `name`.
#[must_use]
pub fn forget(public_url: &PublicUrl, name: Name) -> Cookie<'static> {
    let mut cookie = put(public_url, name, String::new());
    cookie.make_removal();
    cookie
}
