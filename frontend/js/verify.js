import "./page.js";
import { api, explain } from "./api.js";
import { home, html, render, t } from "./html.js";

const place = document.querySelector("[data-content]");
const token = location.hash.slice(1);
history.replaceState(null, "", location.pathname); // a token is not for the history

async function verify() {
  if (!token) return render(place, html`<p>${t("Open the link in the mail that we sent you.")}</p>`);
  try {
    await api("POST", "/account/verification", { body: { token } });
    render(place, html`<p class="good" role="status">${t("Thank you: the address is confirmed.")}</p>
      <p class="section"><a class="button" href="${home}sign-in/">${t("Sign in")}</a></p>`);
  } catch (problem) {
    render(place, html`<p class="alert" role="alert">${explain(problem)}</p>
      <p class="section"><button class="button quiet" type="button">${t("Try again")}</button></p>`);
    place.querySelector("button").addEventListener("click", verify);
  }
}

verify();
