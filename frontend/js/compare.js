// Up to four watches side by side; rows that differ are marked.

import "./page.js";
import { api } from "./api.js";
import { STATES, cheapest, priced } from "./cards.js";
import { home, html, number, render, t } from "./html.js";
import { changes, kept, toggle } from "./kept.js";
import { named } from "./values.js";

const place = document.querySelector("[data-content]");
const unit = (name, sign) => (watch) => (watch[name] === null ? "" : `${number(watch[name])} ${sign}`);

const ROWS = [
  ["Price", (watch) => priced(cheapest(watch))],
  ["Availability", (watch) => t(STATES[watch.availability])],
  ["Reference", (watch) => watch.reference],
  ["Case", (watch) => named(watch.case_material)],
  ["Diameter", unit("diameter_mm", "mm")],
  ["Thickness", unit("thickness_mm", "mm")],
  ["Lug to lug", unit("lug_to_lug_mm", "mm")],
  ["Dial", (watch) => named(watch.dial_colour)],
  ["Bracelet", (watch) => named(watch.bracelet_material)],
  ["Movement", (watch) => named(watch.movement ? watch.movement[0].toUpperCase() + watch.movement.slice(1) : "")],
  ["Calibre", (watch) => watch.calibre],
  ["Water resistance", unit("water_resistance_m", "m")],
  ["First made", (watch) => String(watch.year ?? "")],
];

function row([name, read], watches) {
  const values = watches.map(read);
  if (values.every((value) => !value)) return "";
  const differs = new Set(values).size > 1;
  return html`<tr class="${differs && "differs"}"><th scope="row">${name}${differs && html`<span class="unseen">${t("differs")}</span>`}</th>${values.map((value) => html`<td>${value || "–"}</td>`)}</tr>`;
}

async function draw() {
  const found = await Promise.all(kept("compare").map((slug) => api("GET", `/watches/${slug}`).catch(() => null)));
  const watches = found.filter(Boolean);
  if (!watches.length) {
    return render(place, html`<div class="empty"><h2>${t("Nothing to compare yet")}</h2><p>${t("Tick “Compare” on up to four watches.")}</p><a class="button quiet" href="${home}watches/">${t("All watches")}</a></div>`);
  }
  render(place, html`<section class="compare-scroll" tabindex="0" aria-label="${t("Side by side")}"><table class="compare">
    <thead><tr><td></td>${watches.map((watch) => html`<th scope="col"><img src="/pictures/${watch.slug}.svg" width="400" height="500" alt=""><a href="${home}watches/${watch.slug}/"><span class="eyebrow">${watch.brand}</span><br>${watch.name}</a><br>
      <button class="text-link" type="button" data-out="${watch.slug}" aria-label="${t("Remove {name}", watch)}"><small>${t("Remove")}</small></button></th>`)}</tr></thead>
    <tbody>${ROWS.map((one) => row(one, watches))}</tbody></table></section>`);
  place.querySelector("table").style.setProperty("--columns", watches.length);
}

place.addEventListener("click", (event) => {
  const { out } = event.target.closest("[data-out]")?.dataset ?? {};
  if (out) toggle("compare", out);
});
changes.addEventListener("compare", draw);
draw();
