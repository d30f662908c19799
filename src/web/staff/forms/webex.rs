//! What somebody shall have at Webex, as an admin chooses it on their page or for newcomers.
//!
//! Never accepts a licence or a site that Webex does not tell of, except one that was chosen before.

use super::pairs::Pairs;
use crate::domain::account::{Chosen, Licence, Names, Wanted};
use crate::domain::staff::Role;
use crate::store::webex_people::accounts::Account;
use crate::store::webex_people::licences::Known;
use crate::text::Texts;
use crate::web::staff::views::form::Fault;

/// Whether they shall have an account.
pub const WANTED: &str = "webex";

/// A licence they shall have; may come more than once.
pub const LICENCE: &str = "licence";

/// The site they shall host on.
pub const SITE: &str = "webex_site";

/// Where the licences are on a page.
pub const LICENCES: &str = "webex-licences";

/// What a form decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It does not speak of Webex.
    Unsaid,
    /// They shall have nothing.
    Nothing,
    /// They shall have an account, with these.
    Account(Chosen),
}

/// The sites there are: those of licences, and the one meetings are on.
#[must_use]
pub fn sites(known: &Known, usual: Option<&str>) -> Names {
    known.licences.iter().filter_map(|licence| licence.site.clone()).chain(usual.map(str::to_owned)).collect()
}

/// Reads what somebody of this role shall have. `offered` is what Webex tells of, `before` what was chosen already.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(
    form: &Pairs,
    texts: Texts,
    offered: &Chosen,
    before: &Chosen,
    role: Option<Role>,
) -> Result<Decision, Vec<Fault>> {
    if !form.has(WANTED) {
        return Ok(Decision::Unsaid);
    }
    if form.one(WANTED) != Wanted::Account.as_str() || !role.is_some_and(Role::may_host) {
        return Ok(Decision::Nothing);
    }
    let chosen = chosen(form, texts, offered, before)?;
    if chosen.licences.is_empty() {
        return Err(vec![Fault::new(texts, LICENCES, "webex-licence-missing")]);
    }
    Ok(Decision::Account(chosen))
}

/// Reads which licences and which site are ticked.
///
/// # Errors
/// Everything that is wrong with it.
pub fn chosen(form: &Pairs, texts: Texts, offered: &Chosen, before: &Chosen) -> Result<Chosen, Vec<Fault>> {
    let possible = offered.and(before);
    let licences: Names = form.all(LICENCE).map(str::to_owned).collect();
    let sites: Names = form.all(SITE).filter(|site| !site.is_empty()).map(str::to_owned).collect();
    let mut faults = Vec::new();
    if !licences.is_subset(&possible.licences) {
        faults.push(Fault::new(texts, LICENCES, "webex-licence-unknown"));
    }
    if sites.len() > 1 || !sites.is_subset(&possible.sites) {
        faults.push(Fault::new(texts, SITE, "webex-site-unknown"));
    }
    if faults.is_empty() { Ok(Chosen { licences, sites }) } else { Err(faults) }
}

/// What Webex tells of.
#[must_use]
pub fn offered(known: &Known, usual_site: Option<&str>) -> Chosen {
    let licences = known.licences.iter().map(|Licence { id, .. }| id.clone()).collect();
    Chosen { licences, sites: sites(known, usual_site) }
}

/// The form with what somebody has; for those nobody decided about, and for newcomers, nothing is ticked but the usual.
#[must_use]
pub fn filled(form: Pairs, account: Option<&Account>, usual: &Chosen) -> Pairs {
    let (wanted, chosen) = match account {
        Some(account) => (Some(account.wanted), &account.chosen),
        None => (None, usual),
    };
    let form = match wanted {
        Some(Wanted::Account) => form.with(WANTED, Wanted::Account.as_str()),
        Some(Wanted::Released | Wanted::Closed) => form.with(WANTED, Wanted::Released.as_str()),
        None => form,
    };
    ticked(form, chosen)
}

/// The form of a newcomer: an account with the usual licences, where there are usual ones.
#[must_use]
pub fn blank(form: Pairs, usual: &Chosen) -> Pairs {
    let wanted = if usual.licences.is_empty() { Wanted::Released } else { Wanted::Account };
    ticked(form.with(WANTED, wanted.as_str()), usual)
}

/// The form with these ticked.
#[must_use]
pub fn ticked(form: Pairs, chosen: &Chosen) -> Pairs {
    let form = chosen.licences.iter().fold(form, |form, id| form.and(LICENCE, id));
    chosen.sites.iter().fold(form, |form, site| form.and(SITE, site))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;

    fn names(names: &[&str]) -> Names {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn read_as(form: &Pairs, role: Role) -> Result<Decision, Vec<String>> {
        let offered = Chosen { licences: names(&["meetings"]), sites: names(&["a.webex.example"]) };
        let before = Chosen { licences: names(&["gone"]), sites: Names::new() };
        read(form, Texts::of(Language::English), &offered, &before, Some(role))
            .map_err(|faults| faults.into_iter().map(|fault| fault.field).collect())
    }

    #[test]
    fn a_form_that_does_not_speak_of_webex_decides_nothing() {
        assert_eq!(read_as(&Pairs::default().with(LICENCE, "meetings"), Role::Doctor), Ok(Decision::Unsaid));
    }

    #[test]
    fn who_conducts_no_visits_has_nothing_there() {
        let form = Pairs::default().with(WANTED, "account").with(LICENCE, "meetings");
        assert_eq!(read_as(&form, Role::Clerk), Ok(Decision::Nothing));
        assert_eq!(read_as(&form.clone().with(WANTED, "released"), Role::Doctor), Ok(Decision::Nothing));
        let account = Chosen { licences: names(&["meetings"]), sites: Names::new() };
        assert_eq!(read_as(&form, Role::Ward), Ok(Decision::Account(account)));
    }

    #[test]
    fn an_account_has_licences_that_exist_or_were_chosen_before() {
        let form = Pairs::default().with(WANTED, "account");
        assert_eq!(read_as(&form, Role::Doctor), Err(vec![LICENCES.to_owned()]));
        let wrong = form.clone().with(LICENCE, "invented").with(SITE, "evil.example");
        assert_eq!(read_as(&wrong, Role::Doctor), Err(vec![LICENCES.to_owned(), SITE.to_owned()]));
        let kept = Chosen { licences: names(&["gone"]), sites: names(&["a.webex.example"]) };
        assert_eq!(read_as(&ticked(form, &kept), Role::Doctor), Ok(Decision::Account(kept)));
    }

    #[test]
    fn newcomers_get_the_usual_and_those_nobody_decided_about_nothing_yet() {
        let usual = Chosen { licences: names(&["meetings"]), sites: Names::new() };
        assert_eq!(blank(Pairs::default(), &usual).one(WANTED), "account");
        assert_eq!(blank(Pairs::default(), &Chosen::default()).one(WANTED), "released");
        let undecided = filled(Pairs::default(), None, &usual);
        assert!(!undecided.has(WANTED) && undecided.one(LICENCE) == "meetings");
    }
}
