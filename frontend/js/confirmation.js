// Thanks: what was ordered, what it cost, and what happens next. Waits for a bank that is slow.

import "./page.js";
import { api, explain } from "./api.js";
import { load } from "./cart.js";
import { date, home, html, render, t } from "./html.js";
import { broken } from "./orders.js";
import { addressLines, bought, deliveryName, sums } from "./sheet.js";

const place = document.querySelector("[data-content]");
const title = document.querySelector("h1");
const number = new URLSearchParams(location.search).get("number")?.trim() ?? "";
const LONGEST = 10_000;
let wait = 1000;
let drawn = "";

const NEXT = {
  pick_up: ["Our watchmaker checks your watch.", "We write to you when it is ready.", "You pick it up; bring an identity card."],
  sent: ["Our watchmaker checks your watch.", "Your card is charged, and the parcel leaves.", "You get the tracking number by e-mail."],
};

const lead = (order) => {
  if (order.state === "cancelled") return t("The payment did not go through, so the order was cancelled. Nothing was charged.");
  if (order.state === "awaiting_payment") return t("We are waiting for your bank. You may close this page: we go on, and write to {email}.", order);
  return t("Your order {number} is confirmed. We have written to {email}.", order);
};

const next = (order) => html`<section class="section"><h2>${t("What happens next")}</h2>
  <ol class="next">${NEXT[order.delivery === "pick_up" ? "pick_up" : "sent"].map((line) => html`<li>${t(line)}</li>`)}</ol></section>`;

const ways = (order) => (order.state === "cancelled"
  ? html`<a class="button" href="${home}cart/">${t("View the bag")}</a>`
  : html`<a class="button" href="${home}order/?number=${order.number}">${t("Follow the order")}</a>
    <button class="button quiet" type="button" data-print>${t("Print")}</button>`);

function draw(order) {
  const isCancelled = order.state === "cancelled";
  title.textContent = isCancelled ? t("The order was not placed") : t("Thank you, {name}.", order);
  document.title = `${title.textContent} · Watchstore`;
  render(place, html`<div class="two"><div><p class="lead" role="status">${lead(order)}</p>
    ${!isCancelled && next(order)}<p class="actions">${ways(order)}</p></div>
    <aside class="summary" aria-label="${t("Your order")}"><h2>${t("Order {number}", order)}</h2>
    <p><small>${date(order.placed_at, true)}</small></p>
    ${order.lines.map((line) => bought(line, line.slug))}${sums(order)}
    <section class="said"><h3>${deliveryName(order.delivery)}</h3><p>${order.address && broken(addressLines(order.address))}</p></section></aside></div>`);
  place.querySelector("[data-print]")?.addEventListener("click", () => print());
  if (!drawn) title.focus({ preventScroll: true });
}

function later() {
  setTimeout(look, wait);
  wait = Math.min(wait * 1.5, LONGEST);
}

function unseen(problem) {
  const isUnknown = problem.code === "not_found";
  title.textContent = t("Your order");
  render(place, html`<p class="alert" role="alert">${isUnknown ? t("We cannot show this order here. Open it in the browser that placed it, or sign in.") : explain(problem)}</p>
    <p class="section">${isUnknown ? html`<a class="button quiet" href="${home}order/">${t("Track an order")}</a>` : html`<button class="button quiet" type="button" data-again>${t("Try again")}</button>`}</p>`);
  place.querySelector("[data-again]")?.addEventListener("click", look);
}

async function look() {
  try {
    const order = await api("GET", `/orders/${encodeURIComponent(number)}`);
    if (order.state !== drawn) draw(order);
    drawn = order.state;
    if (order.state === "awaiting_payment") later();
  } catch (problem) {
    if (problem.code === undefined) throw problem;
    if (drawn || problem.away) later();
    if (!drawn) unseen(problem);
  }
}

title.tabIndex = -1;
load().catch(() => {}); // what was bought has left the bag
if (number) look();
else location.replace(`${home}order/`);
