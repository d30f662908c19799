// Says while one types how long the hospital's name is for a text message. Without scripts the hint says it once.

import { part, write } from "../lib/page.js";
import { text } from "../lib/texts.js";

const FITS = 30;
const LONGEST = 60;

const field = part("name", HTMLInputElement);
field.addEventListener("input", () => {
  const count = [...field.value.trim()].length;
  const key = count > LONGEST ? "settings-name-too-long" : count > FITS ? "settings-name-long" : "settings-name-fits";
  write(part("name-count"), text(key, { count }));
});
