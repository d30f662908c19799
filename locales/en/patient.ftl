# What patients and relatives see, and the controls of the call. Plain words, 15 words a sentence.

page-title-error = Error: { $title }
page-skip = Skip to content
page-help = Help
page-language = Language

when-weekdays = Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday
when-months = January,February,March,April,May,June,July,August,September,October,November,December
when-day = { $weekday } { $number } { $month }
when-am = a.m.
when-pm = p.m.
when-zone = { $city ->
    [UTC] universal time (UTC)
   *[other] { $name } time
}

visit-home-consultation = Consultation by video
visit-medical-report = Talk with the medical team
visit-tele-visit = Family visit by video
visit-follow-up = Follow-up with your doctor

step-allow = Allow camera and microphone
step-allow-how = Your phone will ask. Tap “Allow”.
step-wait = Wait here
step-wait-how = Keep this page open. A sound will tell you.
step-enter = Press the green button
step-enter-how = It takes you into the call.
steps-title = What will happen

landing-title = Your visit by video
landing-invites = { $name } invites you
landing-when = Date and time
landing-what = What for
landing-consent-title = Before you enter
landing-consent = By entering, you agree to talk with the hospital by video.
landing-consent-media = The call is not recorded. We use your camera and microphone only during the visit.
landing-consent-data = The hospital keeps the time you enter and leave.
landing-consent-leave = You may leave at any time.
landing-consent-short = By entering, you agree to “Before you enter”.
landing-consent-changed = The hospital changed the text “Before you enter”. Please read it and enter again.
landing-enter = Enter the waiting room
landing-entering = Entering…
landing-offline = There is no connection. Check your internet and try again.
landing-failed = We could not open your place. Please try again.
landing-problem = We could not open your place
landing-no-script = The video call needs JavaScript. Turn it on or use another browser.

in-app-title = Open this page in your browser
in-app-how = The camera does not work inside this app. Copy the link and paste it into Chrome or Safari.
in-app-copy = Copy the link
in-app-copied = Link copied. Paste it into Chrome or Safari.
in-app-by-hand = Copy the address shown at the top of the screen.

lobby-title = Waiting room
lobby-heading = You have your place
lobby-early = You are early. Your place is kept.
lobby-moved = The time of your visit has changed. You can wait here, or come back later.
lobby-waiting = The hospital knows you are here. They will let you in soon.
lobby-in-session = The visit has begun. They will let you in shortly.
lobby-held = You are back in the waiting room. Your camera is off. Please wait.
lobby-new-device = You opened the link on another device. The hospital must accept this one. Wait here.
lobby-host = You are seen by
lobby-greeting = Hello, { $name }
lobby-count-hours = { $hours } h { $minutes } min until your appointment
lobby-count-days-one = 1 day until your appointment
lobby-count-days = { $days } days until your appointment
lobby-count-minutes = { $minutes } minutes until your appointment
lobby-count-minute = 1 minute until your appointment
lobby-count-soon = Less than a minute to go
lobby-waited = You have waited { $minutes } minutes
lobby-waited-one = You have waited 1 minute
lobby-waited-none = Your wait has just begun
lobby-offline = The connection was lost. Your place is kept. We keep trying.
lobby-back = You are connected again. Your place was kept.
lobby-connecting = Connecting to the hospital…
lobby-no-script = This page refreshes itself every 10 seconds. The video call needs JavaScript.

check-title = Your camera and microphone
check-explain = The hospital sees and hears you only once you enter the call.
check-start = Try camera and microphone
check-asking = Tap “Allow” when your phone asks.
check-good = Your camera and microphone work.
check-sound-only = Your microphone works. You will enter without video.
check-off = Your camera is off.
check-preview = This is how you look
check-meter = Speak: the bar moves if your microphone works.
check-sound = Hear the signal
check-retry = Try again
check-anyway = You may also enter without a camera: you can see and hear.

