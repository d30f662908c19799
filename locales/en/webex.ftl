people-video-found = Has an account at Webex.
people-video-missing = Has no account at Webex. Without one they cannot start visits there.
people-video-unknown = Webex does not answer now. Try again later.

told-engine_switched-webex = { $staff } moved the visit to Webex.
told-engine_switched-direct = { $staff } moved the visit to the direct call.
