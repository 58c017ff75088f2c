// The bag on a page of its own: the same lines, with room.

import "./page.js";
import { bag, cart } from "./cart.js";
import { recall } from "./draft.js";
import { bagIn } from "./drawer.js";
import { html, render, t } from "./html.js";
import { isUnanswered, leave } from "./till.js";

const place = document.querySelector("[data-content]");
const title = document.querySelector("h1");

render(place, html`<div class="two"><div class="bag-page"><h2 class="unseen">${t("Watches")}</h2><div data-lines></div></div>
  <aside class="summary" aria-label="${t("Total")}" data-foot hidden></aside></div>`);
const foot = place.querySelector("[data-foot]");
const look = bagIn(place.querySelector("[data-lines]"), foot, {
  otherwise: () => title,
  more: html`<ul class="assurances"><li>${t("Checked by our watchmaker before it leaves")}</li><li>${t("14 days to send it back")}</li>
    <li>${t("A voucher code can be entered at the checkout")}</li></ul>`,
});

title.tabIndex = -1;
bag.addEventListener("change", () => {
  foot.hidden = cart.lines.length === 0;
  foot.parentElement.classList.toggle("single", foot.hidden);
});

// Whoever has gone back to the bag lets go of what was held.
if (recall("till") && !isUnanswered()) leave(recall("till"));
look();
