// One order as its buyer sees it: where it is, what it cost, and what may still be done.

import "./page.js";
import { failed, name, place, shown } from "./after.js";
import { api } from "./api.js";
import { date, home, html, money, render, t, times } from "./html.js";
import { badge, broken, label } from "./orders.js";
import { OPEN, RETURNS, documents, leftOut, parcels, timeline } from "./progress.js";
import { addressLines, deliveryName, sums } from "./sheet.js";

const number = new URLSearchParams(location.search).get("number")?.trim().toUpperCase();
const PAYMENTS = {
  authorising: "Waiting for your bank", authorised: "Reserved on your card", capturing: "Being charged", captured: "Charged to your card",
  voiding: "Being released", voided: "Released: nothing was charged", declined: "Declined: nothing was charged",
};
let wait = 1000;
let told = "";

function lead(order) {
  const isDeclined = order.payment === "declined";
  if (order.state === "awaiting_payment") return t("We are waiting for your bank. You may close this page: we go on, and write to {email}.", order);
  if (order.state === "cancelled") return isDeclined ? t("The payment did not go through, so the order was cancelled. Nothing was charged.") : t("This order was cancelled. Nothing will be charged.");
  if (isAllBack(order)) return t("{amount} went back to your card. Your bank shows it within a few days.", { amount: money(order.refunded) });
  if (order.state === "shipped" && order.lines.some((one) => one.left_out)) return t("What we could send is on its way to you.");
  return t(LEADS[order.state]);
}

const LEADS = {
  paid: "Our watchmaker checks it before it leaves. Your card is charged then, not before.",
  dispatching: "It passed our watchmaker's bench, and is being packed.",
  partly_shipped: "A part is on its way to you; the rest follows.",
  shipped: "It is on its way to you.", delivered: "It has arrived. We hope it brings you joy.",
};

// What became of it as a whole, which is more than its state once something came back.
const pieces = (rows) => rows.reduce((sum, row) => sum + (row.pieces ?? row.quantity), 0);
const isAllBack = (order) => pieces(order.refunds.filter(({ state }) => state === "done")) >= pieces(order.lines)
  || (order.refunded.amount > 0 && order.refunded.amount >= order.total.amount);

function standing(order) {
  if (isAllBack(order)) return badge("refunded", t("Refunded"));
  if (order.returns.some(({ state }) => OPEN.includes(state))) return badge("returning", t("Return under way"));
  return badge(order.state, label(order.state));
}

const picture = ({ slug }) => (slug ? html`<img src="/pictures/${slug}.svg" width="84" height="105" alt="" loading="lazy">` : html`<span class="no-picture"></span>`);

const line = (one) => html`<li class="line">${picture(one)}<h3>${one.slug ? html`<a href="${home}watches/${one.slug}/">${called(one)}</a>` : called(one)}</h3>
  <p><small>${one.reference} · ${t(CONDITIONS[one.condition])}${leftOut(one)}</small></p>
  <p class="line-sum">${one.quantity > 1 && html`<small>${one.quantity} × ${money(one.price)}</small> `}${money(times(one.price, one.quantity))}</p></li>`;

const called = (one) => html`<span class="eyebrow">${one.brand}</span><br>${one.name}`;

const CONDITIONS = {
  new: "New", unworn: "Unworn", mint: "Mint", excellent: "Excellent",
  very_good: "Very good", good: "Good", pre_owned: "Pre-owned",
};

const returned = (one) => html`<li class="plate"><b>${t(RETURNS[one.state])}</b>
  <span>${one.pieces === 1 ? t("1 watch") : t("{count} watches", { count: one.pieces })} · ${date(one.requested_at)}</span>
  ${one.reason && html`<span>${t("Your reason")}: ${one.reason}</span>`}${one.note && html`<q>${one.note}</q>`}</li>`;

const back = (order) => order.returns.length > 0 && html`<section class="section" aria-labelledby="back"><h2 id="back" tabindex="-1">${t("Returns")}</h2>
  <ul class="plates">${order.returns.map(returned)}</ul></section>`;

