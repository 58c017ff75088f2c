// Where somebody wants to go after signing in: to a page of this shop, whatever the address says.

import { home } from "./html.js";

const ENTRANCES = /^\/(?:de\/)?(?:sign-in|sign-up|reset|verify)\//;

// Read as the browser will read it: it drops tabs, turns backslashes and folds dots.
export function allowed(wanted, origin = location.origin) {
  let url;
  try {
    url = new URL(wanted, origin);
  } catch {
    return null;
  }
  const isOurs = url.origin === origin && wanted.startsWith("/") && !url.pathname.startsWith("//") && !url.pathname.startsWith("/api/");
  return isOurs && !ENTRANCES.test(url.pathname) ? url.href : null;
}

const wanted = allowed(new URLSearchParams(location.search).get("next") ?? "");

export const next = wanted ?? `${home}account/`;
const carried = wanted ? `?next=${encodeURIComponent(wanted.slice(location.origin.length))}` : "";
export const way = (path) => `${home}${path}${carried}`;
