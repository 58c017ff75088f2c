// Which order? Asked where none is named; the browser itself takes the answer to the order.

import { place } from "./after.js";
import { home, html, render, t } from "./html.js";

render(place, html`<form class="form narrow"><p class="field"><label for="f-number">${t("Order number")}</label>
  <input id="f-number" name="number" autocomplete="off" required placeholder="WS-7K3M9Q2XAB" autocapitalize="characters" spellcheck="false"></p>
  <button class="button wide" type="submit">${t("Show the order")}</button>
  <p class="ways"><a class="text-link" href="${home}track/">${t("Track it by number and e-mail address instead")}</a>
  <a class="text-link" href="${home}sign-in/?next=${encodeURIComponent(`${home}account/orders/`)}">${t("Sign in to see all your orders")}</a></p></form>`);
