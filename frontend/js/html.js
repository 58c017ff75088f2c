// Text that becomes markup: every value is escaped, and only `render` writes into the page.

export const language = document.documentElement.lang;
export const home = document.documentElement.dataset.home;

// Publishing puts the words of the page's language in the place of the English ones: where they
// are said, and in tables. What is not known before is looked up in `values.js`.
export const t = (text, values = {}) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

class Safe {
  constructor(text) {
    this.text = text;
  }
}

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function shown(value) {
  if (value instanceof Safe) return value.text;
  if (Array.isArray(value)) return value.map(shown).join("");
  if (value === null || value === undefined || value === false) return "";
  return String(value).replace(/[&<>"']/g, (char) => ENTITIES[char]);
}

export function html(strings, ...values) {
  return new Safe(strings.reduce((text, part, index) => text + shown(values[index - 1]) + part));
}

export function render(node, safe) {
  const template = document.createElement("template");
  template.innerHTML = safe.text;
  node.replaceChildren(template.content);
}

const formats = new Map();

export function money({ amount, currency }) {
  if (!formats.has(currency)) {
    const options = { style: "currency", currency, trailingZeroDisplay: "stripIfInteger" };
    formats.set(currency, new Intl.NumberFormat(language === "en" ? "en-US" : language, options));
  }
  const format = formats.get(currency);
  return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits);
}

export const times = ({ amount, currency }, count) => ({ amount: amount * count, currency });

export const number = (value) => value.toLocaleString(language === "en" ? "en-US" : language);

export const date = (text, time = false) =>
  new Date(text).toLocaleString(language === "en" ? "en-GB" : language, {
    dateStyle: "long",
    ...(time && { timeStyle: "short" }),
  });

let fading;
export function toast(text, action) {
  const node = document.getElementById("toast");
  const open = document.querySelector("dialog[open]:modal");
  (open ?? document.body).append(node); // what is outside an open dialog cannot be clicked
  render(node, html`<span>${text}</span>${action && html`<button type="button">${action.label}</button>`}`);
  node.querySelector("button")?.addEventListener("click", () => {
    node.replaceChildren();
    action.run();
  });
  clearTimeout(fading);
  fading = setTimeout(() => node.replaceChildren(), action ? 9000 : 5000);
}
