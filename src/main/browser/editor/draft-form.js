/* The form of the writing table, and what of it is the notice. */
const NOT_CONTENT = ['_csrf', 'version', 'upload', 'comment'];

export const form = document.querySelector('form[data-writing]');

export const isContent = (name) => !NOT_CONTENT.includes(name);

/** @returns {[string, string][]} in the form's order */
export function fields() {
  return [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && isContent(name));
}

/** @returns {Map<string, string[]>} */
export function byName(pairs) {
  const values = new Map();
  pairs.forEach(([name, value]) => values.set(name, [...(values.get(name) ?? []), value]));
  return values;
}
