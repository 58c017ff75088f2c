// The listing: the address is the state; the newest answer wins; published cards stay until then.

import "./page.js";
import { api, explain, link, newest } from "./api.js";
import { card, markCompared, patch } from "./cards.js";
import { FACETS, chips, chosenIn, groups, query, toggled, ways } from "./facets.js";
import { home, html, number, render, t } from "./html.js";

const find = (name) => document.querySelector(`[data-${name}]`);
const root = find("listing");
const fixed = chosenIn(new URLSearchParams(root.dataset.fixed));
const wide = matchMedia("(min-width: 900px)");
const open = new Set(["availability", "brand", "price"]);
const ask = newest();
let facets = {};
let next = null;

function state() {
  const params = new URLSearchParams(location.search);
  const sort = params.get("sort") ?? "relevance";
  return { chosen: chosenIn(params), q: params.get("q")?.trim() ?? "", sort, cursor: params.get("cursor") };
}

const whole = (chosen) => ({ ...chosen, ...fixed });

function go(change, { trail = [] } = {}) {
  const now = { ...state(), cursor: null, ...change };
  const outside = Object.keys(fixed).some((facet) => now.chosen[facet]);
  const text = query(now.chosen, now);
  if (outside) return location.assign(`${home}watches/?${text}`);
  history.pushState({ trail }, "", text ? `?${text}` : location.pathname);
  return update();
}

function choose(facet, value) {
  const { chosen } = state();
  const from = facet in fixed ? { ...chosen, ...fixed } : chosen;
  go({ chosen: toggled(from, facet, value) });
}

async function update({ scroll = false } = {}) {
  const now = state();
  drawChoice(now);
  find("cards").setAttribute("aria-busy", "true");
  try {
    const text = query(whole(now.chosen), now);
    const page = await ask((signal) => api("GET", `/watches?${text}${text && "&"}limit=24`, { signal }));
    if (!page) return;
    facets = page.facets;
    next = page.next;
    drawAnswer(now, page);
    if (scroll) root.scrollIntoView();
  } catch (problem) {
    drawTrouble(now, problem);
  }
  find("cards").setAttribute("aria-busy", "false");
}

function drawChoice({ chosen, q, sort }) {
  const count = Object.values(chosen).flat().length;
  render(find("chips"), chips(chosen, facets));
  find("chips").hidden = count === 0;
  find("chosen-count").textContent = count;
  find("chosen-count").hidden = count === 0;
  find("sort").value = sort;
  find("search-line").textContent = q ? t("Results for “{text}”", { text: q }) : "";
  find("search-line").hidden = !q;
  drawFacets(chosen);
}

function drawFacets(chosen) {
  if (!Object.keys(facets).length) return;
  const holder = wide.matches ? find("facets") : find("facets-small");
  (wide.matches ? find("facets-small") : find("facets")).replaceChildren();
  const focused = holder.contains(document.activeElement) && document.activeElement;
  const tops = new Map([...holder.querySelectorAll("details")].map((one) => [one.dataset.facet, one.lastElementChild.scrollTop]));
  render(holder, groups(facets, whole(chosen), open, fixed));
  for (const one of holder.querySelectorAll("details")) one.lastElementChild.scrollTop = tops.get(one.dataset.facet) ?? 0;
  if (!focused) return;
  const same = focused.name
    ? holder.querySelector(`input[name="${focused.name}"][value="${CSS.escape(focused.value)}"]`)
    : holder.querySelector(`details[data-facet="${focused.parentElement.dataset.facet}"] summary`);
  same?.focus({ preventScroll: true });
}

function drawAnswer(now, page) {
  const shown = [...find("cards").children].map((node) => node.dataset.slug).join();
  const isSame = shown === page.items.map((watch) => watch.slug).join();
  if (isSame) for (const [index, watch] of page.items.entries()) patch(find("cards").children[index], watch); // nothing flickers
  else render(find("cards"), html`${page.items.map((watch, index) => card(watch, { eager: index < 4 }))}`);
  drawChoice(now);
  markCompared();
  const words = page.total === 1 ? t("1 watch") : t("{count} watches", { count: number(page.total) });
  find("count").textContent = words;
  find("show-count").textContent = t("Show {what}", { what: words });
  find("message").hidden = page.total > 0;
  if (!page.total) drawNothing(now);
  const trail = history.state?.trail ?? [];
  find("pages").hidden = !page.next && !now.cursor;
  find("next").disabled = !page.next;
  find("previous").disabled = !now.cursor;
  find("previous").textContent = now.cursor && !trail.length ? t("First page") : t("Previous");
}

function drawNothing({ chosen, q }) {
  render(find("message"), html`<div class="empty"><h2>${t("No watch is all of that.")}</h2>
    ${ways(chosen, facets).map((facet) => html`<button class="button quiet" type="button" data-drop="${facet}">${t("Without “{name}”", { name: t(FACETS[facet]) })}</button>`)}
    ${q && html`<button class="button quiet" type="button" data-drop="q">${t("Without the words “{text}”", { text: q })}</button>`}
    <button class="button quiet" type="button" data-clear>${t("Clear all")}</button></div>`);
}

function drawTrouble({ cursor }, problem) {
  if (problem.status === 422 && cursor) return go({}); // a cursor that is no good any more: from the start
  const isPlain = !location.search;
  find("message").hidden = isPlain;
  if (isPlain) return; // what was published is a good answer
  find("cards").replaceChildren();
  find("pages").hidden = true;
  render(find("message"), html`<div class="empty"><h2>${t("We could not look.")}</h2><p>${explain(problem)}</p>
    <button class="button quiet" type="button" data-retry>${t("Try again")}</button></div>`);
}

root.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { chosen } = state();
  const { facet, value, drop } = button.dataset;
  if ("clear" in button.dataset) go({ chosen: {}, q: "" });
  else if ("retry" in button.dataset) update();
  else if (drop === "q") go({ q: "" });
  else if (drop) go({ chosen: Object.fromEntries(Object.entries(chosen).filter(([name]) => name !== drop)) });
  else if (value) choose(facet, value);
});

for (const holder of [find("facets"), find("facets-small")]) {
  holder.addEventListener("change", (event) => choose(event.target.name, event.target.value));
  holder.addEventListener("toggle", ({ target }) => open[target.open ? "add" : "delete"](target.dataset.facet), true);
}

find("sort").addEventListener("change", (event) => go({ sort: event.target.value }));

find("next").addEventListener("click", () => turn(next, [...(history.state?.trail ?? []), state().cursor ?? ""]));
find("previous").addEventListener("click", () => {
  const trail = [...(history.state?.trail ?? [])];
  turn(trail.pop() || null, trail);
});

function turn(cursor, trail) {
  const now = { ...state(), cursor };
  const text = query(now.chosen, now);
  history.pushState({ trail }, "", text ? `?${text}` : location.pathname);
  update({ scroll: true });
}

addEventListener("popstate", () => update());
wide.addEventListener("change", () => drawFacets(state().chosen));
link.addEventListener("up", () => update());
update();
