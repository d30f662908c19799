# The agenda, one visit, moving it and handing it over.

staff-day = { $weekday } { $date }
staff-weekdays-short = Mon,Tue,Wed,Thu,Fri,Sat,Sun
staff-elsewhere = { $time }, { $zone }

agenda-title = Agenda
agenda-view = How much is shown
agenda-view-day = Day
agenda-view-week = Week
agenda-steps = Go to another date
agenda-today = Today
agenda-previous-day = Previous day
agenda-next-day = Next day
agenda-previous-week = Previous week
agenda-next-week = Next week
agenda-choose = Choose what is shown
agenda-day = Date
agenda-day-unknown = There is no such day. Today is shown.
agenda-service = Kind of visit
agenda-every-doctor = Everybody
agenda-every-service = All kinds
agenda-show = Show
agenda-sheet = Day sheet
agenda-week-of = { $first } to { $last }
agenda-now = Now, { $time }
agenda-minutes = { $minutes } min
agenda-guests =
    { $count ->
        [one] 1 guest
       *[other] { $count } guests
    }
agenda-free = Free from { $from } to { $until } · { $length }
agenda-open-here = Open a visit here
agenda-open-one = Open a visit on this day
agenda-empty-day = There are no visits on this day.
agenda-empty-week = There are no visits in this week.
agenda-none = No visits
agenda-whole-day = See the whole day

sheet-title = Day sheet: { $day }
sheet-back = Back to the agenda
sheet-print = Print
sheet-how = Print it from your browser's menu.
sheet-notes = Notes
sheet-printed = Printed by { $name } on { $date }, { $time }.

about-back = Agenda of { $day }
about-born = Born { $born }
about-visit = The visit
about-history = What has happened
about-when = When
about-when-is = { $day }, { $from } to { $until } · { $length }
about-agreed = It was agreed as { $clock }.
about-service = Kind of visit
about-missing-patient = Nobody came
about-missing-staff = Staff did not come
about-move = Move
about-hand-over = Hand over
about-invite = Invite somebody else
about-series = { $count } weekly visits
about-series-this = this visit
about-copy = Copy
about-calendar = Calendar file
about-board = See it on the board
about-message-booked = Message with the date
about-message-link = Message with the link
about-message-new_link = Message with a new link
about-message-cancelled = Message that it is called off
about-message-rescheduled = Message with the new time

told-booked = { $staff } booked the visit.
told-started = { $staff } started the visit.
told-arrived = { $seat } came to the lobby.
told-device_changed = { $seat } opened the link on another device.
told-new_device_waits = { $seat } waits on another device.
told-admitted = { $staff } let { $seat } in.
told-admitted-alone = { $seat } was let in.
told-held = { $staff } sent { $seat } back to the lobby.
told-left = { $seat } hung up.
told-returned = { $seat } entered again.
told-removed = { $staff } removed { $seat } from the visit.
told-staff_joined = { $seat } entered the call.
told-invited = { $staff } invited { $seat }.
told-link_requested = { $seat } asked for a new link.
told-link_renewed = { $staff } sent { $seat } a new link.
told-link_resent = { $staff } sent { $seat } the link again.
told-extended = { $staff } let the links live longer: { $when }.
told-rescheduled = { $staff } moved it to { $when }.
told-handed_over = { $staff } handed the visit over to { $to }.
told-ended = { $staff } ended the visit.
told-ended-alone = The visit closed by itself: everybody had gone.
told-cancelled = { $staff } called the visit off.
told-no_show-patient = The visit closed by itself: nobody came.
told-no_show-staff = The visit closed by itself: staff did not come.

# Calendar files and addresses.
calendar-title = Video call · { $hospital }
calendar-page = My calendar
calendar-how = Your calendar program can show your visits. It needs a private address.
calendar-what = It shows the times of your visits. Never a name, a reason or a family's link.
calendar-secret = Whoever has the address sees your times. Do not share it.
calendar-none = You have no address yet.
calendar-made = Your address was made on { $date }. It cannot be shown again.
calendar-address = Your address
calendar-once = Copy it now: it is shown this once.
calendar-make = Make an address
calendar-replace = Replace it with a new one
calendar-replace-how = The old one stops working.
calendar-remove = Remove it
calendar-removed = The address no longer works.
calendar-back = Back to the agenda

lobby-calendar = Save it in my calendar

moving-title = Move the visit
moving-now = Now:
moving-to = New date and time
moving-how = Everyone invited has a new message on the Messages page. Links that were sent already are replaced.
moving-move = Move the visit
moving-back = Leave it as it is
moving-done = The visit was moved. The messages to those invited are on the Messages page.
moving-same = Date, time and length are as they are now. Change something.
moving-taken = There are other visits at that time. Check them and tick the box, or choose another time.
moving-changed = Somebody moved the visit meanwhile. Its time now stands above. Check it and confirm.
moving-accept = Do it all the same

inviting-title = Invite somebody else
inviting-there = Invited already:
inviting-sent-away = Sent away from the visit: { $names }. To let them come back, send them a new link from the board.
inviting-who = Who else is invited?
inviting-how = They get message and link like the others. A call has room for 6 people, counting whoever conducts it.
inviting-nobody = Nobody else is registered in this family.
inviting-register = Register a relative
inviting-ask-clerk = If somebody is missing, a clerk can register them.
inviting-invite = Invite
inviting-done = They are invited. Their link goes out by itself.
inviting-done-not-all = They are invited. Show the link from the Messages page to whoever has no phone.
inviting-done-by-hand = They are invited. Show them their message and link from the Messages page.

handing-title = Hand the visit over
handing-to = Who will conduct it?
handing-how = Shown are those who are permitted this kind of visit.
handing-hand-over = Hand it over
handing-done = The visit is now on the board of whoever received it.
handing-missing = Choose whom you hand the visit to.
handing-changed = Somebody has handed the visit over already. Check it and choose again.
handing-nobody = Nobody else is permitted this kind of visit.

# An hour that occurs twice.
visit-twice = The clocks go back that day: { $time } on { $day } occurs twice
visit-twice-how = Which of the two is meant? Nothing is saved until you choose.
visit-twice-first = The first, before the clocks go back
visit-twice-second = The second, after they went back
visit-time-twice = That hour occurs twice. Choose one of the two.
overlaps-twice = That hour occurs twice: choose above.

# An open agenda follows.
agenda-read-at = Read at { $time }.
agenda-read-again = Read again
agenda-said-new = New visit: { $patient }, { $time }.
agenda-said-gone = No longer here: { $patient }, { $time }.
agenda-said-state = { $patient }, { $time }: { $state }.
agenda-said-changed = The visit of { $patient }, { $time }, changed.
agenda-said-many = The agenda changed: { $count } visits.
