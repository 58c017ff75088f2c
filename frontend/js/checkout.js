// The checkout: the watches are held first, then four steps ask for the rest. The step is in the
// address, so that Back works; what was typed outlives reloads, detours and the shop's own trouble.

import "./page.js";
import { api, explain, link } from "./api.js";
import { bag, cart, load } from "./cart.js";
import { recall } from "./draft.js";
import { act, isStuck, item } from "./drawer.js";
import { tell } from "./form.js";
import { held, holding } from "./held.js";
import { home, html, render, t } from "./html.js";
import { card, paymentStep } from "./payment.js";
import { bankStep, firstMissing, reviewStep, takeUp, thank } from "./review.js";
import { NAMES, STEPS, TITLES, contactStep, deliveryStep, here, loadAddresses } from "./steps.js";
import { opened, summary } from "./summary.js";
import { change, isUnanswered, leave, resume, start, startAgain, till, view } from "./till.js";

const place = document.querySelector("[data-content]");
const LONG_ENOUGH = 1500; // to wait for the shop before going: the call outlives the page
const pageTitle = document.title;
const DRAW = { contact: contactStep, delivery: deliveryStep, payment: paymentStep, review: reviewStep };
const context = { user: null, addresses: [], go, say, handle, boot, bank, again: () => draw(), shown };
let step = "contact";
let toSay = ""; // when the step that it belongs to is shown

const wanted = () => new URLSearchParams(location.search).get("step");
const reached = () => STEPS.indexOf(firstMissing());

// No further than what has been said: a step that is not reached yet leads to the first gap.
function allowed(name) {
  const index = STEPS.indexOf(name);
  return index < 0 ? firstMissing() : STEPS[Math.min(index, reached())];
}

const marks = () => html`${STEPS.map((name, index) => {
  const isOpen = name !== step && index <= reached() && view.state !== "ordered";
  const label = html`<span class="step-number">${index + 1}</span><span>${t(NAMES[name])}</span>`;
  return html`<li ${name === step && html`aria-current="step"`}>${isOpen ? html`<a href="${here(name)}" data-go="${name}">${label}</a>` : html`<span class="step-name">${label}</span>`}</li>`;
})}`;

function frame() {
  if (place.querySelector("[data-step]")) return;
  render(place, html`<div class="held" data-held></div><div data-over></div>
    <nav aria-label="${t("Steps")}"><ol class="steps" data-marks></ol></nav>
    <div class="two till"><div data-step></div>
    <details class="summary" data-summary></details></div>`);
  holding(place.querySelector("[data-held]"));
  summary(place.querySelector("[data-summary]"), handle);
}

function shown() {
  if (context.isMoved) {
    scrollTo(0, 0);
    place.querySelector("[data-step] [data-heading]")?.focus({ preventScroll: true });
  }
  if (toSay) say(toSay);
  toSay = "";
}

function draw() {
  step = allowed(wanted());
  if (step !== wanted()) history.replaceState(null, "", here(step));
  frame();
  document.title = `${t(TITLES[step])} · ${pageTitle}`;
  render(place.querySelector("[data-marks]"), marks());
  opened(place.querySelector("[data-summary]"), step);
  const drawn = DRAW[step](place.querySelector("[data-step]"), context);
  if (step !== "payment") shown();
  return drawn;
}

function go(name, text = "") {
  context.isMoved = true;
  toSay = text;
  if (wanted() !== name) history.pushState(null, "", here(name));
  draw();
}

function say(text) {
  const form = place.querySelector("[data-step] form");
  if (form?.querySelector("[data-told]")) tell(form, text);
}

function message(content) {
  render(place, content);
  const title = place.querySelector("[data-heading]");
  title?.focus({ preventScroll: true });
}

// Bag and checkout are of one mind: the same watches, as many of each.
const counted = (lines) => lines.map((line) => `${line.offer_id}:${line.quantity}`).sort().join();
const isOfBag = () => counted(view.lines) === counted(cart.lines);

function empty() {
  document.title = pageTitle;
  message(html`<div class="empty"><h2 tabindex="-1" data-heading>${t("Your bag is empty")}</h2>
    <p>${t("Put a watch in, and come back.")}</p>
    <a class="button quiet" href="${home}watches/?availability=in_stock">${t("See what is in stock")}</a></div>`);
}

// Which watch stands in the way, and what can be done about it.
async function blocked(problem) {
  await load().catch(() => {});
  if (!cart.lines.length) return empty();
  const minutes = Math.ceil((problem.body.retry_after ?? 0) / 60);
  const drawLines = () => render(place.querySelector("[data-bag]"), html`${cart.lines.map(item)}`);
  message(html`<section class="blocked"><h2 tabindex="-1" data-heading>${t("We cannot hold all of your watches")}</h2>
    <p class="alert" role="alert">${explain(problem)} ${minutes > 0 && t("It may be free again in {count} min.", { count: minutes })} ${t("Nothing was charged.")}</p>
    <div class="bag-page" data-bag></div>
    <p class="step-foot"><button class="button" type="button" data-again>${cart.lines.some(isStuck) ? t("Try again") : t("Go on")}</button>
    <a class="text-link" href="${home}cart/" data-leave>${t("Back to the bag")}</a></p></section>`);
  drawLines();
  blockedLines = () => (cart.lines.length ? drawLines() : empty());
  place.querySelector("[data-bag]").addEventListener("click", act);
  place.querySelector("[data-again]").addEventListener("click", boot);
  return undefined;
}
let blockedLines = null;

