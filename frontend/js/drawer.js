// The bag's lines, in its drawer and on its own page: quantities, removal with undo, and what
// changed since a watch was put in.

import { bag, cart, known, load, put, remove, settled } from "./cart.js";
import { explain, link } from "./api.js";
import { home, html, money, render, t, times, toast } from "./html.js";

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

// What keeps a line from being bought now; a changed price does not.
export const isStuck = (line) => line.availability !== "in_stock" || (line.free !== undefined && line.free < line.quantity);

export const item = (line) => html`
  <article class="line ${isStuck(line) && "stuck"}" data-offer="${line.offer_id}">
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

const footOf = (more) => html`
  <p class="sum total"><span>${t("Total")}</span><span>${money(cart.subtotal)}</span></p>
  ${cart.lines.some(isStuck) && html`<p class="warn">${t("What cannot be bought now is not in the total.")}</p>`}
  <p><small>${t("Delivery and taxes are shown before you pay. Your card is charged when the watch is sent.")}</small></p>
  ${!cart.lines.every(isStuck) && html`<p><a class="button wide" href="${home}checkout/">${t("Checkout")}</a></p>`}${more}`;

function focusPath(lines) {
  const at = document.activeElement?.closest("[data-offer]");
  if (!at || !lines.contains(at)) return null;
  const which = ["data-less", "data-more", "data-remove"].find((name) => document.activeElement.hasAttribute(name));
  return { offer: at.dataset.offer, which };
}

function refocus(lines, { offer, which }, otherwise) {
  const line = [...lines.children].find((node) => node.dataset.offer === offer);
  (line?.querySelector(`[${which}]:not([disabled])`) ?? line?.querySelector("[data-remove]") ?? otherwise()).focus();
}

export function act(event) {
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
}

// The way on waits until the shop knows what is in the bag.
async function wayOn(event) {
  const way = event.target.closest("a[href$='checkout/'], a[href$='cart/']");
  if (!way) return;
  event.preventDefault();
  way.setAttribute("aria-busy", "true");
  await settled();
  way.removeAttribute("aria-busy"); // the page may be come back to
  if (cart.lines.length) location.assign(way.href);
}

// Keeps the lines and the foot drawn; gives what looks the bag up.
export function bagIn(lines, foot, { otherwise, more = html`` }) {
  const draw = () => {
    const focus = focusPath(lines);
    const way = foot.contains(document.activeElement) && document.activeElement.getAttribute("href");
    if (!known && !cart.lines.length) return render(lines, html`<p class="waiting">${t("One moment…")}</p>`);
    render(lines, cart.lines.length ? html`${cart.lines.map(item)}` : nothing());
    render(foot, cart.lines.length ? footOf(more) : html``);
    if (way) (foot.querySelector(`[href="${way}"]`) ?? otherwise()).focus();
    if (focus) refocus(lines, focus, otherwise);
  };
  const look = () => {
    draw();
    return load().catch((problem) => {
      if (cart.lines.length || known) return;
      render(lines, html`<div class="empty"><p class="alert" role="alert">${explain(problem)}</p><button class="button quiet" type="button" data-again>${t("Try again")}</button></div>`);
      lines.querySelector("[data-again]").addEventListener("click", look);
    });
  };
  lines.addEventListener("click", act);
  foot.addEventListener("click", wayOn);
  bag.addEventListener("change", draw);
  link.addEventListener("up", () => (lines.closest("dialog")?.open ?? true) && look());
  return look;
}

export const open = bagIn(document.querySelector("[data-bag-lines]"), document.querySelector("[data-bag-foot]"), {
  otherwise: () => document.querySelector("#bag [data-close]"),
  more: html`<p class="aside-link"><a class="text-link" href="${home}cart/">${t("View the bag")}</a></p>`,
});
