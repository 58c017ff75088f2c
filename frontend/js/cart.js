// The bag: shown as meant at once, then as the shop says. Changes go out one after the other.

import { api, explain } from "./api.js";
import { toast } from "./html.js";
import { keep, kept } from "./kept.js";

const EMPTY = { version: 0, lines: [], subtotal: 0, currency: null };

export const bag = new EventTarget();
export let cart = EMPTY;
export let known = false;
let line = Promise.resolve();
let waiting = 0;

function show(next) {
  cart = next;
  bag.dispatchEvent(new Event("change"));
}

const counted = (lines) => ({
  lines,
  subtotal: lines.reduce((sum, one) => sum + one.amount * one.quantity, 0),
  currency: lines[0]?.currency ?? null,
});

function settle(answer) {
  known = true;
  keep("bag", answer.lines.length ? [1] : []);
  if (waiting === 0) show(answer);
}

function send(method, path, body) {
  waiting += 1;
  const sent = line.then(async () => {
    try {
      const answer = await api(method, path, { body });
      waiting -= 1;
      settle(answer);
      return true;
    } catch (problem) {
      waiting -= 1;
      toast(explain(problem));
      await load().catch(() => show({ ...cart, stale: true }));
      return false;
    }
  });
  line = sent;
  return sent;
}

export async function load() {
  settle(await api("GET", "/cart"));
}

// Nobody without a bag asks for one.
export const loadIfAny = () => (kept("bag").length ? load() : Promise.resolve());

export function put(row, quantity) {
  const rest = cart.lines.filter((one) => one.offer_id !== row.offer_id);
  const at = cart.lines.findIndex((one) => one.offer_id === row.offer_id);
  rest.splice(at < 0 ? rest.length : at, 0, { ...row, quantity });
  show({ ...cart, ...counted(rest) });
  return send("PUT", `/cart/lines/${encodeURIComponent(row.offer_id)}`, { quantity });
}

export function remove(row) {
  show({ ...cart, ...counted(cart.lines.filter((one) => one.offer_id !== row.offer_id)) });
  return send("DELETE", `/cart/lines/${encodeURIComponent(row.offer_id)}`);
}
