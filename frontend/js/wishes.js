// The saved watches of an account: the list in this browser follows the one at the shop.

import { api, explain } from "./api.js";
import { toast } from "./html.js";
import { isMember, keep, kept } from "./kept.js";

const hold = ({ items }) => keep("saved", items.map(({ slug }) => slug).reverse());

// What was saved as a guest joins what the account has: once, at sign-in. Later the account's
// list is the list, or what was taken off on another device would come back.
export async function join() {
  keep("member", [1]);
  const slugs = kept("saved").slice(-100);
  hold(await (slugs.length ? api("POST", "/account/wishlist", { body: { slugs } }) : api("GET", "/account/wishlist")));
}

export async function follow(signal) {
  try {
    if (isMember()) hold(await api("GET", "/account/wishlist", { signal }));
  } catch (problem) {
    if (problem.code !== "not_signed_in") throw problem;
    keep("member", []);
  }
}

export function forget() {
  for (const list of ["member", "saved", "recent", "bag"]) keep(list, []);
}

// One after the other: the shop must hear of a press and the press that undoes it in that order.
let told = Promise.resolve();
export const tell = (slug, isSaved) => (told = told.then(() => send(slug, isSaved)));

async function send(slug, isSaved) {
  if (!isMember()) return;
  try {
    if (isSaved) await api("POST", "/account/wishlist", { body: { slugs: [slug] } });
    else await api("DELETE", `/account/wishlist/${slug}`);
  } catch (problem) {
    if (problem.code === "not_signed_in") {
      keep("member", []);
      return;
    }
    const others = kept("saved").filter((other) => other !== slug);
    keep("saved", isSaved ? others : [...others, slug]);
    toast(explain(problem));
  }
}
