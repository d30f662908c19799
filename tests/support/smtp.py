"""A mail server on loopback: `smtp.py PORT FOLDER`. Keeps each letter as JSON in the folder; what it does with one is
said by the name before the @: nobody is unknown, filtered is refused for what it says, busy is refused for now, lost is
taken and never answered. Whoever signs in does so as hospital with the password letters."""

import email
import email.policy
import json
import os
import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

PORT, FOLDER = int(sys.argv[1]), sys.argv[2]


class Post:
    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "nobody":
            return "550 5.1.1 no such mailbox"
        if name == "filtered":
            return "550 5.7.1 looks like advertising"
        if name == "busy":
            return "451 4.3.0 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        kept = {name: str(letter[name]) for name in ("From", "To", "Subject", "Message-ID")}
        kept["body"] = letter.get_content()
        draft = os.path.join(FOLDER, f"{len(os.listdir(FOLDER)):04}.draft")
        with open(draft, "w", encoding="utf-8") as file:
            json.dump(kept, file)
        os.rename(draft, draft.replace(".draft", ".json"))
        if envelope.rcpt_tos[0].startswith("lost@"):
            server.transport.abort()
        return "250 OK"


def sign_in(server, session, envelope, mechanism, given):
    return AuthResult(success=(given.login, given.password) == (b"hospital", b"letters"), handled=False)


Controller(Post(), hostname="127.0.0.1", port=PORT, authenticator=sign_in, auth_require_tls=False).start()
print("ready", flush=True)
threading.Event().wait()
