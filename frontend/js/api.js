// Calls to the shop's API: JSON in, JSON out, refusals as Problems with a stable code.

import { t } from "./html.js";

const PREFIX = "/api/v1";

export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? "");
    this.status = status;
    this.code = body.code ?? "unavailable";
    this.errors = body.errors ?? [];
    this.body = body;
  }
  get away() {
    return this.status === 0 || this.status >= 502 || this.code === "unavailable";
  }
}

const EXPLAINED = {
  unavailable: "The shop does not answer at the moment. Nothing was done; try again.",
  sold_out: "This watch has been sold.",
  all_reserved: "Somebody is buying this watch right now. If they do not, it is free again soon.",
  not_for_sale: "This is not for sale any more.",
  mixed_currency: "Your bag holds watches in another currency. One order has one currency.",
  cart_limit: "Your bag is full.",
  hold_limit: "These are more watches than one order can hold. Please take some out of the bag.",
  hold_expired: "The time is over: your watches are no longer held.",
  price_changed: "The price has changed. Please look at the new total.",
  payment_declined: "The card was declined. Nothing was charged; try another card.",
  sign_in_refused: "The e-mail address or the password is not right.",
  too_many_attempts: "Too many attempts. Wait a little and try again.",
  invalid_token: "This link has been used or is too old. Ask for a new one.",
  not_signed_in: "Please sign in again.",
};

export const explain = (problem) =>
  problem.code in EXPLAINED ? t(EXPLAINED[problem.code]) : problem.message || t(EXPLAINED.unavailable);

export const link = new EventTarget(); // tells "down" and "up"
let down = false;
let ahead = 0;

// The shop's time: what is held is held by its clock, not by the visitor's.
export const now = () => Date.now() + ahead;

function mark(isDown) {
  if (down === isDown) return;
  down = isDown;
  document.getElementById("offline").hidden = !down;
  link.dispatchEvent(new Event(down ? "down" : "up"));
  if (down) setTimeout(knock, 3000);
}

async function knock() {
  try {
    const answer = await fetch(`${PREFIX}/health/live`, { cache: "no-store" });
    if (answer.ok) return mark(false);
  } catch {
    // still away: the next knock is due anyway
  }
  setTimeout(knock, 3000);
}

export async function api(method, path, { body, headers, signal, keepalive } = {}) {
  const options = { method, signal, keepalive, headers: { ...headers } };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers["Content-Type"] = "application/json";
  }
  let answer;
  try {
    answer = await fetch(PREFIX + path, options);
  } catch (error) {
    if (signal?.aborted) throw error;
    mark(true);
    throw new Problem(0, {});
  }
  const sent = Date.parse(answer.headers.get("Date"));
  if (sent && answer.headers.get("Cache-Control") === "no-store") ahead = sent - Date.now();
  if (answer.status === 204) return null;
  const json = (answer.headers.get("Content-Type") ?? "").includes("json");
  const data = json ? await answer.json() : {};
  if (answer.ok && json) {
    mark(false);
    return data;
  }
  const problem = new Problem(answer.status, data);
  if (problem.away) mark(true);
  throw problem;
}

// Only the newest of several calls counts: starting one ends those before it.
export function newest() {
  let current;
  return async (call) => {
    current?.abort();
    const mine = new AbortController();
    current = mine;
    try {
      const answer = await call(mine.signal);
      return mine === current ? answer : undefined;
    } catch (error) {
      if (mine.signal.aborted) return undefined;
      throw error;
    }
  };
}
