// Search with suggestions: a combobox that works by keyboard alone.

import { api, newest } from "./api.js";
import { home, html, render, t } from "./html.js";
import { keep, kept } from "./kept.js";

const form = document.querySelector(".search-form");
const input = form.elements.q;
const list = document.getElementById("suggestions");
const status = document.querySelector("[data-suggestion-count]");
const KINDS = { brand: "Brand", collection: "Collection", watch: "Watch" };
const ask = newest();
let chosen = -1;
let pause;

function address({ kind, value }) {
  if (kind === "brand") return `${home}brands/${value}/`;
  if (kind === "watch") return `${home}watches/${value}/`;
  return `${home}watches/?${new URLSearchParams(kind === "collection" ? { collection: value } : { q: value })}`;
}

const option = (row, index) => html`
  <li role="option" id="option-${index}" aria-selected="false" data-href="${address(row)}">
    ${row.kind === "watch" && html`<img src="/pictures/${row.value}.svg" width="40" height="50" alt="">`}
    <span>${row.label}</span><small>${t(KINDS[row.kind] ?? "Searched before")}</small>
  </li>`;

function unchoose() {
  list.children[chosen]?.setAttribute("aria-selected", "false");
  chosen = -1;
  input.removeAttribute("aria-activedescendant");
}

function show(rows) {
  unchoose();
  render(list, html`${rows.map(option)}`);
  input.setAttribute("aria-expanded", String(rows.length > 0));
  status.textContent = rows.length ? t("{count} suggestions", { count: rows.length }) : "";
}

async function suggest() {
  const text = input.value.trim();
  if (!text) {
    ask(async () => null);
    return show(kept("searches").map((value) => ({ kind: "text", label: value, value })));
  }
  try {
    const answer = await ask((signal) => api("GET", `/watches/suggest?${new URLSearchParams({ q: text })}`, { signal }));
    if (answer) show(answer.items);
  } catch {
    show([]); // a search still goes to the listing
  }
}

function move(by) {
  const options = [...list.children];
  if (!options.length) return;
  options[chosen]?.setAttribute("aria-selected", "false");
  chosen = (chosen + by + options.length + 1) % (options.length + 1);
  if (chosen === options.length) chosen = by > 0 ? 0 : options.length - 1;
  options[chosen].setAttribute("aria-selected", "true");
  options[chosen].scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", options[chosen].id);
}

input.addEventListener("input", () => {
  unchoose(); // it was of another text
  clearTimeout(pause);
  pause = setTimeout(suggest, 120);
});

input.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && chosen >= 0) {
    event.preventDefault();
    location.assign(list.children[chosen].dataset.href);
  }
});

list.addEventListener("click", (event) => {
  const found = event.target.closest("[data-href]");
  if (found) location.assign(found.dataset.href);
});

form.addEventListener("submit", (event) => {
  const text = input.value.trim();
  if (!text) return event.preventDefault();
  input.value = text;
  keep("searches", [text, ...kept("searches").filter((old) => old !== text)].slice(0, 5));
});

export { suggest as open };
