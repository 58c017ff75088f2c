// The account at a glance: what is on its way, what is kept, and the way out.

import "./page.js";
import { busy, member, name, place, said } from "./after.js";
import { api } from "./api.js";
import { home, html, render, t, toast } from "./html.js";
import { broken, orderRow } from "./orders.js";
import { OPEN, RETURNS } from "./progress.js";
import { addressLines } from "./sheet.js";
import { forget } from "./wishes.js";

const more = (path, text) => html`<a class="text-link" href="${home}account/${path}">${text}</a>`;

const latest = ({ items, total }) => html`<section class="section" aria-labelledby="orders"><h2 id="orders">${t("Your orders")}</h2>
  ${items.length ? html`<ul class="orders">${items.map(orderRow)}</ul>${total > items.length && more("orders/", t("All {count} orders", { count: total }))}`
    : html`<div class="empty"><p>${t("No orders yet.")}</p><a class="button quiet" href="${home}watches/?availability=in_stock">${t("See what is in stock")}</a></div>`}</section>`;

const underWay = (rows) => rows.length > 0 && html`<section class="section" aria-labelledby="returns"><h2 id="returns">${t("Returns under way")}</h2>
  <ul class="plates">${rows.map((row) => html`<li class="plate"><b>${t(RETURNS[row.state])}</b><span><a href="${home}order/?number=${row.number}">${row.number}</a></span></li>`)}</ul></section>`;

const tile = (heading, text, path, action) => html`<section class="plate" aria-label="${heading}"><h2>${heading}</h2><p>${text}</p><a class="text-link" href="${home}${path}">${action}</a></section>`;

function draw([user, orders, returns, addresses, wishes]) {
  const [first] = addresses.items;
  name(t("Good day, {name}.", user));
  render(place, html`${latest(orders)}${underWay(returns.items.filter((row) => OPEN.includes(row.state)))}
    <div class="tiles">
    ${tile(t("Saved watches"), wishes.total === 1 ? t("1 watch") : t("{count} watches", { count: wishes.total }), "saved/", t("Look at them"))}
    ${tile(t("Your address"), first ? broken(addressLines(first)) : t("None is kept yet."), "account/addresses/", first ? t("All addresses") : t("Add an address"))}
    ${tile(t("You"), broken([user.name, user.email]), "account/profile/", t("Name, password, devices"))}</div>
    <p class="leave"><button class="button quiet" type="button" data-leave>${t("Sign out")}</button></p>`);
  place.querySelector("[data-leave]").addEventListener("click", ({ target }) => busy(target, leave));
}

async function leave() {
  try {
    await api("DELETE", "/session");
    forget();
    location.assign(home);
  } catch (problem) {
    toast(said(problem));
  }
}

member((signal) => Promise.all(
  ["/account", "/orders?limit=3", "/account/returns", "/account/addresses", "/account/wishlist"].map((path) => api("GET", path, { signal })),
), draw);
