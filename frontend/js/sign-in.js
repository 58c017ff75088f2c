import "./page.js";
import { api } from "./api.js";
import { field, onSubmit } from "./form.js";
import { home, html, render, t } from "./html.js";
import { keep } from "./kept.js";

const place = document.querySelector("[data-content]");
// Only a path of our own: never another site's address.
const wanted = new URLSearchParams(location.search).get("next") ?? "";
const next = /^\/(?![/\\])/.test(wanted) ? wanted : `${home}account/`;

render(place, html`<form class="form narrow">
  <div data-told></div>
  ${field("email", t("E-mail"), { type: "email", autocomplete: "username" })}
  ${field("password", t("Password"), { type: "password", autocomplete: "current-password" })}
  <button class="button wide" type="submit">${t("Sign in")}</button>
  <p><a class="text-link" href="${home}reset/">${t("Forgot the password?")}</a><br>
  <a class="text-link" href="${home}sign-up/">${t("Create an account")}</a></p></form>`);

onSubmit(place.querySelector("form"), async (body) => {
  await api("POST", "/session", { body });
  keep("bag", [1]); // the account may have a bag of its own
  location.assign(next);
});
