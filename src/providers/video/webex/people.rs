//! People and their licences: what it takes for a doctor to host at Webex.
//!
//! Never takes Webex's word for what was granted: it is compared with what was asked. Never logs an address.

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::api::{Ask, Body};
use super::meetings::ask;
use super::{Trouble, Webex};
use crate::domain::meeting::Obstacle;
use crate::domain::person::{Email, PersonName};

/// How many people a page holds: as many as Webex gives with their licences.
const PEOPLE_A_PAGE: u16 = 100;

/// Somebody with an account at Webex.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// Their id there.
    pub id: String,
    /// Their addresses.
    #[serde(default)]
    pub emails: Vec<String>,
    /// How they are shown there.
    pub display_name: Option<String>,
    /// The licences they hold, by id.
    #[serde(default)]
    pub licenses: Vec<String>,
    /// The sites they may host on.
    #[serde(default)]
    pub site_urls: Vec<String>,
    /// Whether they have accepted their invitation yet.
    #[serde(default)]
    pub invite_pending: bool,
    /// Whether they may sign in there.
    pub login_enabled: Option<bool>,
}

/// A licence of the organisation.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct Licence {
    /// By which it is known; its name changes.
    pub id: String,
    /// How it is called now.
    pub name: Option<String>,
    /// How many there are.
    #[serde(default)]
    pub total_units: i64,
    /// How many are taken.
    #[serde(default)]
    pub consumed_units: i64,
    /// The site it is for.
    pub site_url: Option<String>,
    /// What kind of site that is.
    pub site_type: Option<String>,
}

/// What is to become of somebody's licences and sites.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grant {
    /// Licences to give, by id.
    pub add: Vec<String>,
    /// Licences to take back, by id.
    pub remove: Vec<String>,
    /// Sites to make them a host on.
    pub add_sites: Vec<String>,
    /// Sites to take them off.
    pub remove_sites: Vec<String>,
}

/// What became of a [`Grant`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Granted {
    /// The licences they hold now, as Webex tells it.
    pub holds: Vec<String>,
    /// Asked for and not given, licences and sites alike.
    pub missing: Vec<String>,
    /// To be taken back, and still held.
    pub kept: Vec<String>,
    /// Whether Webex itself said that it did only part of it.
    pub is_partial: bool,
}

#[derive(Serialize)]
struct Operation<'a> {
    id: &'a str,
    operation: &'static str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Held {
    licenses: Vec<String>,
    site_urls: Vec<Value>,
}

impl Licence {
    /// How many are left.
    #[must_use]
    pub const fn left(&self) -> i64 {
        self.total_units.saturating_sub(self.consumed_units)
    }
}

