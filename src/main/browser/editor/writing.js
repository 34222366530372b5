/**
 * Saves what is written, a moment after the last change, from the version it started from. What is not saved yet is kept on this device: through a lost
 * connection, an ended session or a closed browser. A conflict shows both texts; nothing here ever throws a text away.
 */
import { countAll } from './counts.js';
import { forget, keep, kept } from './kept.js';

const PAUSE = 900;
const RETRY = 5000;
const NOT_CONTENT = ['_csrf', 'version', 'upload', 'comment'];

const form = document.querySelector('form[data-writing]');
const notes = document.querySelector('[data-notes]');
const status = document.querySelector('[data-saved] span');
const aside = document.querySelector('[data-aside]');

let timer;
let queue = Promise.resolve();
let running = 0;
let dirty = false;
let settled = true;
let leaving = false;

function fields() {
  return [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && !NOT_CONTENT.includes(name));
}

function remember() {
  keep(form.dataset.writing, { me: form.dataset.me, version: form.elements.version.value, fields: fields() });
}

function say(words, state) {
  status.textContent = words;
  status.parentElement.dataset.saved = state;
}

function changed(event) {
  if (event?.target?.name === 'comment' || event?.target?.type === 'file') return;
  tick(event?.target);
  dirty = true;
  leaving = false;
  remember();
  say(form.dataset.saving, 'waiting');
  clearTimeout(timer);
  timer = setTimeout(() => save(), PAUSE);
}

/** Writing a rendition by hand ticks its box. */
function tick(field) {
  const box = field?.dataset?.ticks && form.elements[field.dataset.ticks];
  if (box) box.checked = true;
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
  let answer;
  try {
    answer = await fetch(form.getAttribute('action'), {
      method: 'POST',
      body,
      headers: { Accept: 'text/html', 'X-CSRF-TOKEN': form.elements._csrf.value },
    });
  } catch {
    again(form.dataset.offline, 'offline');
    return;
  }
  if (answer.ok) saved(await answer.text());
  else if (answer.status === 401) expired();
  else if (answer.status === 403 && (await newToken())) retry();
  else if (answer.status === 409 || answer.status === 422) refused(await answer.text());
  else again(form.dataset.failed, 'failed');
}

function retry() {
  dirty = true;
  clearTimeout(timer);
  timer = setTimeout(() => save(), 0);
}

/** Tries again until it works; typing tries earlier. */
function again(words, state) {
  dirty = true;
  remember();
  say(words, state);
  clearTimeout(timer);
  timer = setTimeout(() => save(), RETRY);
}

function parse(html) {
  return new DOMParser().parseFromString(html, 'text/html');
}

function saved(html) {
  const fresh = parse(html).querySelector('[data-fresh]');
  if (!fresh) {
    expired();
    return;
  }
  form.elements.version.value = fresh.dataset.version;
  if (!dirty) {
    // The page that comes may have been read before this save: it compares, and forgets.
    if (!leaving) forget(form.dataset.writing);
    say(fresh.dataset.savedAt, 'saved');
    fresh.querySelectorAll('data[data-field]').forEach(settle);
    form.querySelector('[data-extra]')?.remove();
  } else {
    remember();
  }
  const hint = document.querySelector('[data-hint="until"]');
  if (hint) hint.textContent = fresh.dataset.end;
  notes.replaceChildren(...[...notes.children].filter((note) => note.dataset.stays));
  fresh.querySelectorAll('[data-part]').forEach(renew);
}

/** A time that the server settled otherwise than typed, unless somebody is typing it; what was typed is never emptied. */
function settle(data) {
  if (!data.value) return;
  const field = form.elements[data.dataset.field];
  if (field && field !== document.activeElement && field.value !== data.value && field.type !== 'radio') {
    const shown = field.type === 'time' ? data.value.slice(0, 5) : data.value;
    if (field.value !== shown) field.value = shown;
  }
}

