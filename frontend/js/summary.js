// What is bought and what it costs, beside every step; the voucher is entered here.

import { explain } from "./api.js";
import { cart } from "./cart.js";
import { onSubmit } from "./form.js";
import { html, money, render, t, toast } from "./html.js";
import { bought, sums } from "./sheet.js";
import { change, sheet, till, view } from "./till.js";

const REFUSED = {
  unknown: "We do not know this code. Is it typed as it is written?",
  not_yet_valid: "This code is not valid yet.",
  expired: "This code is not valid any more.",
  currency: "This code is for another currency.",
  minimum: "This code needs a larger purchase.",
  used_up: "This code has been used up.",
  used_by_you: "You have used this code already.",
};

let place;
let onLost = () => {};

export const refusedBecause = (reason) => t(REFUSED[reason] ?? "This code cannot be used now.");

const withChange = (line) => {
  const change = view.changes.find((one) => one.offer_id === line.offer_id);
  if (!change) return line;
  if (change.change === "gone") return { ...line, note: t("This is not for sale any more.") };
  return { ...line, note: t("The price was {price} when you chose it.", { price: money(change.seen_price) }) };
};

const pictured = (line) => bought(withChange(line), cart.lines.find((one) => one.offer_id === line.offer_id)?.slug);

const used = () => html`<p class="sum voucher-used"><span>${t("Voucher {code}", { code: view.voucher })}</span>
  <button class="link" type="button" data-unvouch aria-label="${t("Remove the voucher {code}", { code: view.voucher })}">${t("Remove")}</button></p>`;

const asked = () => html`<form class="voucher" data-voucher-form><div data-told hidden></div>
  <p class="field"><label for="f-voucher">${t("Voucher code")} <span class="optional">${t("optional")}</span></label>
  <span class="joined"><input id="f-voucher" name="voucher" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40" required aria-describedby="f-voucher-fault">
  <button class="button quiet" type="submit">${t("Use it")}</button></span>
  <span class="fault" id="f-voucher-fault" role="alert"></span></p></form>`;

export function refuseVoucher(reason) {
  const fault = document.getElementById("f-voucher-fault");
  const input = document.getElementById("f-voucher");
  if (!fault) return;
  place.open = true;
  fault.textContent = refusedBecause(reason);
  input.setAttribute("aria-invalid", "true");
  input.focus();
}

async function redeem({ voucher }) {
  try {
    await change({ voucher });
    place.querySelector("[data-unvouch]")?.focus();
    toast(t("The voucher is counted in: the total is {total}.", { total: money(view.total) }));
  } catch (problem) {
    if (problem.code === "voucher_refused") refuseVoucher(problem.body.reason);
    else if (problem.status === 422) refuseVoucher("unknown");
    else if (problem.status === 404 || problem.code === "hold_expired") onLost(problem);
    else document.getElementById("f-voucher-fault").textContent = explain(problem);
  }
}

async function takeOut() {
  try {
    await change({ voucher: null });
    document.getElementById("f-voucher")?.focus();
  } catch (problem) {
    if (problem.status === 404 || problem.code === "hold_expired") onLost(problem);
    else toast(explain(problem));
  }
}

let drawn;
function drawVoucher() {
  const node = place.querySelector("[data-voucher]");
  node.hidden = view.state === "ordered"; // the sums say what it took off
  const now = view.voucher && !view.voucher_refused ? view.voucher : "";
  if (drawn === now) return; // what is being typed stays
  drawn = now;
  render(node, now ? used() : asked());
  node.querySelector("[data-unvouch]")?.addEventListener("click", takeOut);
  const form = node.querySelector("form");
  if (form) onSubmit(form, redeem);
  if (view.voucher_refused) refuseVoucher(view.voucher_refused);
}

function draw() {
  if (!view || !place?.isConnected) return;
  const count = view.lines.reduce((all, line) => all + line.quantity, 0);
  place.querySelector("[data-count]").textContent = count === 1 ? t("1 watch") : t("{count} watches", { count });
  render(place.querySelector("[data-lines]"), html`${view.lines.map(pictured)}`);
  const isEstimate = !view.address && sheet.delivery !== "pick_up";
  render(place.querySelector("[data-sums]"), sums(sheet, { isEstimate }));
  for (const node of document.querySelectorAll("[data-total]")) node.textContent = money(sheet.total);
  drawVoucher();
}

export function summary(node, lost) {
  place = node;
  onLost = lost;
  drawn = undefined;
  render(place, html`<summary><span>${t("Your order")}</span><small data-count></small></summary>
    <div data-lines></div><div data-voucher></div><div data-sums aria-live="polite"></div>`);
  draw();
}

// Always open where there is room, and for the last look.
const wide = matchMedia("(min-width: 900px)");
wide.addEventListener("change", () => {
  if (place) place.open = wide.matches;
});

export function opened(node, step) {
  node.open = wide.matches || step === "review";
}

till.addEventListener("change", draw);
