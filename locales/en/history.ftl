# What became of visits: the history page, its charts and its file.

history-title = History
history-how = What became of past visits
history-file = Download as CSV
history-from = From
history-to = To
history-any = Any
history-show = Show
history-date-wrong = Choose a date, such as 2026-11-24.
history-backwards = The last day comes before the first. Choose a later one.
history-too-long = Choose at most 366 days at once.
history-empty = No visits ended in these days. Choose other days or fewer filters.
history-cut = There are more visits than this list shows. Choose fewer days.

history-figures = In figures
history-all = All visits
history-no-shows = Nobody came
history-within = Half waited up to { $half } min, nine in ten up to { $most } min.
history-chart-numbers = The numbers as a table
history-days = Visits per day
history-days-about = One bar for each day. The table below has the numbers.
history-day = Day
history-waits = Minutes until the first person was let in
history-waits-about = One bar for each span of waiting. The table below has the numbers.
history-minutes = Minutes
history-rates = Visits to which nobody came, per week
history-rates-about = One bar for each week, in percent. Cancelled visits do not count. The table below has the numbers.
history-week = Week from Monday

history-visits = Visits
history-appointment = Appointment
history-patient = Patient
history-record = Record number
history-service = Service
history-doctor = Doctor
history-ward = Ward
history-conductor = Conducted by
history-outcome = Outcome
history-sent = Link sent
history-delivered = Delivered
history-opened = Opened
history-arrived = Arrived
history-waited = Waited (minutes)
history-waited-short = Waited (min)
history-admitted = Let in
history-ended = Closed

outcome-ended = Took place
outcome-no_show_of_family = The family did not come
outcome-no_show_of_staff = No staff came
outcome-cancelled = Cancelled

visits-others = Other visits today
visits-later = More open visits today
