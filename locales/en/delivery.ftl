# How messages went, and what people answered.

delivery-none = message on its way
delivery-by_hand = message to be shown, in Messages
delivery-waiting = message not sent yet
delivery-unsure = unknown whether it arrived: call { $phone }
delivery-delivered = message delivered
delivery-undelivered = the message did not arrive: call { $phone }
delivery-opted_out = asked for no messages: call { $phone }

messages-how-sent = What went out to families, or will. Where something did not arrive, call, or show the code.
sending-by-hand = To be shown
sending-shown = Shown
sending-was-due = planned:
sending-unknown = Unknown
sending-accepted = On its way
sending-delivered = Delivered
sending-undelivered = Did not arrive

message-call = Call { $phone }
message-again-at = It is tried again at { $time }.
message-code = The provider's code: { $code }
message-budget-reached = Today's limit of messages ({ $limit }) is reached. The others wait. Ask an admin to raise it.
message-budget-near = { $spent } of { $limit } messages allowed today are used.

message-why-too_late = It would have come too late.
message-why-opted_out = This person asked for no more messages.
message-why-country = Messages to that country are not allowed.
message-why-often = Too many messages to this number in a short time.
message-why-budget = Today's limit is reached.
message-why-bad_number = The number or address does not exist.
message-why-landline = That number takes no messages.
message-why-unreachable = The phone is off or out of reach.
message-why-blocked = The phone company blocked it.
message-why-setup = The provider's settings are wrong. Tell an admin.
message-why-refused = The provider refused it.
message-why-busy = The provider does not take it now.
message-why-unsure = Nobody can say whether the provider took it.

replies-title = Replies
replies-how = What families answered since yesterday.
replies-about = About { $patient }

resend-wait = The link was sent a moment ago. You can send it again at { $time } (in { $minutes } min).
done-again-by-hand = The link is ready. Show it from the Messages page.
done-renew-by-hand = The new link is on the Messages page. The old one no longer works.

messages-show-all = All so far
messages-show-trouble = In trouble
messages-show-waiting = Waiting
messages-show-away = Sent or to be shown
messages-show-by-hand = To be shown
messages-show-shown = Shown
messages-show-delivered = Delivered
messages-show-coming = Still to come
messages-show-withdrawn = Called back
messages-days = Day
messages-choose-day = Choose the day
messages-whose = Whose
messages-everybodys = Of all visits
messages-mine = Of those I opened
messages-changed = There are new messages. Show them
repeat-again = Send again
repeat-new-link = Send a new link
message-again-from = Can be sent again at { $time } (in { $minutes } min)
message-other-number = Change the number
message-print = Print
message-shown = I have told them
message-was-shown = The message is noted as shown.
message-not-to-show = That message need not be shown any more.
message-went-otherwise = It went out with another text: the visit, the link or the wording has changed since.
message-again-to-show = The message is to be shown once more.
message-sent-again = The message goes out again.
message-goes-by-itself = That message will go out by itself.
message-why-no_template = WhatsApp wants an approved template for this text. Tell an admin.
replies-visit = See the visit

number-title = Change the number and send again
number-whose = Whose it is
number-patient = Patient
number-now = Number now
number-why = What happened
number-new = New number
number-new-how = With the area code. From abroad, with + and the country.
number-extent = Where it counts
number-extent-visit = Only in this visit
number-extent-record = In their record too, for all their visits
number-only-visit = The number changes in this visit only.
number-what-follows = If the link was sent already, a new one goes out. The old one stops working.
number-save = Save and send
number-back = Back to the messages
number-country = Numbers of that country get no messages. Call, or show the code.
number-overtaken = Somebody changed this number meanwhile. It is { $phone } now.
number-changed-visit = { $name } has the number { $phone } in this visit. The message goes out now.
number-changed-visit-later = { $name } has the number { $phone } in this visit. The rest goes out in time.
number-changed-record = { $name } has the number { $phone } in their record and visits. The message goes out now.
number-changed-record-later = { $name } has the number { $phone } in their record and visits. The rest goes out in time.

slip-title = Link to print
slip-how = Print this sheet from the browser.
slip-heading = Your video visit
slip-step-camera = Open the camera of your phone and point it at the square.
slip-step-tap = Tap the address that appears.
slip-step-wait = Enter the waiting room and stay there.
slip-step-green = When you are told, tap the green button.
slip-or-type = You can also type this address into your browser:
slip-one-person = This link is for you alone. Do not share it.
slip-help = Do you need help? Call { $phone }.

delivery-sent = message sent
board-replies = What they answered
board-said-reply = { $name } answered: { $text }
sending-title = Sending messages
sending-way = How they leave
sending-nowhere = Nothing leaves this server. Staff read links out from the Messages page.
sending-countries = Messages go only to numbers of: { $countries }.
sending-check = This is set when the server starts. The command “antesala check” tells whether it works.
sending-limit = Today’s limit
sending-limit-how = When four fifths are used, this page and Messages say so. When all is used, messages wait.
sending-no-limit = There is no limit.
sending-spent = { $spent } of { $limit } are used today.
sending-lift-how = Without a limit, what waits goes out within a minute. Tomorrow there is a limit again.
sending-lift = Lift the limit for today
sending-lifted = There is no limit of messages today any more.
sending-lifted-by = { $name } lifted the limit for today at { $time }.
sending-not-to = { $count ->
    [one] One number gets no messages: its country is not allowed. Call or show the code.
   *[other] { $count } numbers get no messages: their country is not allowed. Call or show the code.
}
