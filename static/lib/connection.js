// The live connection of a page to the hub (docs/protocol.md): a WebSocket that comes back, or polling where none opens.
// Never judges whether the other side lives by a timer of its own: hidden tabs get one a minute.

const CONNECT_LIMIT = 5_000;
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 30_000;
const SOCKET_RETRY = 60_000;
const AWAY_LONG = 5_000;

/** @typedef {Record<string, any> & { type: string }} Message */
/** @typedef {"connecting" | "live" | "lost"} Status */
/** Why the connection is over for good. @typedef {"denied" | "elsewhere" | "ended"} Over */

/**
 * @typedef {object} Options
 * @property {string} socket address of the WebSocket, a path of this site
 * @property {string} state address of the polling fallback: `{connection, messages}`, or one message
 * @property {() => number} [pace] milliseconds between two polls
 * @property {() => boolean} [settled] whether all is well, so that coming back to the page needs no new connection
 * @property {(message: Message) => void} onMessage
 * @property {(status: Status) => void} [onStatus]
 * @property {(over: Over) => void} [onOver]
 */

/**
 * Prepares a connection; `start` opens it.
 * @param {Options} options
 */
export function createConnection(options) {
  /** @type {WebSocket | null} */
  let socket = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pollTimer;
  let running = false;
  let opened = false;
  let polling = false;
  /** @type {number | string | null} */
  let polled = null;
  let attempt = 0;
  let unopened = 0;
  let seen = -1;
  let hiddenSince = 0;
  /** @type {Status | null} */
  let status = null;
  let outbox = Promise.resolve();

  /** @param {Status} next */
  function tell(next) {
    if (status === next) return;
    status = next;
    options.onStatus?.(next);
  }

  /** @param {unknown} message */
  function receive(message) {
    if (typeof message !== "object" || message === null || !("type" in message)) return;
    const { rev } = /** @type {Message} */ (message);
    if (typeof rev === "number") {
      if (rev < seen) return;
      seen = rev;
    }
    options.onMessage(/** @type {Message} */ (message));
  }

  function open() {
    if (!running) return;
    clearTimeout(timer);
    drop();
    if (!polling && status !== "lost") tell("connecting");
    const address = new URL(options.socket, location.href);
    address.protocol = address.protocol === "http:" ? "ws:" : "wss:";
    const mine = new WebSocket(address);
    socket = mine;
    opened = false;
    timer = setTimeout(() => closed(mine, 1006), CONNECT_LIMIT);
    mine.onopen = () => {
      if (socket !== mine) return;
      clearTimeout(timer);
      opened = true;
      unopened = 0;
      stopPolling();
      tell("live");
    };
    mine.onmessage = ({ data }) => {
      if (socket !== mine) return;
      attempt = 0;
      try {
        receive(JSON.parse(data));
      } catch (problem) {
        if (!(problem instanceof SyntaxError)) throw problem;
      }
    };
    mine.onclose = ({ code }) => closed(mine, code);
  }

  /**
   * @param {WebSocket} mine
   * @param {number} code
   */
  function closed(mine, code) {
    if (socket !== mine || !running) return;
    clearTimeout(timer);
    const wasOpen = opened;
    drop();
    const over = verdict(code);
    if (over) return finish(over);
    if (!wasOpen) unopened += 1;
    if (!polling && unopened >= 2) void poll();
    if (!polling) tell("lost");
    timer = setTimeout(open, polling ? SOCKET_RETRY : wait());
  }

  function wait() {
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt);
    attempt += 1;
    return attempt === 1 ? Math.random() * FIRST_WAIT : longest * (0.5 + Math.random() / 2);
  }

  function drop() {
    const old = socket;
    socket = null;
    opened = false;
    old?.close();
  }

  async function poll() {
    if (!running) return;
    const answer = await ask("GET");
    if (!running || opened) return;
    if (answer?.ok) {
      polling = true;
      const body = await answer.json().catch(() => null);
      if (!running || opened) return;
      tell("live");
      polled = body?.connection ?? null;
      for (const message of body?.messages ?? [body]) receive(message);
      clearTimeout(pollTimer);
      pollTimer = setTimeout(() => void poll(), options.pace?.() ?? 5_000 + Math.random() * 5_000);
    } else if (answer && [401, 403, 404, 410].includes(answer.status)) {
      finish("denied");
    } else {
      const lost = polling;
      stopPolling();
      tell("lost");
      if (lost) {
        clearTimeout(timer);
        timer = setTimeout(open, wait());
      }
    }
  }

  function stopPolling() {
    clearTimeout(pollTimer);
    polling = false;
    polled = null;
  }

  /**
   * @param {"GET" | "POST"} method
   * @param {Message} [message]
   * @returns {Promise<Response | null>}
   */
  async function ask(method, message) {
    const address = new URL(options.state, location.href);
    if (polled !== null) address.searchParams.set("connection", String(polled));
    const limit = new AbortController();
    const alarm = setTimeout(() => limit.abort(), CONNECT_LIMIT);
    try {
      return await fetch(address, {
        method,
        headers: message ? { Accept: "application/json", "Content-Type": "application/json" } : { Accept: "application/json" },
        body: message ? JSON.stringify(message) : undefined,
        cache: "no-store",
        signal: limit.signal,
      });
    } catch {
      return null;
    } finally {
      clearTimeout(alarm);
    }
  }

  /** @param {Over} over */
  function finish(over) {
    stop();
    options.onOver?.(over);
  }

  /** The person, or the network, is back: at once, without back-off. */
  function returned() {
    attempt = 0;
    unopened = 0;
    open();
  }

  function onVisibility() {
    if (document.visibilityState === "hidden") {
      hiddenSince = Date.now();
    } else if (!opened || (Date.now() - hiddenSince > AWAY_LONG && !options.settled?.())) {
      returned();
    }
  }

  /** @param {PageTransitionEvent} event */
  function onPageShow(event) {
    if (event.persisted) returned();
  }

  function start() {
    if (running) return;
    running = true;
    attempt = 0;
    unopened = 0;
    document.addEventListener("visibilitychange", onVisibility);
    window.addEventListener("pageshow", onPageShow);
    window.addEventListener("online", returned);
    open();
  }

  function stop() {
    running = false;
    clearTimeout(timer);
    stopPolling();
    drop();
    status = null;
    document.removeEventListener("visibilitychange", onVisibility);
    window.removeEventListener("pageshow", onPageShow);
    window.removeEventListener("online", returned);
  }

  /**
   * Sends a message; false when there is no connection to send it on.
   * @param {Message} message
   */
  function send(message) {
    if (socket && opened) {
      socket.send(JSON.stringify(message));
      return true;
    }
    if (!polling) return false;
    outbox = outbox.then(async () => { await ask("POST", message); });
    if (message.type !== "signal") void outbox.then(poll);
    return true;
  }

  return { start, stop, send };
}

/** @typedef {ReturnType<typeof createConnection>} Connection */

/**
 * Whether a close code means to stay away, and why.
 * @param {number} code
 * @returns {Over | null}
 */
function verdict(code) {
  if (code === 4001) return "elsewhere";
  if (code === 4003) return "ended";
  return code === 1008 || code >= 4000 ? "denied" : null;
}
