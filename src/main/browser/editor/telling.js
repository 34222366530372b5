/* What the writing table says: how saving stands, at the top, and notes above the form. */
const notes = document.querySelector('[data-notes]');
const status = document.querySelector('[data-saved] span');

export function say(words, state) {
  status.textContent = words;
  status.parentElement.dataset.saved = state;
}

export function show(...told) {
  notes.replaceChildren(...told);
}

/** All but what a restored text says about itself. */
export function clear() {
  show(...[...notes.children].filter((one) => one.dataset.stays));
}

export const isShown = (selector) => notes.querySelector(selector) !== null;

export function note(words, ...acts) {
  const box = document.createElement('div');
  box.className = 'note note--warn note--bare';
  box.setAttribute('role', 'status');
  const line = document.createElement('p');
  line.textContent = words;
  box.append(line, ...acts);
  return box;
}

export function button(words, act) {
  const one = document.createElement('button');
  one.type = 'button';
  one.className = 'btn btn--line';
  one.textContent = words;
  one.addEventListener('click', act);
  return one;
}
