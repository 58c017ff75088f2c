// One order: thanks after buying, the way it goes, cancelling. Without a number: ask for it.

import "./page.js";
import { api, explain } from "./api.js";
import { field, onSubmit } from "./form.js";
import { home, html, language, render, t, toast } from "./html.js";
import { STATES, WAYS, sold, sums, timeline } from "./orders.js";

const place = document.querySelector("[data-content]");
const title = document.querySelector("h1");
const params = new URLSearchParams(location.search);
const number = params.get("number")?.trim().toUpperCase();
const isNew = params.has("new");
let wait = 1000;

const lines = (address) => [address.name, address.street, address.extra, [address.postcode, address.city].filter(Boolean).join(" "), address.region, new Intl.DisplayNames(language, { type: "region" }).of(address.country)].filter(Boolean);

function draw(order) {
  const isPending = order.state === "awaiting_payment";
  title.textContent = isNew && order.state !== "cancelled" ? t("Thank you, {name}.", order) : t("Order {number}", order);
  render(place, html`<div class="two"><div>
    <p class="lead" role="status">${isPending ? t("We are waiting for your bank. You may close this page: we go on, and write to {email}.", order)
      : order.state === "cancelled" ? t("This order was cancelled. Nothing will be charged.")
      : isNew ? t("Your order {number} is confirmed. We have written to {email}.", order) : t(STATES[order.state])}</p>
    ${timeline(order)}
    ${order.tracking && html`<p>${order.carrier}: ${order.tracking}</p>`}
    <p class="actions"><button class="button quiet" type="button" data-print>${t("Print")}</button>
    ${["awaiting_payment", "paid"].includes(order.state) && html`<button class="button quiet" type="button" data-cancel>${t("Cancel the order")}</button>`}</p>
  </div><aside class="summary"><h2>${t("Order {number}", order)}</h2>${order.lines.map(sold)}${sums(order)}
    <p><small>${t(WAYS[order.delivery])}${order.address && lines(order.address).map((line) => html`<br>${line}`)}</small></p></aside></div>`);
  place.querySelector("[data-print]").addEventListener("click", () => print());
  place.querySelector("[data-cancel]")?.addEventListener("click", cancel);
  if (isPending) later();
}

function later() {
  wait = Math.min(wait * 1.5, 10000);
  setTimeout(load, wait);
}

async function cancel(event) {
  if (!confirm(t("Cancel this order?"))) return;
  event.target.setAttribute("aria-busy", "true");
  try {
    await api("POST", `/orders/${number}/cancel`, { body: { reason: "" } });
  } catch (problem) {
    toast(explain(problem));
  }
  load();
}

async function load() {
  try {
    draw(await api("GET", `/orders/${encodeURIComponent(number)}`));
  } catch (problem) {
    if (problem.code !== "not_found") later();
    ask(problem.code === "not_found" ? t("We cannot show this order here. Open it in the browser that placed it, or sign in.") : explain(problem));
  }
}

function ask(fault = "") {
  render(place, html`<form class="form narrow"><div data-told>${fault && html`<p class="alert" role="alert">${fault}</p>`}</div>
    ${field("number", t("Order number"), { value: number ?? "", more: html`placeholder="WS-7K3M9Q2XAB" autocapitalize="characters"` })}
    <button class="button wide" type="submit">${t("Show the order")}</button>
    <p><a class="text-link" href="${home}sign-in/?next=${home}account/">${t("Sign in to see all your orders")}</a></p></form>`);
  onSubmit(place.querySelector("form"), async (body) => location.assign(`${home}order/?number=${encodeURIComponent(body.number.trim())}`));
}

if (number) load();
else ask();
