// Shows while one types what a family would read, and how much of a message it takes. The server says both: it counts as
// carriers do. Without scripts the button "preview" does the same.

import { part, write } from "../lib/page.js";

const PAUSE = 250;

const form = part("text-form", HTMLFormElement);
const field = part("text", HTMLTextAreaElement);
const example = part("example");
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let asked = 0;

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(preview, PAUSE);
});

async function preview() {
  asked += 1;
  const mine = asked;
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
  fields.set("preview", "1");
  try {
    const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: fields });
    if (!answer.ok || mine !== asked) return;
    /** @type {{ example: string | null, count: string | null, problem: string | null }} */
    const tried = await answer.json();
    example.hidden = tried.example === null;
    write(example, tried.example ?? "");
    write(part("count"), tried.count ?? "");
    write(part("trouble"), tried.problem ?? "");
  } catch {
    // The next letter asks again; what is kept is tried by the server in any case.
  }
}
