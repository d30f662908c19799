//! What stands in the address and in the form of each door, so that whoever may succeed there does.

use std::sync::atomic::{AtomicI64, Ordering};

use antesala::auth::welcome;
use antesala::domain::ids::{CommandId, PatientId, WardId};
use antesala::domain::staff::Role;
use antesala::store::patients;
use antesala::store::wards::{self, Ward};
use antesala::web::access::Door;
use antesala::web::assets;

use super::doors::Visitor;
use super::imports;
use crate::app::TestApp;
use crate::hospital::{PASSWORD, Visit, ZONE};

/// The address of a door, for this visit and Rosa's seat in it.
pub(crate) async fn address(app: &TestApp, door: &Door, visit: &Visit, rosa: usize) -> String {
    let pattern = door.path;
    if pattern.starts_with("/settings/wards/{id}") {
        pattern.replace("{id}", &empty_ward(app).await.to_string())
    } else if let Some(rest) = pattern.strip_prefix("/imports/{id}") {
        format!("/imports/{}{rest}", imports::checked(app).await)
    } else if let Some(rest) = pattern.strip_prefix("/messages/{id}") {
        format!("/messages/{}{rest}", message_to(app, visit, rosa).await)
    } else if let Some(path) = people(app, pattern).await {
        path
    } else if let Some(path) = colleague(app, pattern).await {
        path
    } else {
        fill(door, visit, rosa)
    }
}

/// The address of a door to a patient's or a relative's record, which is nobody else's to change.
async fn people(app: &TestApp, pattern: &str) -> Option<String> {
    if !pattern.starts_with("/patients/{id}") && !pattern.starts_with("/relatives/{id}") {
        return None;
    }
    let (patient, relative) = app.register("Celia Prado").await;
    let (other, others) = app.register("Celia Prado").await;
    if pattern == "/patients/{id}/merger/{other}" {
        // The form has seen no relatives, so there are none.
        for gone in [relative.id, others.id] {
            patients::remove_relative(&app.store, gone, "1".parse().unwrap(), app.now()).await.unwrap();
        }
    }
    let id = if pattern.starts_with("/relatives") { relative.id.to_string() } else { patient.id.to_string() };
    Some(pattern.replace("{id}", &id).replace("{other}", &other.id.to_string()))
}

/// The address of a door that is about a colleague: about one who has just begun and whom nobody else needs.
async fn colleague(app: &TestApp, pattern: &str) -> Option<String> {
    if !pattern.starts_with("/staff/{id}") && pattern != "/welcome/{token}" {
        return None;
    }
    let id = app.hire("Fermín Arce", Role::Doctor).await.id;
    let link = welcome::invite(&app.store, id, app.now()).await.unwrap();
    Some(pattern.replace("{id}", &id.to_string()).replace("{token}", &link.to_text()))
}

fn fill(door: &Door, visit: &Visit, rosa: usize) -> String {
    let connection = if door.method == "POST" && door.path.contains("/state") { "?connection=1" } else { "" };
    let path = match door.path {
        "/static/{version}/{file:.*}" => assets::url("base.css"),
        "/webex/sdk/{digest}" => "/webex/sdk/8d969eef6ecad3c29a3a629280e686cf".to_owned(),
        "/logo/{digest}" => "/logo/8d969eef6ecad3c29a3a629280e686cf".to_owned(),
        "/calendars/{token}" => "/calendars/8rH9RHmJbG7v3d2_hwV2Cg.ics".to_owned(),
        "/set-up/{token}" => "/set-up/8rH9RHmJbG7v3d2_hwV2Cg".to_owned(),
        "/callbacks/webex/{mark}" => "/callbacks/webex/01e0cb6a53731b96".to_owned(),
        "/callbacks/sms/{secret}" => "/callbacks/sms/8rH9RHmJbG7v3d2_hwV2Cg".to_owned(),
        path if path.starts_with("/j/{token}") => path.replace("/j/{token}", &visit.links[rosa]),
        path if path.starts_with("/settings/texts/") => {
            path.replace("{template}", "come_now").replace("{language}", "es")
        }
        path => path.replace("{id}", &visit.id.to_string()).replace("{seat}", &visit.seat(rosa).to_string()),
    };
    assert!(!path.contains('{'), "{path}: say how to fill it");
    format!("{path}{connection}")
}

