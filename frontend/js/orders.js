// What an order looks like in a list: its states in words.

import { date, home, html, money, t } from "./html.js";

export const STATES = {
  awaiting_payment: "Waiting for the payment", paid: "Paid: with our watchmaker",
  dispatching: "Being packed", partly_shipped: "Partly sent", shipped: "Sent", delivered: "Delivered", cancelled: "Cancelled",
};
const SHORT = { awaiting_payment: "Payment pending", paid: "Being checked" };
export const label = (state) => t(SHORT[state] ?? STATES[state]);

export const broken = (lines) => lines.map((line, index) => html`${index > 0 && html`<br>`}${line}`);

export const badge = (state, text) => html`<span class="badge badge-${state}">${text}</span>`;

export const orderRow = (row) => html`<li><a href="${home}order/?number=${row.number}">
  <b>${row.number}</b>${badge(row.state, label(row.state))}
  <small>${date(row.placed_at)} · ${row.pieces === 1 ? t("1 watch") : t("{count} watches", { count: row.pieces })}</small><span>${money(row.total)}</span></a></li>`;
