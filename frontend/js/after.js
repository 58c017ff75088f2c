// What the pages after and around a purchase share: the states of a page.

import { api, explain, link, newest } from "./api.js";
import { home, html, render, t } from "./html.js";

export const place = document.querySelector("[data-content]");
export const title = document.querySelector("h1");

document.querySelector(".member-nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

export function name(text) {
  title.textContent = text;
  document.title = `${text} · Watchstore`;
}

export const minutes = (problem) => Math.ceil((problem.body?.retry_after ?? 60) / 60);

export const said = (problem) =>
  problem.code === "too_many_attempts" ? t("Too many attempts. Please wait {count} min and try again.", { count: minutes(problem) }) : explain(problem);

export function failed(problem, again) {
  render(place, html`<div class="empty"><p class="alert" role="alert">${said(problem)}</p>
    <button class="button quiet" type="button" data-retry>${t("Try again")}</button></div>`);
  place.querySelector("[data-retry]").addEventListener("click", again);
}

// Asks and draws. A late answer never overwrites a newer one; what failed is tried again by
// itself when the shop is back.
export function shown(ask, draw, refused = failed) {
  const latest = newest();
  let isBroken = false;
  async function load() {
    place.setAttribute("aria-busy", "true");
    try {
      const found = await latest(ask);
      if (found === undefined) return;
      isBroken = false;
      draw(found);
    } catch (problem) {
      if (problem.code === undefined) throw problem;
      isBroken = problem.away;
      refused(problem, load);
    }
    place.removeAttribute("aria-busy");
  }
  link.addEventListener("up", () => isBroken && load());
  load();
  return load;
}

export const signIn = () => location.replace(`${home}sign-in/?next=${encodeURIComponent(location.pathname + location.search)}`);

// The same for who is signed in; everybody else is asked to sign in, and comes back here.
export const member = (ask, draw) => shown(async (signal) => {
  // Asked first, because a refusal is an error in the console and being a guest is none.
  const { user } = await api("GET", "/session", { signal });
  if (user) return ask(signal, user);
  signIn();
  return undefined;
}, draw, (problem, again) => (problem.code === "not_signed_in" ? signIn() : failed(problem, again)));

// One button, one call at a time; what goes wrong is told where it was pressed.
export async function busy(button, work) {
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    button.removeAttribute("aria-busy");
  }
}
