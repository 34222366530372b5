/* What is not on the server yet, kept on this device, by name. Storage may be full or forbidden: then what is typed stands in the page alone, and whoever keeps must say so. */
const key = (name) => `tambour.${name}`;

/** @returns {boolean} whether it is kept */
export function keep(name, entry) {
  try {
    localStorage.setItem(key(name), JSON.stringify(entry));
  } catch {
    return false;
  }
  return true;
}

export function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(key(name)));
  } catch {
    return null;
  }
}

export function forget(name) {
  try {
    localStorage.removeItem(key(name));
  } catch {
    // Nothing was kept.
  }
}

/** Forgets what nobody came back for: entries with this beginning whose time {@code at} is before {@code since}. */
export function forgetOlder(beginning, since) {
  try {
    Object.keys(localStorage)
      .filter((one) => one.startsWith(key(beginning)))
      .map((one) => one.slice(key('').length))
      .filter((name) => !(kept(name)?.at >= since))
      .forEach(forget);
  } catch {
    // Nothing was kept.
  }
}
