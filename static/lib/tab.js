// A tab that opens inside the tap and learns later where it leads: browsers refuse those that come after an answer.

/** Call it within a tap. */
export function openTab() {
  const tab = window.open("about:blank", "_blank");
  if (tab) tab.opener = null;

  /** @param {string} address */
  function lead(address) {
    if (tab && !tab.closed) tab.location.replace(address);
    else location.assign(address);
  }

  return { lead, close: () => tab?.close() };
}
