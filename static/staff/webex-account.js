// What came of an account at Webex, shown as soon as there is an answer; what is typed on the page stays.

import { part } from "../lib/page.js";

const PAUSE = 2000;
const WAITING = ["asked_for", "asked_back"];

let account = document.getElementById("webex-account");

if (waits()) setTimeout(() => void look(), PAUSE);

function waits() {
  return account !== null && WAITING.includes(account.dataset.state ?? "");
}

async function look() {
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    // Signed out, or gone meanwhile: the next step on the page says so.
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("webex-account");
    if (now === null) return;
    if (now.dataset.state !== account?.dataset.state) {
      part("webex-account").replaceWith(document.importNode(now, true));
      account = part("webex-account");
    }
  } catch (problem) {
    console.warn(problem);
  }
  if (waits()) setTimeout(() => void look(), PAUSE);
}
