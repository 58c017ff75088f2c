// Short lists that stay in this browser: recently viewed, saved, compared.

export const changes = new EventTarget();

export function kept(name) {
  try {
    const list = JSON.parse(localStorage.getItem(name) ?? "[]");
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

export function keep(name, list) {
  try {
    localStorage.setItem(name, JSON.stringify(list));
  } catch {
    // storage may be full or forbidden: the page works on without it
  }
  changes.dispatchEvent(new CustomEvent(name, { detail: list }));
}

// Whether somebody is signed in here, as far as this browser knows.
export const isMember = () => kept("member").length > 0;

export function toggle(name, item, most = 100) {
  const list = kept(name);
  if (list.includes(item)) {
    keep(name, list.filter((other) => other !== item));
    return true;
  }
  if (list.length >= most) return false;
  keep(name, [...list, item]);
  return true;
}
