// Why somebody is not in the meeting, in one word; each has a heading and a sentence.

/** `hindered` has the server's own word as its reason. @typedef {"sdk" | "password" | "failed" | "lost" | "hindered" | "refused"} Kind */

export class Trouble extends Error {
  /**
   * @param {Kind} kind
   * @param {string} [reason]
   */
  constructor(kind, reason = "") {
    super(reason || kind);
    this.kind = kind;
    this.reason = reason;
  }
}
