// The steps of the checkout that ask: who, and where to.

import { api } from "./api.js";
import { countryField } from "./countries.js";
import { recall, remember } from "./draft.js";
import { field, onSubmit } from "./form.js";
import { home, html, language, render, t } from "./html.js";
import { deliveryName, deliveryNote, feeText } from "./sheet.js";
import { change, contact, sheet, suppose, till, view } from "./till.js";

export const STEPS = ["contact", "delivery", "payment", "review"];
export const TITLES = { contact: "Contact", delivery: "Delivery", payment: "Payment", review: "Check and order" };
export const NAMES = { ...TITLES, review: "Review" };

const PARTS = ["street", "extra", "postcode", "city", "region"];

export const draft = () => recall("draft", {});
const note = (values) => remember("draft", { ...draft(), ...values });

export const here = (step) => `${location.pathname}?step=${step}`;
const signInWay = (step) => `${home}sign-in/?next=${encodeURIComponent(here(step))}`;

export const heading = (step) => html`<h2 tabindex="-1" data-heading>${t(TITLES[step])}</h2>`;

export const foot = (step, label) => html`<div data-told></div><div class="step-foot">
  <button class="button" type="submit">${label}</button>
  ${step === "contact" ? html`<a class="text-link" href="${home}cart/" data-leave>${t("Back to the bag")}</a>`
    : html`<a class="text-link" href="${here(STEPS[STEPS.indexOf(step) - 1])}" data-go="${STEPS[STEPS.indexOf(step) - 1]}">${t("Back to: {step}", { step: t(TITLES[STEPS[STEPS.indexOf(step) - 1]]) })}</a>`}</div>`;

// A form that remembers what is typed, and hands over what it cannot tell at a field.
export function asking(place, { ignored = [], handle, submit }) {
  const form = place.querySelector("form");
  form.addEventListener("input", () => {
    const values = Object.fromEntries(new FormData(form));
    for (const name of ignored) delete values[name];
    note(values);
  });
  onSubmit(form, async (values) => {
    try {
      await submit(values);
    } catch (problem) {
      if (problem.code === undefined || !handle(problem)) throw problem;
    }
  });
  return form;
}

export function contactStep(place, { user, go, handle }) {
  const said = { email: view.email ?? user?.email ?? "", name: view.name ?? user?.name ?? "", phone: view.phone ?? "", ...draft() };
  render(place, html`<form class="form">${heading("contact")}
    ${user ? html`<p class="aside-note">${t("Signed in as {email}", user)}</p>`
      : html`<p class="aside-note">${t("You order as a guest.")} <a href="${signInWay("contact")}">${t("Sign in to use your saved addresses.")}</a></p>`}
    ${field("email", t("E-mail"), { type: "email", autocomplete: "email", value: said.email, more: html`maxlength="254" inputmode="email"` })}
    ${field("name", t("Name"), { autocomplete: "name", value: said.name, more: html`maxlength="120"` })}
    ${field("phone", t("Telephone"), { type: "tel", autocomplete: "tel", value: said.phone, required: false, more: html`maxlength="30" pattern="\\+?[0-9 \\(\\)\\/.\\-]{5,30}"` })}
    <p><small>${t("We write about this order only. The courier may call.")}</small></p>
    ${foot("contact", t("Continue to delivery"))}</form>`);
  asking(place, {
    handle,
    async submit({ email, name, phone }) {
      await change({ contact: contact({ email, name, phone }) });
      go("delivery");
    },
  });
}

const mode = (code, chosen, name, more) => html`<label class="choice"><input type="radio" name="mode" value="${code}" ${code === chosen && html`checked`}>
  <span><b>${name}</b><small>${more}</small></span></label>`;

const wayChoice = ({ delivery, price }, chosen) => html`<label class="choice"><input type="radio" name="delivery" value="${delivery}" ${delivery === chosen && html`checked`}>
  <span><b>${deliveryName(delivery)}</b><small>${deliveryNote(delivery)}</small></span><span class="choice-price">${feeText(price)}</span></label>`;

const bookChoice = (addresses) => addresses.length > 0 && html`<p class="field"><label for="f-book">${t("Your addresses")}</label>
  <select id="f-book" data-book><option value="">${t("Another address")}</option>
  ${addresses.map((one, index) => html`<option value="${index}">${[one.name, one.street, one.city].join(", ")}</option>`)}</select></p>`;

function spoken(addresses) {
  const first = addresses[0] && { ...addresses[0], recipient: addresses[0].name };
  const known = view.address ? { ...view.address, recipient: view.address.name } : first;
  const said = { recipient: view.name ?? "", country: language === "de" ? "DE" : "US", ...known, ...draft() };
  said.delivery ??= view.delivery;
  said.mode ??= view.delivery === "pick_up" ? "pick_up" : "deliver";
  return said;
}

