// Which order? Asked where none is named.

import { place } from "./after.js";
import { field, onSubmit } from "./form.js";
import { home, html, render, t } from "./html.js";

render(place, html`<form class="form narrow"><div data-told></div>
  ${field("number", t("Order number"), { more: html`placeholder="WS-7K3M9Q2XAB" autocapitalize="characters" spellcheck="false"` })}
  <button class="button wide" type="submit">${t("Show the order")}</button>
  <p class="ways"><a class="text-link" href="${home}track/">${t("Track it by number and e-mail address instead")}</a>
  <a class="text-link" href="${home}sign-in/?next=${encodeURIComponent(`${home}account/orders/`)}">${t("Sign in to see all your orders")}</a></p></form>`);
onSubmit(place.querySelector("form"), async ({ number }) => location.assign(`${home}order/?number=${encodeURIComponent(number.trim())}`));
