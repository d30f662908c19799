//! The hospital's own words for messages: what each kind says in each language, tried before it is kept.
//!
//! Never keeps a text that would cost two segments at its longest, nor one that lacks what its kind is for.

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use futures_util::future::{Ready, ready};
use serde_json::json;

use super::{ATTEMPTS, editor, refusal, saved};
use crate::domain::hospital::Hospital;
use crate::domain::message::Template;
use crate::domain::message::wording::Wording;
use crate::domain::person::Language;
use crate::messages::Messages;
use crate::messages::render::built_in;
use crate::messages::segments::Measure;
use crate::store::StoreError;
use crate::store::hospital;
use crate::text::Texts;
use crate::web::csrf::FormToken;
use crate::web::flash;
use crate::web::guard::SignedIn;
use crate::web::layout;
use crate::web::problem::Problem;
use crate::web::site::Site;
use crate::web::staff::answer::Wants;
use crate::web::staff::forms::PageForm;
use crate::web::staff::forms::pairs::Pairs;
use crate::web::staff::pages::reader;
use crate::web::staff::views::form::Fault;
use crate::web::staff::views::settings::texts::{self as view, PREVIEW, SEEN, TEXT, TextPage, Worded};

/// Which text the path names, as `{template}` and `{language}`. One that there is not is not found.
#[derive(Clone, Copy, Debug)]
pub struct Which {
    template: Template,
    language: Language,
}

/// A text as it was typed, tried.
struct Tried {
    wording: Option<Wording>,
    faults: Vec<Fault>,
    shown: Shown,
}

/// What a text would look like, and how much of a segment it takes at its longest; neither for one that cannot be sent.
#[derive(Default)]
struct Shown {
    example: Option<String>,
    measure: Option<Measure>,
}

/// `GET /settings/texts`.
///
/// # Errors
/// [`Problem`].
pub async fn list(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let notice = flash::take(&request, &site.public_url);
    let stored = hospital::read(&site.store, site.settings.started()).await?;
    let mut worded = Vec::new();
    for template in Template::ALL {
        for language in Language::ALL {
            let which = Which { template: *template, language: *language };
            let Some(wording) = which.wording(&stored.hospital) else { continue };
            let example = site.messages.for_example(*template, *language, &wording);
            let is_own = stored.hospital.wordings.of(*template, *language).is_some();
            worded.push(Worded { template: *template, language: *language, example, is_own });
        }
    }
    Ok(layout::page(StatusCode::OK, view::list(reader(&signed_in, &token, notice.as_deref()), &worded)))
}

/// `GET /settings/texts/{template}/{language}`.
///
/// # Errors
/// [`Problem`].
pub async fn show(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    which: Which,
) -> Result<HttpResponse, Problem> {
    let notice = flash::take(&request, &site.public_url);
    let stored = hospital::read(&site.store, site.settings.started()).await?;
    let texts = Texts::of(signed_in.member.language);
    let now = which.wording(&stored.hospital).map(|wording| wording.written()).unwrap_or_default();
    let tried = which.try_out(&site.messages, texts, &now);
    let desk = Desk { site: &site, signed_in: &signed_in, token: &token, which };
    Ok(desk.page(StatusCode::OK, &stored.hospital, notice.as_deref(), &now, &tried))
}

/// `POST /settings/texts/{template}/{language}`: keeps a text, or with `preview` only tries it.
///
/// # Errors
/// [`Problem`].
pub async fn save(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    which: Which,
    form: PageForm,
) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let texts = Texts::of(signed_in.member.language);
    let desk = Desk { site: &site, signed_in: &signed_in, token: &token, which };
    let typed = form.one(TEXT);
    for _ in 0..ATTEMPTS {
        let stored = hospital::read(&site.store, site.settings.started()).await?;
        let mut tried = which.try_out(&site.messages, texts, typed);
        if form.has(PREVIEW) {
            return Ok(match Wants::of(&request) {
                Wants::Json => tried.json(texts),
                Wants::Page => desk.page(StatusCode::OK, &stored.hospital, None, typed, &tried),
            });
        }
        if let Some(fault) = which.meanwhile(texts, &form, &stored.hospital) {
            tried.faults.insert(0, fault);
        }
        let Some(wording) = tried.wording.as_ref().filter(|_| tried.faults.is_empty()) else {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(match Wants::of(&request) {
                Wants::Json => refusal(status, &tried.faults),
                Wants::Page => desk.page(status, &stored.hospital, None, typed, &tried),
            });
        };
        let (of, editor) = ((which.template, which.language), editor(&site, &signed_in, stored.rev));
        // Who writes what the program says anyway follows the program.
        let kept = if Some(wording) == built_in(which.template, which.language).as_ref() {
            hospital::remove_text(&site.store, editor, of).await
        } else {
            hospital::keep_text(&site.store, editor, of, wording).await
        };
        match kept {
            Ok(()) => return saved(&site, &request, texts, view::LIST, "texts-saved").await,
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Problem::Unavailable(None))
}

