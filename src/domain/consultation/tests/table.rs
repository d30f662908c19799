//! What every command does in every state, as a table for people to read.
//!
//! A cell names the events, or the refusal (with a capital letter). `guest` stands for all standings of a guest's seat,
//! `staff` for the doctor's seat, `unknown` for a seat of another visit, `all` for all of these. Every pair of case and
//! standing has exactly one row.

pub(super) const TABLE: &str = "
case                     | standing                         | scheduled            | in session           | over
start one by one         | all                              | started              | AlreadyStarted       | Closed
start for everyone       | waiting                          | started+let-in       | AlreadyStarted       | Closed
start for everyone       | invited admitted left removed    | started              | AlreadyStarted       | Closed
start for everyone       | admitted/new left/new            | started              | AlreadyStarted       | Closed
start for everyone       | staff unknown                    | started              | AlreadyStarted       | Closed

admit                    | invited                          | NotStarted           | NotArrived           | Closed
admit                    | waiting                          | NotStarted           | let-in               | Closed
admit                    | admitted left                    | NotStarted           | AlreadyAdmitted      | Closed
admit                    | admitted/new left/new            | NotStarted           | newcomer-let-in      | Closed
admit                    | removed                          | NotStarted           | Removed              | Closed
admit                    | staff                            | NotStarted           | StaffSeat            | Closed
admit                    | unknown                          | NotStarted           | UnknownSeat          | Closed
admit everyone           | waiting                          | NotStarted           | let-in               | Closed
admit everyone           | invited admitted left removed    | NotStarted           | NobodyWaiting        | Closed
admit everyone           | admitted/new left/new            | NotStarted           | NobodyWaiting        | Closed
admit everyone           | staff unknown                    | NotStarted           | NobodyWaiting        | Closed

hold                     | admitted admitted/new            | NotStarted           | held                 | Closed
hold                     | left left/new                    | NotStarted           | held                 | Closed
hold                     | invited waiting removed          | NotStarted           | NotAdmitted          | Closed
hold                     | staff                            | NotStarted           | StaffSeat            | Closed
hold                     | unknown                          | NotStarted           | UnknownSeat          | Closed

remove                   | invited waiting                  | removed              | removed              | Closed
remove                   | admitted admitted/new            | removed              | removed              | Closed
remove                   | left left/new                    | removed              | removed              | Closed
remove                   | removed                          | Removed              | Removed              | Closed
remove                   | staff                            | StaffSeat            | StaffSeat            | Closed
remove                   | unknown                          | UnknownSeat          | UnknownSeat          | Closed

end                      | all                              | NotStarted           | ended                | Closed
cancel                   | all                              | cancelled            | AlreadyStarted       | Closed
reschedule               | all                              | rescheduled          | AlreadyStarted       | Closed
reschedule a moved one   | all                              | Changed              | AlreadyStarted       | Closed
reschedule to the same   | all                              | nothing              | AlreadyStarted       | Closed
hand over                | all                              | doctors-seat-handed-over | handed-over      | Closed
hand over to a clerk     | all                              | DoctorNotPermitted   | DoctorNotPermitted   | Closed
hand over to a ward      | all                              | DoctorNotPermitted   | DoctorNotPermitted   | Closed
hand over to the same    | all                              | SameDoctor           | SameDoctor           | Closed
switch to Webex          | all                              | to-Webex             | to-Webex             | Closed
switch to the mesh       | all                              | to-the-mesh          | to-the-mesh          | Closed
switch to the same       | all                              | nothing              | nothing              | Closed
host starts one by one   | all                              | started              | nothing              | Closed
host starts for everyone | waiting                          | started+let-in       | nothing              | Closed
host starts for everyone | invited admitted left removed    | started              | nothing              | Closed
host starts for everyone | admitted/new left/new            | started              | nothing              | Closed
host starts for everyone | staff unknown                    | started              | nothing              | Closed
host starts elsewhere    | all                              | nothing              | nothing              | Closed
host ends                | all                              | NotStarted           | ended                | Closed
host ends elsewhere      | all                              | nothing              | nothing              | Closed
invite                   | all                              | one-invited          | one-invited          | Closed
extend                   | all                              | extended             | extended             | Closed

run late                 | all                              | delayed              | AlreadyStarted       | Closed

