# How messages went, and what people answered.

delivery-none = message on its way
delivery-waiting = message not sent yet
delivery-unsure = unknown whether it arrived: call { $phone }
delivery-delivered = message delivered
delivery-undelivered = the message did not arrive: call { $phone }
delivery-opted_out = asked for no messages: call { $phone }

messages-how-sent = What went out to families, or will. Where something did not arrive, call, or show the code.
messages-unknown = Unknown
messages-accepted = With the provider
messages-delivered = Delivered
messages-undelivered = Undelivered
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

resend-wait = The link was sent a moment ago. You can send it again at { $time }.
