// Following an order without an account: by its number and the e-mail address it was placed with.

import "./page.js";
import { minutes, name, place } from "./after.js";
import { api } from "./api.js";
import { field, onSubmit, tell } from "./form.js";
import { date, home, html, render, t } from "./html.js";
import { badge, label } from "./orders.js";
import { documents, leftOut, parcels, timeline } from "./progress.js";

const params = new URLSearchParams(location.search);
const wanted = params.get("number") ?? "";
const back = params.has("elsewhere") ? `${home}order/?number=${encodeURIComponent(wanted)}` : `${home}account/orders/`;

render(place, html`<div class="two"><form class="form">
  <p>${t("You find the number in the mail that we sent you. No account is needed.")}</p><div data-told>${params.has("elsewhere") && html`<p class="alert" role="alert">${t("We cannot show this order here. Say the e-mail address that it was placed with, or sign in.")}</p>`}</div>
  ${field("number", t("Order number"), { value: wanted, more: html`placeholder="WS-7K3M9Q2XAB" autocapitalize="characters" spellcheck="false"` })}
  ${field("email", t("E-mail"), { type: "email", autocomplete: "email" })}
  <button class="button wide" type="submit">${t("Show where it is")}</button>
  <p><a class="text-link" href="${home}sign-in/?next=${encodeURIComponent(back)}">${t("Sign in to see all your orders")}</a></p></form>
  <section data-found tabindex="-1" aria-live="polite"></section></div>`);

const form = place.querySelector("form");
const found = place.querySelector("[data-found]");

const line = (one) => html`<li class="line">${one.slug ? html`<img src="/pictures/${one.slug}.svg" width="60" height="75" alt="">` : html`<span class="no-picture"></span>`}
  <h3><span class="eyebrow">${one.brand}</span><br>${one.name}</h3><p><small>${one.quantity > 1 && `${one.quantity} × `}${one.reference}${leftOut(one)}</small></p></li>`;

function draw(order) {
  name(t("Order {number}", order));
  render(found, html`<p class="order-state">${badge(order.state, label(order.state))} <small>${t("placed on {day}", { day: date(order.placed_at) })}</small></p>
    <h2 class="unseen">${t("Your watches")}</h2><ul class="summary">${order.lines.map(line)}</ul>${parcels(order)}${documents(order, { isOwn: false })}
    <section class="section" aria-labelledby="way"><h2 id="way">${t("What happened so far")}</h2>${timeline(order)}</section>
    <p class="section"><a class="text-link" href="${home}order/?number=${order.number}">${t("Prices, cancelling and returns: open the whole order")}</a></p>`);
  found.focus({ preventScroll: true });
  found.scrollIntoView({ block: "nearest" });
}

onSubmit(form, async ({ number, email }) => {
  try {
    draw(await api("POST", "/orders/track", { body: { number: number.trim().toUpperCase(), email: email.trim() } }));
  } catch (problem) {
    found.replaceChildren();
    // Word for word the same for a number that there is not and for another address.
    if (problem.code === "not_found") return tell(form, t("There is no order with this number and e-mail address."));
    if (problem.code !== "too_many_attempts") throw problem;
    tell(form, t("Too many attempts. Please wait {count} min and try again.", { count: minutes(problem) }));
  }
  return undefined;
});
