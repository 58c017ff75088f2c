// Which order? Asked where none is named, and where it cannot be shown.

import { place } from "./after.js";
import { field, onSubmit } from "./form.js";
import { home, html, render, t } from "./html.js";

export function ask(number, fault = "") {
  const back = number ? `${location.pathname}?number=${number}` : `${home}account/orders/`;
  render(place, html`<form class="form narrow"><div data-told>${fault && html`<p class="alert" role="alert">${fault}</p>`}</div>
    ${field("number", t("Order number"), { value: number ?? "", more: html`placeholder="WS-7K3M9Q2XAB" autocapitalize="characters" spellcheck="false"` })}
    <button class="button wide" type="submit">${t("Show the order")}</button>
    <p class="ways"><a class="text-link" href="${home}track/${number ? `?number=${encodeURIComponent(number)}` : ""}">${t("Track it by number and e-mail address instead")}</a>
    <a class="text-link" href="${home}sign-in/?next=${encodeURIComponent(back)}">${t("Sign in to see all your orders")}</a></p></form>`);
  onSubmit(place.querySelector("form"), async (body) => location.assign(`${home}order/?number=${encodeURIComponent(body.number.trim())}`));
}
