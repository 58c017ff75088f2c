// Signing in, and back to where one came from.

import "./page.js";
import { minutes, place } from "./after.js";
import { api } from "./api.js";
import { field, onSubmit, tell } from "./form.js";
import { html, render, t } from "./html.js";
import { keep } from "./kept.js";
import { next, way } from "./next.js";
import { join } from "./wishes.js";

const ask = () => {
  render(place, html`<form class="form narrow">
    <div data-told></div>
    ${field("email", t("E-mail"), { type: "email", autocomplete: "username" })}
    ${field("password", t("Password"), { type: "password", autocomplete: "current-password" })}
    <button class="button wide" type="submit">${t("Sign in")}</button>
    <p class="ways"><a class="text-link" href="${way("reset/")}">${t("Forgot the password?")}</a>
    <a class="text-link" href="${way("sign-up/")}">${t("Create an account")}</a>
    <a class="text-link" href="${way("verify/")}">${t("The confirming mail did not arrive?")}</a></p></form>`);
  const form = place.querySelector("form");
  onSubmit(form, async (body) => {
    try {
      await api("POST", "/session", { body });
    } catch (problem) {
      form.elements.password.value = "";
      if (problem.code === "sign_in_refused") return tell(form, t("The e-mail address or the password is not right, or the address is not confirmed yet."));
      if (problem.code === "too_many_attempts") return tell(form, t("Too many attempts. Please wait {count} min and try again.", { count: minutes(problem) }));
      throw problem;
    }
    keep("bag", [1]); // the account may have a bag of its own
    await join().catch(() => {});
    return location.assign(next);
  });
};

const known = ({ name, email }) => render(place, html`<div class="narrow"><p>${t("You are signed in as {name} ({email}).", { name, email })}</p>
  <p class="actions"><a class="button" href="${next}">${t("Go on")}</a></p></div>`);

ask();
api("GET", "/session").then(({ user }) => user && known(user), () => {});
