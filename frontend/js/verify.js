// Confirming an e-mail address by the mailed link, or asking for that mail again.

import "./page.js";
import { minutes, place, said } from "./after.js";
import { api } from "./api.js";
import { field, onSubmit, tell } from "./form.js";
import { html, render, t } from "./html.js";
import { way } from "./next.js";

const token = location.hash.slice(1);
history.replaceState(null, "", location.pathname + location.search); // a token is not for the history

function ask(fault = "") {
  render(place, html`<form class="form narrow"><div data-told>${fault && html`<p class="alert" role="alert">${fault}</p>`}</div>
    <p>${t("Open the link in the mail that we sent you. It is good for two days. If it did not arrive, look among the unwanted mail, or have it sent again.")}</p>
    ${field("email", t("E-mail"), { type: "email", autocomplete: "username" })}
    <button class="button wide" type="submit">${t("Send the mail again")}</button>
    <p class="ways"><a class="text-link" href="${way("sign-in/")}">${t("Sign in")}</a></p></form>`);
  const form = place.querySelector("form");
  onSubmit(form, async (body) => {
    try {
      await api("POST", "/account/verification-mail", { body });
      tell(form, t("If this address waits to be confirmed, a new mail is on its way."), "good");
    } catch (problem) {
      if (problem.code !== "too_many_attempts") throw problem;
      tell(form, t("Too many attempts. Please wait {count} min and try again.", { count: minutes(problem) }));
    }
  });
}

async function verify() {
  render(place, html`<p class="waiting">${t("One moment…")}</p>`);
  try {
    await api("POST", "/account/verification", { body: { token } });
    render(place, html`<div class="narrow"><p class="good" role="status">${t("Thank you: the address is confirmed.")}</p>
      <p class="section"><a class="button" href="${way("sign-in/")}">${t("Sign in")}</a></p></div>`);
  } catch (problem) {
    if (problem.code === undefined) throw problem;
    if (problem.code === "invalid_token") return ask(said(problem));
    render(place, html`<div class="narrow"><p class="alert" role="alert">${said(problem)}</p>
      <p class="section"><button class="button quiet" type="button">${t("Try again")}</button></p></div>`);
    place.querySelector("button").addEventListener("click", verify);
  }
  return undefined;
}

if (token) verify();
else ask();