media-denied-title = The camera is blocked
media-denied-how = Tap the padlock beside the address. Allow camera and microphone. Then try again.
media-denied-ios = Tap “aA” beside the address. Choose Website Settings. Allow camera and microphone.
media-missing-title = We found no camera and no microphone
media-missing-how = Connect a camera or a microphone. You can also use another phone.
media-busy-title = Another app is using your camera
media-busy-how = Close other apps and calls. Then try again.
media-insecure-title = This connection does not allow the camera
media-insecure-how = Open the link just as it came in the message. It must begin with “https”.
media-policy-title = This device does not allow the camera
media-policy-how = Whoever manages the device has blocked camera and microphone. Use another phone or call the hospital.
media-failed-title = We could not turn on the camera
media-failed-how = Try again. If that fails, close your browser and open it again.

ready-title = You can enter now
ready-alert = You can enter now. Press the green button: Enter the call.
ready-host = { $host } is waiting for you.
ready-enter = Enter the call
ready-notice = Your camera goes live 3 seconds after you press.
ready-no-camera = You will enter without camera or microphone. You can see and hear.
ready-no-video = You will enter without video. They can hear you.
ready-tab = You can enter now

call-title = Call
call-countdown = Your camera goes live in { $seconds }
call-region = Video call
call-people = People in the call
call-controls = Call controls
call-you = You
call-alone = You are in the call. Wait for the others to enter.
call-joined = { $name } entered the call.
call-gone = { $name } left the call.
call-connecting = Connecting…
call-reconnecting = Reconnecting…
call-camera-off = Camera off
call-microphone-off = Microphone off
call-mute = Microphone
call-mute-on = on
call-mute-off = off
call-camera = Camera
call-camera-on = on
call-camera-is-off = off
call-audio-only = Audio only
call-audio-only-on = on
call-audio-only-off = off
call-hang-up = Hang up
call-hear = Tap to hear
call-signal-lost = The connection to the hospital was lost. The call goes on. We are reconnecting.
call-unheard = The others do not hear you.
call-unseen = The others do not see you.
call-unheard-unseen = The others do not see or hear you.
call-microphone-denied = Your browser does not allow the microphone.
call-camera-denied = Your browser does not allow the camera.
call-both-denied = Your browser does not allow the camera or the microphone.
call-not-entered-title = We could not enter the call
call-not-entered-how = Your camera is off. Please try again.
call-enter-staff = Enter the call
call-staff-title = Ready to enter
call-staff-how = The others see and hear you once you enter.
call-staff-not-yet = Start the visit on the board before you enter.
call-back = Back to the list
call-over-how = Go back to the list. Your camera is off.
call-denied-title = We could not open the call

kind-doctor = Doctor
kind-colleague = Medical staff
kind-ward = Ward
kind-patient = Patient
kind-relative = Relative
kind-interpreter = Interpreter

left-title = You left the call
left-how = Your camera is off. The visit is still open.
left-again = Enter again

elsewhere-title = Your place is open on another screen
elsewhere-how = Only one screen at a time can use it. The other one is still open.
elsewhere-link = To use this device, open the link in your message again here.
elsewhere-here = Use this device instead

farewell-ended-title = The visit has ended
farewell-ended-how = Thank you. Your camera is off. You can close this page.
farewell-cancelled-title = The visit was cancelled
farewell-cancelled-how = The hospital will tell you a new date. You can close this page.
farewell-no-show-title = The visit was closed
farewell-no-show-how = The time of the appointment has passed. Call the hospital for another one.
farewell-removed-title = You are no longer in this visit
farewell-removed-how = The hospital closed your place. If you think this is a mistake, please call.
farewell-denied-title = We could not open your place
farewell-denied-how = Open the link in your message again. If that fails, call the hospital.

link-title = This link no longer opens
link-why = Links last one hour. They also stop working when the hospital sends a new one.
link-newest = Look in your messages for the newest link.
link-ask = Ask for a new link
link-ask-how = The hospital looks at your request and sends you a message.
link-asked-title = We received your request
link-asked-how = If this link belonged to a visit, the hospital will give you a new one.
link-asked-wait = Keep your phone at hand.
link-again-title = Open your link again
link-again-how = This browser does not have your place. Tap the link in the message again.
link-call = Do you need help? Call { $phone }