const addressFields = (said, addresses) => html`<fieldset data-sent><legend>${t("Address")}</legend>
  ${bookChoice(addresses)}
  ${field("recipient", t("Name of the recipient"), { autocomplete: "shipping name", value: said.recipient, more: html`maxlength="120"` })}
  ${countryField(said.country)}
  ${field("street", t("Street and number"), { autocomplete: "shipping address-line1", value: said.street ?? "", more: html`maxlength="120"` })}
  ${field("extra", t("Addition"), { autocomplete: "shipping address-line2", value: said.extra ?? "", required: false, more: html`maxlength="120"` })}
  <div class="pair">${field("postcode", t("Postcode"), { autocomplete: "shipping postal-code", value: said.postcode ?? "", required: false, more: html`maxlength="16"` })}
  ${field("city", t("City"), { autocomplete: "shipping address-level2", value: said.city ?? "", more: html`maxlength="80"` })}</div>
  ${field("region", t("State or region"), { autocomplete: "shipping address-level1", value: said.region ?? "", required: false, more: html`maxlength="80"` })}</fieldset>
  <fieldset data-sent><legend>${t("How it travels")}</legend><div class="choices" data-ways></div></fieldset>`;

export const loadAddresses = () => api("GET", "/account/addresses").then(
  ({ items }) => items, () => []);

export function deliveryStep(place, { addresses, go, handle }) {
  const said = spoken(addresses);
  render(place, html`<form class="form">${heading("delivery")}
    <fieldset><legend class="unseen">${t("How you get it")}</legend><div class="choices pair-choices">
      ${mode("deliver", said.mode, t("Send it to me"), t("To your door"))}
      ${mode("pick_up", said.mode, t("Pick up at the shop"), t("We write when it is ready"))}</div></fieldset>
    ${addressFields(said, addresses)}
    ${foot("delivery", t("Continue to payment"))}</form>`);
  const form = asking(place, {
    handle,
    async submit(values) {
      await change(values.mode === "pick_up" ? { delivery: "pick_up" } : { delivery: values.delivery, address: addressOf(values) }).catch(renamed);
      go("payment");
    },
  });
  watchChoices(form, said);
  form.querySelector("[data-book]")?.addEventListener("change", (event) => fill(form, addresses[event.target.value]));
}

const addressOf = ({ recipient, country, ...rest }) => ({
  name: recipient, country, ...Object.fromEntries(PARTS.map((part) => [part, rest[part] ?? ""])),
});

// The address's name is not the buyer's: its fault belongs to another field.
function renamed(problem) {
  for (const error of problem.errors ?? []) if (error.field === "address.name") error.field = "recipient";
  throw problem;
}

function fill(form, address) {
  if (!address) return;
  for (const part of PARTS) form.elements[part].value = address[part] ?? "";
  form.elements.recipient.value = address.name;
  form.elements.country.value = address.country;
  form.elements.country.dispatchEvent(new Event("input", { bubbles: true }));
  form.elements.country.dispatchEvent(new Event("change", { bubbles: true }));
}

// Country and way decide what it costs: the shop is asked at once.
function watchChoices(form, said) {
  const ways = form.querySelector("[data-ways]");
  let chosen = said.delivery === "pick_up" ? "standard" : said.delivery;
  const isPickUp = () => form.elements.mode.value === "pick_up";
  const drawWays = () => {
    if (!form.isConnected) return;
    const offers = sheet.deliveries.filter(({ delivery }) => delivery !== "pick_up");
    if (!offers.some(({ delivery }) => delivery === chosen)) chosen = offers[0].delivery;
    const isFocused = ways.contains(document.activeElement);
    render(ways, html`${offers.map((offer) => wayChoice(offer, chosen))}`);
    if (isFocused) ways.querySelector(":checked").focus();
  };
  const price = () => {
    for (const part of form.querySelectorAll("[data-sent]")) part.hidden = part.disabled = isPickUp();
    return suppose(form.elements.country.value, isPickUp() ? "pick_up" : chosen).then(() => {
      const isOffered = sheet.deliveries.some(({ delivery }) => delivery === chosen);
      if (isOffered || isPickUp()) return undefined;
      drawWays(); // chooses one that is
      return price();
    }).catch(() => {}); // what cannot be priced now is told when the step is sent
  };
  form.addEventListener("change", ({ target }) => {
    if (target.name === "delivery") chosen = target.value;
    if (["delivery", "country", "mode"].includes(target.name)) price();
  });
  drawWays();
  till.addEventListener("change", drawWays);
  price();
}
