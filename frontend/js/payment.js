// The payment step: test cards, or the fields of the payment provider.

import { api, explain } from "./api.js";
import { forget, recall, remember } from "./draft.js";
import { tell } from "./form.js";
import { home, html, render, t } from "./html.js";
import { asking, foot, heading } from "./steps.js";
import { view } from "./till.js";

const CARDS = {
  tok_accepted: ["A card that works", 4242],
  tok_challenge: ["A card whose bank asks you", 4300],
  tok_declined: ["A card that is declined", 4000],
  tok_slow: ["A card whose bank is slow", 4100],
  tok_timeout: ["A card whose bank answers late", 4200],
};

let known;
export async function gateway() {
  known ??= await api("GET", "/payment-methods");
  return known;
}

// {token, label}: a name for the card that only the payment provider understands.
export const card = () => recall("card");
export const forgetCard = () => forget("card");
export const cardLabel = ({ token, label }) => (CARDS[token] ? t(CARDS[token][0]) : label);

const cardChoice = ([token, [name, figures]], chosen) => html`<label class="choice"><input type="radio" name="card" value="${token}" ${token === chosen && html`checked`} required>
  <span><b>${t(name)}</b><small>${figures} ···· test</small></span></label>`;

function testCards(place, { go, handle, shown }) {
  const chosen = card()?.token ?? "tok_accepted";
  render(place, html`<form class="form">${heading("payment")}
    <p class="aside-note">${t("This shop is a demonstration: choose a test card. No money moves.")}</p>
    <fieldset><legend class="unseen">${t("Card")}</legend><div class="choices">${Object.entries(CARDS).map((one) => cardChoice(one, chosen))}</div></fieldset>
    ${foot("payment", t("Continue to review"))}</form>`);
  shown();
  asking(place, {
    ignored: ["card"],
    handle,
    async submit({ card: token }) {
      remember("card", { token });
      go("review");
    },
  });
}

const billing = () => {
  const { email, name, phone, address } = view;
  const where = address && { line1: address.street, line2: address.extra, city: address.city, postal_code: address.postcode, state: address.region, country: address.country };
  return { email, name, ...(phone && { phone }), ...(where && { address: where }) };
};

async function stripeCard(place, { go, handle, again, shown }, { publishable_key: key }) {
  render(place, html`<form class="form">${heading("payment")}
    <p class="aside-note">${t("Your card's details go to Stripe and never to us.")}</p>
    <div class="provider" data-fields><p class="waiting" role="status">${t("The payment form is on its way…")}</p><div data-mount></div></div>
    <p class="fault" id="f-card-fault" role="alert"></p>
    ${foot("payment", t("Continue to review"))}</form>`);
  shown();
  const button = place.querySelector("[type=submit]");
  button.disabled = true;
  let fields;
  try {
    const { cardFields } = await import("./stripe.js");
    fields = await cardFields(key, place.querySelector("[data-mount]"), view.total);
  } catch {
    if (place.isConnected && !place.contains(button)) return; // another step is shown meanwhile
    render(place.querySelector("[data-fields]"), html`<p class="alert" role="alert">${t("The payment form did not come. Something may block js.stripe.com here.")}</p>
      <p><button class="button quiet" type="button" data-again>${t("Try again")}</button></p>`);
    place.querySelector("[data-again]").addEventListener("click", again);
    return;
  }
  place.querySelector("[data-fields] .waiting")?.remove();
  button.disabled = false;
  asking(place, {
    handle,
    async submit() {
      const fault = place.querySelector("#f-card-fault");
      fault.textContent = "";
      try {
        const made = await fields.token(billing());
        remember("card", { token: made.id, label: `${(made.card?.brand ?? "").toUpperCase()} ···· ${made.card?.last4 ?? ""}`.trim() });
      } catch (error) {
        fault.textContent = error.message ?? t("The card could not be read.");
        fields.focus();
        return;
      }
      go("review");
    },
  });
}

export async function paymentStep(place, context) {
  render(place, html`<div class="form">${heading("payment")}<p class="waiting" role="status">${t("One moment…")}</p></div>`);
  const mine = place.firstElementChild;
  let methods;
  try {
    methods = await gateway();
  } catch (problem) {
    if (!mine.isConnected) return;
    render(place, html`<div class="form">${heading("payment")}<div data-told></div><p><button class="button quiet" type="button" data-again>${t("Try again")}</button></p></div>`);
    context.shown();
    tell(place, explain(problem));
    place.querySelector("[data-again]").addEventListener("click", context.again);
    return;
  }
  if (!mine.isConnected) return;
  if (methods.gateway === "stripe") await stripeCard(place, context, methods);
  else if (methods.gateway === "test") testCards(place, context);
  else {
    render(place, html`<div class="form">${heading("payment")}<p class="alert" role="alert">${t("The shop takes no payments at the moment. Please come back a little later.")}</p>
      <p>${t("What you have typed is kept.")}</p><p><a class="text-link" href="${home}cart/" data-leave>${t("Back to the bag")}</a></p></div>`);
    context.shown();
  }
}
