// All orders of the account, a page at a time, narrowed by their state.

import "./page.js";
import { busy, member, place, said } from "./after.js";
import { api } from "./api.js";
import { home, html, render, t, toast } from "./html.js";
import { STATES, orderRow } from "./orders.js";

const state = () => new URLSearchParams(location.search).get("state") ?? "";
const query = (more = {}) => {
  const asked = new URLSearchParams(more);
  if (state() in STATES) asked.set("state", state());
  return `/orders?${asked}`;
};

const filter = () => html`<p class="field filter"><label for="state">${t("Show")}</label><select id="state">
  <option value="">${t("All orders")}</option>${Object.entries(STATES).map(([code, text]) => html`<option value="${code}" ${code === state() && html`selected`}>${t(text)}</option>`)}</select></p>`;

const nothing = () => (state() ? html`<div class="empty"><h2>${t("No such orders")}</h2><p>${t("None of your orders is in this state.")}</p><button class="button quiet" type="button" data-all>${t("All orders")}</button></div>`
  : html`<div class="empty"><h2>${t("No orders yet.")}</h2><p>${t("Orders that you place while you are signed in are kept here.")}</p><a class="button quiet" href="${home}watches/?availability=in_stock">${t("See what is in stock")}</a></div>`);

function draw({ items, next, total }) {
  render(place, html`<div class="list-head">${filter()}<p role="status">${total === 1 ? t("1 order") : t("{count} orders", { count: total })}</p></div>
    ${items.length ? html`<ul class="orders">${items.map(orderRow)}</ul>` : nothing()}
    ${next && html`<p><button class="button quiet" type="button" data-further="${next}">${t("Earlier orders")}</button></p>`}`);
  place.querySelector("#state").addEventListener("change", ({ target }) => show(target.value));
  place.querySelector("[data-all]")?.addEventListener("click", () => show(""));
  place.querySelector("[data-further]")?.addEventListener("click", ({ target }) => busy(target, () => further(target)));
}

async function show(wanted) {
  history.pushState(null, "", wanted ? `?state=${wanted}` : location.pathname);
  await load();
  place.querySelector("#state")?.focus();
}

async function further(button) {
  const asked = location.search;
  try {
    const { items, next } = await api("GET", query({ cursor: button.dataset.further }));
    if (asked !== location.search) return; // narrowed otherwise meanwhile
    const list = document.createElement("ul");
    render(list, html`${items.map(orderRow)}`);
    const first = list.querySelector("a");
    place.querySelector(".orders").append(...list.children);
    if (next) button.dataset.further = next;
    else button.remove();
    first?.focus();
  } catch (problem) {
    toast(said(problem));
  }
}

const load = member((signal) => api("GET", query(), { signal }), draw);
addEventListener("popstate", load);