/// `POST /settings/texts/{template}/{language}/removal`: the program's own words again.
///
/// # Errors
/// [`Problem`].
pub async fn remove(
    site: web::Data<Site>,
    signed_in: SignedIn,
    token: FormToken,
    request: HttpRequest,
    which: Which,
    form: PageForm,
) -> Result<HttpResponse, Problem> {
    let form = Pairs::from(form.into_inner());
    let texts = Texts::of(signed_in.member.language);
    for _ in 0..ATTEMPTS {
        let stored = hospital::read(&site.store, site.settings.started()).await?;
        if let Some(fault) = which.meanwhile(texts, &form, &stored.hospital) {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            if Wants::of(&request) == Wants::Json {
                return Ok(refusal(status, &[fault]));
            }
            let now = which.wording(&stored.hospital).map(|wording| wording.written()).unwrap_or_default();
            let mut tried = which.try_out(&site.messages, texts, &now);
            tried.faults.insert(0, fault);
            let desk = Desk { site: &site, signed_in: &signed_in, token: &token, which };
            return Ok(desk.page(status, &stored.hospital, None, &now, &tried));
        }
        let editor = editor(&site, &signed_in, stored.rev);
        match hospital::remove_text(&site.store, editor, (which.template, which.language)).await {
            Ok(()) => return saved(&site, &request, texts, view::LIST, "texts-reset-done").await,
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Problem::Unavailable(None))
}

/// What every answer with a page needs.
struct Desk<'a> {
    site: &'a Site,
    signed_in: &'a SignedIn,
    token: &'a FormToken,
    which: Which,
}

impl Desk<'_> {
    fn page(
        &self,
        status: StatusCode,
        hospital: &Hospital,
        notice: Option<&str>,
        typed: &str,
        tried: &Tried,
    ) -> HttpResponse {
        let Which { template, language } = self.which;
        let ours = built_in(template, language);
        let page = TextPage {
            reader: reader(self.signed_in, self.token, notice),
            template,
            language,
            own: hospital.wordings.of(template, language),
            ours: ours.as_ref().map(|ours| self.site.messages.for_example(template, language, ours)),
            typed,
            example: tried.shown.example.as_deref(),
            measure: tried.shown.measure,
            problems: &tried.faults,
        };
        layout::page(status, view::page(&page))
    }
}

impl Which {
    /// How it is worded now.
    fn wording(self, hospital: &Hospital) -> Option<Wording> {
        let own = hospital.wordings.of(self.template, self.language).cloned();
        own.or_else(|| built_in(self.template, self.language))
    }

    fn try_out(self, messages: &Messages, texts: Texts, typed: &str) -> Tried {
        match Wording::parse(self.template, typed) {
            Ok(wording) => {
                let measure = Measure::of(&messages.at_its_longest(self.language, &wording));
                let example = messages.for_example(self.template, self.language, &wording);
                let faults = over(texts, measure).into_iter().collect();
                let shown = Shown { example: Some(example), measure: Some(measure) };
                Tried { wording: Some(wording), faults, shown }
            }
            Err(faults) => {
                let sentences: Vec<_> = faults.iter().map(|fault| view::sentence(texts, fault)).collect();
                let fault = Fault { field: TEXT.to_owned(), sentence: sentences.join(" ") };
                Tried { wording: None, faults: vec![fault], shown: Shown::default() }
            }
        }
    }

    /// What somebody else wrote since this form was opened.
    fn meanwhile(self, texts: Texts, form: &Pairs, hospital: &Hospital) -> Option<Fault> {
        let own = hospital.wordings.of(self.template, self.language).map(Wording::written).unwrap_or_default();
        let is_unseen = form.has(SEEN) && form.one(SEEN) != own;
        is_unseen.then(|| {
            let sentence = if own.is_empty() {
                texts.get("texts-meanwhile-reset")
            } else {
                texts.with("settings-meanwhile", &[("value", own.into())])
            };
            Fault { field: TEXT.to_owned(), sentence }
        })
    }
}

impl Tried {
    fn json(&self, texts: Texts) -> HttpResponse {
        HttpResponse::Ok().json(json!({
            "example": self.shown.example,
            "count": self.shown.measure.map(|measure| view::count(texts, measure)),
            "problem": self.faults.first().map(|fault| &fault.sentence),
        }))
    }
}

fn over(texts: Texts, measure: Measure) -> Option<Fault> {
    let excess = measure.excess();
    let sentence = texts.with("texts-over", &[("count", excess.to_string().into())]);
    (excess > 0).then(|| Fault { field: TEXT.to_owned(), sentence })
}

impl FromRequest for Which {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let part = |name| request.match_info().get(name).unwrap_or_default();
        let which = match (part("template").parse(), part("language").parse()) {
            (Ok(template), Ok(language)) => Ok(Self { template, language }),
            _ => Err(Problem::NotFound),
        };
        ready(which)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::message::wording::{Blank, Unworded};

    #[test]
    fn whatever_is_wrong_has_its_sentence_in_every_language() {
        let faults = [
            Unworded::Empty,
            Unworded::TooLong,
            Unworded::Control,
            Unworded::Unclosed,
            Unworded::Unknown("hora".to_owned()),
            Unworded::Misplaced(Blank::Time),
            Unworded::Missing(Blank::Link),
            Unworded::LinkStuck,
        ];
        for language in Language::ALL {
            let sentences: std::collections::BTreeSet<_> =
                faults.iter().map(|fault| view::sentence(Texts::of(*language), fault)).collect();
            assert_eq!(sentences.len(), faults.len());
            assert!(
                sentences.iter().all(|sentence| sentence.ends_with('.') && !sentence.contains('$')),
                "{sentences:?}"
            );
        }
    }
}
