// Sums as the shop's price sheet says them, the names of deliveries, addresses as lines.

import { html, language, money, number, t } from "./html.js";

const NAMES = {
  standard: "Standard", insured: "Insured", signature: "Insured, against signature", express: "Express", pick_up: "Pick up at the shop",
};
const NOTES = {
  standard: "With tracking", insured: "Insured for the full price, with tracking",
  signature: "Handed over to nobody but you", express: "By courier, insured", pick_up: "Bring an identity card",
};

const names = new Intl.DisplayNames(language, { type: "region" });
export const countryName = (code) => names.of(code);

export const addressLines = (address) => [
  address.name, address.street, address.extra,
  [address.postcode, address.city].filter(Boolean).join(" "), address.region, countryName(address.country),
].filter(Boolean);

export const deliveryName = (code) => t(NAMES[code] ?? code);
export const deliveryNote = (code) => t(NOTES[code] ?? "");
export const feeText = (price) => (price.amount ? money(price) : t("on us"));

const row = (label, value, kind = "") => html`<p class="sum ${kind}"><span>${label}</span><span>${value}</span></p>`;

function taxLine({ tax, tax_percent: percent, tax_included: isIncluded, tax_country: country }) {
  if (!tax.amount) return row(t("Tax"), t("none charged"), "quiet");
  const values = { percent: number(Number(percent)), country: country ? countryName(country) : "" };
  return row(isIncluded ? t("of which {percent} % tax ({country})", values) : t("{percent} % tax ({country})", values), money(tax), "quiet");
}

export const sums = (sheet, { isEstimate = false } = {}) => html`
  ${row(t("Watches"), money(sheet.items_price))}
  ${sheet.discount.amount > 0 && row(t("Voucher {code}", { code: sheet.voucher }), `−${money(sheet.discount)}`, "good-sum")}
  ${row(t("Delivery: {way}", { way: deliveryName(sheet.delivery) }), feeText(sheet.delivery_price))}
  ${!sheet.tax_included && taxLine(sheet)}
  ${row(isEstimate ? t("Total, estimated") : t("Total"), money(sheet.total), "total")}
  ${sheet.tax_included && taxLine(sheet)}`;

export const bought = (line, slug) => html`<article class="line"${!slug && html` data-plain`}>
  ${slug && html`<img src="/pictures/${slug}.svg" width="60" height="75" alt="">`}
  <h3><span class="eyebrow">${line.brand}</span><br>${line.name}</h3>
  <p>${line.quantity > 1 && `${line.quantity} × `}${money(line.price)}${line.note && html`<br><span class="warn">${line.note}</span>`}</p></article>`;