function deadline(order) {
  const until = order.return_until;
  if (!order.lines.some((one) => one.returnable)) return "";
  if (until && Date.parse(until) < Date.now()) return html`<p class="quiet-note">${t("It could be returned until {day}.", { day: date(until) })}</p>`;
  return html`<p class="quiet-note">${until ? t("You may return it until {day}.", { day: date(until) }) : t("You may return it within 14 days of delivery.")}</p>`;
}

const mayReturn = (order) => order.lines.some((one) => one.returnable) && !(order.return_until && Date.parse(order.return_until) < Date.now());
const mayCancel = (order) => ["awaiting_payment", "paid"].includes(order.state);

const actions = (order) => html`<p class="actions"><button class="button quiet" type="button" data-print>${t("Print")}</button>
  ${mayReturn(order) && html`<button class="button quiet" type="button" data-return aria-expanded="false">${t("Return watches")}</button>`}
  ${mayCancel(order) && html`<button class="button quiet" type="button" data-cancel>${t("Cancel the order")}</button>`}</p>${deadline(order)}<div data-more></div>`;

const refunded = ({ refunded: sum }) => sum.amount > 0 && html`<p class="sum"><span>${t("Refunded")}</span><span>−${money(sum)}</span></p>`;

const details = (order) => html`<div class="order-facts"><div><h3>${deliveryName(order.delivery)}</h3><p>${order.address ? broken(addressLines(order.address)) : order.name}</p></div>
  <div><h3>${t("Contact")}</h3><p>${broken([order.name, order.email, order.phone].filter(Boolean))}</p></div>
  <div><h3>${t("Payment")}</h3><p>${t(PAYMENTS[order.payment])}</p></div></div>`;

function draw({ order, user }) {
  const now = JSON.stringify(order);
  if (order.state === "awaiting_payment") {
    setTimeout(load, wait);
    wait = Math.min(wait * 1.5, 10000);
  }
  if (now === told) return; // nothing new: what is open stays open
  told = now;
  name(t("Order {number}", order));
  render(place, html`<p class="letterhead">Watchstore <span>${t("Order {number}", order)} · ${date(order.placed_at)}</span></p>
    <p class="order-state">${standing(order)} <small>${t("placed on {day}", { day: date(order.placed_at) })}</small></p>
    <p class="lead" role="status">${lead(order)}</p>${actions(order)}
    <div class="two order-page"><div>${parcels(order)}${back(order)}${documents(order)}
      <section class="section way" aria-labelledby="way"><h2 id="way">${t("What happened so far")}</h2>${timeline(order)}</section></div>
    <aside class="summary" aria-labelledby="bought"><h2 id="bought">${t("Your watches")}</h2><ul>${order.lines.map(line)}</ul>${sums(order)}${refunded(order)}${details(order)}</aside></div>
    <p class="section no-print"><a class="text-link" href="${home}${user ? "account/orders/" : "help/"}">${user ? t("All your orders") : t("Questions? See our help")}</a></p>`);
  place.querySelector("[data-print]").addEventListener("click", () => print());
  place.querySelector("[data-cancel]")?.addEventListener("click", async () => (await import("./cancelling.js")).ask(order, load));
  place.querySelector("[data-return]")?.addEventListener("click", async ({ target }) => (await import("./returning.js")).open(order, target, load));
}

async function read(signal) {
  const path = `/orders/${encodeURIComponent(number)}`;
  const [order, { user }] = await Promise.all([api("GET", path, { signal }), api("GET", "/session", { signal })]);
  return { order, user };
}

// Who followed a mail to here on another device has the number, and knows the address.
function refused(problem, again) {
  if (problem.code === "not_found") location.replace(`${home}track/?number=${encodeURIComponent(number)}&elsewhere`);
  else failed(problem, again);
}

const load = number ? shown(read, draw, refused) : import("./order-ask.js");