function renew(part) {
  const old = aside.querySelector(`[data-part="${part.dataset.part}"]`);
  const active = old?.contains(document.activeElement) ? document.activeElement : null;
  if (!old || active?.matches('textarea')) return;
  part.querySelectorAll('details[data-keeps-open]').forEach((details) => {
    details.open = old.querySelector(`details[data-keeps-open="${details.dataset.keepsOpen}"]`)?.open ?? false;
  });
  old.replaceWith(part);
  if (active) focusAgain(part, active);
}

/** The focus stays on the control that had it; where that is gone (a question answered), on the heading of its part. */
function focusAgain(part, active) {
  const same = [...part.querySelectorAll('input, button, summary, a')].find(
    (one) => one.outerHTML.replace(' checked=""', '') === active.outerHTML.replace(' checked=""', ''),
  );
  const heading = part.querySelector('h2');
  if (!same) heading.tabIndex = -1;
  (same ?? heading).focus({ preventScroll: true });
}

function refused(html) {
  const answer = parse(html);
  const conflict = answer.querySelector('[data-conflict]');
  const told = conflict ?? answer.querySelector('.note');
  if (conflict && !conflict.querySelector('fieldset')) {
    // The same text is stored already: an answer of ours was lost on its way.
    form.elements.version.value = conflict.dataset.conflict;
    retry();
    return;
  }
  remember();
  say(form.dataset.failed, 'failed');
  if (!told) return;
  notes.replaceChildren(told);
  if (!conflict) return;
  // Until a text is chosen nothing is saved over the other; what is typed meanwhile is kept here and goes with the choice.
  settled = false;
  conflict.addEventListener('submit', (event) => {
    event.preventDefault();
    settleConflict(conflict);
  });
  conflict.scrollIntoView({ block: 'start' });
  conflict.querySelector('h2').tabIndex = -1;
  conflict.querySelector('h2').focus({ preventScroll: true });
}

async function settleConflict(conflict) {
  const body = new FormData(conflict);
  // What was typed since the conflict was shown: the form on this page, not what was sent back then.
  const now = new Map();
  fields().forEach(([name, value]) => now.set(name, [...(now.get(name) ?? []), value]));
  [...new Set(body.keys())].forEach((name) => {
    if (!NOT_CONTENT.includes(name) && !name.startsWith('keep.')) body.delete(name);
  });
  now.forEach((values, name) => values.forEach((value) => body.append(name, value)));
  const answer = await fetch(conflict.getAttribute('action'), {
    method: 'POST',
    body,
    headers: { Accept: 'text/html', 'X-CSRF-TOKEN': form.elements._csrf.value },
  }).catch(() => null);
  if (!answer) {
    say(form.dataset.offline, 'offline');
    return;
  }
  if (answer.ok) {
    forget(form.dataset.writing);
    dirty = false;
    location.assign(form.getAttribute('action'));
    return;
  }
  settled = true;
  refused(await answer.text());
}

function note(words, ...acts) {
  const box = document.createElement('div');
  box.className = 'note note--warn note--bare';
  box.setAttribute('role', 'status');
  const line = document.createElement('p');
  line.textContent = words;
  box.append(line, ...acts);
  return box;
}

function expired() {
  const link = document.createElement('a');
  link.href = '/studio/connexion';
  link.target = '_blank';
  link.rel = 'noopener';
  link.textContent = form.dataset.signIn;
  again(form.dataset.failed, 'failed');
  if (!notes.querySelector('[data-expired]')) {
    const box = note(form.dataset.expired, link);
    box.dataset.expired = '';
    notes.replaceChildren(box);
  }
}

/** After signing in again elsewhere, this page's forms need the new session's token. */
async function newToken() {
  const page = await fetch(form.getAttribute('action'), { headers: { Accept: 'text/html' } }).catch(() => null);
  if (!page?.ok) {
    if (page?.status === 401) expired();
    return false;
  }
  const there = parse(await page.text());
  if (!there.querySelector('form[data-writing]')) {
    // The way led to signing in.
    expired();
    return false;
  }
  const fresh = there.querySelector('input[name=_csrf]')?.value;
  if (!fresh || fresh === form.elements._csrf.value) return false;
  document.querySelectorAll('input[name=_csrf]').forEach((field) => (field.value = fresh));
  return true;
}

