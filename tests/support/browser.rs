//! A browser as the server sees it: cookies, the headers browsers send, and what it may do with a link.
//!
//! Never runs a script: pages are tested in real browsers elsewhere.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "not every test needs all of it")]

use std::sync::Arc;
use std::time::Duration;

use antesala::domain::ids::ParticipantId;
use antesala::domain::staff::StaffMember;
use reqwest::cookie::{CookieStore as _, Jar};
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder, Url};
use serde_json::Value;

use crate::app::TestApp;
use crate::hospital::PASSWORD;
use crate::wire::{self, Socket};

/// One browser with its cookies, which clones share like tabs.
#[derive(Clone)]
pub(crate) struct Browser {
    client: Client,
    jar: Arc<Jar>,
    port: u16,
    /// The server's name for itself, which this browser shows in its address bar.
    pub(crate) origin: String,
}

/// A whole PNG picture of one transparent pixel.
pub(crate) const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\
    \0\0\0\rIDATx\xdac\xfc\xcf\xc0P\x0f\0\x04\x85\x01\x80\x84\xa9\x8c!\0\0\0\0IEND\xaeB`\x82";

/// What the server answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

/// A browser that has taken a seat.
pub(crate) struct Seat {
    pub(crate) id: ParticipantId,
    pub(crate) browser: Browser,
}

impl Browser {
    pub(crate) fn new(port: u16, origin: &str) -> Self {
        let jar = Arc::new(Jar::default());
        let client = Client::builder()
            .cookie_provider(Arc::clone(&jar))
            .redirect(reqwest::redirect::Policy::none())
            // The server closes idle connections: one that is reused in that moment would fail a request by chance.
            .pool_max_idle_per_host(0)
            .timeout(Duration::from_secs(20))
            .build()
            .unwrap();
        Self { client, jar, port, origin: origin.to_owned() }
    }

    /// The same browser after the server has moved to another port.
    pub(crate) fn at(mut self, app: &TestApp) -> Self {
        self.port = app.port;
        app.origin.clone_into(&mut self.origin);
        self
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        answer(self.request(Method::GET, path)).await
    }

    pub(crate) async fn get_json(&self, path: &str) -> Answer {
        answer(self.request(Method::GET, path).header("accept", "application/json")).await
    }

    pub(crate) async fn head(&self, path: &str) -> Answer {
        answer(self.request(Method::HEAD, path)).await
    }

    /// Posts a form as a script of ours does.
    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        answer(self.posting(path, form).header("accept", "application/json")).await
    }

    /// Posts a form as a page of ours does.
    pub(crate) async fn post_page(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        answer(self.posting(path, form).header("accept", "text/html")).await
    }

    /// Posts a message as a browser does whose WebSockets are blocked.
    pub(crate) async fn say(&self, path: &str, message: &Value) -> Answer {
        let request = self.request(Method::POST, path).header("sec-fetch-site", "same-origin");
        answer(request.header("accept", "application/json").json(message)).await
    }

    /// A request without anything a browser adds.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.url(path))
    }

    /// Opens a WebSocket from one of our pages, or tells the status of the refusal.
    pub(crate) async fn socket(&self, path: &str) -> Result<Socket, u16> {
        self.socket_from(path, Some(&self.origin)).await
    }

    /// Opens a WebSocket from a page of `origin`.
    pub(crate) async fn socket_from(&self, path: &str, origin: Option<&str>) -> Result<Socket, u16> {
        wire::open(self.port, path, origin, &self.cookies()).await
    }

    /// Every cookie, as in a request's header.
    pub(crate) fn cookies(&self) -> String {
        let held = self.jar.cookies(&self.url("/"));
        held.map(|held| held.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    /// Opens a link, reads the page's form and posts it as a script does.
    pub(crate) async fn enter(self, link: &str) -> Seat {
        let seat = self.take_seat(link).await;
        Seat { id: seat, browser: self }
    }

    /// As [`Browser::enter`], for a browser with more than one seat.
    pub(crate) async fn take_seat(&self, link: &str) -> ParticipantId {
        let page = self.get(link).await;
        assert_eq!(page.status, 200, "{}", page.body);
        let fields = page.hidden_fields();
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let entered = self.post(link, &fields).await;
        assert_eq!(entered.status, 200, "{}", entered.body);
        entered.json()["seat"].as_str().unwrap().parse().unwrap()
    }

    fn posting(&self, path: &str, form: &[(&str, &str)]) -> RequestBuilder {
        self.request(Method::POST, path).header("sec-fetch-site", "same-origin").form(form)
    }

    fn url(&self, path: &str) -> Url {
        format!("http://127.0.0.1:{}{path}", self.port).parse().unwrap()
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{} is no JSON: {}", self.status, self.body))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The hidden fields of the page's forms.
    pub(crate) fn hidden_fields(&self) -> Vec<(String, String)> {
        let inputs = self.body.split("<input ").skip(1).filter(|input| input.contains("type=\"hidden\""));
        inputs.map(|input| (attribute(input, "name"), attribute(input, "value"))).collect()
    }

    /// The form token of the page.
    pub(crate) fn form_token(&self) -> String {
        let fields = self.hidden_fields();
        fields.into_iter().find(|(name, _)| name == "form_token").map(|(_, value)| value).unwrap_or_default()
    }

    /// The page without what differs each time it is made: its form token.
    pub(crate) fn without_token(&self) -> String {
        let token = self.form_token();
        if token.is_empty() { self.body.clone() } else { self.body.replace(&token, "…") }
    }
}

impl Seat {
    /// `/lobby/{seat}{rest}`.
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/lobby/{}{rest}", self.id)
    }

    pub(crate) async fn socket(&self) -> Socket {
        self.browser.socket(&self.path("/socket")).await.unwrap()
    }
}

impl TestApp {
    /// Somebody opens their link on a phone of their own.
    pub(crate) async fn enter(&self, link: &str) -> Seat {
        self.browser().enter(link).await
    }

    /// Somebody signs in.
    pub(crate) async fn sign_in(&self, member: &StaffMember) -> Browser {
        let browser = self.browser();
        let email = member.email.to_string();
        let answer = browser.post_page("/sign-in", &[("email", &email), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        browser
    }
}

/// Sends a request and reads the whole answer.
pub(crate) async fn answer(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer { status, headers, body: response.text().await.unwrap() }
}

/// A request with a form that hands in a file; the form token is its first field, as on our pages.
pub(crate) fn uploading(request: RequestBuilder, form: &[(&str, String)], file: &[u8]) -> RequestBuilder {
    let mut body = Vec::new();
    let (token, others): (Vec<_>, Vec<_>) = form.iter().partition(|(name, _)| *name == "form_token");
    for (name, value) in token.into_iter().chain(others) {
        let field = format!("--parts\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(field.as_bytes());
    }
    let named = "--parts\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n";
    body.extend_from_slice(named.as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--parts--\r\n");
    request.header("content-type", "multipart/form-data; boundary=parts").body(body)
}

fn attribute(tag: &str, name: &str) -> String {
    let start = format!("{name}=\"");
    let value = tag.split_once(&start).and_then(|(_, rest)| rest.split_once('"')).map(|(value, _)| value);
    value.unwrap_or_default().to_owned()
}
