// What every page does: dialogs, the bag's count, compare marks.

import { bag, cart, loadIfAny } from "./cart.js";
import { markCompared } from "./cards.js";

const opening = {
  bag: () => import("./drawer.js").then((module) => module.open()),
  search: () => import("./search.js").then((module) => module.open()),
};

export function open(name) {
  const dialog = document.getElementById(name);
  if (dialog.open) return;
  dialog.showModal();
  // At once: who types before the module has come must not lose a letter.
  dialog.querySelector("[autofocus]")?.select();
  opening[name]?.();
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const opener = event.target.closest("[data-open]");
  if (opener) {
    event.preventDefault();
    open(opener.dataset.open);
  } else if (event.target.closest("[data-close]") || event.target.matches("dialog:modal")) {
    event.target.closest("dialog").close();
  }
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, dialog");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    open("search");
  }
});

// A toast lives in the dialog that was open; it must outlive it.
for (const dialog of document.querySelectorAll("dialog")) {
  dialog.addEventListener("close", () => document.body.append(document.getElementById("toast")));
}

bag.addEventListener("change", () => {
  const count = cart.lines.reduce((sum, line) => sum + line.quantity, 0);
  for (const node of document.querySelectorAll("[data-bag-count]")) {
    node.textContent = count;
    node.hidden = count === 0;
  }
});

for (const link of document.querySelectorAll(".top-nav a")) {
  if (link.pathname + link.search === location.pathname + location.search) link.setAttribute("aria-current", "page");
}

markCompared();
loadIfAny().catch(() => {});
