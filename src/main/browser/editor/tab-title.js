/* The browser's tab calls the notice by what is being typed. */
import { form } from './draft-form.js';

const title = form.querySelector('[data-one-line]');
const rest = document.title.startsWith(form.dataset.called) ? document.title.slice(form.dataset.called.length) : null;

title?.addEventListener('input', () => {
  if (rest !== null) document.title = (title.value.trim() || form.dataset.untitled) + rest;
});
