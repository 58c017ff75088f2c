// Watches saved in this browser.

import "./page.js";
import { api, explain } from "./api.js";
import { card, cheapest } from "./cards.js";
import { home, html, render, t } from "./html.js";
import { kept } from "./kept.js";

const place = document.querySelector("[data-content]");

async function draw() {
  const slugs = kept("saved");
  const nothing = html`<div class="empty"><h2>${t("Nothing saved yet")}</h2><p>${t("Save a watch on its page, and find it here again.")}</p><a class="button quiet" href="${home}watches/">${t("All watches")}</a></div>`;
  if (!slugs.length) return render(place, nothing);
  try {
    const read = (slug) => api("GET", `/watches/${slug}`).catch((problem) => {
      if (problem.away) throw problem;
      return null;
    });
    const watches = (await Promise.all(slugs.map(read))).filter(Boolean);
    render(place, watches.length ? html`<div class="cards">${watches.map((watch) => card({ ...watch, price: cheapest(watch) }))}</div>` : nothing);
  } catch (problem) {
    render(place, html`<p class="alert" role="alert">${explain(problem)}</p>`);
  }
}

draw();
