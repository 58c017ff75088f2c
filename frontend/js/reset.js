import "./page.js";
import { api } from "./api.js";
import { PASSWORD, field, onSubmit, tell } from "./form.js";
import { home, html, render, t } from "./html.js";

const place = document.querySelector("[data-content]");
const token = location.hash.slice(1);
history.replaceState(null, "", location.pathname); // a token is not for the history

function ask() {
  render(place, html`<form class="form narrow"><p>${t("We send a link to your address.")}</p><div data-told></div>
    ${field("email", t("E-mail"), { type: "email", autocomplete: "username" })}
    <button class="button wide" type="submit">${t("Send the link")}</button></form>`);
  const form = place.querySelector("form");
  onSubmit(form, async (body) => {
    await api("POST", "/account/password-reset", { body });
    tell(form, t("If there is an account with this address, a mail is on its way."), "good");
  });
}

function set() {
  render(place, html`<form class="form narrow"><div data-told></div>
    ${field("password", t("New password, 8 characters or more"), { type: "password", autocomplete: "new-password", more: PASSWORD })}
    <button class="button wide" type="submit">${t("Set the password")}</button></form>`);
  onSubmit(place.querySelector("form"), async ({ password }) => {
    await api("PUT", "/account/password-reset", { body: { token, password } });
    render(place, html`<p class="good" role="status">${t("The new password is set. All devices were signed out.")}</p>
      <p class="section"><a class="button" href="${home}sign-in/">${t("Sign in")}</a></p>`);
  });
}

(token ? set : ask)();
