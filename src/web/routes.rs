//! The URL table: every address of this house, and who may use it.
//!
//! A test walks it as every role and as nobody, so a new line needs its place in the access matrix.

use std::collections::BTreeSet;

use actix_web::http::Method;
use actix_web::middleware::from_fn;
use actix_web::{Resource, Route, guard, web};

use super::access::{ADMIN, Access, CLERK, CLINICAL, CONDUCTING, DOCTOR, Door, GIVING, IMPORTING, STAFF, WARD};
use super::guard::stand;
use super::staff::{
    agenda, agenda_live, at_webex, calendar, commands, door, exports, history, hosting, imports, inviting, messages,
    moving, pages, patients, people, profile, settings, visit_page, visits, welcome,
};
use super::{assets, callbacks, live, logo, operations, patient, sdk, webex};

macro_rules! doors {
    ($($method:ident $path:literal $access:expr => $handler:path;)+) => {
        /// Every address, and who may use it.
        pub const DOORS: &[Door] = &[
            $(Door { method: Method::$method, path: $path, access: $access, handler: || web::to($handler) },)+
        ];
    };
}

doors! {
    GET "/livez" Access::Public => operations::livez;
    GET "/readyz" Access::Public => operations::readyz;
    GET "/metrics" Access::Public => operations::metrics;
    GET "/static/{version}/{file:.*}" Access::Public => assets::serve;
    GET "/webex/sdk/{digest}" Access::Public => sdk::serve;
    GET "/logo/{digest}" Access::Public => logo::serve;

    GET "/j/{token}" Access::Public => patient::open;
    POST "/j/{token}" Access::Public => patient::enter;
    POST "/j/{token}/requests" Access::Public => patient::ask;
    POST "/j/{token}/openings" Access::Public => patient::opened;
    GET "/lobby/{seat}" Access::Seat => patient::show;
    GET "/lobby/{seat}/webex" Access::Seat => patient::at_webex;
    GET "/lobby/{seat}/socket" Access::Seat => live::seat_socket;
    GET "/lobby/{seat}/state" Access::Seat => live::seat_state;
    POST "/lobby/{seat}/state" Access::Seat => live::seat_say;
    POST "/lobby/{seat}/texts" Access::Seat => patient::text_me;
    POST "/lobby/{seat}/webex" Access::Seat => webex::enter;
    POST "/lobby/{seat}/webex/link" Access::Seat => webex::link;
    GET "/lobby/{seat}/calendar.ics" Access::Seat => patient::of_seat;

    POST "/callbacks/twilio/status" Access::Provider => callbacks::twilio_status;
    POST "/callbacks/twilio/inbound" Access::Provider => callbacks::twilio_inbound;
    POST "/callbacks/sms/{secret}" Access::Provider => callbacks::gateway;
    POST "/callbacks/webex/{mark}" Access::Provider => webex::report;

    GET "/" Access::Public => door::home;
    GET "/sign-in" Access::Public => door::sign_in_page;
    POST "/sign-in" Access::Public => door::sign_in;
    GET "/set-up/{token}" Access::Public => door::set_up_page;
    POST "/set-up/{token}" Access::Public => door::set_up;
    POST "/sign-out" STAFF => door::sign_out;

    GET "/board" DOCTOR => pages::board;
    GET "/visits" CLERK => pages::visits;
    POST "/visits" CLINICAL => visits::create;
    GET "/visits/new" CLINICAL => visits::new;
    POST "/visits/drafts" CLINICAL => visits::draft;
    POST "/patients" CLINICAL => visits::add_patient;
    GET "/patients" CLERK => patients::list::list;
    POST "/patients/searches" CLERK => patients::list::search;
    GET "/patients/new" CLERK => patients::edit::new;
    POST "/patients/new" CLERK => patients::edit::create;
    GET "/patients/{id}" CLERK => patients::record::show;
    GET "/patients/{id}/edit" CLERK => patients::edit::form;
    POST "/patients/{id}/edit" CLERK => patients::edit::save;
    GET "/patients/{id}/relatives/new" CLERK => patients::relatives::new;
    POST "/patients/{id}/relatives" CLERK => patients::relatives::create;
    GET "/relatives/{id}" CLERK => patients::relatives::form;
    POST "/relatives/{id}" CLERK => patients::relatives::save;
    POST "/relatives/{id}/removal" CLERK => patients::relatives::remove;
    GET "/patients/{id}/merger" CLERK => patients::merge::begin;
    POST "/patients/{id}/merger/searches" CLERK => patients::merge::search;
    GET "/patients/{id}/merger/{other}" CLERK => patients::merge::compare;
    POST "/patients/{id}/merger/{other}" CLERK => patients::merge::merge;
    GET "/ward" WARD => pages::ward;
    GET "/agenda" CLINICAL => agenda::show;
    GET "/agenda/socket" CLINICAL => agenda_live::socket;
    GET "/agenda/state" CLINICAL => agenda_live::state;
    GET "/agenda/sheet" CLINICAL => agenda::sheet;
    GET "/profile/calendar" CONDUCTING => calendar::show;
    POST "/profile/calendar" CONDUCTING => calendar::make;
    POST "/profile/calendar/removal" CONDUCTING => calendar::remove;
    GET "/calendars/{token}" Access::Public => calendar::of_owner;
    GET "/messages" CLINICAL => messages::list;
    POST "/messages/{id}/repeats" CLINICAL => messages::repeats::add;
    POST "/messages/{id}/showings" CLINICAL => messages::showings::add;
    GET "/messages/{id}/number" CLINICAL => messages::number::form;
    POST "/messages/{id}/number" CLINICAL => messages::number::save;
    GET "/messages/{id}/slip" CLINICAL => messages::slip::show;
    GET "/history" CLINICAL => history::page;
    GET "/history.csv" CLINICAL => history::file;
    GET "/settings" ADMIN => settings::show;
    POST "/settings" ADMIN => settings::save;
    POST "/settings/logo" ADMIN => settings::logo::replace;
    POST "/settings/logo/removal" ADMIN => settings::logo::remove;
    GET "/settings/messages" ADMIN => settings::messages::show;
    POST "/settings/messages/lifts" ADMIN => settings::messages::lift;
    GET "/settings/consent" ADMIN => settings::consent::show;
    POST "/settings/consent" ADMIN => settings::consent::add;
    GET "/settings/texts" ADMIN => settings::texts::list;
    GET "/settings/texts/{template}/{language}" ADMIN => settings::texts::show;
    POST "/settings/texts/{template}/{language}" ADMIN => settings::texts::save;
    POST "/settings/texts/{template}/{language}/removal" ADMIN => settings::texts::remove;
    GET "/settings/webex" ADMIN => settings::webex::show;
    GET "/settings/wards" ADMIN => settings::wards::show;
    POST "/settings/wards" ADMIN => settings::wards::add;
    POST "/settings/wards/{id}" ADMIN => settings::wards::rename;
    POST "/settings/wards/{id}/removal" ADMIN => settings::wards::remove;

    GET "/staff" ADMIN => people::list;
    POST "/staff" ADMIN => people::add;
    POST "/staff/search" ADMIN => people::search;
    GET "/staff/new" ADMIN => people::new;
    GET "/staff/{id}" ADMIN => people::show;
    POST "/staff/{id}" ADMIN => people::edit;
    POST "/staff/{id}/invitations" ADMIN => people::invite;
    POST "/staff/{id}/sign-outs" ADMIN => people::sign_out;
    POST "/staff/{id}/disablement" ADMIN => people::disable;
    POST "/staff/{id}/enablement" ADMIN => people::enable;
    POST "/staff/{id}/handovers" ADMIN => people::hand_over;
    POST "/staff/{id}/webex" ADMIN => people::try_webex_now;
    GET "/staff/webex" ADMIN => people::compare::show;
    POST "/staff/webex" ADMIN => people::compare::begin;
    GET "/staff/webex/choices" ADMIN => people::choices::show;
    POST "/staff/webex/choices" ADMIN => people::choices::save;
    POST "/staff/webex/differences/{id}" ADMIN => people::compare::decide;
    GET "/welcome/{token}" Access::Public => welcome::open;
    POST "/welcome/{token}" Access::Public => welcome::choose;

    GET "/profile" STAFF => profile::show;
    POST "/profile" STAFF => profile::settle;
    POST "/profile/password" STAFF => profile::change_password;
    POST "/profile/sign-outs" STAFF => profile::sign_out;
    POST "/profile/admissions" CONDUCTING => profile::keep_admissions;
    POST "/profile/messages" CONDUCTING => profile::keep_messages;

    GET "/consultations/{id}" CLINICAL => visit_page::show;
    GET "/consultations/{id}/calendar.ics" CLINICAL => calendar::of_visit;
    GET "/consultations/{id}/appointment" CLINICAL => moving::appointment;
    POST "/consultations/{id}/appointment" CLINICAL => moving::reschedule;
    GET "/consultations/{id}/people" CLINICAL => inviting::people;
    POST "/consultations/{id}/people" CLINICAL => inviting::invite;
    GET "/consultations/{id}/doctor" GIVING => moving::doctor;
    POST "/consultations/{id}/doctor" GIVING => moving::hand_over;
    GET "/patients/imports" CLERK => imports::of_patients;
    POST "/patients/imports" CLERK => imports::hand_in_patients;
    GET "/patients/imports/example.csv" CLERK => exports::example_of_patients;
    GET "/patients/export.csv" CLERK => exports::patients;
    GET "/staff/imports" ADMIN => imports::of_staff;
    POST "/staff/imports" ADMIN => imports::hand_in_staff;
    GET "/staff/imports/example.csv" ADMIN => exports::example_of_staff;
    GET "/staff/export.csv" ADMIN => exports::staff;
    GET "/imports/{id}" IMPORTING => imports::show;
    GET "/imports/{id}/problems.csv" IMPORTING => exports::problems;
    POST "/imports/{id}/registration" IMPORTING => imports::register;
    POST "/imports/{id}/removal" IMPORTING => imports::remove;

    GET "/consultations/{id}/call" CONDUCTING => pages::call;
    POST "/consultations/{id}/session" CONDUCTING => commands::start;
    POST "/consultations/{id}/webex" CONDUCTING => hosting::start;
    POST "/consultations/{id}/admissions" CONDUCTING => commands::admit;
    POST "/consultations/{id}/holds" CONDUCTING => commands::hold;
    POST "/consultations/{id}/removals" CONDUCTING => commands::remove;
    POST "/consultations/{id}/ending" CONDUCTING => commands::end;
    POST "/consultations/{id}/delays" CLINICAL => commands::run_late;
    POST "/consultations/{id}/engine" CONDUCTING => commands::switch;
    POST "/consultations/{id}/extensions" CLINICAL => commands::extend;
    POST "/consultations/{id}/cancellation" CLINICAL => commands::cancel;
    POST "/consultations/{id}/links" CLINICAL => commands::send_link;

    GET "/board/socket" CLINICAL => live::board_socket;
    GET "/board/state" CLINICAL => live::board_state;
    GET "/consultations/{id}/call/webex" CONDUCTING => pages::call_at_webex;
    POST "/consultations/{id}/call/webex" CONDUCTING => at_webex::enter;
    POST "/consultations/{id}/call/webex/link" CONDUCTING => at_webex::link;
    GET "/consultations/{id}/call/socket" CONDUCTING => live::call_socket;
    GET "/consultations/{id}/call/state" CONDUCTING => live::call_state;
    POST "/consultations/{id}/call/state" CONDUCTING => live::call_say;
}

/// Registers every door with its guard.
pub fn configure(config: &mut web::ServiceConfig) {
    let paths: BTreeSet<&str> = DOORS.iter().map(|door| door.path).collect();
    for path in paths {
        let doors = DOORS.iter().filter(|door| door.path == path);
        config.service(doors.fold(web::resource(path), |resource: Resource, door| resource.route(guarded(door))));
    }
}

fn guarded(door: &Door) -> Route {
    let access = door.access;
    let route = (door.handler)();
    let route = if door.method == Method::GET {
        route.guard(guard::Any(guard::Get()).or(guard::Head()))
    } else {
        route.method(door.method.clone())
    };
    route.wrap(from_fn(move |request, next| stand(access, request, next)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::access::CALLBACKS;

    #[test]
    fn only_providers_doors_are_open_to_other_sites() {
        for door in DOORS {
            assert_eq!(door.path.starts_with(CALLBACKS), door.access == Access::Provider, "{}", door.path);
        }
    }
}
