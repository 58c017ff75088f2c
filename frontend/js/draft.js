// What a buyer has typed, for as long as this tab lives: reloads and detours lose nothing.

const PREFIX = "buying.";
const spare = new Map(); // where storage is full or forbidden, at least this page remembers

export function recall(name, otherwise = null) {
  try {
    const text = sessionStorage.getItem(PREFIX + name);
    if (text !== null) return JSON.parse(text);
  } catch {
    // forbidden, or not ours: as if there were nothing
  }
  return spare.get(name) ?? otherwise;
}

export function remember(name, value) {
  spare.set(name, value);
  try {
    sessionStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // this page remembers it, a reload will not
  }
}

export function forget(...names) {
  for (const name of names) {
    spare.delete(name);
    try {
      sessionStorage.removeItem(PREFIX + name);
    } catch {
      // then it was never stored
    }
  }
}
