// The last look, and the order: sent once, waited for, confirmed at the bank when it asks.

import { api, explain } from "./api.js";
import { load } from "./cart.js";
import { forget, recall, remember } from "./draft.js";
import { onSubmit, tell } from "./form.js";
import { home, html, money, render, t } from "./html.js";
import { card, cardLabel, forgetCard, gateway } from "./payment.js";
import { addressLines, deliveryName } from "./sheet.js";
import { broken } from "./orders.js";
import { STEPS, TITLES, heading, here } from "./steps.js";
import { refuseVoucher } from "./summary.js";
import { change, look, order, startAgain, view } from "./till.js";

const SLOW = 4000;

const part = (step, lines) => html`<section class="said"><h3>${t(TITLES[step])}</h3>
  <p>${broken(lines.filter(Boolean))}</p>
  <a class="text-link" href="${here(step)}" data-go="${step}" aria-label="${t("Change: {step}", { step: t(TITLES[step]) })}">${t("Change")}</a></section>`;

const destination = () => (view.delivery === "pick_up" ? [deliveryName("pick_up")] : [...addressLines(view.address), deliveryName(view.delivery)]);

export function reviewStep(place, context) {
  render(place, html`<form class="form">${heading("review")}
    ${part("contact", [view.name, view.email, view.phone])}
    ${part("delivery", destination())}
    ${part("payment", [cardLabel(card())])}
    <div data-told></div>
    <p class="waiting-note" role="status" data-waiting></p>
    <button class="button wide" type="submit">${t("Order and pay")} <span data-total>${money(view.total)}</span></button>
    <p><small>${t("The amount is reserved on your card now and charged when the watch is sent.")}
      <a href="${home}returns/">${t("Returns")}</a> · <a href="${home}privacy/">${t("Privacy")}</a></small></p></form>`);
  const form = place.querySelector("form");
  onSubmit(form, () => buy(form, context));
}

// Sent again after a reload that came before the answer.
export const takeUp = (form, context) => buy(form, context);

async function buy(form, context) {
  const waiting = form.querySelector("[data-waiting]");
  const slow = setTimeout(() => (waiting.textContent = t("Your bank takes its time. Please stay on this page.")), SLOW);
  try {
    await followed(await order(card().token), context);
  } catch (problem) {
    if (problem.code === undefined) throw problem;
    await refused(form, problem, context);
  } finally {
    clearTimeout(slow);
    waiting.textContent = "";
  }
}

export function thank(number) {
  forget("draft", "till", "attempt", "card", "bank");
  location.assign(`${home}confirmation/?number=${encodeURIComponent(number)}`);
  return new Promise(() => {}); // the button stays busy until the page is gone
}

function followed(receipt, context) {
  if (!receipt.action) return thank(receipt.number);
  remember("bank", { number: receipt.number, secret: receipt.action.client_secret });
  return look().catch(() => {}).then(context.bank); // it is an order now: what is held is kept for it
}

async function refused(form, problem, context) {
  const { code } = problem;
  if (code === "payment_declined") return declined(context);
  if (code === "voucher_refused") return unvouched(form, problem);
  if (code === "price_changed") {
    await look();
    return tell(form, explain(problem));
  }
  if (code === "checkout_incomplete") {
    await look();
    return context.go(problem.body.missing.includes("contact") ? "contact" : "delivery", t("Something is still missing here."));
  }
  if (code === "illegal_transition") return context.boot();
  if (context.handle(problem)) return undefined;
  const isUnknown = problem.away || code === "in_progress";
  return tell(form, isUnknown ? t("We could not hear whether the order arrived. Press the button again: it is sent once, and paid once, however often you press.") : explain(problem));
}

async function unvouched(form, problem) {
  await change({ voucher: null });
  tell(form, t("The voucher cannot be used any more. Please look at the new total."));
  refuseVoucher(problem.body.reason);
}

// Nothing was charged, and the watches are held anew: another card is all that is asked for.
async function declined(context) {
  forgetCard();
  try {
    await startAgain();
  } catch (problem) {
    if (!context.handle(problem)) throw problem;
    return;
  }
  context.go("payment", t("The card was declined. Nothing was charged; try another card."));
}

// The bank's own question, in its own window; then the shop is asked how it ended.
export async function bankStep(place, context) {
  const { number, secret } = recall("bank");
  render(place, html`<form class="form">${html`<h2 tabindex="-1" data-heading>${t("Your bank asks you")}</h2>`}
    <p class="lead">${t("Please confirm the payment in your bank's window. Your watches stay yours meanwhile.")}</p>
    <div data-told></div><p class="waiting-note" role="status" data-waiting></p>
    <button class="button" type="submit">${t("Open the bank's window")}</button></form>`);
  place.querySelector("[data-heading]").focus({ preventScroll: true });
  const form = place.querySelector("form");
  const waiting = form.querySelector("[data-waiting]");
  onSubmit(form, () => confirmed(form, waiting, { number, secret }, context));
  form.requestSubmit();
}

async function confirmed(form, waiting, { number, secret }, context) {
  waiting.textContent = t("Waiting for your bank…");
  try {
    const { gateway: kind, publishable_key: key } = await gateway();
    const { confirmAtBank } = await (kind === "test" ? import("./test-bank.js") : import("./stripe.js"));
    await confirmAtBank(key, secret);
    const receipt = await api("POST", `/orders/${encodeURIComponent(number)}/payment`, { body: {} });
    if (!receipt.action) return await thank(number);
    tell(form, t("The bank has not confirmed it yet. Open its window once more."));
  } catch (problem) {
    if (problem.code === "payment_declined") return await unconfirmed(context);
    tell(form, problem.code === undefined ? t("The bank's window did not open. Please try again.") : explain(problem));
  } finally {
    waiting.textContent = "";
  }
  return undefined;
}

// What was bought had left the bag already: it is put back before it is held again.
async function unconfirmed(context) {
  forget("bank");
  for (const { offer_id: offer, quantity } of view?.lines ?? []) {
    await api("PUT", `/cart/lines/${encodeURIComponent(offer)}`, { body: { quantity } });
  }
  await load();
  return declined(context);
}

export const firstMissing = () => {
  if (!view.email) return STEPS[0];
  const isOffered = view.deliveries.some(({ delivery }) => delivery === view.delivery);
  if (!isOffered || (view.delivery !== "pick_up" && !view.address)) return STEPS[1];
  return card() ? STEPS[3] : STEPS[2];
};
