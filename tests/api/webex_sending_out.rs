//! What the house does in a meeting by itself: whoever is held or removed here is sent out there, and a visit that goes to the
//! direct call leaves no meeting behind.

use antesala::domain::consultation::{Command, Phase, Whom};
use antesala::domain::ids::ParticipantId;
use antesala::domain::meeting::{address, short_name};
use antesala::domain::service::Engine;
use antesala::store::webex::{guests, reports};
use antesala::workers::webex::WebexWork;
use jiff::SignedDuration;

use super::meetings::organisation;
use crate::app::{TestApp, on_each};
use crate::hospital::{REPORT, Visit};
use crate::webex::{FakeWebex, Mood};

/// A visit in a meeting at Webex, and its worker by hand.
struct Carried<'a> {
    app: &'a TestApp,
    fake: FakeWebex,
    work: WebexWork,
    visit: Visit,
    meeting: String,
    reported: u8,
}

impl<'a> Carried<'a> {
    async fn running(app: &'a TestApp) -> Self {
        let (fake, work) = organisation(app).await;
        let visit = app.book(REPORT).await;
        let by = app.hospital.doctor.operator();
        app.command(visit.id, Command::SwitchEngine { by, to: Engine::Webex }).await.unwrap();
        work.carry_out_wishes().await.unwrap();
        let meeting = fake.meetings()[0].id.clone();
        app.start(&visit).await;
        fake.begin(&meeting);
        Self { app, fake, work, visit, meeting, reported: 0 }
    }

    async fn says(&self, command: Command) {
        self.app.command(self.visit.id, command).await.unwrap();
    }

    async fn switch(&self, to: Engine) {
        self.says(Command::SwitchEngine { by: self.app.hospital.doctor.operator(), to }).await;
    }

    /// Somebody is in the meeting, under this address and name.
    fn is_in(&self, email: &str, name: &str) {
        self.fake.come_as(&self.meeting, email, name);
        self.fake.state().meetings[0].attendees.last_mut().unwrap().state = "joined";
    }

    fn states(&self) -> Vec<&'static str> {
        self.fake.meetings()[0].attendees.iter().map(|attendee| attendee.state).collect()
    }

    /// A report comes in, and is worked on with all that waits.
    async fn reported(&mut self, what: &str, instance: u8) {
        self.reported += 1;
        self.app.later(SignedDuration::from_secs(1));
        let (meeting, at) = (format!("{}_I_{instance}", self.meeting), self.app.now());
        let report = reports::Report { digest: [self.reported; 32], what: what.to_owned(), meeting, email: None, at };
        assert!(reports::put(&self.app.store, &report).await.unwrap());
        self.work.work_on_reports().await.unwrap();
    }

    async fn is_running(&self) -> bool {
        matches!(self.app.stored(self.visit.id).await.visit.phase, Phase::InSession { .. })
    }

    fn ends(&self) -> usize {
        self.fake.asked("POST", "meetings").iter().filter(|asked| asked.path.ends_with("/end")).count()
    }
}

#[tokio::test]
async fn whoever_is_held_or_removed_is_sent_out_of_the_meeting() {
    on_each(async |app| {
        let carried = Carried::running(app).await;
        let (rosa, julian) = (app.enter(&carried.visit.links[0]).await, app.enter(&carried.visit.links[1]).await);
        for seat in [rosa.id, julian.id] {
            carried.is_in(&address(seat), "Somebody");
        }
        carried.is_in("stranger@guest.example", "Somebody else");
        let by = app.hospital.doctor.operator();
        carried.says(Command::Hold { by, participant: rosa.id }).await;
        assert!(carried.fake.asked("GET", "meetingParticipants").is_empty(), "{}: not within the request", app.engine);
        // It does not answer at first, nor when it is asked once more.
        carried.fake.moods(&[("meetingParticipants", Mood::Fail(503)), ("meetingParticipants", Mood::Fail(503))]);
        carried.work.work_on_reports().await.unwrap();
        assert_eq!(carried.states(), ["joined", "joined", "joined"], "{}", app.engine);
        app.later(SignedDuration::from_secs(5));
        carried.work.work_on_reports().await.unwrap();
        assert_eq!(carried.states(), ["end", "joined", "joined"], "{}: she, and nobody else", app.engine);

        carried.says(Command::Admit { by, whom: Whom::One(rosa.id) }).await;
        carried.is_in(&address(rosa.id), "Somebody");
        carried.says(Command::Remove { by, participant: julian.id }).await;
        carried.work.work_on_reports().await.unwrap();
        assert_eq!(carried.states(), ["end", "end", "joined", "joined"], "{}", app.engine);
        assert_eq!(carried.work.work_on_reports().await.unwrap(), 0, "{}: nothing is left", app.engine);
    })
    .await;
}

