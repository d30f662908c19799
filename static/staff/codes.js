// The codes of a ward's page, fetched anew when a link was sent or renewed: links are not on the wire, only on the page.

const PAUSE = 1_000;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Some link has changed. */
export function renewCodes() {
  if (!document.getElementById("codes")) return;
  clearTimeout(timer);
  timer = setTimeout(() => void fetchCodes(), PAUSE);
}

async function fetchCodes() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" }).catch(() => null);
  const old = document.getElementById("codes");
  if (!answer?.ok || !old) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("codes");
  if (!fresh) return;
  // A code that somebody holds a camera to stays open, with the new link.
  const open = [...old.querySelectorAll("details[open] summary")].map(({ textContent }) => textContent);
  for (const summary of fresh.querySelectorAll("summary")) {
    if (open.includes(summary.textContent)) summary.parentElement?.setAttribute("open", "");
  }
  old.replaceWith(document.adoptNode(fresh));
}
