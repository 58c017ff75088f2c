// The saved watches of an account: the list in this browser follows the one at the shop.

import { api } from "./api.js";
import { isMember, keep, kept } from "./kept.js";

const slugs = ({ items }) => items.map(({ slug }) => slug);

// What was saved as a guest joins what the account has.
export async function join() {
  keep("member", [1]);
  const own = kept("saved").slice(-100);
  keep("saved", slugs(await (own.length ? api("POST", "/account/wishlist", { body: { slugs: own } }) : api("GET", "/account/wishlist"))).reverse());
}

export function forget() {
  for (const list of ["member", "saved", "recent", "bag"]) keep(list, []);
}

export async function tell(slug, isSaved) {
  if (!isMember()) return;
  try {
    if (isSaved) await api("POST", "/account/wishlist", { body: { slugs: [slug] } });
    else await api("DELETE", `/account/wishlist/${slug}`);
  } catch (problem) {
    if (problem.code === "not_signed_in") keep("member", []);
  }
}