ask for a text           | invited                          | NotArrived           | NotArrived           | Closed
ask for a text           | waiting                          | asked                | asked                | Closed
ask for a text           | admitted admitted/new            | AlreadyAdmitted      | AlreadyAdmitted      | Closed
ask for a text           | left left/new                    | AlreadyAdmitted      | AlreadyAdmitted      | Closed
ask for a text           | removed                          | Removed              | Removed              | Closed
ask for a text           | staff                            | StaffSeat            | StaffSeat            | Closed
ask for a text           | unknown                          | UnknownSeat          | UnknownSeat          | Closed
ask as stranger          | invited waiting                  | NotArrived           | NotArrived           | Closed
ask as stranger          | admitted admitted/new            | AlreadyAdmitted      | AlreadyAdmitted      | Closed
ask as stranger          | left left/new                    | AlreadyAdmitted      | AlreadyAdmitted      | Closed
ask as stranger          | removed                          | Removed              | Removed              | Closed
ask as stranger          | staff                            | StaffSeat            | StaffSeat            | Closed
ask as stranger          | unknown                          | UnknownSeat          | UnknownSeat          | Closed
decline a text           | waiting admitted admitted/new    | nothing              | nothing              | Closed
decline a text           | left left/new                    | nothing              | nothing              | Closed
decline a text           | invited removed                  | NotArrived           | NotArrived           | Closed
decline a text           | staff                            | StaffSeat            | StaffSeat            | Closed
decline a text           | unknown                          | UnknownSeat          | UnknownSeat          | Closed

renew link               | guest                            | renewed              | renewed              | Closed
renew link               | staff                            | StaffSeat            | StaffSeat            | Closed
renew link               | unknown                          | UnknownSeat          | UnknownSeat          | Closed

resend link              | invited waiting                  | resent               | resent               | Closed
resend link              | admitted admitted/new            | resent               | resent               | Closed
resend link              | left left/new                    | resent               | resent               | Closed
resend link              | removed                          | Removed              | Removed              | Closed
resend link              | staff                            | StaffSeat            | StaffSeat            | Closed
resend link              | unknown                          | UnknownSeat          | UnknownSeat          | Closed
resend before it opens   | invited waiting                  | TooEarly             | TooEarly             | Closed
resend before it opens   | admitted admitted/new            | TooEarly             | TooEarly             | Closed
resend before it opens   | left left/new                    | TooEarly             | TooEarly             | Closed
resend before it opens   | removed                          | Removed              | Removed              | Closed
resend before it opens   | staff                            | StaffSeat            | StaffSeat            | Closed
resend before it opens   | unknown                          | UnknownSeat          | UnknownSeat          | Closed
resend expired link      | invited                          | LinkExpired          | LinkExpired          | Closed
resend expired link      | waiting                          | resent               | resent               | Closed
resend expired link      | admitted admitted/new            | resent               | resent               | Closed
resend expired link      | left left/new                    | resent               | resent               | Closed
resend expired link      | removed                          | Removed              | Removed              | Closed
resend expired link      | staff                            | StaffSeat            | StaffSeat            | Closed
resend expired link      | unknown                          | UnknownSeat          | UnknownSeat          | Closed

join                     | all                              | NotStarted           | doctor-in            | Closed

arrive as holder         | invited                          | holder-arrived       | holder-arrived       | Closed
arrive as holder         | waiting                          | nothing              | nothing              | Closed
arrive as holder         | admitted admitted/new            | nothing              | nothing              | Closed
arrive as holder         | left left/new                    | nothing              | nothing              | Closed
arrive as holder         | removed                          | Removed              | Removed              | Closed
arrive as holder         | staff                            | StaffSeat            | StaffSeat            | Closed
arrive as holder         | unknown                          | UnknownSeat          | UnknownSeat          | Closed
arrive as newcomer       | invited                          | newcomer-arrived     | newcomer-arrived     | Closed
arrive as newcomer       | waiting                          | newcomer-took-over   | newcomer-took-over   | Closed
arrive as newcomer       | admitted left                    | newcomer-waits       | newcomer-waits       | Closed
arrive as newcomer       | admitted/new left/new            | nothing              | nothing              | Closed
arrive as newcomer       | removed                          | Removed              | Removed              | Closed
arrive as newcomer       | staff                            | StaffSeat            | StaffSeat            | Closed
arrive as newcomer       | unknown                          | UnknownSeat          | UnknownSeat          | Closed
arrive as stranger       | invited                          | stranger-arrived     | stranger-arrived     | Closed
arrive as stranger       | waiting                          | stranger-took-over   | stranger-took-over   | Closed
arrive as stranger       | admitted admitted/new            | stranger-waits       | stranger-waits       | Closed
arrive as stranger       | left left/new                    | stranger-waits       | stranger-waits       | Closed
arrive as stranger       | removed                          | Removed              | Removed              | Closed
arrive as stranger       | staff                            | StaffSeat            | StaffSeat            | Closed
arrive as stranger       | unknown                          | UnknownSeat          | UnknownSeat          | Closed
arrive with expired link | invited                          | LinkExpired          | LinkExpired          | Closed
arrive with expired link | waiting                          | stranger-took-over   | stranger-took-over   | Closed
arrive with expired link | admitted admitted/new            | stranger-waits       | stranger-waits       | Closed
arrive with expired link | left left/new                    | stranger-waits       | stranger-waits       | Closed
arrive with expired link | removed                          | Removed              | Removed              | Closed
arrive with expired link | staff                            | StaffSeat            | StaffSeat            | Closed
arrive with expired link | unknown                          | UnknownSeat          | UnknownSeat          | Closed
arrive for everyone      | invited                          | holder-arrived       | holder-arrived+walks-in | Closed
arrive for everyone      | waiting admitted admitted/new    | nothing              | nothing              | Closed
arrive for everyone      | left left/new                    | nothing              | nothing              | Closed
arrive for everyone      | removed                          | Removed              | Removed              | Closed
arrive for everyone      | staff                            | StaffSeat            | StaffSeat            | Closed
arrive for everyone      | unknown                          | UnknownSeat          | UnknownSeat          | Closed

