/**
 * Saves what is written, a moment after the last change, from the version it started from. What is not saved yet is kept on this device: through a lost
 * connection, an ended session or a closed browser. A conflict shows both texts; nothing here ever throws a text away.
 */
import { forget, keep, kept } from '../studio/kept.js';
import { parse, post, renewToken, signInLink } from '../studio/sending.js';
import { mark, renew, settleTimes } from './beside.js';
import { ask, settle } from './conflict.js';
import { fields, form } from './draft-form.js';
import { putBack } from './restoring.js';
import { button, clear, isShown, note, say, show } from './telling.js';

const PAUSE = 900;
const RETRY = 5000;
const entryName = `notice.${form?.dataset.writing}`;

let timer;
let queue = Promise.resolve();
let running = 0;
let dirty = false;
let settled = true;
let leaving = false;
let safe = true;

function remember() {
  safe = keep(entryName, { me: document.body.dataset.me, version: form.elements.version.value, fields: fields() });
  return safe;
}

/** A sentence of the form's, and where the device keeps nothing, the one that says so. */
const words = (name) => form.dataset[safe ? name : `${name}Unkept`];

function changed(event) {
  if (event.target.name === 'comment' || event.target.type === 'file') return;
  tick(event.target);
  dirty = true;
  leaving = false;
  remember();
  say(form.dataset.saving, 'waiting');
  soon(PAUSE);
}

/** Writing a rendition by hand ticks its box. */
function tick(field) {
  const box = field.dataset.ticks && form.elements[field.dataset.ticks];
  if (box) box.checked = true;
}

function soon(pause) {
  clearTimeout(timer);
  timer = setTimeout(() => save(), pause);
}

/** One after the other: each starts from the version that the one before it made. */
function save(act = '') {
  clearTimeout(timer);
  running++;
  queue = queue.then(() => send(act)).finally(() => running--);
  return queue;
}

async function send(act) {
  if (!settled || (!dirty && !act)) return;
  dirty = false;
  const body = new FormData(form);
  body.delete('upload');
  body.delete('comment');
  body.set('fragment', '1');
  if (act) body.set('act', act);
  const answer = await post(form.getAttribute('action'), body);
  if (!answer) again('offline', 'offline');
  else if (answer.ok) saved(parse(await answer.text()));
  else if (answer.status === 401) expired();
  else if (answer.status === 403) await stale();
  else if (answer.status === 409 || answer.status === 422) refused(parse(await answer.text()));
  else again('failed', 'failed');
}

/** Tries again until it works; typing tries earlier. */
function again(why, state) {
  dirty = true;
  remember();
  say(words(why), state);
  soon(RETRY);
}

function retry() {
  dirty = true;
  soon(0);
}

async function stale() {
  const token = await renewToken(form.getAttribute('action'), 'form[data-writing]');
  if (token === 'new') retry();
  else if (token === 'signed-out') expired();
  else again('failed', 'failed');
}

function expired() {
  again('failed', 'failed');
  if (isShown('[data-expired]')) return;
  const box = note(words('expired'), signInLink(form.dataset.signIn));
  box.dataset.expired = '';
  show(box);
}

function saved(answer) {
  const fresh = answer.querySelector('[data-fresh]');
  if (!fresh) {
    expired();
    return;
  }
  form.elements.version.value = fresh.dataset.version;
  if (!dirty) {
    // The page that comes may have been read before this save: it compares, and forgets.
    if (!leaving) forget(entryName);
    say(fresh.dataset.savedAt, 'saved');
    settleTimes(fresh);
    // What came back without a field of its own is stored now: the page that is made anew has one, and the next save sends it again.
    if (form.querySelector('[data-extra]')) location.reload();
  } else {
    remember();
  }
  clear();
  renew(fresh);
}

function refused(answer) {
  const conflict = answer.querySelector('[data-conflict]');
  if (conflict && !conflict.querySelector('fieldset')) {
    // The same text is stored already: an answer of ours was lost on its way.
    form.elements.version.value = conflict.dataset.conflict;
    retry();
    return;
  }
  remember();
  say(words('failed'), 'failed');
  const told = conflict ?? answer.querySelector('.note');
  if (told) show(told);
  if (!conflict) return;
  // What is typed from here on is kept and goes with the choice.
  settled = false;
  ask(conflict, chosen);
}

async function chosen(conflict) {
  const answer = await settle(conflict);
  if (!answer) {
    say(words('offline'), 'offline');
    return;
  }
  if (answer.ok) {
    forget(entryName);
    dirty = false;
    location.assign(form.getAttribute('action'));
    return;
  }
  settled = true;
  refused(parse(await answer.text()));
}

/** Asking for approval was refused after all was saved: the reason stands above the table. */
function notSubmitted(event) {
  const answer = event.detail;
  if (answer.querySelector('[data-conflict]')) {
    event.preventDefault();
    refused(answer);
  } else if (answer.querySelector('form[data-writing]')) {
    event.preventDefault();
    saved(answer);
    mark(answer);
    const why = answer.querySelector('[data-notes] .note');
    if (!why) return;
    show(why);
    why.scrollIntoView({ block: 'center' });
  }
}

/** What is typed is saved before the form goes on, from the version that this save made; offline it stays here. */
async function submitted(event) {
  const pressed = event.submitter;
  if (pressed?.name === 'act') {
    event.preventDefault();
    dirty = true;
    await save(pressed.value);
    return;
  }
  if (!settled) {
    event.preventDefault();
    return;
  }
  if (!dirty && running === 0) return;
  event.preventDefault();
  await save();
  if (!dirty && settled) form.requestSubmit(pressed);
}

function restore(entry) {
  putBack(entry);
  dirty = true;
  const told = note(form.dataset.restored);
  told.dataset.stays = 'true';
  show(told);
  save();
}

function offer(entry) {
  const choice = (label, act) =>
    button(label, () => {
      show();
      act();
    });
  show(
    note(
      form.dataset.kept,
      choice(form.dataset.take, () => restore(entry)),
      choice(form.dataset.leave, () => forget(entryName)),
    ),
  );
}

function pressed(event) {
  if (!(event.ctrlKey || event.metaKey)) return;
  if (event.key === 's') {
    event.preventDefault();
    dirty = true;
    save();
  } else if (event.key === 'Enter') {
    event.preventDefault();
    document.querySelector('[data-submits]')?.click();
  }
}

/** The browser asks before it closes a page whose text is nowhere else. */
function leave(event) {
  leaving = true;
  if (dirty && !safe) event.preventDefault();
}

function begin() {
  document.querySelectorAll('[data-without-script]').forEach((element) => (element.hidden = true));
  const entry = kept(entryName);
  if (entry && JSON.stringify(entry.fields) === JSON.stringify(fields())) forget(entryName);
  else if (entry?.me === document.body.dataset.me) restore(entry);
  else if (entry) offer(entry);

  document.addEventListener('input', (event) => {
    if (form.contains(event.target) || event.target.form === form) changed(event);
  });
  form.addEventListener('submit', submitted);
  form.addEventListener('tambour:refused', notSubmitted);
  window.addEventListener('online', () => dirty && save());
  window.addEventListener('beforeunload', leave);
  document.addEventListener('visibilitychange', () => document.hidden && dirty && save());
  document.addEventListener('keydown', pressed);
}

if (form) begin();
