# Text messages: one segment each, so no letter outside GSM-7; no health data; the link comes last.

message-booked = { $hospital }: your video visit is on { $date } at { $time } ({ $zone }). We will send you the link { $minutes } minutes before.
message-link = { $hospital }: video visit at { $time } ({ $zone }). Tap to enter: { $link }
message-new-link = { $hospital }: your new link. The old one no longer works. Tap to enter: { $link }
message-rescheduled = { $hospital }: your video visit is moved to { $date } at { $time } ({ $zone }). We will send you the link before.
message-cancelled = { $hospital }: your video visit on { $date } at { $time } ({ $zone }) is cancelled. We are sorry.
message-subject = { $hospital }: your video visit

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
