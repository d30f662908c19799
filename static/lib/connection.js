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
  /** The connection that polls go on with. @type {number | string | null} */
  let polled = null;
  /** The poll under way. @type {AbortController | null} */
  let asking = null;
  let attempt = 0;
  let unopened = 0;
  let seen = -1;
  let hiddenSince = 0;
  /** @type {Status | null} */
  let status = null;
  /** Polls and messages go one after the other: two polls would share what waits, or open two connections. */
  let queue = Promise.resolve();

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
    if (polled === null && asking) {
      forgetPoll();
      pollLater();
    }
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
    if (!polling && unopened >= 2) pollNext();
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

  function pollNext() {
    enqueue(poll);
  }

  /** @param {() => Promise<void>} work */
  function enqueue(work) {
    queue = queue.then(work).catch((problem) => console.error(problem));
  }

  function pollLater() {
    clearTimeout(pollTimer);
    pollTimer = setTimeout(pollNext, options.pace?.() ?? 5_000 + Math.random() * 5_000);
  }

  async function poll() {
    if (!running || opened) return;
    const going = polled;
    if (going === null && socket) return pollLater(); // A poll that opens a connection would take the seat from it.
    const mine = new AbortController();
    asking = mine;
    const answer = await ask("GET", mine);
    if (asking !== mine) return;
    asking = null;
    if (answer?.ok) {
      polling = true;
      polled = answer.body?.connection ?? null;
      tell("live");
      pollLater();
      for (const message of answer.body?.messages ?? [answer.body]) receive(message);
    } else if (answer?.status === 410 && going !== null) {
      polled = null;
      pollNext();
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
    forgetPoll();
    polling = false;
    polled = null;
  }

  function forgetPoll() {
    asking?.abort();
    asking = null;
  }

  /**
   * @param {"GET" | "POST"} method
   * @param {AbortController} limit
   * @param {Message} [message]
   * @returns {Promise<{ ok: boolean, status: number, body: any } | null>}
   */
  async function ask(method, limit, message) {
    const address = new URL(options.state, location.href);
    if (polled !== null) address.searchParams.set("connection", String(polled));
    const alarm = setTimeout(() => limit.abort(), CONNECT_LIMIT);
    try {
      const answer = await fetch(address, {
        method,
        headers: message ? { Accept: "application/json", "Content-Type": "application/json" } : { Accept: "application/json" },
        body: message ? JSON.stringify(message) : undefined,
        cache: "no-store",
        signal: limit.signal,
      });
      const body = method === "GET" && answer.ok ? await answer.json() : null;
      return { ok: answer.ok, status: answer.status, body };
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
    if (!polling || polled === null) return false;
    const mine = polled;
    enqueue(() => post(message, mine));
    if (message.type !== "signal") pollNext();
    return true;
  }

  /**
   * A message that is lost is not sent again: a new connection brings a snapshot, and everybody starts afresh.
   * @param {Message} message
   * @param {number | string} mine
   */
  async function post(message, mine) {
    if (polled !== mine) return;
    const answer = await ask("POST", new AbortController(), message);
    if (!answer?.ok && polled === mine) polled = null;
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
