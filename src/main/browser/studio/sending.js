/* Forms sent from a script, so that a refusal, a lost connection or an ended session leaves the page as it is. */

export const parse = (html) => new DOMParser().parseFromString(html, 'text/html');

/** @returns {Promise<Response | null>} null where the server was not reached */
export function post(address, body) {
  return fetch(address, {
    method: 'POST',
    body,
    headers: { Accept: 'text/html', 'X-CSRF-TOKEN': body.get('_csrf') },
  }).catch(() => null);
}

/**
 * After signing in again elsewhere, this page's forms need the new session's token. {@code same} recognises the page on which they stand.
 *
 * @returns {Promise<'new' | 'signed-out' | 'none'>}
 */
export async function renewToken(address, same) {
  const page = await fetch(address, { headers: { Accept: 'text/html' } }).catch(() => null);
  if (!page?.ok) return page?.status === 401 ? 'signed-out' : 'none';
  const there = parse(await page.text());
  if (!there.querySelector(same)) return there.querySelector('input[type=password]') ? 'signed-out' : 'none';
  const fresh = there.querySelector('input[name=_csrf]')?.value;
  const fields = [...document.querySelectorAll('input[name=_csrf]')];
  if (!fresh || fields.every((field) => field.value === fresh)) return 'none';
  fields.forEach((field) => (field.value = fresh));
  return 'new';
}

export function signInLink(words) {
  const link = document.createElement('a');
  link.href = '/studio/connexion';
  link.target = '_blank';
  link.rel = 'noopener';
  link.textContent = words;
  return link;
}
