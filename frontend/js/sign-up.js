// A new account. Nobody learns here whether an address has one already.

import "./page.js";
import { minutes, place, title } from "./after.js";
import { api } from "./api.js";
import { PASSWORD, field, onSubmit, tell } from "./form.js";
import { html, language, render, t } from "./html.js";
import { way } from "./next.js";

const done = (email) => {
  title.textContent = t("Look into your mail");
  render(place, html`<div class="narrow"><p class="good" role="status" tabindex="-1">${t("We have sent a mail to {email}. Open its link to confirm the address, then sign in.", { email })}</p>
    <p class="section"><a class="button" href="${way("sign-in/")}">${t("Sign in")}</a></p>
    <p><a class="text-link" href="${way("verify/")}">${t("The confirming mail did not arrive?")}</a></p></div>`);
  place.querySelector("[role=status]").focus();
};

render(place, html`<form class="form narrow">
  <p>${t("An account keeps your orders, addresses and saved watches together. You can buy without one.")}</p><div data-told></div>
  ${field("name", t("Name"), { autocomplete: "name" })}
  ${field("email", t("E-mail"), { type: "email", autocomplete: "username" })}
  ${field("password", t("Password, 8 characters or more"), { type: "password", autocomplete: "new-password", more: PASSWORD })}
  <button class="button wide" type="submit">${t("Create an account")}</button>
  <p class="ways"><a class="text-link" href="${way("sign-in/")}">${t("You have an account? Sign in")}</a></p></form>`);

const form = place.querySelector("form");
onSubmit(form, async (body) => {
  try {
    await api("POST", "/account", { body: { ...body, language } });
  } catch (problem) {
    if (problem.code !== "too_many_attempts") throw problem;
    return tell(form, t("Too many attempts. Please wait {count} min and try again.", { count: minutes(problem) }));
  }
  return done(body.email);
});
