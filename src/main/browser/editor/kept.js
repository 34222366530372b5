/* What could not be saved yet, kept on this device: one entry a notice. Storage may be full or forbidden; then saving goes on without. */
const key = (ref) => `tambour.notice.${ref}`;

export function keep(ref, entry) {
  try {
    localStorage.setItem(key(ref), JSON.stringify(entry));
  } catch {
    return false;
  }
  return true;
}

export function kept(ref) {
  try {
    return JSON.parse(localStorage.getItem(key(ref)));
  } catch {
    return null;
  }
}

export function forget(ref) {
  try {
    localStorage.removeItem(key(ref));
  } catch {
    // Nothing was kept.
  }
}