/** Puts what was kept back into the form; a picture whose row is not on the page comes as hidden fields. */
function restore(entry) {
  const wanted = new Map();
  entry.fields.forEach(([name, value]) => wanted.set(name, [...(wanted.get(name) ?? []), value]));
  const extra = document.createElement('div');
  extra.dataset.extra = '';
  extra.hidden = true;
  const rows = new Map([...form.querySelectorAll('[data-picture]')].map((row) => [row.dataset.picture, row]));
  const order = wanted.get('picture') ?? [];
  rows.forEach((row, hash) => order.includes(hash) || row.remove());
  order.forEach((hash) => rows.has(hash) && rows.get(hash).parentElement.append(rows.get(hash)));
  for (const field of [...form.elements]) {
    if (!field.name || NOT_CONTENT.includes(field.name) || field.type === 'submit' || field.type === 'file') continue;
    const values = wanted.get(field.name) ?? [];
    if (field.type === 'checkbox' || field.type === 'radio') field.checked = values.includes(field.value);
    else if (field.name === 'picture' || field.name === 'channel') continue;
    else if (field.value !== (values[0] ?? '') && (values.length > 0 || field.type !== 'hidden')) {
      field.value = values.shift() ?? '';
      field.dispatchEvent(new Event('tambour:restored'));
    } else values.shift();
  }
  wanted.forEach((values, name) => {
    if (name === 'picture' ? !values.every((hash) => rows.has(hash)) : !form.elements[name]) {
      values.filter((value) => name !== 'picture' || !rows.has(value)).forEach((value) => {
        const hidden = document.createElement('input');
        hidden.type = 'hidden';
        hidden.name = name;
        hidden.value = value;
        extra.append(hidden);
      });
    }
  });
  if (extra.children.length > 0) form.append(extra);
  form.elements.version.value = entry.version;
  countAll();
  dirty = true;
  const told = note(form.dataset.restored);
  told.dataset.stays = 'true';
  notes.replaceChildren(told);
  save();
}

function offer(entry) {
  const button = (words, act) => {
    const one = document.createElement('button');
    one.type = 'button';
    one.className = 'btn btn--line';
    one.textContent = words;
    one.addEventListener('click', () => {
      notes.replaceChildren();
      act();
    });
    return one;
  };
  notes.replaceChildren(
    note(
      form.dataset.kept,
      button(form.dataset.take, () => restore(entry)),
      button(form.dataset.leave, () => forget(form.dataset.writing)),
    ),
  );
}

function begin() {
  document.querySelectorAll('[data-without-script]').forEach((element) => (element.hidden = true));
  const entry = kept(form.dataset.writing);
  if (entry && JSON.stringify(entry.fields) === JSON.stringify(fields())) forget(form.dataset.writing);
  else if (entry?.me === form.dataset.me) restore(entry);
  else if (entry) offer(entry);

  document.addEventListener('input', (event) => {
    if (form.contains(event.target) || event.target.form === form) changed(event);
  });
  form.addEventListener('submit', submitted);
  window.addEventListener('online', () => dirty && save());
  window.addEventListener('beforeunload', () => (leaving = true));
  document.addEventListener('visibilitychange', () => document.hidden && dirty && save());
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey)) return;
    if (event.key === 's') {
      event.preventDefault();
      dirty = true;
      save();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      document.querySelector('[data-submits]')?.click();
    }
  });
}

/** What is typed is saved before the form goes on, from the version that this save made; offline it stays here. */
async function submitted(event) {
  const button = event.submitter;
  if (button?.name === 'act') {
    event.preventDefault();
    dirty = true;
    await save(button.value);
    return;
  }
  if (!settled) {
    event.preventDefault();
    return;
  }
  if (!dirty && running === 0) return;
  event.preventDefault();
  await save();
  if (!dirty && settled) form.requestSubmit(button);
}

if (form) begin();
