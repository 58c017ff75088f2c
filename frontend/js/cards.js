// Watches in a grid: drawn from the API's rows, or refreshed in the published page.

import { api } from "./api.js";
import { home, html, money, render, t, toast } from "./html.js";
import { changes, kept, toggle } from "./kept.js";

export const MOST_COMPARED = 4;

export const STATES = {
  in_stock: "In stock",
  reserved: "Reserved for somebody",
  sold_out: "Sold",
  on_request: "",
};

export const priced = (price) => (price ? money(price) : t("Price on request"));
export const cheapest = (watch) => watch.offers.reduce((low, offer) => (!low || offer.price.amount < low.amount ? offer.price : low), null);

export const card = (watch, { eager = false, level = 2 } = {}) => html`
  <article class="card" data-slug="${watch.slug}">
    <img src="/pictures/${watch.slug}.svg" width="400" height="500" alt="" ${!eager && html`loading="lazy"`}>
    ${level === 2 ? html`<h2 class="card-title">${title(watch)}</h2>` : html`<h3 class="card-title">${title(watch)}</h3>`}
    <p class="card-ref">${watch.reference}</p>
    <p class="card-price" data-price>${priced(watch.price)}</p>
    <p class="card-state ${watch.availability === "in_stock" && "in"}" data-state>${t(STATES[watch.availability])}</p>
    <label class="card-compare"><input type="checkbox" data-compare="${watch.slug}" ${kept("compare").includes(watch.slug) && html`checked`}><span>${t("Compare")}</span></label>
  </article>`;

const title = (watch) => html`<a href="${home}watches/${watch.slug}/"><span class="eyebrow">${watch.brand}</span> ${watch.name}</a>`;

export function patch(node, { price, availability }) {
  node.querySelector("[data-price]").textContent = priced(price);
  const state = node.querySelector("[data-state]");
  state.textContent = t(STATES[availability]);
  state.classList.toggle("in", availability === "in_stock");
}

async function refresh(node) {
  try {
    const watch = await api("GET", `/watches/${node.dataset.slug}`);
    patch(node, { ...watch, price: cheapest(watch) });
  } catch {
    // the published price stays until the shop answers again
  }
}

// A published card says what was true when it was published: ask when it comes into view.
export function refreshInView(nodes) {
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      refresh(target);
    }
  });
  for (const node of nodes) seen.observe(node);
}

export function markCompared() {
  const compared = kept("compare");
  for (const box of document.querySelectorAll("[data-compare]")) {
    box.checked = compared.includes(box.dataset.compare);
  }
  let bar = document.querySelector(".compare-bar");
  if (!bar) {
    bar = document.createElement("section");
    bar.className = "compare-bar";
    bar.setAttribute("aria-label", t("Compare"));
    document.querySelector("main").append(bar);
  }
  bar.hidden = compared.length < 1 || location.pathname.endsWith("/compare/");
  document.body.classList.toggle("comparing", !bar.hidden);
  render(bar, html`<span role="status">${t("{count} of {most} to compare", { count: compared.length, most: MOST_COMPARED })}</span>
    <a class="button quiet" href="${home}compare/">${t("Compare")}</a>`);
}

document.addEventListener("change", (event) => {
  const slug = event.target.dataset?.compare;
  if (!slug) return;
  if (!toggle("compare", slug, MOST_COMPARED)) {
    event.target.checked = false;
    toast(t("You can compare four watches. Take one out first."));
  }
});

changes.addEventListener("compare", markCompared);

// The recently viewed ones, newest first, but for the one on this page.
export async function recents(node, without) {
  const slugs = kept("recent").filter((slug) => slug !== without).slice(0, 6);
  if (!slugs.length) return;
  const found = await Promise.all(slugs.map((slug) => api("GET", `/watches/${slug}`).catch(() => null)));
  const watches = found.filter(Boolean).map((watch) => ({ ...watch, price: cheapest(watch) }));
  if (!watches.length) return;
  render(node, html`<header class="band-head"><h2 id="recents">${t("Seen before")}</h2></header>
    <section class="rail" tabindex="0" aria-labelledby="recents">${watches.map((watch) => card(watch, { level: 3 }))}</section>`);
  node.hidden = false;
}
