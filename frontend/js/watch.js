// One watch: today's offers, the choice of a piece, into the bag.

import { open } from "./page.js";
import { api, explain, link } from "./api.js";
import { cart, put } from "./cart.js";
import { recents, refreshInView } from "./cards.js";
import { html, money, number, render, t } from "./html.js";
import { changes, isMember, keep, kept, toggle } from "./kept.js";

const root = document.querySelector("[data-watch]");
const slug = root.dataset.watch;
const buy = document.querySelector("[data-buy]");
const bar = document.querySelector("[data-buy-bar]");
let watch;
let offer;

export const CONDITIONS = {
  new: "New", unworn: "Unworn", mint: "Mint", excellent: "Excellent",
  very_good: "Very good", good: "Good", pre_owned: "Pre-owned",
};

const extras = ({ box, papers }) =>
  box && papers ? t("with box and papers") : box ? t("with box") : papers ? t("with papers") : t("watch only");

function stock({ availability, free }) {
  if (availability === "in_stock") return free === 1 ? t("In stock: the only one") : t("In stock");
  if (availability === "reserved") return t("Somebody is buying it right now. It may be free again in a few minutes.");
  return t("Sold");
}

const choice = (one) => html`<label class="choice"><input type="radio" name="offer" value="${one.id}" ${one === offer && html`checked`}>
  <span><b>${t(CONDITIONS[one.condition])}</b> · ${money(one.price)}<small>${extras(one)} · ${stock(one)}</small></span></label>`;

function draw() {
  if (!offer) {
    render(buy, html`<p class="buy-price">${t("Price on request")}</p><p class="buy-state">${t("We do not have this reference at the moment.")}</p>`);
    bar.hidden = true;
    return;
  }
  const canBuy = offer.availability === "in_stock";
  const inBag = cart.lines.some((line) => line.offer_id === offer.id);
  const label = inBag ? t("In your bag") : canBuy ? t("Put in the bag") : stock({ availability: offer.availability === "reserved" ? "" : "sold_out" });
  const button = html`<button class="button wide" type="button" data-put ${!canBuy && html`disabled`}>${offer.availability === "reserved" ? t("Reserved") : label}</button>`;
  const isFocused = buy.contains(document.activeElement) && document.activeElement.matches("[data-put]");
  render(buy, html`<p class="buy-price">${money(offer.price)}</p>
    ${watch.offers.length > 1
      ? html`<fieldset class="choices"><legend class="unseen">${t("Which piece")}</legend>${watch.offers.map(choice)}</fieldset>`
      : html`<p>${t(CONDITIONS[offer.condition])}, ${extras(offer)}</p>`}
    ${offer.note && html`<p class="buy-state">${offer.note}</p>`}
    <p class="buy-state ${canBuy && "in"}">${stock(offer)}</p>${button}`);
  if (isFocused) buy.querySelector("[data-put]").focus();
  render(bar, html`<span>${money(offer.price)}</span>${html`<button class="button" type="button" data-put ${!canBuy && html`disabled`}>${offer.availability === "reserved" ? t("Reserved") : label}</button>`}`);
}

async function load() {
  try {
    watch = await api("GET", `/watches/${slug}`);
    const before = offer?.id;
    offer = watch.offers.find((one) => one.id === before)
      ?? watch.offers.find((one) => one.availability === "in_stock") ?? watch.offers[0];
    draw();
  } catch (problem) {
    if (problem.code === "not_found") {
      render(buy, html`<p class="buy-state">${t("This watch has left the catalogue.")}</p>`);
    } else if (!watch) {
      render(buy, html`<p class="buy-price">${buy.querySelector(".buy-price")?.textContent}</p><p class="buy-state">${explain(problem)}</p>`);
    }
  }
}

async function putIn() {
  const there = cart.lines.find((line) => line.offer_id === offer.id);
  if (!there) {
    const row = {
      offer_id: offer.id, slug, brand: watch.brand, reference: watch.reference, name: watch.name,
      condition: offer.condition, price: offer.price, seen_price: offer.price,
      availability: offer.availability, free: offer.free,
    };
    put(row, 1).then((isDone) => (isDone ? draw() : load()));
    draw();
  }
  open("bag");
  const dialog = document.getElementById("bag");
  // The button was drawn anew meanwhile: the browser does not find it again.
  const isLost = () => document.activeElement === document.body || dialog.contains(document.activeElement);
  dialog.addEventListener("close", () => isLost() && buy.querySelector("[data-put]")?.focus(), { once: true });
}

for (const place of [buy, bar]) {
  place.addEventListener("click", (event) => event.target.closest("[data-put]") && putIn());
}
buy.addEventListener("change", (event) => {
  offer = watch.offers.find((one) => one.id === event.target.value);
  draw();
  buy.querySelector("input:checked").focus();
});

// The bar is for when the button is out of sight.
new IntersectionObserver(([entry]) => (bar.hidden = entry.isIntersecting || !offer || entry.boundingClientRect.top > 0)).observe(buy);

const save = document.querySelector("[data-save]");
const mark = () => save.setAttribute("aria-pressed", String(kept("saved").includes(slug)));
save.addEventListener("click", async () => {
  toggle("saved", slug);
  const isSaved = kept("saved").includes(slug);
  if (isMember()) (await import("./wishes.js")).tell(slug, isSaved);
});
changes.addEventListener("saved", mark);
mark();

// The wrist: to scale, in the size that this browser remembers. Without scripts it is 17 cm.
const wrist = document.querySelector("[data-wrist]");
const size = wrist?.querySelector("input");

function wear() {
  const centimetres = `${number(size.valueAsNumber / 10)} cm`;
  wrist.querySelector("output").value = centimetres;
  size.setAttribute("aria-valuetext", centimetres);
  const address = `/api/v1/watches/${slug}/wrist.svg?around=${size.value}`;
  const picture = wrist.querySelector("img");
  if (picture.getAttribute("src") !== address) picture.src = address;
}

if (wrist) {
  size.value = kept("wrist")[0] ?? size.value;
  size.addEventListener("input", wear);
  size.addEventListener("change", () => keep("wrist", [size.valueAsNumber]));
  wrist.querySelector(".wrist-size").hidden = false;
  wear();
}

recents(document.querySelector("[data-recents]"), slug);
keep("recent", [slug, ...kept("recent").filter((other) => other !== slug)].slice(0, 7));
refreshInView(document.querySelectorAll(".card"));
link.addEventListener("up", load);
load();
