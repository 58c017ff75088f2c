// A new password: asked for by mail, then set with the mailed link.

import "./page.js";
import { minutes, place } from "./after.js";
import { api } from "./api.js";
import { PASSWORD, field, onSubmit, tell } from "./form.js";
import { html, render, t } from "./html.js";
import { way } from "./next.js";

const token = location.hash.slice(1);
history.replaceState(null, "", location.pathname + location.search); // a token is not for the history

const tooOften = (form) => (problem) => {
  if (problem.code !== "too_many_attempts") throw problem;
  tell(form, t("Too many attempts. Please wait {count} min and try again.", { count: minutes(problem) }));
};

function ask(fault = "") {
  render(place, html`<form class="form narrow"><p>${t("We send a link to your address. It is good for one hour.")}</p>
    <div data-told>${fault && html`<p class="alert" role="alert">${fault}</p>`}</div>
    ${field("email", t("E-mail"), { type: "email", autocomplete: "username" })}
    <button class="button wide" type="submit">${t("Send the link")}</button>
    <p class="ways"><a class="text-link" href="${way("sign-in/")}">${t("Sign in")}</a></p></form>`);
  const form = place.querySelector("form");
  onSubmit(form, (body) => api("POST", "/account/password-reset", { body })
    .then(() => tell(form, t("If there is an account with this address, a mail is on its way."), "good"), tooOften(form)));
}

function set() {
  render(place, html`<form class="form narrow"><div data-told></div>
    ${field("password", t("New password, 8 characters or more"), { type: "password", autocomplete: "new-password", more: PASSWORD })}
    <button class="button wide" type="submit">${t("Set the password")}</button></form>`);
  const form = place.querySelector("form");
  onSubmit(form, async ({ password }) => {
    try {
      await api("PUT", "/account/password-reset", { body: { token, password } });
    } catch (problem) {
      if (problem.code === "invalid_token") return ask(t("This link has been used or is too old. Ask for a new one."));
      return tooOften(form)(problem);
    }
    render(place, html`<div class="narrow"><p class="good" role="status" tabindex="-1">${t("The new password is set. All devices were signed out.")}</p>
      <p class="section"><a class="button" href="${way("sign-in/")}">${t("Sign in")}</a></p></div>`);
    return place.querySelector("[role=status]").focus();
  });
}

if (token) set();
else ask();
