// The page that opens a visit, without leaving it: searching while one types, choosing, adding. The server renders every
// part; this puts the answer's parts in the place of the page's. Names and numbers are posted, never part of an address.

import { part, write } from "../lib/page.js";

const PAUSE = 300;
const PARTS = ["patient", "invite", "twice", "overlaps"];
/** What decides whether doctor and patient are free. */
const TIMES = ["service", "doctor", "when", "date", "time", "minutes", "weeks", "zone", "other_zone", "reading"];

const form = part("visit-form", HTMLFormElement);
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {AbortController | undefined} */
let asking;

form.addEventListener("input", ({ target }) => {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
  if (target.name === "service") limit();
  if (target.name !== "patient_search" && !TIMES.includes(target.name)) return;
  clearTimeout(timer);
  timer = setTimeout(() => void draft("/visits/drafts", null, ["found", "twice", "overlaps"]), PAUSE);
});
limit();

form.addEventListener("submit", (event) => {
  const { submitter } = event;
  const address = submitter?.getAttribute("formaction");
  if (!(submitter instanceof HTMLButtonElement) || !address) return;
  event.preventDefault();
  clearTimeout(timer);
  void draft(address, submitter, PARTS);
});

/**
 * Sends the form as it stands and takes over the named parts of the page that comes back.
 * @param {string} address
 * @param {HTMLButtonElement | null} button
 * @param {string[]} parts
 */
async function draft(address, button, parts) {
  asking?.abort();
  const mine = new AbortController();
  asking = mine;
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
  if (button?.name) fields.append(button.name, button.value);
  try {
    const answer = await fetch(address, { method: "POST", headers: { Accept: "text/html" }, body: fields, signal: mine.signal });
    if (answer.status === 401 || answer.status === 403) return location.reload();
    if (!answer.ok && answer.status !== 422) throw new Error(`The server answered ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine.signal.aborted) return;
    const news = ["twice", "overlaps"].find((id) => parts.includes(id) && differ(id, page));
    for (const id of parts) replace(id, page);
    carry(page);
    limit();
    if (news) write(part("form-status"), part(news).querySelector("legend")?.textContent ?? "");
    if (button) arrive(page);
  } catch (problem) {
    // What cannot be had in place is had by leaving the page, as without scripts.
    if (!mine.signal.aborted && button) leave(address, button, problem);
  }
}

/**
 * @param {string} id
 * @param {Document} page
 */
function replace(id, page) {
  const fresh = page.getElementById(id);
  const old = document.getElementById(id);
  if (!fresh || !old || old.isEqualNode(fresh)) return;
  const focused = old.contains(document.activeElement) ? document.activeElement?.id : "";
  old.replaceWith(document.adoptNode(fresh));
  if (focused) document.getElementById(focused)?.focus();
}

/**
 * @param {string} id
 * @param {Document} page
 */
function differ(id, page) {
  return document.getElementById(id)?.textContent !== page.getElementById(id)?.textContent;
}

/**
 * Whom the chosen service leaves to choose from: doctors who are permitted it, relatives who may come. What was chosen is
 * remembered: another service may have been a slip.
 */
function limit() {
  const service = new FormData(form).get("service");
  if (typeof service !== "string") return;
  for (const option of form.querySelectorAll("#doctor option[data-services]")) {
    if (!(option instanceof HTMLOptionElement)) continue;
    const isPermitted = (option.dataset.services ?? "").split(" ").includes(service);
    option.hidden = !isPermitted && !option.selected;
    option.disabled = option.hidden;
  }
  for (const choice of form.querySelectorAll("#invite .choice[data-barred-from]")) {
    const box = choice.querySelector("input");
    if (!(choice instanceof HTMLElement) || !box) continue;
    const isBarred = (choice.dataset.barredFrom ?? "").split(" ").includes(service);
    if (isBarred && box.checked) choice.dataset.wanted = "";
    if (!isBarred && "wanted" in choice.dataset) {
      box.checked = true;
      delete choice.dataset.wanted;
    }
    box.disabled = isBarred;
    if (isBarred) box.checked = false;
  }
}

/**
 * The id of the next patient to be added changes once one was.
 * @param {Document} page
 */
function carry(page) {
  const fresh = page.querySelector("input[name=new_patient]");
  const old = form.querySelector("input[name=new_patient]");
  if (fresh instanceof HTMLInputElement && old instanceof HTMLInputElement) old.value = fresh.value;
}

/**
 * After a button, the person goes on where the answer is: the first problem, or the people to invite.
 * @param {Document} page
 */
function arrive(page) {
  document.getElementById("error-summary")?.remove();
  const summary = page.getElementById("error-summary");
  document.title = page.title;
  if (summary) {
    form.before(document.adoptNode(summary));
    summary.focus();
    return;
  }
  const notice = page.querySelector(".notice p")?.textContent ?? "";
  write(part("form-status"), notice || (document.querySelector(".chosen")?.textContent ?? ""));
  const targets = form.querySelectorAll(document.querySelector(".chosen") ? "#invite input[type=checkbox]:enabled" : "#found button, #patient_search");
  // A report has no seat for the patient: their box is hidden.
  const target = [...targets].find((one) => one.getClientRects().length > 0);
  if (target instanceof HTMLElement) target.focus();
}

/**
 * @param {string} address
 * @param {HTMLButtonElement} button
 * @param {unknown} problem
 */
function leave(address, button, problem) {
  console.warn(problem);
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = button.name;
  field.value = button.value;
  if (button.name) form.append(field);
  form.action = address;
  form.submit();
}
