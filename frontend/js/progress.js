// The way an order goes: its timeline in plain words, its parcels with their tracking.

import { date, html, language, money, t } from "./html.js";
import { STATES } from "./orders.js";

export const RETURNS = {
  requested: "Return asked for", approved: "Return approved: please send it", declined: "Return declined",
  received: "Return received: our watchmaker looks at it", rejected: "Return not accepted: on its way back to you",
  accepted: "Return accepted", refunded: "Returned and refunded",
};
export const OPEN = ["requested", "approved", "received", "accepted"];
const WAY = ["awaiting_payment", "paid", "dispatching", "shipped", "delivered"];
const REASONS = {
  insufficient_funds: "Not enough money on the card", card_declined: "The bank declined the card", expired_card: "The card has expired",
  declined: "The bank declined the card",
};
const TRACKING = [
  [/dhl/i, "https://www.dhl.com/global-en/home/tracking.html?tracking-id="],
  [/ups/i, "https://www.ups.com/track?tracknum="],
  [/fedex/i, "https://www.fedex.com/fedextrack/?trknbr="],
  [/swiss ?post|^post/i, "https://service.post.ch/ekp-web/ui/entry/search/"],
  [/dpd/i, "https://tracking.dpd.de/parcelstatus?query="],
  [/gls/i, "https://gls-group.eu/track/"],
];

// The books say "5,800.00 USD"; the page says it as all its other prices.
function amount(text) {
  const [figures, currency] = text.split(" ");
  const digits = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;
  return money({ amount: Math.round(Number(figures.replaceAll(",", "")) * 10 ** digits), currency });
}

const NOTES = [
  [/^capture refused/, () => [t("Your bank did not pay: we look after it")]],
  [/^return (\w+)(?:: (.*))?$/s, (state, note) => [t(RETURNS[state] ?? "Return"), note]],
  [/^rest left out(?:: (.*))?$/s, (note) => [t("The rest cannot be sent"), note]],
  [/^refund of (.+?) asked for/, (sum) => [t("Refund of {amount} under way", { amount: amount(sum) })]],
  [/^refunded (.+)$/, (sum) => [t("{amount} refunded to your card", { amount: amount(sum) })]],
  [/^refund of (.+?) refused/, (sum) => [t("The refund of {amount} did not go through yet: we look after it", { amount: amount(sum) })]],
];

function event(entry, before) {
  for (const [pattern, told] of entry.note ? NOTES : []) {
    const found = entry.note.match(pattern);
    if (found) return told(...found.slice(1));
  }
  const note = entry.note in REASONS ? t(REASONS[entry.note]) : entry.note;
  return before?.state === entry.state && note ? [note] : [t(STATES[entry.state]), note];
}

const step = (entry, index, all) => {
  const [text, note] = event(entry, all[index - 1]);
  return html`<li>${text}<time datetime="${entry.at}">${date(entry.at, true)}</time>${note && html`<q>${note}</q>`}</li>`;
};

const reached = (state) => (state === "partly_shipped" ? "dispatching" : state);

export const timeline = (order) => html`<ol class="timeline">${order.timeline.map(step)}
  ${order.state !== "cancelled" && WAY.slice(WAY.indexOf(reached(order.state)) + 1).map((state) => html`<li class="ahead">${t(STATES[state])}</li>`)}</ol>`;

export const leftOut = (line) => line.left_out > 0 && html` · ${t("not sent: {count}", { count: line.left_out })}`;

function tracked({ carrier, tracking }) {
  const found = TRACKING.find(([name]) => name.test(carrier));
  return found ? html`<a href="${found[1]}${encodeURIComponent(tracking)}" rel="noreferrer" hreflang="${language}">${tracking}</a>` : tracking;
}

export const parcels = ({ parcels: all }) => all.length > 0 && html`<section class="section" aria-labelledby="parcels"><h2 id="parcels">${all.length > 1 ? t("Parcels") : t("Parcel")}</h2>
  <ul class="plates">${all.map((parcel, index) => html`<li class="plate"><b>${all.length > 1 ? t("Parcel {number} of {count}", { number: index + 1, count: all.length }) : parcel.carrier}</b>
    <span>${all.length > 1 && html`${parcel.carrier} · `}${parcel.pieces === 1 ? t("1 watch") : t("{count} watches", { count: parcel.pieces })}</span><span>${t("Tracking number")}: ${tracked(parcel)}</span></li>`)}</ul></section>`;

const paperName = (paper) => t(paper.kind === "invoice" ? "Invoice {number}" : "Credit note {number}", paper);

// A link is of use only to who may open it: not to who tracks an order by its number.
export const documents = ({ documents: all }, { isOwn = true } = {}) => all.length > 0 && html`<section class="section" aria-labelledby="papers"><h2 id="papers">${t("Documents")}</h2>
  <ul class="papers">${all.map((paper) => html`<li>${isOwn ? html`<a href="${paper.path}" download>${paperName(paper)}</a>` : paperName(paper)} <small>${date(paper.issued_at)} · PDF</small></li>`)}</ul>
  ${!isOwn && html`<p class="quiet-note">${t("They came with our mails; signed in, you can download them.")}</p>`}</section>`;