/// The form of a door, as this visitor fills it in.
pub(crate) async fn form(
    app: &TestApp,
    door: &Door,
    visitor: Visitor,
    visit: &Visit,
    rosa: usize,
) -> Vec<(&'static str, String)> {
    let is_ward = matches!(visitor, Visitor::Ward | Visitor::OtherWard);
    let seat = visit.seat(rosa).to_string();
    let patient = app.hospital.patient.id.to_string();
    match door.path {
        "/j/{token}" => vec![("consent", "1".to_owned())],
        "/sign-in" => vec![("email", app.hospital.clerk.email.to_string()), ("password", PASSWORD.to_owned())],
        "/visits" => vec![
            ("service", if is_ward { "tele_visit" } else { "medical_report" }.to_owned()),
            ("patient", patient.clone()),
            ("people_of", patient),
            ("invite", app.hospital.relatives[0].id.to_string()),
            ("doctor", app.hospital.doctor.id.to_string()),
            ("when", "now".to_owned()),
        ],
        "/patients" => vec![
            ("new_patient", PatientId::mint().to_string()),
            ("new_name", format!("Celia {}", letters(&PatientId::mint().to_string()))),
            ("new_born", "1962-07-30".to_owned()),
        ],
        "/patients/new" => record(&format!("Celia {}", letters(&PatientId::mint().to_string()))),
        "/patients/{id}/edit" => {
            let name = format!("Celia {}", letters(&PatientId::mint().to_string()));
            [record(&name), vec![("rev", "1".to_owned())]].concat()
        }
        "/patients/{id}/merger/{other}" => ["rev", "other_rev", "sure"].map(|field| (field, "1".to_owned())).to_vec(),
        "/patients/{id}/relatives" | "/relatives/{id}" => vec![
            ("rev", "1".to_owned()),
            ("name", "Eva Prado".to_owned()),
            ("relation", "hija".to_owned()),
            ("phone", "+525512345698".to_owned()),
        ],
        "/relatives/{id}/removal" => vec![("rev", "1".to_owned())],
        "/patients/searches" | "/patients/{id}/merger/searches" => vec![("text", "celia".to_owned())],
        "/consultations/{id}/admissions" | "/consultations/{id}/holds" | "/consultations/{id}/removals" => {
            vec![("participant", seat)]
        }
        "/consultations/{id}/appointment" => {
            let wall = jiff::civil::datetime(2026, 12, 1, 0, 0, 0, 0) + jiff::SignedDuration::from_hours(free_hour());
            let time = wall.strftime("%H:%M").to_string();
            vec![("date", wall.date().to_string()), ("time", time), ("minutes", "30".to_owned())]
        }
        "/consultations/{id}/people" if door.method == "POST" => {
            vec![("invite", app.join_family("Lucía Mora").await.id.to_string())]
        }
        "/consultations/{id}/doctor" => vec![("doctor", app.hospital.other_doctor.id.to_string())],
        "/staff" | "/staff/{id}" => vec![
            ("name", "Fermín Arce".to_owned()),
            ("email", format!("{}@hospital.example", PatientId::mint())),
            ("role", "doctor".to_owned()),
            ("service", "follow_up".to_owned()),
            ("rev", "1".to_owned()),
        ],
        "/welcome/{token}" => vec![("password", PASSWORD.to_owned())],
        "/profile" => vec![("language", "es".to_owned()), ("zone", ZONE.to_owned())],
        "/profile/password" => vec![("present", PASSWORD.to_owned()), ("password", PASSWORD.to_owned())],
        "/messages/{id}/repeats" => vec![("command", CommandId::mint().to_string())],
        "/messages/{id}/number" => {
            vec![
                ("command", CommandId::mint().to_string()),
                ("phone", "+525512345697".to_owned()),
                ("seen", rosas(visit, rosa)),
            ]
        }
        "/profile/messages" => vec![("message_0", "Ya voy".to_owned())],
        "/consultations/{id}/delays" => vec![("minutes", "10".to_owned())],
        "/lobby/{seat}/texts" => vec![("wish", "withdraw".to_owned())],
        "/consultations/{id}/engine" => vec![("engine", "direct".to_owned())],
        "/consultations/{id}/extensions" => vec![("minutes", "30".to_owned())],
        "/consultations/{id}/links" => vec![("again", seat)],
        "/settings" => vec![("link_lead", "12".to_owned())],
        "/settings/consent" => {
            let text = format!("Usted acepta {}.", letters(&PatientId::mint().to_string()));
            vec![("consent_es", text.clone()), ("consent_en", text.clone()), ("consent_pt", text)]
        }
        "/settings/texts/{template}/{language}" => {
            let words = letters(&PatientId::mint().to_string());
            vec![("text", format!("{{hospital}}: {words} {{link}}"))]
        }
        "/settings/wards" | "/settings/wards/{id}" => {
            vec![("name", letters(&PatientId::mint().to_string()))]
        }
        _ => vec![],
    }
}

fn rosas(visit: &Visit, rosa: usize) -> String {
    visit.guests[rosa].phone.as_ref().map(ToString::to_string).unwrap_or_default()
}

/// The link that went to Rosa.
async fn message_to(app: &TestApp, visit: &Visit, rosa: usize) -> String {
    let sql = "SELECT id FROM outbox WHERE participant_id = $1 AND template = 'link'";
    let rows = app.store.read(sql, vec![visit.seat(rosa).to_string().into()]).await.unwrap();
    rows[0].text(0).unwrap().to_owned()
}

/// A ward to which nothing belongs.
async fn empty_ward(app: &TestApp) -> WardId {
    let ward = Ward { id: WardId::mint(), name: letters(&WardId::mint().to_string()) };
    wards::insert(&app.store, &ward).await.unwrap();
    ward.id
}

fn record(name: &str) -> Vec<(&'static str, String)> {
    vec![("name", name.to_owned()), ("born", "1962-07-30".to_owned()), ("care", "outpatient".to_owned())]
}

/// An hour at which nobody has another visit, counted from some beginning.
pub(crate) fn free_hour() -> i64 {
    static HOURS: AtomicI64 = AtomicI64::new(1);
    HOURS.fetch_add(1, Ordering::Relaxed)
}

/// A name of its own for each patient that is added.
fn letters(id: &str) -> String {
    id.bytes().filter(u8::is_ascii_hexdigit).map(|digit| char::from(b'a' + digit % 26)).collect()
}