function failed(problem) {
  message(html`<div class="empty"><h2 tabindex="-1" data-heading>${t("The checkout could not be opened")}</h2><p class="alert" role="alert">${explain(problem)}</p>
    <p>${t("What you have typed is kept.")}</p><button class="button quiet" type="button" data-again>${t("Try again")}</button></div>`);
  place.querySelector("[data-again]").addEventListener("click", boot);
}

function signedOut() {
  over(html`<p class="alert" role="alert">${t("You have been signed out. Sign in to go on: what you have typed is kept.")}</p>
    <p><a class="button" href="${home}sign-in/?next=${encodeURIComponent(here(step))}">${t("Sign in")}</a></p>`);
}

function over(content) {
  const node = place.querySelector("[data-over]");
  render(node, html`<div class="over">${content}</div>`);
  node.scrollIntoView({ block: "center" });
  node.querySelector("a, button")?.focus({ preventScroll: true });
}

// The checkout is gone, or is not ours any more.
async function lost() {
  const session = await api("GET", "/session").catch(() => null);
  if (context.user && session && !session.user) return signedOut();
  await boot();
  say(t("We had to hold your watches anew. Please look at everything once more."));
  return undefined;
}

function timeOver() {
  place.querySelector("[data-held]")?.classList.add("ended");
  over(html`<p class="alert" role="alert">${t("The time is over: your watches are no longer held for you. What you have typed is kept.")}</p>
    <p><button class="button" type="button" data-hold>${t("Hold them again")}</button></p>`);
  place.querySelector("[data-hold]").addEventListener("click", holdAgain);
}

async function holdAgain({ currentTarget: button }) {
  button.setAttribute("aria-busy", "true");
  try {
    await change({}).catch(async (problem) => {
      if (problem.code !== "hold_expired" && problem.status !== 404) throw problem;
      await startAgain();
    });
    context.isMoved = true;
    place.replaceChildren();
    draw();
  } catch (problem) {
    button.removeAttribute("aria-busy");
    if (!handle(problem)) over(html`<p class="alert" role="alert">${explain(problem)}</p><p><button class="button" type="button" data-hold>${t("Hold them again")}</button></p>`);
    place.querySelector("[data-hold]")?.addEventListener("click", holdAgain);
  }
}

const STUCK = ["sold_out", "all_reserved", "not_for_sale", "hold_limit", "mixed_currency"];

const NOBODY = ["not_signed_in", "actor_required"];

// True when the problem is bigger than the form it came up in.
function handle(problem) {
  if (problem.code === "hold_expired") timeOver();
  else if (STUCK.includes(problem.code)) blocked(problem);
  else if (problem.status === 404 || NOBODY.includes(problem.code)) lost();
  else return false;
  return true;
}

function bank() {
  step = "review";
  frame();
  render(place.querySelector("[data-marks]"), marks());
  return bankStep(place.querySelector("[data-step]"), context);
}

// An order was sent and the page went away before the answer came: it is asked for again.
async function ordered() {
  context.isMoved = true;
  if (isUnanswered() && card()) {
    history.replaceState(null, "", here("review"));
    frame();
    reviewStep(place.querySelector("[data-step]"), context);
    return takeUp(place.querySelector("[data-step] form"), context);
  }
  const order = await api("GET", `/orders/${encodeURIComponent(view.order_number)}`).catch(() => null);
  if (order && order.state !== "cancelled") return thank(order.number);
  await leave(null);
  return boot();
}

async function begin() {
  const [session] = await Promise.all([api("GET", "/session").catch(() => ({ user: null })), load()]);
  context.user = session.user;
  context.addresses = session.user ? await loadAddresses() : [];
  const found = await resume();
  if (found && recall("bank")) return bank();
  if (found?.state === "ordered") return ordered();
  if (!cart.lines.length) return empty();
  if (!found) await start();
  else if (!isOfBag()) await startAgain();
  else if (found.state === "expired") await change({}).catch((problem) => (problem.code === "hold_expired" ? startAgain() : Promise.reject(problem)));
  place.replaceChildren();
  return draw();
}

async function boot() {
  blockedLines = null;
  try {
    await begin();
  } catch (problem) {
    if (problem.code === undefined) throw problem;
    if (STUCK.includes(problem.code)) await blocked(problem);
    else failed(problem);
  }
}

place.addEventListener("click", async (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const way = event.target.closest("[data-go], [data-leave]");
  if (!way) return;
  event.preventDefault();
  if (way.dataset.go) return go(way.dataset.go);
  await Promise.race([leave(), new Promise((done) => setTimeout(done, LONG_ENOUGH))]);
  location.assign(way.href);
});

addEventListener("popstate", () => {
  context.isMoved = true;
  if (view?.state === "ordered") history.replaceState(null, "", here(step)); // there is no way back from an order
  else if (view && place.querySelector("[data-step]")) draw();
});
addEventListener("pageshow", (event) => event.persisted && boot());
held.addEventListener("end", timeOver);
link.addEventListener("up", () => place.querySelector("[data-again]") && !blockedLines && boot());
till.addEventListener("change", () => {
  const over = place.querySelector("[data-over]");
  if (view.state === "open" && over?.hasChildNodes()) {
    over.replaceChildren();
    place.querySelector("[data-held]").classList.remove("ended");
  }
});

function debounced(work, pause = 600) {
  let due;
  return () => {
    clearTimeout(due);
    due = setTimeout(work, pause);
  };
}

const again = debounced(async () => {
  if (!cart.lines.length) return empty();
  if (!isOfBag()) await startAgain().catch((problem) => handle(problem) || say(explain(problem)));
  return undefined;
});

// The bag may be changed in its drawer while it is being paid for: then other watches are held.
bag.addEventListener("change", () => {
  if (blockedLines) blockedLines();
  else if (view?.state === "open" && place.querySelector("[data-step]") && !isOfBag()) again();
});
boot();
