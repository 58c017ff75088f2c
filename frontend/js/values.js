// What the catalogue says, in the language of the page: publishing fills the table in.

import { number, t } from "./html.js";

const VALUES = {};
// Ranges come as text: there are too many to list.
const RANGE = /^(?:(Under|From) |([\d,]+) to )([\d,]+) (\w+)$/;

const said = (part) => VALUES[part] ?? part;
const figure = (text) => number(Number(text.replaceAll(",", "")));

export function named(label) {
  const [isRange, way, low, high, unit] = label.match(RANGE) ?? [];
  if (!isRange) return VALUES[label] ?? label.split(" & ").map(said).join(` ${t("&")} `);
  const end = `${figure(high)} ${unit}`;
  if (low) return t("{start} to {end}", { start: figure(low), end });
  return way === "From" ? t("From {end}", { end }) : t("Under {end}", { end });
}
