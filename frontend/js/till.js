// The checkout as the shop keeps it. Changes go out in the order in which they were meant, so
// that no late answer overwrites a newer one; what is ordered is ordered once.

import { api, newest } from "./api.js";
import { forget, recall, remember } from "./draft.js";
import { language } from "./html.js";

export const till = new EventTarget(); // tells "change"
export let view = null; // as the shop said it last
export let sheet = null; // the same, or what it would be with the choices on the screen
let line = Promise.resolve();
const asked = newest();

function show(next) {
  view = sheet = next;
  remember("till", next.id);
  till.dispatchEvent(new Event("change"));
  return next;
}

function queue(work) {
  const answered = line.then(work);
  line = answered.catch(() => {});
  return answered;
}

const at = (id) => `/checkouts/${encodeURIComponent(id)}`;

const begin = async () => show(await api("POST", "/checkouts"));
const say = async (body) => show(await api("PATCH", at(view.id), { body }));

export const start = () => queue(begin);

export const change = (body) => queue(() => say(body));

export const look = () => queue(async () => show(await api("GET", at(view.id))));

// The one that this tab had before it was reloaded, or null.
export function resume() {
  const id = recall("till");
  if (!id) return null;
  return queue(async () => show(await api("GET", at(id)))).catch((problem) => {
    if (problem.status !== 404) throw problem;
    forget("till");
    return null;
  });
}

// What another country or way of delivery would cost: nothing is changed by asking.
export async function suppose(country, delivery) {
  const query = new URLSearchParams({ country, delivery });
  const answer = await asked((signal) => api("GET", `${at(view.id)}?${query}`, { signal }));
  if (!answer) return;
  sheet = answer;
  till.dispatchEvent(new Event("change"));
}

// Said again to a new checkout, when the one before has come to its end. Nothing comes between.
export const startAgain = () => queue(async () => {
  const before = view;
  await begin();
  if (!before) return view;
  const { email, name, phone, address, delivery, voucher } = before;
  const body = { delivery };
  if (email) body.contact = contact({ email, name, phone });
  if (address) body.address = address;
  await say(body);
  return voucher ? say({ voucher }).catch(() => view) : view;
});

// The mails about the order are in the language of the page it was placed on.
export const contact = (said) => ({ ...said, language });

export function leave(id = view?.state === "ordered" ? null : view?.id) {
  view = sheet = null;
  forget("till");
  return id ? api("DELETE", at(id), { keepalive: true }).catch(() => {}) : Promise.resolve();
}

// The same attempt keeps its key until it is answered for good: a lost answer is no second order.
function keyOf(text) {
  const attempt = recall("attempt");
  if (attempt?.text === text) return attempt.key;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const key = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  remember("attempt", { text, key });
  return key;
}

export const isUnanswered = () => recall("attempt") !== null;

const OPEN = ["in_progress", "too_many_attempts"];

// At the total that was on the screen: the shop refuses another.
export function order(card) {
  const { total } = view;
  return queue(() => sent(`${at(view.id)}/order`, { payment: { card }, expected_total: total }));
}

async function sent(path, body, tries = 5) {
  const headers = { "Idempotency-Key": keyOf(JSON.stringify([path, body])) };
  for (let left = tries; ; left -= 1) {
    try {
      const receipt = await api("POST", path, { body, headers });
      forget("attempt");
      return receipt;
    } catch (problem) {
      const isOpen = problem.away || OPEN.includes(problem.code);
      if (!isOpen) forget("attempt");
      if (!isOpen || left <= 1) throw problem;
      await new Promise((done) => setTimeout(done, 1500));
    }
  }
}