leave                    | admitted admitted/new            | left                 | left                 | Closed
leave                    | left left/new                    | nothing              | nothing              | Closed
leave                    | invited waiting removed staff    | NotAdmitted          | NotAdmitted          | Closed
leave                    | unknown                          | UnknownSeat          | UnknownSeat          | Closed
leave as stranger        | guest staff                      | NotAdmitted          | NotAdmitted          | Closed
leave as stranger        | unknown                          | UnknownSeat          | UnknownSeat          | Closed
return                   | admitted admitted/new            | NotStarted           | nothing              | Closed
return                   | left left/new                    | NotStarted           | returned             | Closed
return                   | invited waiting removed staff    | NotStarted           | NotAdmitted          | Closed
return                   | unknown                          | NotStarted           | UnknownSeat          | Closed
return as stranger       | guest staff                      | NotStarted           | NotAdmitted          | Closed
return as stranger       | unknown                          | NotStarted           | UnknownSeat          | Closed

request link             | invited waiting                  | LinkStillWorks       | LinkStillWorks       | Closed
request link             | admitted admitted/new            | LinkStillWorks       | LinkStillWorks       | Closed
request link             | left left/new                    | LinkStillWorks       | LinkStillWorks       | Closed
request link             | removed                          | Removed              | Removed              | Closed
request link             | staff                            | StaffSeat            | StaffSeat            | Closed
request link             | unknown                          | UnknownSeat          | UnknownSeat          | Closed
request when expired     | invited                          | requested            | requested            | Closed
request when expired     | waiting admitted admitted/new    | LinkStillWorks       | LinkStillWorks       | Closed
request when expired     | left left/new                    | LinkStillWorks       | LinkStillWorks       | Closed
request when expired     | removed                          | Removed              | Removed              | Closed
request when expired     | staff                            | StaffSeat            | StaffSeat            | Closed
request when expired     | unknown                          | UnknownSeat          | UnknownSeat          | Closed
request with a dead link | invited                          | requested            | requested            | Closed
request with a dead link | waiting admitted admitted/new    | LinkStillWorks       | LinkStillWorks       | Closed
request with a dead link | left left/new                    | LinkStillWorks       | LinkStillWorks       | Closed
request with a dead link | removed                          | Removed              | Removed              | Closed
request with a dead link | staff                            | StaffSeat            | StaffSeat            | Closed
request with a dead link | unknown                          | UnknownSeat          | UnknownSeat          | Closed
request twice            | invited                          | nothing              | nothing              | Closed
request twice            | waiting admitted admitted/new    | LinkStillWorks       | LinkStillWorks       | Closed
request twice            | left left/new                    | LinkStillWorks       | LinkStillWorks       | Closed
request twice            | removed                          | Removed              | Removed              | Closed
request twice            | staff                            | StaffSeat            | StaffSeat            | Closed
request twice            | unknown                          | UnknownSeat          | UnknownSeat          | Closed

close early              | all                              | TooEarly             | TooEarly             | Closed
close late               | invited staff unknown            | patient-missing      | patient-missing      | Closed
close late               | waiting admitted admitted/new    | staff-missing        | closed               | Closed
close late               | left left/new removed            | staff-missing        | closed               | Closed
";
