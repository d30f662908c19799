# Text messages: one segment each, whose accents are dropped where they would cost a second; no health data; the link comes last.
# An admin may word each anew, with blanks of the same names.

message-booked = { $hospital }: { $service } on { $date } at { $time } ({ $zone }). Link { $minutes } min before. Find light and a good signal.
message-reminder = { $hospital }: remember your { $service }: { $date }, { $time } ({ $zone }). The link comes { $minutes } min before.
message-link = { $hospital }: video visit at { $time } ({ $zone }). Tap to enter: { $link }
message-new-link = { $hospital }: your new link. The old one no longer works. Tap to enter: { $link }
message-running-late = { $hospital }: we are running late. Your { $service } starts about { $time } ({ $zone }). Sorry for the wait.
message-come-now = { $hospital }: you can come in now. Tap to enter: { $link }
message-you-are-late = { $hospital }: your video visit was at { $time }. You can still enter: { $link }
message-rescheduled = { $hospital }: your video visit is moved to { $date } at { $time } ({ $zone }). We will send you the link before.
message-cancelled = { $hospital }: your video visit on { $date } at { $time } ({ $zone }) is cancelled. We are sorry.
message-subject = { $hospital }: your video visit

# The city whose time it is; one that stands in no list is called as the zone is.
zone-city = { $city ->
        [Cancun] Cancún
        [Merida] Mérida
        [Mazatlan] Mazatlán
        [Ciudad_Juarez] Ciudad Juárez
        [Bahia_Banderas] Bahía Banderas
        [Sao_Paulo] São Paulo
        [Belem] Belém
        [Cuiaba] Cuiabá
        [Maceio] Maceió
        [Santarem] Santarém
        [Araguaina] Araguaína
        [Eirunepe] Eirunepé
        [Bogota] Bogotá
        [Asuncion] Asunción
        [Canary] Canary Islands
       *[other] { $name }
    }

# What a visit is called in a message: read by others, so nothing about health.
message-service-home_consultation = video consultation
message-service-medical_report = report by video
message-service-tele_visit = video visit
message-service-follow_up = video appointment

message-date = { $weekday ->
        [Mon] Monday
        [Tue] Tuesday
        [Wed] Wednesday
        [Thu] Thursday
        [Fri] Friday
        [Sat] Saturday
       *[Sun] Sunday
    } { $day } { $month ->
        [Jan] Jan
        [Feb] Feb
        [Mar] Mar
        [Apr] Apr
        [May] May
        [Jun] Jun
        [Jul] Jul
        [Aug] Aug
        [Sep] Sep
        [Oct] Oct
        [Nov] Nov
       *[Dec] Dec
    }

about-message-reminder = Reminder the day before
about-message-running_late = Message about a late start
about-message-come_now = Message that they can come in
about-message-you_are_late = Message that they are expected

message-why-night = It is night there. It goes out in the morning.
message-why-needless = It was no longer needed.
message-why-switched_off = The hospital switched reminders off.

settings-reminders = Reminders and letters
settings-reminders-how = The reminder goes out the day before, by the clock of the visit. Never at night.
settings-day_before = Reminder the day before
settings-day_before-how = If you switch it off, those already planned stay here too.
settings-day_before-wrong = Choose whether it is sent.
settings-day_before-on = It is sent
settings-day_before-off = It is not sent
settings-reminder_hour = Hour of the reminder
settings-reminder_hour-how = A full hour, from 8 to 20. For visits booked from now on.
settings-reminder_hour-wrong = Write a full hour from 8 to 20.
settings-lettering = Letters of messages
settings-lettering-how = A single “á” can double the price of a text message.
settings-lettering-wrong = Choose one of the two.
settings-lettering-plain = Without the accents that cost more
settings-lettering-accents = With accents, if the message still costs one

texts-title = Texts
texts-lead = This is how families read each message. You can word them your way, in each language.
texts-own = Own
texts-change = Change
texts-text = Text of the message
texts-text-how = What stands between braces is filled in. Don’t write what the visit is about: others may read it.
texts-needed = Needed.
texts-example = Example
texts-count = Takes up to { $used } of { $limit } letters.
texts-over = It is too long: take { $count } letters away, so that it costs one message only.
texts-save = Save text
texts-preview = Show example
texts-ours = Our text
texts-reset = Go back to our text
texts-all = All texts
texts-saved = The text is saved. Messages that go out from now on carry it.
texts-reset-done = Messages carry our text again.
texts-meanwhile-reset = Somebody else went back to our text meanwhile. Save again to use yours.
texts-empty = Write a text.
texts-too-long = The text is too long. Write one that fits into a message.
texts-control = The text has invisible characters. Write it again.
texts-unclosed = A brace is missing. Write data like this: { "{time}" }.
texts-unknown = There is no { $blank }. Use one from the list.
texts-misplaced = { $blank } has no meaning in this message. Take it out.
texts-missing = { $blank } is missing. Without it the message is of no use.
texts-link-stuck = Leave a space before and after { $blank }, or put it at the end.

texts-when-booked = Goes out when the visit is booked.
texts-when-reminder = Goes out the day before, at the hour the settings say.
texts-when-link = Goes out shortly before the visit, and when somebody sends it again.
texts-when-new_link = Goes out when staff give a new link.
texts-when-running_late = Goes out when staff say they are late, to whoever has not come.
texts-when-come_now = Goes out when somebody may enter who asked for a message in the waiting room.
texts-when-you_are_late = Goes out 5 minutes after the hour, to whoever has not opened the link.
texts-when-rescheduled = Goes out when the visit is moved.
texts-when-cancelled = Goes out when the visit is cancelled.

blank-hospital = The hospital’s name.
blank-service = What visit it is, with nothing about health.
blank-date = The day of the visit.
blank-time = The time; where it is late, the new one.
blank-zone = The city whose time that is.
blank-minutes = How many minutes before the link comes.
blank-link = The link to enter with.

told-delayed = { $staff } said that it starts later: { $when }.
told-text_asked = { $seat } asked for a message when it is their turn.

lobby-late = There is a delay: at about { $time } the visit starts. You keep your place.
text-me-title = Would you rather not watch?
text-me-how = We send you a message when you can come in. You keep your place.
text-me-asked = We will send you a message when you can come in. You can put the phone away.
text-me-ask = Text me
text-me-withdraw = No longer needed
text-me-failed = That did not work. Check your connection and try again.
text-me-no-phone = We do not have your number. Please wait here.
text-me-opted-out = You asked for no messages. Please wait here.
text-me-not-now = We cannot text you now. Please wait here.
