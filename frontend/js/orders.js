// What an order looks like: its states in words, its lines and sums.

import { date, home, html, language, money, number, t, times } from "./html.js";

export const STATES = {
  awaiting_payment: "Waiting for the payment", paid: "Paid: with our watchmaker",
  dispatching: "Being packed", partly_shipped: "Partly sent", shipped: "Sent", delivered: "Delivered", cancelled: "Cancelled",
};
export const WAYS = { standard: "Standard", insured: "Insured", signature: "Insured, against signature", express: "Express", pick_up: "Pick up at the shop" };

const names = new Intl.DisplayNames(language, { type: "region" });
export const countryName = (code) => names.of(code);

export const addressLines = (address) => [
  address.name, address.street, address.extra,
  [address.postcode, address.city].filter(Boolean).join(" "), address.region, countryName(address.country),
].filter(Boolean);

export const broken = (lines) => lines.map((line, index) => html`${index > 0 && html`<br>`}${line}`);

export const badge = (state, text) => html`<span class="badge badge-${state}">${text}</span>`;

export const orderRow = (row) => html`<li><a href="${home}order/?number=${row.number}">
  <b>${row.number}</b>${badge(row.state, t(STATES[row.state]))}
  <small>${date(row.placed_at)} · ${row.pieces === 1 ? t("1 watch") : t("{count} watches", { count: row.pieces })}</small><span>${money(row.total)}</span></a></li>`;

const row = (label, value, kind = "") => html`<p class="sum ${kind}"><span>${label}</span><span>${value}</span></p>`;

const taxName = ({ tax_percent: percent, tax_country: country, tax_included: isIncluded }) => {
  const values = { percent: number(Number(percent)), country: country ? countryName(country) : "" };
  return isIncluded ? t("of which {percent} % tax ({country})", values) : t("{percent} % tax ({country})", values);
};

export const sums = (sheet) => html`
  ${row(t("Watches"), money(sheet.items_price))}
  ${sheet.discount?.amount > 0 && row(sheet.voucher ? t("Voucher {code}", { code: sheet.voucher }) : t("Discount"), `−${money(sheet.discount)}`)}
  ${row(t("Delivery"), sheet.delivery_price.amount ? money(sheet.delivery_price) : t("on us"))}
  ${sheet.tax?.amount > 0 && !sheet.tax_included && row(taxName(sheet), money(sheet.tax))}
  ${row(t("Total"), money(sheet.total), "total")}
  ${sheet.tax?.amount > 0 && sheet.tax_included && row(taxName(sheet), money(sheet.tax), "quiet")}
  ${sheet.refunded?.amount > 0 && row(t("Refunded"), `−${money(sheet.refunded)}`)}`;

export const sold = (line) => html`<p class="sum"><span>${line.quantity > 1 && `${line.quantity} × `}${line.brand} ${line.name}<br><small>${line.reference}</small></span>
  <span>${money(times(line.price, line.quantity))}</span></p>`;
