// Cancelling an order: asked once more, in a dialog, with room for a reason.

import { busy, said } from "./after.js";
import { api } from "./api.js";
import { html, render, t, toast } from "./html.js";

export function ask(order, done) {
  const dialog = document.createElement("dialog");
  dialog.className = "ask";
  dialog.setAttribute("aria-labelledby", "ask");
  render(dialog, html`<form class="form"><h2 id="ask">${t("Cancel this order?")}</h2>
    <p>${order.payment === "authorised" ? t("The amount that is reserved on your card is released, and the watches go back on the shelf.") : t("Nothing will be charged, and the watches go back on the shelf.")}</p>
    <p class="field"><label for="f-reason">${t("Why?")} <span class="optional">${t("optional")}</span></label><input id="f-reason" name="reason" maxlength="200" autocomplete="off"></p>
    <p class="actions"><button class="button" type="submit">${t("Yes, cancel it")}</button><button class="button quiet" type="button" data-close>${t("Keep the order")}</button></p></form>`);
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    document.body.append(document.getElementById("toast"));
    dialog.remove();
    document.querySelector("[data-cancel]")?.focus();
  });
  const form = dialog.querySelector("form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    busy(form.querySelector("[type=submit]"), () => cancel(order, form.elements.reason.value, dialog, done));
  });
  dialog.showModal();
}

async function cancel(order, reason, dialog, done) {
  try {
    await api("POST", `/orders/${order.number}/cancel`, { body: { reason } });
  } catch (problem) {
    toast(problem.code === "illegal_transition" ? t("It is too late to cancel: the order has been packed. You can return it.") : said(problem));
  }
  dialog.close();
  done();
}