impl Webex {
    /// `GET /people?email=`.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn find_person(&self, email: &Email) -> Result<Option<Person>, Trouble> {
        let query = vec![("email", email.to_string())];
        let found: Vec<Person> =
            self.api.list(Ask { query, ..ask("find person", Method::GET, &["people"], Body::None) }).await?;
        Ok(found.into_iter().next())
    }

    /// `GET /people`: one page of everybody, the first or where the last one said that it goes on; and where this one does.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn people(&self, from: Option<&str>) -> Result<(Vec<Person>, Option<String>), Trouble> {
        let query = vec![("max", PEOPLE_A_PAGE.to_string())];
        self.api.page(Ask { query, ..ask("list people", Method::GET, &["people"], Body::None) }, from).await
    }

    /// `GET /people/{id}`.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn person(&self, id: &str) -> Result<Person, Trouble> {
        self.api.read(ask("read person", Method::GET, &["people", id], Body::None)).await
    }

    /// `POST /people`, or the one there is. After a refusal they are looked up: a 400 may have made them.
    ///
    /// # Errors
    /// [`Trouble`]; `lost` when nobody can say whether they were made.
    pub async fn create_person(
        &self,
        email: &Email,
        name: &PersonName,
        licences: &[String],
    ) -> Result<Person, Trouble> {
        if let Some(there) = self.find_person(email).await? {
            return Ok(there);
        }
        let mut wanted = json!({ "emails": [email.to_string()], "displayName": name.to_string() });
        if let Some(wanted) = wanted.as_object_mut() {
            if !licences.is_empty() {
                wanted.insert("licenses".to_owned(), json!(licences));
            }
            if let Some(site) = self.site() {
                wanted.insert("siteUrls".to_owned(), json!([site]));
            }
        }
        match self.api.read(ask("create person", Method::POST, &["people"], Body::Json(wanted))).await {
            Ok(made) => Ok(made),
            Err(trouble) if trouble.status == Some(400) || trouble.obstacle == Obstacle::Lost => {
                self.find_person(email).await?.ok_or(trouble)
            }
            Err(trouble) => Err(trouble),
        }
    }

    /// `PUT /people/{id}`: replaces everything, so all that is known is read first and sent back with the change.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn rename_person(&self, id: &str, name: &PersonName) -> Result<(), Trouble> {
        self.change_person(id, &[("displayName", name.to_string().into())]).await
    }

    /// As [`Webex::rename_person`]: another address.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn readdress_person(&self, id: &str, email: &Email) -> Result<(), Trouble> {
        self.change_person(id, &[("emails", json!([email.to_string()]))]).await
    }

    /// As [`Webex::rename_person`]: lets somebody sign in at Webex, or no longer.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn set_login(&self, id: &str, login: Login) -> Result<(), Trouble> {
        self.change_person(id, &[("loginEnabled", (login == Login::Allowed).into())]).await
    }

    async fn change_person(&self, id: &str, changes: &[(&str, Value)]) -> Result<(), Trouble> {
        let mut whole: Map<String, Value> =
            self.api.read(ask("read person", Method::GET, &["people", id], Body::None)).await?;
        for (name, value) in changes {
            whole.insert((*name).to_owned(), value.clone());
        }
        self.api.ask(ask("change person", Method::PUT, &["people", id], Body::Json(whole.into()))).await.map(drop)
    }

    /// `GET /licenses`.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn licences(&self) -> Result<Vec<Licence>, Trouble> {
        self.api.list(ask("list licences", Method::GET, &["licenses"], Body::None)).await
    }

    /// `PATCH /licenses/users`: gives and takes licences and sites, and says what became of it.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn grant(&self, email: &Email, grant: &Grant) -> Result<Granted, Trouble> {
        let licences: Vec<_> = grant
            .add
            .iter()
            .map(|id| Operation { id, operation: "add" })
            .chain(grant.remove.iter().map(|id| Operation { id, operation: "remove" }))
            .collect();
        let site = |url: &String, operation| json!({ "siteUrl": url, "accountType": "host", "operation": operation });
        let sites: Vec<_> = grant
            .add_sites
            .iter()
            .map(|url| site(url, "add"))
            .chain(grant.remove_sites.iter().map(|url| site(url, "remove")))
            .collect();
        let mut body = json!({ "email": email.to_string(), "licenses": licences });
        if let Some(body) = body.as_object_mut().filter(|_| !sites.is_empty()) {
            body.insert("siteUrls".to_owned(), sites.into());
        }
        let answer =
            self.api.ask(ask("grant licences", Method::PATCH, &["licenses", "users"], Body::Json(body))).await?;
        let held: Held = answer.read()?;
        let sites: Vec<_> = held.site_urls.iter().filter_map(site_name).collect();
        let lacks = |id: &&String| !held.licenses.contains(id);
        let missing_sites = grant.add_sites.iter().filter(|url| !sites.contains(&url.as_str()));
        Ok(Granted {
            missing: grant.add.iter().filter(lacks).chain(missing_sites).cloned().collect(),
            kept: grant.remove.iter().filter(|id| held.licenses.contains(id)).cloned().collect(),
            is_partial: answer.status == 206,
            holds: held.licenses,
        })
    }
}

/// Whether somebody may sign in at Webex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Login {
    /// They may.
    Allowed,
    /// They may not.
    Refused,
}

/// A site's address, whether it is told by itself or with more about it.
fn site_name(told: &Value) -> Option<&str> {
    told.as_str().or_else(|| told.get("siteUrl").and_then(Value::as_str))
}
