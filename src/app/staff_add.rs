//! `antesala staff add`: one member of staff, from the command line.

use std::io::{IsTerminal, stdin};

use clap::{Args, builder::PossibleValuesParser, builder::TypedValueParser};

use super::start::store_for_command;
use super::terminal::{Failure, say};
use crate::auth::password::{NewPassword, Passwords};
use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::ids::{StaffId, WardId};
use crate::domain::person::{Email, Language, PersonName, fold};
use crate::domain::service::{Service, Services};
use crate::domain::staff::{Role, StaffMember};
use crate::store::staff::{self, NewStaff};
use crate::store::{Store, StoreError, wards};

/// Arguments of `staff add`.
#[derive(Args, Debug)]
pub(super) struct StaffAddArgs {
    /// How they sign in
    #[arg(long, value_name = "ADDRESS")]
    email: Email,

    /// How colleagues and families see them
    #[arg(long, value_name = "NAME")]
    name: PersonName,

    /// What they are here for
    #[arg(long, value_parser = PossibleValuesParser::new(["admin", "doctor", "clerk", "ward"]).try_map(|word| word.parse::<Role>()))]
    role: Role,

    /// The ward they work on, by name; made if it is new. Needed for ward staff
    #[arg(long, value_name = "NAME", required_if_eq("role", "ward"))]
    ward: Option<String>,

    /// The services they may book or be given; all that their role may have unless named
    #[arg(long, value_name = "SERVICES", value_delimiter = ',', value_parser = PossibleValuesParser::new(["home_consultation", "medical_report", "tele_visit", "follow_up"]).try_map(|word| word.parse::<Service>()))]
    services: Vec<Service>,

    /// The language of their pages
    #[arg(long, default_value = "es", value_parser = PossibleValuesParser::new(["es", "en", "pt"]).try_map(|word| word.parse::<Language>()))]
    language: Language,

    #[command(flatten)]
    settings: Settings,
}

/// Adds one member of staff; the password is the first line of standard input.
pub(super) async fn run(arguments: StaffAddArgs) -> Result<(), Failure> {
    let services = services(&arguments)?;
    let password = read_password()?;
    let store = store_for_command(&arguments.settings).await?;
    let now = Clock::system().now();
    let ward = match &arguments.ward {
        Some(name) => Some(ward(&store, name).await?),
        None => None,
    };
    let password_hash = Passwords::new().hash(password).await?;
    let member = StaffMember {
        id: StaffId::mint(),
        email: arguments.email,
        name: arguments.name,
        role: arguments.role,
        ward,
        language: arguments.language,
        zone: arguments.settings.zone,
        services,
    };
    let email = member.email.clone();
    match staff::insert(&store, &NewStaff { member, password_hash, created_at: now }).await {
        Ok(()) => say(&format!("{email} can sign in now.")),
        Err(StoreError::Duplicate) => return Err(format!("somebody signs in as {email} already").into()),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

fn services(arguments: &StaffAddArgs) -> Result<Services, Failure> {
    let possible = arguments.role.possible_services();
    match arguments.services.iter().find(|service| !possible.hold(**service)) {
        Some(service) => Err(format!("nobody who is {} may have the service {service}", arguments.role).into()),
        None if arguments.services.is_empty() => Ok(possible),
        None => Ok(arguments.services.iter().copied().collect()),
    }
}

fn read_password() -> Result<NewPassword, Failure> {
    if stdin().is_terminal() {
        say("Password (at least 15 characters; it is shown while you type):");
    }
    let mut line = String::new();
    stdin().read_line(&mut line)?;
    Ok(NewPassword::parse(line.trim_end_matches(['\r', '\n']))?)
}

async fn ward(store: &Store, name: &str) -> Result<WardId, StoreError> {
    let known = wards::list(store).await?.into_iter().find(|ward| fold(&ward.name) == fold(name));
    if let Some(known) = known {
        return Ok(known.id);
    }
    let ward = wards::Ward { id: WardId::mint(), name: name.to_owned() };
    wards::insert(store, &ward).await?;
    Ok(ward.id)
}
