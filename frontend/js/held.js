// How long the watches are held: counted down by the shop's clock, longer with every sign of life.

import { now } from "./api.js";
import { html, render, t } from "./html.js";
import { change, till, view } from "./till.js";

const WARNING = 120;
const SIGN_OF_LIFE = 60_000;
export const held = new EventTarget(); // tells "end"
let place;
let warned = false;
let ended = false;
let lastSign = 0;

export const secondsLeft = () => (view ? Math.max(0, Math.floor((Date.parse(view.expires_at) - now()) / 1000)) : 0);
const canLast = () => Date.parse(view.expires_at) < Date.parse(view.latest);
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function say(text) {
  place.querySelector("[role=status]").textContent = text;
}

function tick() {
  if (!place?.isConnected || !view) return;
  const isOrdered = view.state === "ordered";
  place.querySelector("[data-said]").textContent = isOrdered ? t("Kept for your order") : t("Held for you:");
  place.querySelector("[data-left]").hidden = isOrdered;
  if (isOrdered) return;
  const seconds = secondsLeft();
  place.querySelector("[data-left]").textContent = clock(seconds);
  place.classList.toggle("late", seconds <= WARNING);
  if (seconds > WARNING) {
    if (warned) say("");
    warned = ended = false;
  } else if (seconds > 0 && !warned) {
    warned = true;
    say(canLast() ? t("Two minutes left. Whatever you do here makes it longer.") : t("Two minutes left to order."));
  } else if (seconds === 0 && !ended) {
    ended = true;
    say("");
    held.dispatchEvent(new Event("end"));
  }
}

// Typing says that somebody is there: now and then the shop is told.
function alive() {
  if (!view || ended || view.state !== "open" || !canLast() || Date.now() - lastSign < SIGN_OF_LIFE) return;
  lastSign = Date.now();
  change({}).catch(() => {}); // the next real step says what is wrong
}

export function holding(node) {
  place = node;
  warned = ended = false;
  lastSign = Date.now();
  render(place, html`<p><span data-said></span> <b role="timer" data-left></b></p><p class="held-total"><span>${t("Total")}</span> <b data-total></b></p><p class="held-note" role="status"></p>`);
  tick();
}

till.addEventListener("change", () => {
  lastSign = Date.now();
  tick();
});
for (const sign of ["input", "pointerdown", "keydown"]) document.addEventListener(sign, alive, { passive: true });
document.addEventListener("visibilitychange", tick);
setInterval(tick, 1000);
