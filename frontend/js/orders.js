// What an order looks like: states, lines, sums.

import { date, html, money, t, times } from "./html.js";

export const STATES = {
  awaiting_payment: "Waiting for the payment", paid: "Paid: with our watchmaker",
  dispatching: "Being packed", shipped: "Sent", cancelled: "Cancelled",
};
const WAY = ["awaiting_payment", "paid", "dispatching", "shipped"];
export const WAYS = { standard: "Standard", express: "Express", pick_up: "Pick up at the shop" };

export const timeline = (order) => html`<ol class="timeline">
  ${order.timeline.map((entry) => html`<li>${t(STATES[entry.state])}<time datetime="${entry.at}">${date(entry.at, true)}</time>${entry.note && html`<small>${entry.note}</small>`}</li>`)}
  ${order.state !== "cancelled" && WAY.slice(WAY.indexOf(order.state) + 1).map((state) => html`<li class="ahead">${t(STATES[state])}</li>`)}</ol>`;

export const sums = ({ items_price: items, delivery_price: delivery, total }) => html`
  <p class="sum"><span>${t("Watches")}</span><span>${money(items)}</span></p>
  <p class="sum"><span>${t("Delivery")}</span><span>${delivery.amount ? money(delivery) : t("on us")}</span></p>
  <p class="sum total"><span>${t("Total")}</span><span>${money(total)}</span></p>`;

export const sold = (line) => html`<p class="sum"><span>${line.quantity > 1 && `${line.quantity} × `}${line.brand} ${line.name}<br><small>${line.reference}</small></span>
  <span>${money(times(line.price, line.quantity))}</span></p>`;
