// The bag's drawer: quantities, removal with undo, what changed since a watch was put in.

import { bag, cart, known, load, put, remove, settled } from "./cart.js";
import { explain } from "./api.js";
import { home, html, money, render, t, times, toast } from "./html.js";

const lines = document.querySelector("[data-bag-lines]");
const foot = document.querySelector("[data-bag-foot]");
const MOST = 10;

export function troubles(line) {
  if (line.availability === "sold_out") return t("This watch has been sold.");
  if (line.availability === "reserved")
    return t("Somebody is buying this watch right now.");
  if (line.free !== undefined && line.free < line.quantity)
    return t("Only {count} in stock.", { count: line.free });
  if (line.seen_price && line.seen_price.amount !== line.price.amount)
    return t("The price was {price} when you chose it.", { price: money(line.seen_price) });
  return "";
}

const item = (line) => html`
  <article class="line" data-offer="${line.offer_id}">
    <img src="/pictures/${line.slug}.svg" width="84" height="105" alt="">
    <h3><a href="${home}watches/${line.slug}/"><span class="eyebrow">${line.brand}</span><br>${line.name}</a></h3>
    <p>${money(times(line.price, line.quantity))}
      ${troubles(line) && html`<br><span class="warn">${troubles(line)}</span>`}</p>
    <div class="line-foot">
      <span class="quantity">
        <button type="button" data-less aria-label="${t("One less of {name}", line)}" ${line.quantity <= 1 && html`disabled`}>−</button>
        <output>${line.quantity}</output>
        <button type="button" data-more aria-label="${t("One more of {name}", line)}" ${line.quantity >= Math.min(line.free ?? MOST, MOST) && html`disabled`}>+</button>
      </span>
      <button class="link" type="button" data-remove aria-label="${t("Remove {name}", line)}">${t("Remove")}</button>
    </div>
  </article>`;

const nothing = () => html`
  <div class="empty"><h3>${t("Your bag is empty")}</h3><p>${t("It keeps what you put in, on this device.")}</p>
  <a class="button quiet" href="${home}watches/?availability=in_stock">${t("See what is in stock")}</a></div>`;

function focusPath() {
  const at = document.activeElement?.closest("[data-offer]");
  if (!at || !lines.contains(at)) return null;
  const which = ["data-less", "data-more", "data-remove"].find((name) => document.activeElement.hasAttribute(name));
  return { offer: at.dataset.offer, which };
}

function draw() {
  const focus = focusPath();
  if (!known && !cart.lines.length) {
    render(lines, html`<p class="waiting">${t("One moment…")}</p>`);
    return;
  }
  render(lines, cart.lines.length ? html`${cart.lines.map(item)}` : nothing());
  render(foot, cart.lines.length ? html`
    <p class="sum total"><span>${t("Total")}</span><span>${money(cart.subtotal)}</span></p>
    <p><small>${t("Insured delivery included. Your card is charged when the watch is sent.")}</small></p>
    <p><a class="button wide" href="${home}checkout/">${t("Checkout")}</a></p>` : html``);
  if (focus) {
    const line = [...lines.children].find((node) => node.dataset.offer === focus.offer);
    (line?.querySelector(`[${focus.which}]:not([disabled])`) ?? line?.querySelector("[data-remove]")
      ?? document.querySelector("#bag [data-close]")).focus();
  }
}

lines.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const offer = button?.closest("[data-offer]")?.dataset.offer;
  const line = cart.lines.find((one) => one.offer_id === offer);
  if (!line) return;
  if ("less" in button.dataset) put(line, line.quantity - 1);
  if ("more" in button.dataset) put(line, line.quantity + 1);
  if ("remove" in button.dataset) {
    remove(line);
    toast(t("Removed: {name}", line), { label: t("Undo"), run: () => put(line, line.quantity) });
  }
});

// The way to the checkout waits until the shop knows what is in the bag.
foot.addEventListener("click", async (event) => {
  const way = event.target.closest("a");
  if (!way) return;
  event.preventDefault();
  way.setAttribute("aria-busy", "true");
  await settled();
  if (cart.lines.length) location.assign(way.href);
});

bag.addEventListener("change", draw);

export function open() {
  draw();
  load().catch((problem) => {
    if (!cart.lines.length) render(lines, html`<p class="alert">${explain(problem)}</p>`);
  });
}
