//! Whoever asks for a page, with what every answer to them needs: their texts, the form token, the last request's sentence.
//!
//! Never decides anything.

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use futures_util::future::{Ready, ready};
use maud::Markup;
use serde_json::json;

use super::answer::{Wants, json_sentence, see_other, see_other_saying};
use super::pages::here;
use super::views::form::Fault;
use super::views::moment::Here;
use super::views::shell::Reader;
use crate::domain::hospital::Hospital;
use crate::domain::ids::{StaffId, StaffSessionId};
use crate::domain::staff::StaffMember;
use crate::text::Texts;
use crate::web::csrf::FormToken;
use crate::web::guard::SignedIn;
use crate::web::problem::Problem;
use crate::web::site::Site;
use crate::web::{flash, layout};

/// Who asks.
pub struct Caller {
    /// What handlers share.
    pub site: web::Data<Site>,
    /// Who they are.
    pub signed_in: SignedIn,
    /// In their language.
    pub texts: Texts,
    /// Who reads the answer.
    pub wants: Wants,
    token: FormToken,
    notice: Option<String>,
}

impl Caller {
    /// Their id.
    #[must_use]
    pub const fn id(&self) -> StaffId {
        self.signed_in.member.id
    }

    /// Who they are.
    #[must_use]
    pub const fn member(&self) -> &StaffMember {
        &self.signed_in.member
    }

    /// The hospital as it is now.
    #[must_use]
    pub fn hospital(&self) -> &Hospital {
        &self.signed_in.hospital
    }

    /// Who reads the page, with what the last request has to say.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        let (member, hospital) = (self.member(), self.hospital());
        let (form_token, notice) = (self.token.as_str(), self.notice.as_deref());
        Reader { texts: self.texts, member, hospital, form_token, notice }
    }

    /// When and where they read it.
    #[must_use]
    pub fn here(&self) -> Here {
        here(&self.site, &self.signed_in)
    }

    /// A page.
    #[must_use]
    pub fn page(&self, status: StatusCode, markup: Markup) -> HttpResponse {
        layout::page(status, markup)
    }

    /// On to a page, which says the sentence of `key` once.
    #[must_use]
    pub fn saying(&self, to: &str, key: &str) -> HttpResponse {
        see_other_saying(&self.site, to, &self.texts.get(key))
    }

    /// On to a page.
    #[must_use]
    pub fn onwards(&self, to: &str) -> HttpResponse {
        see_other(to)
    }

    /// A form is shown again, or a script is told what is wrong.
    #[must_use]
    pub fn refuse(&self, status: StatusCode, faults: &[Fault], page: impl FnOnce() -> HttpResponse) -> HttpResponse {
        match self.wants {
            Wants::Json => self.refused(status, faults),
            Wants::Page => page(),
        }
    }

    /// What is wrong with a form, for a script.
    #[must_use]
    pub fn refused(&self, status: StatusCode, faults: &[Fault]) -> HttpResponse {
        let first = faults.first().map(|fault| fault.sentence.clone());
        json_sentence(status, &first.unwrap_or_else(|| self.texts.get("form-malformed")), faults)
    }

    /// A command about a visit was carried out, now or before: on to `next`, which says the sentence of `key`.
    #[must_use]
    pub fn done(&self, rev: u64, next: &str, key: &str) -> HttpResponse {
        self.done_saying(rev, next, &self.texts.get(key))
    }

    /// As [`Caller::done`], where the page says `sentence` once; never with a name in it.
    #[must_use]
    pub fn done_saying(&self, rev: u64, next: &str, sentence: &str) -> HttpResponse {
        match self.wants {
            Wants::Json => HttpResponse::Ok().json(json!({ "rev": rev })),
            Wants::Page => see_other_saying(&self.site, next, sentence),
        }
    }

    /// It cannot be done at all any more: the page at `path` shows why.
    #[must_use]
    pub fn cannot(&self, path: &str, key: &str) -> HttpResponse {
        match self.wants {
            Wants::Json => json_sentence(StatusCode::CONFLICT, &self.texts.get(key), &[]),
            Wants::Page => self.saying(path, key),
        }
    }

    /// Closes every connection of sessions that ended, or whose owner may see something else now.
    pub async fn close(&self, sessions: &[StaffSessionId]) {
        for session in sessions {
            self.site.hub.end_session(*session).await;
        }
    }
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let signed_in = SignedIn::from_request(request, payload).into_inner();
        let token = FormToken::from_request(request, payload).into_inner();
        let site = request.app_data::<web::Data<Site>>().cloned().ok_or(Problem::Unavailable(None));
        ready(site.and_then(|site| {
            let signed_in = signed_in?;
            let notice = flash::take(request, &site.public_url);
            let (texts, wants) = (Texts::of(signed_in.member.language), Wants::of(request));
            Ok(Self { texts, wants, signed_in, token: token?, notice, site })
        }))
    }
}
