// Buttons that print their page. Without scripts there are none, and a sentence says how the browser prints.

for (const button of document.querySelectorAll("button[data-print]")) {
  if (!(button instanceof HTMLButtonElement)) continue;
  const how = document.getElementById(button.dataset["print"] ?? "");
  if (how) how.hidden = true;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
