//! What a patient or relative sees: one document from the link to the call, and one honest page for a link that leads nowhere.
//!
//! Pure functions from plain structs to markup. Never asks the hub or the store for anything, and never tells a person who
//! only holds a link more than the hospital, the kind of visit and its time.

mod at_webex;
mod frame;
mod landing;
mod link_problem;
mod lobby;
mod steps;
pub mod when;

use maud::Markup;

use crate::domain::hospital::Hospital;
use crate::domain::ids::ParticipantId;
use crate::domain::schedule::Appointment;
use crate::domain::service::Service;
use crate::text::Texts;
use crate::web::sdk::Sdk;

/// The one document of a visit: landing, lobby, call and farewell.
pub struct VisitDocument<'a> {
    /// The reader's language.
    pub texts: Texts,
    /// Who invites.
    pub hospital: &'a Hospital,
    /// Shown in neutral words.
    pub service: Service,
    /// Shown in its own zone; the script restates it in the reader's.
    pub appointment: &'a Appointment,
    /// When it will begin, where staff said that it is late.
    pub expected_at: Option<&'a Appointment>,
    /// Where the person stands.
    pub door: Door<'a>,
}

/// Before or behind the door.
pub enum Door<'a> {
    /// `GET /j/{token}`: the link was opened, nothing has changed.
    Landing {
        /// From the link, for the form's address.
        token: &'a str,
        /// Proves the form is ours where browsers hide the origin.
        form_token: &'a str,
        /// Why the last attempt to enter failed.
        problem: Option<String>,
    },
    /// `GET /lobby/{seat}`: the person has a place.
    Lobby {
        /// Whose place.
        seat: ParticipantId,
        /// What a browser without scripts is told; with scripts the snapshot says it.
        place: Place,
    },
}

/// Where a person with a seat stands, in the words of the lobby.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before the appointment.
    Parked,
    /// In line.
    Waiting,
    /// Another browser was admitted; this one waits to replace it.
    NewDevice,
    /// Another browser holds the seat.
    Elsewhere,
    /// May enter the call.
    Admitted,
    /// Taken out of the visit.
    Removed,
    /// The visit is over.
    Ended,
    /// The visit was called off.
    Cancelled,
    /// Closed, since nobody came.
    NoShow,
}

/// The page of a link that is expired, replaced or unknown (they look alike), or of a lobby whose cookie is gone.
pub struct LinkProblem<'a> {
    /// The reader's language.
    pub texts: Texts,
    /// Who may be called.
    pub hospital: &'a Hospital,
    /// What can be done about it.
    pub remedy: Remedy<'a>,
}

/// What a person with a dead link can do.
pub enum Remedy<'a> {
    /// `GET /j/{token}`: ask for a new link.
    Ask {
        /// From the link, for the form's address.
        token: &'a str,
        /// Proves the form is ours where browsers hide the origin.
        form_token: &'a str,
    },
    /// After `POST /j/{token}/requests`: somebody will look at it.
    Asked,
    /// None is needed: what the link led to is over.
    Closed {
        /// Key of what has become of it.
        title: &'static str,
        /// Key of what that means for them.
        how: &'static str,
    },
    /// `GET /lobby/{seat}` without its cookie: open the link of the message again.
    OpenLinkAgain,
}

/// The call page of a seat whose visit Webex carries.
pub struct WebexDocument<'a> {
    /// The reader's language.
    pub texts: Texts,
    /// Who invites.
    pub hospital: &'a Hospital,
    /// Whose call.
    pub seat: ParticipantId,
    /// The browser SDK, where the hospital has one.
    pub sdk: Option<&'a Sdk>,
}

/// `GET /lobby/{seat}/webex`.
#[must_use]
pub fn at_webex(document: &WebexDocument<'_>) -> Markup {
    at_webex::page(document)
}

/// `GET /j/{token}` of a live link, and `GET /lobby/{seat}`.
#[must_use]
pub fn visit(document: &VisitDocument<'_>) -> Markup {
    frame::visit(document)
}

/// A link or lobby that leads nowhere; answer 404 or 410 as the guard decides, the page looks the same.
#[must_use]
pub fn link_problem(page: &LinkProblem<'_>) -> Markup {
    link_problem::page(page)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::domain::hospital::Setting;
    use crate::domain::person::Language;

    fn hospital() -> Hospital {
        let (name, zone, country) = ("Hospital San Rafael", "America/Mexico_City", "MX");
        let usual = Hospital::usual(name.parse().unwrap(), zone.parse().unwrap(), country.parse().unwrap());
        usual.with(Setting::HelpPhone, "55 1234 5678").unwrap()
    }

    fn document(door: Door<'_>) -> String {
        let appointment = Appointment::now(jiff::Timestamp::UNIX_EPOCH, "America/Mexico_City").unwrap();
        let hospital = &hospital();
        let texts = Texts::of(Language::English);
        visit(&VisitDocument {
            texts,
            hospital,
            service: Service::MedicalReport,
            appointment: &appointment,
            expected_at: None,
            door,
        })
        .into_string()
    }

    fn landing() -> String {
        document(Door::Landing { token: "t0ken", form_token: "f0rm", problem: None })
    }

    #[test]
    fn a_landing_page_has_one_form_and_nobody_on_it() {
        let page = landing();
        assert_eq!(page.matches("<form").count(), 1);
        assert!(page.contains(r#"action="/j/t0ken""#) && page.contains(r#"name="consent" value="1""#));
        assert!(page.contains("tel:5512345678"));
        assert!(!page.contains("data-seat="));
    }

    #[test]
    fn a_lobby_shows_the_place_of_its_person() {
        for (place, view) in [
            (Place::Parked, "lobby"),
            (Place::Admitted, "ready"),
            (Place::Elsewhere, "elsewhere"),
            (Place::Cancelled, "farewell"),
        ] {
            let page = document(Door::Lobby { seat: ParticipantId::mint(), place });
            assert!(page.contains(&format!(r#"data-view="{view}""#)), "{view}");
            assert!(page.contains("http-equiv=\"refresh\""));
        }
    }

    #[test]
    fn pages_hold_no_inline_code_and_no_foreign_address() {
        let page = landing();
        for forbidden in [" style=", " onclick=", "<style", "http://", "https://"] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        assert_eq!(page.matches("<script").count(), 2, "the module, and the texts");
    }

    #[test]
    fn every_sentence_the_scripts_name_is_on_the_page() {
        let page = landing();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("static");
        for folder in [root.clone(), root.join("lobby"), root.join("call"), root.join("lib")] {
            for file in std::fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .filter(|path| path.extension().is_some_and(|end| end == "js"))
            {
                for key in named_in(&std::fs::read_to_string(&file).unwrap()) {
                    let is_there = page.contains(&format!("\"{key}\":")) || page.contains(&format!("id=\"{key}\""));
                    assert!(is_there, "{} names {key}", file.display());
                }
            }
        }
    }

    /// String literals of a script that are keys of texts (some are ids of elements, too).
    fn named_in(script: &str) -> Vec<String> {
        let texts = Texts::of(Language::English);
        script
            .split('"')
            .skip(1)
            .step_by(2)
            .filter(|literal| texts.template(literal) != *literal)
            .map(str::to_owned)
            .collect()
    }
}
