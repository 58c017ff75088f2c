// The returns of all orders of the account.

import "./page.js";
import { member, place } from "./after.js";
import { api } from "./api.js";
import { date, home, html, render, t } from "./html.js";
import { RETURNS } from "./progress.js";

const row = (one) => html`<li class="plate"><b>${t(RETURNS[one.state])}</b>
  <span><a href="${home}order/?number=${one.number}">${t("Order {number}", one)}</a> · ${one.pieces === 1 ? t("1 watch") : t("{count} watches", { count: one.pieces })} · ${date(one.requested_at)}</span>
  ${one.reason && html`<span>${t("Your reason")}: ${one.reason}</span>`}${one.note && html`<q>${one.note}</q>`}</li>`;

const nothing = () => html`<div class="empty"><h2>${t("Nothing comes back")}</h2><p>${t("To return a watch, open its order within 14 days of delivery.")}</p>
  <a class="button quiet" href="${home}account/orders/">${t("Your orders")}</a></div>`;

member((signal) => api("GET", "/account/returns", { signal }), ({ items }) => render(place, items.length ? html`<ul class="plates">${items.map(row)}</ul>` : nothing()));
