# Who works here, and what everybody chooses for themselves.

staff-moment = { $date }, { $time }

people-title = Staff
people-count = { $count ->
    [one] 1 person
   *[other] { $count } people
}
people-add = Add somebody
people-search = Name or e-mail
people-any-role = Any role
people-any-state = Any state
people-show = Show
people-show-all = Show all staff
people-empty = Nobody is here yet. Add somebody with the button above.
people-none-such = Nobody matches. Write fewer letters, or choose another role or state.
people-more-found = There are more people. Write more letters to see them.
people-never = Never

people-name = Name
people-email = E-mail
people-email-how = They sign in with it. Nobody else may have it.
people-role = Role
people-ward = Ward
people-services = Services
people-signed-in = Last sign-in
people-state = State
people-state-active = Can sign in
people-state-not-set-up = No password yet
people-state-disabled = No access

people-new-title = Add somebody
people-add-now = Add
people-add-how = You will then see a link, with which they choose their password.
people-add-another = Add somebody else
people-back = Back to staff
people-save = Save
people-place = Place and language
people-language = Language of their pages
people-ward-how = Ward staff need one.
people-no-wards = There are no wards yet. Add them in the settings.
people-services-how = Each role may have only the services shown here. They limit what somebody opens and changes, not what they see.
role-admin-how = Adds staff and configures the hospital. Sees no visits and no patients.
role-doctor-how = Conducts visits of their own and decides who comes in.
role-clerk-how = Registers patients, schedules visits and sends links again.
role-ward-how = Prepares the tablet of their ward and opens its tele-visits.

people-name-missing = Write the name.
people-name-long = Write at most 100 letters in the name.
people-name-malformed = Write the name with letters.
people-email-wrong = Write an e-mail address, such as name@hospital.org.
people-email-taken = Somebody else has this e-mail already. Look for them in the list.
people-role-missing = Choose a role.
people-own-role = You cannot take away your own role. Ask another administrator.
people-ward-missing = Choose the ward they work on.
people-services-missing = Choose at least one service.
people-meanwhile = Somebody else changed this to “{ $value }”. If you save, yours stays.
people-saved = The changes are saved.
people-added-already = This person is added already. Their link was shown once.

people-access = Access
people-password = Password
people-password-none = They have none, and no link works. Make a new one.
people-password-invited = They have none yet. Their link works until { $until }.
people-password-set = They have one.
people-password-again = They have one. The link to choose another works until { $until }.
people-password-disabled = It is of no use while they have no access.
people-video = Video account
people-video-not-needed = Not needed: calls go from browser to browser.
people-self = This is you. Change your password in:
people-link = Make a password link
people-link-how = The link before stops working. Using the new one ends all their sessions.
people-own-link = Change your own password in your profile.
people-disabled-no-link = Without access there is no link. First give access back.
people-signed-out = The session is closed.
people-signed-out-all = All their sessions are closed.

people-disable-title = Take away access
people-disable-how = Their sessions and open pages close at once.
people-disable = Take away access…
people-disable-question = Take away access from { $name }? You can give it back later.
people-disable-answer = Yes, take it away
people-disabled = They have no access any more. Their sessions are closed.
people-own-disablement = You cannot take away your own access. Ask another administrator.
people-enable-title = Give access back
people-enable-how = They sign in again with the password they had.
people-enable = Give access back
people-enabled = They have access again.
people-coming = Visits they still have to conduct

people-handover-to = Hand these visits over to
people-handover = Hand the visits over
people-handover-missing = Choose to whom the visits are handed over.
people-handed-over = Visits handed over: { $count }.
people-handover-taken = They have another visit at that time: { $count }.
people-handover-not-permitted = The service is not permitted to them: { $count }.
people-handover-otherwise = Already started or closed: { $count }.
people-handover-by-hand = A clerk can hand over those that are left one by one, each on its page.
people-former-doctor = { $name } (no longer sees patients)

sessions-title = Open sessions
sessions-none = No session is open.
sessions-unknown = Unknown browser
sessions-this = this session
sessions-times = Since { $begun }; last seen { $seen }
sessions-end = Close
sessions-end-all = Close all their sessions
sessions-end-others = Close all others

welcome-link-new = { $name } is now on the staff
welcome-link-again = Password link for { $name }
welcome-link-how = Give this link to { $name }. It works once, until { $until }.
welcome-link-label = Link to choose the password
welcome-link-copy = Copy
welcome-link-copied = The link is copied.
welcome-link-code = QR code
welcome-link-once = The link is shown only now. This server sends no e-mail: hand it over yourself.
welcome-link-done = Show this person
welcome-title = Choose your password
welcome-how = { $name }, from now on you sign in with this password.
welcome-enter = Save my password and sign in
welcome-done = Your password is saved. You are signed in.
welcome-over-how = Ask your administrator for another link.

profile-name-how = Your administrator can change your name, e-mail or role.
profile-settings = Language and time
profile-saved = It is saved.
profile-password = Password
profile-present = Present password
profile-new = New password
profile-password-how = Your other sessions close.
profile-password-change = Change my password
profile-password-changed = Your password is changed. Your other sessions are closed.
profile-present-wrong = This is not your present password. Write it again.
profile-signed-out = The session is closed.
profile-signed-out-others = Your other sessions are closed.
profile-admissions = How you let people in
profile-admissions-how = Your new visits begin like this. You can choose otherwise for each visit.
profile-messages = Sentences kept ready
profile-messages-how = For the chat of the waiting room, which is not there yet. Empty a line to remove it.
profile-message = Sentence { $number }
profile-message-up = Move up
profile-message-long = Write at most 200 letters in this sentence.
profile-message-malformed = This sentence has a character that cannot be stored.
