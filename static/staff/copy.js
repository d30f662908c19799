// Buttons that copy what stands in a field. Without scripts the field is marked and copied by hand.

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!(button instanceof HTMLButtonElement) || !navigator.clipboard) continue;
  const field = document.getElementById(button.dataset["copy"] ?? "");
  if (!(field instanceof HTMLInputElement)) continue;
  button.hidden = false;
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    field.select();
    const copied = await navigator.clipboard.writeText(field.value).then(() => true, () => false);
    const said = document.getElementById("copied");
    if (said && copied) said.textContent = button.dataset["done"] ?? "";
  });
}
