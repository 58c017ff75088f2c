// Checkout on one page. A press of the button is one order, however often it is sent.

import "./page.js";
import { api, explain, link } from "./api.js";
import { bag, cart, known, load, remove } from "./cart.js";
import { troubles } from "./drawer.js";
import { field, onSubmit, tell } from "./form.js";
import { home, html, language, money, render, t } from "./html.js";
import { WAYS, sums } from "./orders.js";

const place = document.querySelector("[data-content]");
const EXPRESS = { USD: 4500, EUR: 4000, GBP: 3500, CHF: 4000 };
const COUNTRIES = "AT AU BE CA CH CZ DE DK ES FI FR GB HK IE IT JP LI LU NL NO NZ PL PT SE SG US".split(" ");
const CARDS = {
  tok_accepted: ["A card that works", "4242 ···· test"],
  tok_declined: ["A card that is declined", "4000 ···· test"],
  tok_slow: ["A card whose bank is slow", "4100 ···· test"],
  tok_timeout: ["A card whose bank answers late", "4200 ···· test"],
};
const DRAFT = "checkout";
let form;
let started = false;

const names = new Intl.DisplayNames(language, { type: "region" });
const fee = (way) => ({ ...cart.subtotal, amount: way === "express" ? EXPRESS[cart.subtotal.currency] : 0 });
const way = () => form?.elements.delivery.value || "standard";

function stored(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name)) ?? {};
  } catch {
    return {};
  }
}

const store = (name, data) => sessionStorage.setItem(name, JSON.stringify(data));

function price(code) {
  const { amount, currency } = fee(code);
  if (amount === undefined) return t("not offered in {currency}", { currency: cart.subtotal.currency });
  return amount ? money({ amount, currency }) : t("on us");
}

const wayChoice = (code, draft) => html`<label class="choice"><input type="radio" name="delivery" value="${code}" ${(draft.delivery ?? "standard") === code && html`checked`} ${code === "express" && !EXPRESS[cart.subtotal.currency] && html`disabled`}>
  <span><b>${t(WAYS[code])}</b><small>${price(code)}</small></span></label>`;

const cardChoice = ([token, [name, figures]], index) => html`<label class="choice"><input type="radio" name="card" value="${token}" ${index === 0 && html`checked`}>
  <span><b>${t(name)}</b><small>${figures}</small></span></label>`;

const country = (chosen) => html`<p class="field"><label for="f-country">${t("Country")}</label>
  <select id="f-country" name="country" autocomplete="country" required aria-describedby="f-country-fault">${[...COUNTRIES]
    .sort((a, b) => names.of(a).localeCompare(names.of(b), language))
    .map((code) => html`<option value="${code}" ${code === chosen && html`selected`}>${names.of(code)}</option>`)}</select><span class="fault" id="f-country-fault"></span></p>`;

function build(user) {
  const draft = { email: user?.email ?? "", name: user?.name ?? "", country: language === "de" ? "DE" : "US", ...stored(DRAFT) };
  render(place, html`<div class="two"><form class="form">
    ${!user && html`<p>${t("You have an account?")} <a href="${home}sign-in/?next=${location.pathname}">${t("Sign in")}</a></p>`}
    <fieldset><legend>${t("Contact")}</legend>
      ${field("email", t("E-mail"), { type: "email", autocomplete: "email", value: draft.email })}
      <div class="pair">${field("name", t("Name"), { autocomplete: "name", value: draft.name })}
      ${field("phone", t("Telephone"), { type: "tel", autocomplete: "tel", value: draft.phone ?? "", required: false })}</div></fieldset>
    <fieldset><legend>${t("Delivery")}</legend><div class="choices">${Object.keys(WAYS).map((code) => wayChoice(code, draft))}</div>
      <div class="form" data-address>
      ${field("street", t("Street and number"), { autocomplete: "address-line1", value: draft.street ?? "" })}
      ${field("extra", t("Addition"), { autocomplete: "address-line2", value: draft.extra ?? "", required: false })}
      <div class="pair">${field("postcode", t("Postcode"), { autocomplete: "postal-code", value: draft.postcode ?? "", required: false })}
      ${field("city", t("City"), { autocomplete: "address-level2", value: draft.city ?? "" })}</div>
      <div class="pair">${field("region", t("State or region"), { autocomplete: "address-level1", value: draft.region ?? "", required: false })}${country(draft.country)}</div></div></fieldset>
    <fieldset><legend>${t("Payment")}</legend><p><small>${t("This shop is a demonstration: choose a test card. No money moves.")}</small></p>
      <div class="choices">${Object.entries(CARDS).map(cardChoice)}</div></fieldset>
    <div data-told></div>
    <button class="button wide" type="submit"></button>
    <p><small>${t("The amount is reserved on your card now and charged when the watch is sent.")}</small></p></form>
    <aside class="summary" aria-label="${t("Your order")}" data-summary></aside></div>`);
  form = place.querySelector("form");
  form.addEventListener("input", () => {
    const { card, ...rest } = Object.fromEntries(new FormData(form));
    store(DRAFT, rest);
    summarise();
  });
  onSubmit(form, order);
  summarise();
}

