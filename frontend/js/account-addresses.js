// The addresses of the account: add, change, prefer, remove.

import "./page.js";
import { busy, member, place, said } from "./after.js";
import { api } from "./api.js";
import { countryField } from "./countries.js";
import { field, onSubmit, tell } from "./form.js";
import { html, language, render, t, toast } from "./html.js";
import { badge, broken } from "./orders.js";
import { addressLines } from "./sheet.js";

const MOST = 10;
const EMPTY = { name: "", street: "", extra: "", postcode: "", city: "", region: "", country: language === "de" ? "DE" : "CH" };
const FIELDS = Object.keys(EMPTY);
let rows = [];

const plate = (row) => html`<li class="plate" data-address="${row.id}"><p>${broken(addressLines(row))}</p>
  <p class="actions">${row.default ? badge("default", t("Offered first")) : html`<button class="link" type="button" data-prefer aria-label="${t("Offer {street} first", row)}">${t("Offer first")}</button>`}
  <button class="link" type="button" data-edit aria-label="${t("Change {street}", row)}">${t("Change")}</button>
  <button class="link" type="button" data-remove aria-label="${t("Remove {street}", row)}">${t("Remove")}</button></p></li>`;

function draw({ items }) {
  rows = items;
  render(place, html`${items.length ? html`<ul class="plates pairs">${items.map(plate)}</ul>` : html`<div class="empty"><h2>${t("No addresses yet")}</h2><p>${t("Keep the addresses that you have watches sent to.")}</p></div>`}
    ${items.length < MOST ? html`<p class="section"><button class="button" type="button" data-add>${t("Add an address")}</button></p>` : html`<p class="quiet-note">${t("An account keeps {most} addresses. Remove one to add another.", { most: MOST })}</p>`}
    <div data-form></div>`);
}

const without = ({ id, default: isDefault, ...address }) => address;

function edit(row) {
  const isNew = !row.id;
  const node = place.querySelector("[data-form]");
  render(node, html`<form class="form narrow plate" aria-labelledby="editing"><h2 id="editing" tabindex="-1">${isNew ? t("A new address") : t("Change the address")}</h2><div data-told></div>
    ${field("name", t("Name"), { value: row.name, autocomplete: "name" })}
    ${field("street", t("Street and number"), { value: row.street, autocomplete: "address-line1" })}
    ${field("extra", t("Addition"), { value: row.extra, autocomplete: "address-line2", required: false })}
    <div class="pair">${field("postcode", t("Postcode"), { value: row.postcode, autocomplete: "postal-code", required: false })}${field("city", t("City"), { value: row.city, autocomplete: "address-level2" })}</div>
    ${field("region", t("State or region"), { value: row.region, autocomplete: "address-level1", required: false })}${countryField(row.country)}
    ${!row.default && rows.length > 0 && html`<label class="check"><input type="checkbox" name="default"> <span>${t("Offer this address first")}</span></label>`}
    <p class="actions"><button class="button" type="submit">${t("Save the address")}</button><button class="button quiet" type="button" data-never>${t("Rather not")}</button></p></form>`);
  const form = node.querySelector("form");
  const opener = document.activeElement;
  node.querySelector("h2").focus();
  node.querySelector("[data-never]").addEventListener("click", () => {
    node.replaceChildren();
    opener?.focus();
  });
  const key = crypto.randomUUID();
  onSubmit(form, async (given) => {
    const body = { ...Object.fromEntries(FIELDS.map((each) => [each, given[each]])), default: given.default === "on" };
    try {
      await (isNew ? api("POST", "/account/addresses", { body, headers: { "Idempotency-Key": key } }) : api("PUT", `/account/addresses/${row.id}`, { body }));
    } catch (problem) {
      if (problem.code !== "address_limit") throw problem;
      return tell(form, t("An account keeps {most} addresses. Remove one to add another.", { most: MOST }));
    }
    await load();
    toast(t("Saved."));
    return place.querySelector("[data-add], [data-edit]")?.focus();
  });
}

async function prefer(row) {
  await api("PUT", `/account/addresses/${row.id}`, { body: { ...without(row), default: true } });
  await load();
  place.querySelector("[data-edit]")?.focus();
}

async function remove(row) {
  await api("DELETE", `/account/addresses/${row.id}`);
  await load();
  place.querySelector("[data-add]")?.focus();
  const back = () => api("POST", "/account/addresses", { body: { ...without(row), default: row.default } }).then(load, (problem) => toast(said(problem)));
  toast(t("The address was removed."), { label: t("Undo"), run: back });
}

place.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  const row = rows.find(({ id }) => id === button?.closest("[data-address]")?.dataset.address);
  if (!button) return;
  const { prefer: first, edit: change, remove: away, add } = button.dataset;
  const told = (problem) => toast(said(problem));
  if (add !== undefined) edit(EMPTY);
  else if (change !== undefined) edit(row);
  else if (first !== undefined) busy(button, () => prefer(row).catch(told));
  else if (away !== undefined) busy(button, () => remove(row).catch(told));
});

const load = member((signal) => api("GET", "/account/addresses", { signal }), draw);
