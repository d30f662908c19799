# Webex and the people who work here: accounts, comparison and notices.

webex-part = Webex account
webex-part-how = Webex is asked after you save. The person's page shows the result.
webex-wanted-account = With an account
webex-wanted-account-how = They can start visits in Webex. Who is not there is added.
webex-wanted-released = No licences
webex-wanted-released-how = What they got from here is taken back.
webex-licences = Licences
webex-licence-used = { $used } of { $total } used
webex-licence-used-up = none left
webex-licence-gone = A licence that Webex no longer shows
webex-licences-none = The licences were not read yet. Come back in a minute.
webex-licences-unread = The licences cannot be read. Save without licences and come back later.
webex-licences-as-of = As Webex told: { $time }
webex-licence-missing = Choose at least one licence, or “No licences”.
webex-licence-unknown = Webex no longer has one of the licences. Choose another one.
webex-site = Site
webex-site-how = Where their meetings open.
webex-site-any = Whichever Webex gives
webex-site-unknown = Webex does not show that site. Choose another one.

webex-account = Webex account
webex-account-try = Try now
webex-account-trying = It is being tried now. The answer shows here.
webex-account-missing = Missing
webex-account-has = Has
webex-account-looked = Webex was last asked
webex-account-next = Next try
webex-account-tracking = Reference for Cisco
webex-account-other-address = Webex has another address for them: { $address }. They cannot start visits until both are the same. Make them the same in:

webex-state-undecided = Undecided
webex-state-asked_for = Asked for
webex-state-asked_back = Being taken back
webex-state-declined = No account
webex-state-granted = Granted
webex-state-out_of_licences = Out of licences
webex-state-missing = Incomplete
webex-state-kept = Partly taken back
webex-state-taken_back = Taken back
webex-state-failed = Failed

webex-do-undecided = Nobody has decided yet. Choose above and save.
webex-do-asked_for = Webex has not answered yet. This page shows it as soon as it does.
webex-do-asked_back = What they got from here is being taken back.
webex-do-declined = No account was asked for. To ask for one, choose above and save.
webex-do-granted = They have all that was asked for and can start visits in Webex.
webex-do-out_of_licences = Buy more in Control Hub, or take one from somebody else. We ask again every 15 minutes.
webex-do-missing = Webex did not give everything and does not say why. Check the person in Control Hub.
webex-do-kept = Webex kept something that was to be taken back. Take it back in Control Hub.
webex-do-taken_back = They have nothing from here any more.

webex-people-signed_out = Webex does not accept this hospital. Renew the service app's token. We keep trying.
webex-people-forbidden = The app may not change people and licences. Allow it in Control Hub. We keep trying.
webex-people-no_host = Webex finds nobody to host meetings. Check the site in Control Hub.
webex-people-not_found = Webex does not find the person yet. We keep trying.
webex-people-conflict = Another Webex organisation has that address, or somebody is changing it. Check it in Control Hub.
webex-people-refused = Webex does not accept it. Check the name, the address and the domain in Control Hub.
webex-people-busy = Webex gets too many requests. We keep trying.
webex-people-quota = Webex allows no more today. We keep trying.
webex-people-down = Webex does not answer. We keep trying.
webex-people-lost = The answer of Webex was lost. We look before we ask again.
webex-people-unreadable = The answer of Webex cannot be read. We keep trying.
webex-people-not_set_up = Webex is not set up here.

webex-choices-title = Webex: newcomers and notices
webex-choices-saved = The Webex settings are saved.
webex-choices-meanwhile = Somebody else changed these settings. Check them and save again.
webex-usual = What newcomers get
webex-usual-how = It is chosen already when you add a doctor or ward staff. It can be changed for each person.
webex-tells = Notices of the bot
webex-tells-how = The bot writes to the configured room and to each doctor. It never names patients.
webex-tells-no-bot = There is no bot yet: the configuration lacks its token.
webex-tells-waiting = Who waits
webex-tells-waiting-how = How many people wait, and for how many minutes.
webex-tells-messages = Messages that did not arrive
webex-tells-messages-how = How many were not delivered.
webex-tells-trouble = Trouble at Webex
webex-tells-trouble-how = Meetings or accounts that Webex did not make.

webex-compare-title = Compare with Webex
webex-compare-how = Shows where Antesala and Webex differ. Nothing changes unless you choose it.
webex-compare-imported = The file asks for no Webex accounts. Compare with Webex and make those that are missing.
webex-compare-begin = Compare
webex-compare-again = Compare again
webex-compare-never = Nobody has compared yet.
webex-compare-asked = { $name } asked for it: { $time }
webex-compare-reading = Reading Webex: { $people } people so far.
webex-compare-done = { $people } people of Webex were read.
webex-compare-equal = Both sides are equal.
webex-compare-undecided = { $count ->
    [one] 1 difference to decide
   *[other] { $count } differences to decide
}
webex-fate-open = To decide
webex-fate-asked = Asked for
webex-fate-done = Done
webex-fate-failed = Failed
webex-fate-left = Left as it is
webex-difference-missing_there = Works here and is not at Webex.
webex-difference-still_active = Has no access here and is still active at Webex.
webex-difference-licences = Their licences at Webex are not those chosen here.
webex-difference-address = Webex has another address for them. So they cannot start visits.
webex-difference-name = Webex has another name for them.
webex-difference-unknown_here = Has one of this hospital's licences at Webex. Nobody here knows them.
webex-difference-here = Here
webex-difference-there = At Webex
webex-difference-lacks = Lacks
webex-difference-besides = Has besides
webex-equal-missing_there = Add at Webex
webex-equal-still_active = Close at Webex
webex-equal-licences = Set those chosen here
webex-equal-address = Use the address from here
webex-equal-name = Use the name from here
webex-equal-unknown_here = Take the licences back
webex-leave = Leave it
webex-difference-asked = Webex was asked. The result shows in its row.
webex-difference-left = It stays as it is.
webex-difference-gone = There is another comparison by now. Choose in the new list.
webex-difference-changed = The person changed since the comparison. Compare again.

webex-notice-open = Open the board
webex-notice-waiting = { $count ->
    [one] 1 person has waited for { $minutes } min.
   *[other] { $count } people wait. The first one for { $minutes } min.
}
webex-notice-messages = { $count ->
    [one] 1 message did not arrive. See the board.
   *[other] { $count } messages did not arrive. See the board.
}
webex-notice-trouble = { $count ->
    [one] Webex did not do 1 thing it was asked. Tell an admin.
   *[other] Webex did not do { $count } things it was asked. Tell an admin.
}