const row = (line) => html`<article class="line"><img src="/pictures/${line.slug}.svg" width="60" height="75" alt=""><h3>${line.brand} ${line.name}</h3>
  <p>${line.quantity > 1 && `${line.quantity} × `}${money(line.price)}${troubles(line) && html`<br><span class="warn">${troubles(line)}</span>`}</p></article>`;

const total = () => ({ ...cart.subtotal, amount: cart.subtotal.amount + fee(way()).amount });

function summarise() {
  if (!cart.lines.length) return empty();
  if (!form) return undefined;
  const isPickUp = way() === "pick_up";
  const address = form.querySelector("[data-address]");
  address.hidden = isPickUp;
  for (const input of address.querySelectorAll("input, select")) input.disabled = isPickUp;
  render(document.querySelector("[data-summary]"), html`<h2>${t("Your order")}</h2>${cart.lines.map(row)}
    ${sums({ items_price: cart.subtotal, delivery_price: fee(way()), total: total() })}`);
  form.querySelector("[type=submit]").textContent = t("Order and pay {total}", { total: money(total()) });
  return undefined;
}

function empty() {
  form = undefined;
  started = false;
  render(place, html`<div class="empty"><h2>${t("Your bag is empty")}</h2><a class="button quiet" href="${home}watches/?availability=in_stock">${t("See what is in stock")}</a></div>`);
}

function body(data) {
  const { email, name, phone, delivery, card, ...rest } = data;
  return {
    lines: cart.lines.map((line) => ({ offer_id: line.offer_id, quantity: line.quantity })),
    contact: { email, name, phone },
    address: delivery === "pick_up" ? null : { name, ...rest },
    delivery,
    payment: { card },
    expected_total: total(),
  };
}

// The same order keeps its key until it is answered for good: a lost answer is no second order.
function keyFor(text) {
  const attempt = stored("attempt");
  if (attempt.text === text) return attempt.key;
  const key = crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  store("attempt", { text, key });
  return key;
}

async function send(request, tries = 4) {
  const key = keyFor(JSON.stringify(request));
  for (let left = tries; ; left -= 1) {
    try {
      return await api("POST", "/orders", { body: request, headers: { "Idempotency-Key": key } });
    } catch (problem) {
      const isOpen = problem.away || problem.code === "in_progress";
      if (!isOpen) sessionStorage.removeItem("attempt");
      if (!isOpen || left <= 1) throw problem;
      await new Promise((done) => setTimeout(done, 1500));
    }
  }
}

async function order(data) {
  const request = body(data); // at the prices on the screen: the shop refuses when they changed
  try {
    const receipt = await send(request);
    await Promise.all(cart.lines.map(remove));
    sessionStorage.removeItem(DRAFT);
    sessionStorage.removeItem("attempt");
    location.assign(`${home}order/?number=${receipt.number}&new`);
  } catch (problem) {
    if (problem.errors?.length) throw problem;
    await load().catch(() => {});
    tell(form, explain(problem));
  }
}

bag.addEventListener("change", () => (known && !started && cart.lines.length ? start() : summarise()));
link.addEventListener("up", () => load().catch(() => {}));

async function start() {
  started = true;
  const { user } = await api("GET", "/session").catch(() => ({ user: null }));
  if (cart.lines.length) build(user);
}

load().then(() => cart.lines.length || empty()).catch((problem) => render(place, html`<p class="alert" role="alert">${explain(problem)}</p>`));
