/**
 * <textarea data-keeps="…">: what is typed there is kept on this device, for whoever typed it, until the step that it goes with is accepted. Its form is
 * sent from here: a refusal or a lost connection leaves what was typed where it is.
 */
import { forget, forgetOlder, keep, kept } from './kept.js';
import { parse, post, renewToken, signInLink } from './sending.js';

const A_MONTH = 30 * 24 * 3600 * 1000;
const name = (field) => `text.${document.body.dataset.me}.${field.dataset.keeps}`;
const textsOf = (form) => [...form.elements].filter((field) => field.dataset.keeps);
const place = (field) => field.parentElement.querySelector('.kept');

/** @returns {boolean} whether all that is typed there is kept */
function remember(field) {
  if (field.value.trim() !== '') return keep(name(field), { at: Date.now(), text: field.value });
  forget(name(field));
  return true;
}

function restore(root) {
  root.querySelectorAll('[data-keeps]').forEach((field) => {
    const text = kept(name(field))?.text;
    // What the page brings was posted later.
    if (!text || field.value !== '') return;
    field.value = text;
    field.closest('details')?.setAttribute('open', '');
    place(field).textContent = place(field).dataset.restored;
  });
}

/** Says why it was not sent, and whether what was typed outlives this page. */
function tell(texts, why) {
  const safe = texts.map(remember).every(Boolean);
  const words = place(texts[0]);
  words.dataset.unsent = why;
  words.textContent = words.dataset[safe || why === 'expired' ? why : `${why}Unkept`];
  if (why === 'expired') words.append(' ', signInLink(words.dataset.signIn));
}

async function send(form, button, again = true) {
  const texts = textsOf(form);
  const fields = new FormData(form, button);
  const address = button?.hasAttribute('formaction') ? button.formAction : form.action;
  const answer = await post(address, form.enctype === 'multipart/form-data' ? fields : new URLSearchParams(fields));
  if (!answer) tell(texts, 'offline');
  else if (answer.ok) accepted(texts, answer.url, parse(await answer.text()));
  else if (answer.status === 401) tell(texts, 'expired');
  else if (answer.status === 403 && again) {
    const token = await renewToken(location.href, `[data-keeps="${texts[0].dataset.keeps}"]`);
    if (token === 'new') await send(form, button, false);
    else tell(texts, token === 'signed-out' ? 'expired' : 'failed');
  } else refused(form, texts, parse(await answer.text()));
}

/** Where the next page asks for the same text, another button of the form was pressed. */
function accepted(texts, next, page) {
  texts.filter((field) => !page.querySelector(`[data-keeps="${field.dataset.keeps}"]`)).forEach((field) => forget(name(field)));
  location.assign(next);
}

/** The page as it stands now, with the reason, and what was typed back in it. */
function refused(form, texts, page) {
  const main = page.querySelector('main');
  if (!page.querySelector('[role=alert]')) {
    tell(texts, 'failed');
    return;
  }
  if (!form.dispatchEvent(new CustomEvent('tambour:refused', { detail: page, cancelable: true }))) return;
  document.querySelector('main').replaceWith(main);
  texts.forEach((field) => {
    const same = main.querySelector(`[data-keeps="${field.dataset.keeps}"]`);
    if (same) same.value = field.value;
  });
  const reason = main.querySelector('[role=alert]');
  reason.tabIndex = -1;
  reason.focus();
}

document.addEventListener('input', (event) => {
  if (event.target.dataset?.keeps) remember(event.target);
});
document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (event.defaultPrevented || textsOf(form).length === 0) return;
  event.preventDefault();
  if (form.ariaBusy === 'true') return;
  form.ariaBusy = 'true';
  await send(form, event.submitter);
  form.ariaBusy = 'false';
});
forgetOlder('text.', Date.now() - A_MONTH);
restore(document);
