// Forms that keep what was typed, name each fault at its field, and are sent once at a time.

import { explain } from "./api.js";
import { html, render, t } from "./html.js";

export const field = (name, label, { type = "text", autocomplete = "off", value = "", required = true, more = html`` } = {}) => html`
  <p class="field"><label for="f-${name}">${label}${!required && html` <span class="optional">${t("optional")}</span>`}</label>
  <input id="f-${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" value="${value}" ${required && html`required`} ${more} aria-describedby="f-${name}-fault">
  <span class="fault" id="f-${name}-fault"></span></p>`;

export const PASSWORD = html`minlength="8" maxlength="256"`;

export const values = (form) => Object.fromEntries(new FormData(form));

function clear(form) {
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  for (const fault of form.querySelectorAll(".fault")) fault.textContent = "";
  tell(form, "");
}

export function tell(form, text, kind = "alert") {
  const place = form.querySelector("[data-told]");
  place.setAttribute("role", kind === "alert" ? "alert" : "status");
  render(place, text ? html`<p class="${kind}">${text}</p>` : html``);
  if (text) place.scrollIntoView({ block: "nearest" });
}

// What the shop finds wrong with a field, as a page says it.
const SAID = {
  "must be an e-mail address": "Please enter a full e-mail address, such as name@example.com.",
  "must be a telephone number": "Please enter a telephone number, such as +41 22 123 45 67.",
  "must not be empty": "Please fill this in.",
};

function blame(form, problem) {
  const unplaced = [];
  for (const { field: name, message } of problem.errors) {
    const input = form.elements[name] ?? form.elements[name.split(".").pop()];
    const fault = document.getElementById(`f-${name}-fault`) ?? document.getElementById(`f-${name.split(".").pop()}-fault`);
    if (!input || !fault) {
      unplaced.push(message);
      continue;
    }
    fault.textContent = t(SAID[message] ?? message);
    input.setAttribute("aria-invalid", "true");
  }
  if (!problem.errors.length) tell(form, explain(problem));
  else if (unplaced.length) tell(form, unplaced.join(" "));
  form.querySelector("[aria-invalid]")?.focus();
}

// In the language of the page, which need not be the browser's.
function why({ validity, type, validationMessage }) {
  if (validity.valueMissing) return t("Please fill this in.");
  if (type === "email" && validity.typeMismatch) return t("Please enter a full e-mail address, such as name@example.com.");
  if (type === "tel" && validity.patternMismatch) return t("Please enter a telephone number, such as +41 22 123 45 67.");
  return validationMessage;
}

function missing(form) {
  for (const input of form.elements) {
    if (!input.willValidate || input.checkValidity()) continue;
    const fault = document.getElementById(`${input.id}-fault`);
    if (fault) fault.textContent = why(input);
    input.setAttribute("aria-invalid", "true");
  }
  form.querySelector("[aria-invalid]")?.focus();
  return !form.checkValidity();
}

export function onSubmit(form, work) {
  let busy = false;
  form.noValidate = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    clear(form);
    if (missing(form)) return;
    const button = form.querySelector("[type=submit]");
    busy = true;
    button.setAttribute("aria-busy", "true");
    try {
      await work(values(form));
    } catch (problem) {
      if (problem.code === undefined) throw problem;
      blame(form, problem);
    } finally {
      busy = false;
      button.removeAttribute("aria-busy");
    }
  });
}
