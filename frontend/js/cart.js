// The bag: shown as meant at once, then as the shop says. Changes go out one after the other.

import { api, explain } from "./api.js";
import { times, toast } from "./html.js";
import { keep, kept } from "./kept.js";

const EMPTY = { version: 0, lines: [], subtotal: null };

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
  subtotal: lines.length
    ? { ...lines[0].price, amount: lines.reduce((sum, one) => sum + times(one.price, one.quantity).amount, 0) }
    : null,
});

function settle(answer) {
  known = true;
  keep("bag", answer.lines.length ? [1] : []);
  if (waiting === 0) show(answer);
}

// One call at a time, in the order in which they were meant: reading must not overtake a change.
function queue(method, path, body) {
  waiting += 1;
  const answered = line.then(() => api(method, path, { body, keepalive: method !== "GET" })).finally(() => (waiting -= 1));
  line = answered.then(settle, () => {});
  return answered.then(() => line);
}

async function send(method, path, body) {
  try {
    await queue(method, path, body);
    return true;
  } catch (problem) {
    toast(explain(problem));
    await load().catch(() => {});
    return false;
  }
}

export const settled = () => line;

export const load = () => queue("GET", "/cart");

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
