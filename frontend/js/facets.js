// Filters: the address says what is chosen, the API says what there is to choose.

import { html, number, t } from "./html.js";
import { named } from "./values.js";

export const FACETS = {
  availability: "Availability", brand: "Brand", collection: "Collection", price: "Price", condition: "Condition",
  diameter: "Case size", case: "Case material", dial: "Dial", movement: "Movement", water: "Water resistance", year: "Year",
};

// {facet: [value…]} of an address; values of one facet are separated by commas.
export function chosenIn(params) {
  const chosen = {};
  for (const facet of Object.keys(FACETS)) {
    const values = params.getAll(facet).flatMap((text) => text.split(",")).filter(Boolean);
    if (values.length) chosen[facet] = [...new Set(values)];
  }
  return chosen;
}

export function query(chosen, { q, sort, cursor } = {}) {
  const params = new URLSearchParams();
  if (q) params.set("q", q);
  for (const facet of Object.keys(FACETS)) if (chosen[facet]?.length) params.set(facet, chosen[facet].join(","));
  if (sort && sort !== "relevance") params.set("sort", sort);
  if (cursor) params.set("cursor", cursor);
  return params.toString().replaceAll("%2C", ",");
}

export function toggled(chosen, facet, value) {
  const values = chosen[facet] ?? [];
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  const rest = { ...chosen, [facet]: next };
  if (!next.length) delete rest[facet];
  if (facet === "brand") delete rest.collection; // a collection belongs to its brand
  return rest;
}

const value = (facet, row, isChosen) => html`
  <label class="facet-value"><input type="checkbox" name="${facet}" value="${row.value}" ${isChosen && html`checked`}>
  <span>${named(row.label)}</span><small>${number(row.count)}</small></label>`;

function group(facet, rows, chosen, isOpen) {
  const mine = chosen[facet] ?? [];
  const shown = rows.filter((row) => row.count > 0 || mine.includes(row.value));
  if (shown.length < 2 && !mine.length) return "";
  return html`<details class="facet" data-facet="${facet}" ${isOpen && html`open`}>
    <summary>${t(FACETS[facet])}${mine.length > 0 && html` <span class="count">${mine.length}</span>`}</summary>
    <div class="facet-values" role="group" aria-label="${t(FACETS[facet])}">${shown.map((row) => value(facet, row, mine.includes(row.value)))}</div>
  </details>`;
}

export const groups = (facets, chosen, open, fixed) => html`${Object.keys(FACETS)
  .filter((facet) => facets[facet] && !(facet === "collection" && !chosen.brand) && !(facet in fixed && facet !== "brand"))
  .map((facet) => group(facet, facets[facet], chosen, open.has(facet)))}`;

export function chips(chosen, facets) {
  const label = (facet, code) => facets[facet]?.find((row) => row.value === code)?.label ?? code.replaceAll("-", " ");
  const all = Object.entries(chosen).flatMap(([facet, values]) => values.map((code) => ({ facet, code, name: named(label(facet, code)) })));
  return html`${all.map((chip) => html`<li><button class="chip" type="button" data-facet="${chip.facet}" data-value="${chip.code}"
      aria-label="${t("Remove filter {name}", { name: `${t(FACETS[chip.facet])}: ${chip.name}` })}">${chip.name}</button></li>`)}
    ${all.length > 1 && html`<li><button class="chip clear" type="button" data-clear>${t("Clear all")}</button></li>`}`;
}

// Nothing matches: which single filter stands in the way?
export const ways = (chosen, facets) => Object.keys(chosen).filter((facet) => facets[facet]?.some((row) => row.count > 0));
