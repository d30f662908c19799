//! What families agree to: its wording, and every wording it has had.
//!
//! Never changes a version: a new wording is a new version.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::{editor, refusal, saved};
use crate::domain::hospital::{ByLanguage, Consent, ConsentText};
use crate::domain::person::Language;
use crate::store::StoreError;
use crate::store::hospital;
use crate::text::Texts;
use crate::web::consent;
use crate::web::csrf::FormToken;
use crate::web::flash;
use crate::web::guard::SignedIn;
use crate::web::layout;
use crate::web::problem::Problem;
use crate::web::site::Site;
use crate::web::staff::answer::Wants;
use crate::web::staff::forms::PageForm;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::pages::{here, reader};
use crate::web::staff::views::form::Fault;
use crate::web::staff::views::settings::consent::{self as view, ConsentPage, field};

/// The field that carries which version was seen.
pub const SEEN: &str = "version";

/// `GET /settings/consent`.
///
/// # Errors
/// [`Problem`].
pub async fn show(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let notice = flash::take(&request, &site.public_url);
    page(&site, &signed_in, &token, StatusCode::OK, notice.as_deref(), &Pairs::default(), &[]).await
}

/// `POST /settings/consent`: a new version.
///
/// # Errors
/// [`Problem`].
pub async fn add(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    form: PageForm,
) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let texts = Texts::of(signed_in.member.language);
    let stored = hospital::read(&site.store, site.settings.started()).await?;
    let faults = match read(&form, texts, &stored.hospital.consent) {
        Ok(wanted) => {
            let editor = editor(&site, &signed_in, stored.rev);
            match hospital::add_consent(&site.store, editor, stored.hospital.consent.version, &wanted).await {
                Ok(()) => return saved(&site, &request, texts, "/settings/consent", "settings-consent-saved").await,
                Err(StoreError::Conflict | StoreError::Duplicate) => vec![meanwhile(texts)],
                Err(error) => return Err(error.into()),
            }
        }
        Err(faults) => faults,
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    if Wants::of(&request) == Wants::Json {
        return Ok(refusal(status, &faults));
    }
    page(&site, &signed_in, &token, status, None, &form, &faults).await
}

/// The wording in every language, other than the one in use.
fn read(form: &Pairs, texts: Texts, now: &Consent) -> Result<ByLanguage<ConsentText>, Vec<Fault>> {
    if form.has(SEEN) && form.one(SEEN) != now.version.to_string() {
        return Err(vec![meanwhile(texts)]);
    }
    let mut faults = Vec::new();
    let mut one = |language| {
        let text = form.one(field(language)).parse::<ConsentText>();
        text.map_err(|_| faults.push(Fault::new(texts, field(language), "settings-consent-wrong"))).ok()
    };
    let read = (one(Language::Spanish), one(Language::English), one(Language::Portuguese));
    let (Some(spanish), Some(english), Some(portuguese)) = read else { return Err(faults) };
    let wanted = ByLanguage { spanish, english, portuguese };
    if consent::is_worded_as(now, &wanted) {
        return Err(vec![Fault::new(texts, field(texts.language()), "settings-consent-same")]);
    }
    Ok(wanted)
}

fn meanwhile(texts: Texts) -> Fault {
    Fault::new(texts, field(texts.language()), "settings-consent-meanwhile")
}

async fn page(
    site: &Site,
    signed_in: &SignedIn,
    token: &FormToken,
    status: StatusCode,
    notice: Option<&str>,
    typed: &Pairs,
    problems: &[Fault],
) -> Result<HttpResponse, Problem> {
    let stored = hospital::read(&site.store, site.settings.started()).await?;
    let versions = hospital::consents(&site.store).await?;
    Ok(layout::page(
        status,
        view::page(&ConsentPage {
            reader: reader(signed_in, token, notice),
            here: &here(site, signed_in),
            now: &stored.hospital.consent,
            versions: &versions,
            typed,
            problems,
        }),
    ))
}