#[tokio::test]
async fn who_is_let_in_again_before_that_stays() {
    on_each(async |app| {
        let carried = Carried::running(app).await;
        let rosa = app.enter(&carried.visit.links[0]).await;
        carried.is_in(&address(rosa.id), "Somebody");
        let by = app.hospital.doctor.operator();
        carried.says(Command::Hold { by, participant: rosa.id }).await;
        carried.says(Command::Admit { by, whom: Whom::One(rosa.id) }).await;
        carried.work.work_on_reports().await.unwrap();
        assert_eq!(carried.states(), ["joined"], "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn a_switch_to_the_direct_call_ends_the_meeting_and_not_the_visit() {
    on_each(async |app| {
        let mut carried = Carried::running(app).await;
        carried.reported("meetings started", 1).await;
        carried.switch(Engine::Direct).await;
        assert_eq!(carried.ends(), 0, "{}: not within the request", app.engine);
        carried.work.work_on_reports().await.unwrap();
        assert_eq!(carried.ends(), 1, "{}", app.engine);
        // Back at Webex before it says that the meeting has ended.
        carried.switch(Engine::Webex).await;
        carried.reported("meetings ended", 1).await;
        assert!(carried.is_running().await, "{}", app.engine);
        carried.reported("meetings started", 2).await;
        carried.reported("meetings ended", 2).await;
        assert!(!carried.is_running().await, "{}: this one the doctor has ended", app.engine);
    })
    .await;
}

#[tokio::test]
async fn a_switch_and_back_leaves_the_meeting_as_it_is() {
    on_each(async |app| {
        let mut carried = Carried::running(app).await;
        carried.reported("meetings started", 1).await;
        carried.switch(Engine::Direct).await;
        carried.switch(Engine::Webex).await;
        carried.work.work_on_reports().await.unwrap();
        assert_eq!(carried.ends(), 0, "{}", app.engine);
        carried.reported("meetings ended", 1).await;
        assert!(!carried.is_running().await, "{}: the doctor has ended it", app.engine);
    })
    .await;
}

#[tokio::test]
async fn what_the_house_may_not_end_is_ended_by_its_host() {
    on_each(async |app| {
        let mut carried = Carried::running(app).await;
        carried.reported("meetings started", 1).await;
        carried.switch(Engine::Direct).await;
        carried.fake.moods(&[("meetings", Mood::Fail(403))]);
        carried.work.work_on_reports().await.unwrap();
        carried.switch(Engine::Webex).await;
        carried.reported("meetings ended", 1).await;
        assert!(!carried.is_running().await, "{}", app.engine);
    })
    .await;
}

#[tokio::test]
async fn a_guest_without_an_address_is_known_by_a_name_that_nobody_else_has() {
    on_each(async |app| {
        let mut carried = Carried::running(app).await;
        let names = carried.visit.guests.iter().map(|guest| short_name(&guest.name)).collect::<Vec<_>>();
        let mut seats: Vec<ParticipantId> = Vec::new();
        for link in &carried.visit.links {
            seats.push(app.enter(link).await.id);
        }
        let lobby = |email: &str, name: &str| drop(carried.fake.come_as(&carried.meeting, email, name));
        // Nobody minted a guest for her yet: this is somebody else.
        lobby("early@guest.example", &names[0]);
        carried.fake.state().meetings[0].attendees[0].state = "end";
        for seat in &seats {
            guests::put(&app.store, *seat, Some("subject".to_owned()), None).await.unwrap();
        }
        lobby("rosa@guest.example", &names[0]);
        for twin in ["one@guest.example", "two@guest.example"] {
            lobby(twin, &names[1]);
        }
        let states = |carried: &Carried<'_>| carried.states()[1..].to_vec();
        carried.reported("meetingParticipants joined", 1).await;
        assert_eq!(states(&carried), ["joined", "lobby", "lobby"], "{}: of two nobody is taken", app.engine);

        // Her address is known from now on: nobody else can come in under her name, and she is found.
        carried.fake.come_as(&carried.meeting, "again@guest.example", &names[0]);
        carried.reported("meetingParticipants joined", 1).await;
        assert_eq!(states(&carried), ["joined", "lobby", "lobby", "lobby"], "{}", app.engine);
        let known = guests::seat_of(&app.store, carried.visit.id, "rosa@guest.example").await.unwrap();
        assert_eq!(known, Some(seats[0]), "{}", app.engine);
        guests::put(&app.store, seats[0], Some("subject".to_owned()), None).await.unwrap();
        let known = guests::seat_of(&app.store, carried.visit.id, "rosa@guest.example").await.unwrap();
        assert_eq!(known, Some(seats[0]), "{}: also after another token", app.engine);
    })
    .await;
}
