/* Somebody else saved meanwhile: both texts are shown, and nothing is saved over the other until one is chosen. */
import { post } from '../studio/sending.js';
import { byName, fields, isContent } from './draft-form.js';

/** @param choose called with the conflict's form when the person has chosen */
export function ask(conflict, choose) {
  conflict.addEventListener('submit', (event) => {
    event.preventDefault();
    choose(conflict);
  });
  conflict.scrollIntoView({ block: 'start' });
  const heading = conflict.querySelector('h2');
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** The choice, with what was typed since the conflict was shown: the form on this page, not what was sent back then. */
export function settle(conflict) {
  const body = new FormData(conflict);
  [...new Set(body.keys())].forEach((name) => {
    if (isContent(name) && !name.startsWith('keep.')) body.delete(name);
  });
  byName(fields()).forEach((values, name) => values.forEach((value) => body.append(name, value)));
  return post(conflict.getAttribute('action'), body);
}
