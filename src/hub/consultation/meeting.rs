//! Who is in the meeting at Webex that carries a visit: a fact that comes from there, kept in memory only.
//!
//! Never lets anybody in or out: it is shown on cards.

use actix::prelude::{Context, Handler, Message};

use super::ConsultationActor;
use crate::domain::ids::ParticipantId;

/// Webex reports that somebody came into the meeting, or left it.
#[derive(Message)]
#[rtype(result = "()")]
pub enum InMeeting {
    /// They are in.
    Joined(ParticipantId),
    /// They are not any more.
    Left(ParticipantId),
    /// The meeting is over: nobody is.
    Nobody,
}

impl Handler<InMeeting> for ConsultationActor {
    type Result = ();

    fn handle(&mut self, report: InMeeting, _: &mut Context<Self>) {
        let changed = match report {
            InMeeting::Joined(seat) => self.in_meeting.insert(seat),
            InMeeting::Left(seat) => self.in_meeting.remove(&seat),
            InMeeting::Nobody => !std::mem::take(&mut self.in_meeting).is_empty(),
        };
        if changed {
            self.show_card();
        }
    }
}
