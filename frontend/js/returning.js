// Asking to send watches back: which of them, how many, and why.

import { said } from "./after.js";
import { api } from "./api.js";
import { onSubmit, tell } from "./form.js";
import { html, money, render, t } from "./html.js";

const REASONS = ["It does not fit my wrist", "It is not what I expected", "Something is wrong with it", "I changed my mind", "Another reason"];

const many = (one) => one.returnable > 1 && html`<select name="quantity-${one.offer_id}" aria-label="${t("How many of {name}", one)}">${Array.from({ length: one.returnable }, (_, index) => html`<option ${index + 1 === one.returnable && html`selected`}>${index + 1}</option>`)}</select>`;

const choice = (one, isOnly) => html`<div class="choice"><input type="checkbox" id="r-${one.offer_id}" name="offer" value="${one.offer_id}" ${isOnly && html`checked`}>
  <label for="r-${one.offer_id}"><b>${one.brand} ${one.name}</b><small>${one.reference} · ${money(one.price)}</small></label>${many(one)}</div>`;

const form = (lines) => html`<form class="form narrow plate" aria-labelledby="send-back"><h2 id="send-back" tabindex="-1">${t("What would you like to send back?")}</h2><div data-told></div>
  <div class="choices" role="group" aria-labelledby="send-back">${lines.map((one) => choice(one, lines.length === 1))}</div>
  <p class="field"><label for="f-why">${t("Why?")}</label><select id="f-why" name="why">${REASONS.map((reason) => html`<option>${t(reason)}</option>`)}</select></p>
  <p class="field"><label for="f-words">${t("In your words")} <span class="optional">${t("optional")}</span></label><input id="f-words" name="words" maxlength="150" autocomplete="off"></p>
  <p><small>${t("We answer within a working day and tell you where to send it. Once our watchmaker has seen it, the money goes back to your card.")}</small></p>
  <p class="actions"><button class="button" type="submit">${t("Ask for the return")}</button><button class="button quiet" type="button" data-never>${t("Rather not")}</button></p></form>`;

export function open(order, opener, done) {
  const more = document.querySelector("[data-more]");
  const close = () => {
    more.replaceChildren();
    opener.setAttribute("aria-expanded", "false");
    opener.focus();
  };
  if (more.firstChild) return close();
  render(more, form(order.lines.filter((one) => one.returnable > 0)));
  opener.setAttribute("aria-expanded", "true");
  more.querySelector("h2").focus();
  more.querySelector("[data-never]").addEventListener("click", close);
  const key = crypto.randomUUID(); // pressed twice, or sent again after a lost answer: one return
  onSubmit(more.querySelector("form"), (given) => send(order, more.querySelector("form"), given, key, done));
  return undefined;
}

async function send(order, node, { why, words }, key, done) {
  const lines = [...node.querySelectorAll("[name=offer]:checked")].map(({ value }) => ({
    offer_id: value, quantity: Number(node.elements[`quantity-${value}`]?.value ?? 1),
  }));
  if (!lines.length) return tell(node, t("Choose at least one watch."));
  const reason = [why, words.trim()].filter(Boolean).join(": ");
  try {
    await api("POST", `/orders/${order.number}/returns`, { body: { lines, reason }, headers: { "Idempotency-Key": key } });
  } catch (problem) {
    if (problem.code === undefined) throw problem;
    return tell(node, problem.code === "return_window_closed" ? t("The 14 days in which it could be returned are over.") : said(problem));
  }
  await done();
  document.getElementById("back")?.focus();
  return undefined;
}
