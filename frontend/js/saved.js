// Saved watches: of this browser, or of the account that is signed in.

import "./page.js";
import { failed, place } from "./after.js";
import { api, link, newest } from "./api.js";
import { card, cheapest } from "./cards.js";
import { home, html, render, t, toast } from "./html.js";
import { isMember, keep, kept } from "./kept.js";
import { follow, tell } from "./wishes.js";

const latest = newest();
let isBroken = false;

const nothing = () => html`<div class="empty"><h2>${t("Nothing saved yet")}</h2><p>${t("Save a watch on its page, and find it here again.")}</p><a class="button quiet" href="${home}watches/">${t("All watches")}</a></div>`;

const note = () => (isMember() ? t("Kept in your account, on all your devices.") : html`${t("Kept in this browser.")} <a href="${home}sign-in/?next=${encodeURIComponent(location.pathname)}">${t("Sign in to keep them on all your devices.")}</a>`);

const kind = (watch) => html`<div class="saved-card">${card({ ...watch, price: cheapest(watch) })}<button class="link" type="button" data-forget="${watch.slug}" aria-label="${t("Remove {name}", watch)}">${t("Remove")}</button></div>`;

async function read(signal) {
  await follow(signal);
  const ask = (slug) => api("GET", `/watches/${slug}`, { signal }).catch((problem) => {
    if (problem.code !== "not_found") throw problem;
    return null;
  });
  return (await Promise.all(kept("saved").toReversed().map(ask))).filter(Boolean);
}

async function draw() {
  try {
    const watches = await latest(read);
    if (watches === undefined) return;
    isBroken = false;
    render(place, watches.length ? html`<p class="quiet-note">${note()}</p><div class="cards">${watches.map(kind)}</div>` : nothing());
  } catch (problem) {
    if (problem.code === undefined) throw problem;
    isBroken = problem.away;
    failed(problem, draw);
  }
}

async function change(slug, isSaved) {
  const others = kept("saved").filter((other) => other !== slug);
  keep("saved", isSaved ? [...others, slug] : others);
  await tell(slug, isSaved);
  await draw();
}

place.addEventListener("click", async ({ target }) => {
  const slug = target.closest("[data-forget]")?.dataset.forget;
  if (!slug) return;
  await change(slug, false);
  (place.querySelector("[data-forget]") ?? place.querySelector("a"))?.focus();
  toast(t("Removed."), { label: t("Undo"), run: () => change(slug, true) });
});

link.addEventListener("up", () => isBroken && draw());
draw();
