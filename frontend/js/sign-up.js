import "./page.js";
import { api } from "./api.js";
import { PASSWORD, field, onSubmit } from "./form.js";
import { home, html, render, t } from "./html.js";

const place = document.querySelector("[data-content]");

render(place, html`<form class="form narrow">
  <div data-told></div>
  ${field("name", t("Name"), { autocomplete: "name" })}
  ${field("email", t("E-mail"), { type: "email", autocomplete: "username" })}
  ${field("password", t("Password, 8 characters or more"), { type: "password", autocomplete: "new-password", more: PASSWORD })}
  <button class="button wide" type="submit">${t("Create an account")}</button>
  <p><a class="text-link" href="${home}sign-in/">${t("You have an account? Sign in")}</a></p></form>`);

onSubmit(place.querySelector("form"), async (body) => {
  await api("POST", "/account", { body });
  render(place, html`<p class="good" role="status" tabindex="-1">${t("We have sent a mail to {email}. Open its link to confirm the address, then sign in.", body)}</p>
    <p class="section"><a class="button" href="${home}sign-in/">${t("Sign in")}</a></p>`);
  place.firstElementChild.focus();
});
