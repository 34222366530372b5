/**
 * An alert stands above an open page as soon as it is given, is changed with each of its versions, is heard by screen readers, and leaves when
 * it is over. Over a staff page it hovers, and what stood in the page leaves its place empty: nothing moves where somebody writes.
 */
import { isBehind, read, Refused, wait } from './anew.js';
import { beside, knowsNothing } from './stream.js';
import { steadily } from './steadily.js';

const PATIENCE_MS = 2_000;
const MOST_PATIENCE_MS = 30_000;
/** Another node than the one that told of it may answer; it knows within a second. */
const BEHIND_MS = 400;
const MOST_BEHIND = 8;
const SIGNED_OUT = 401;
const NOT_THEIRS = 403;
const bands = document.querySelector('[data-bands]');
/** Of a staff page, where its bands are read. */
const studio = bands?.dataset.bands;
const voice = document.createElement('div');
voice.className = 'sr';
voice.setAttribute('role', 'alert');
document.body.append(voice);
/** Says on a staff page that nobody is signed in there any more. There before it has something to say, or nobody would hear it. */
const out = document.createElement('p');
out.className = 'told__out';
out.setAttribute('role', 'status');
if (studio) bands.append(out);

/** An alert's address without the words of its title, which may change. */
const key = address => address?.replace(/(\/avis\/[^/]+\/)[^/]*$/, '$1');
const own = key(location.pathname);
const which = part => key(part.dataset.alarm ?? part.querySelector('a')?.getAttribute('href'));
const all = root => [...root.querySelectorAll('.band--alert:not(.band--gone)')];
/** Shown large on the page itself. Its own page says by itself what became of it. */
const large = root => [...root.querySelectorAll('[data-alarm]')].filter(part => which(part) !== own);
const leave = part => (studio && !bands.contains(part) ? part.classList.add('band--gone') : part.remove());

function isOther(part, standing) {
  const now = standing.get(which(part));
  return now && now.dataset.revision !== part.dataset.revision;
}

/** So much of the window stays behind the bands: a browser leaves it free where it scrolls to whatever has the focus (WCAG 2.4.11). */
function leaveRoom() {
  const height = studio || bands.matches('.bands--live') ? bands.offsetHeight : 0;
  document.documentElement.style.setProperty('--bands', `${height}px`);
}

const links = part => [...part.querySelectorAll('a, button')];

/** Whoever had the focus in a part that is another now, or gone, has it where that leads on. */
function keepFocus(part, place) {
  const now = [...all(document), ...large(document)].find(other => which(other) === which(part));
  if (now?.contains(document.activeElement)) return;
  const there = now ? links(now) : [];
  (there[place] ?? there[0] ?? document.querySelector('main')).focus({ preventScroll: true });
}

/** One part of each alert. */
const each = parts => parts.filter((part, place) => parts.findIndex(other => which(other) === which(part)) === place);

/** @param anew this page as it is now, where something on it is out of date */
function show(answer, standing, anew) {
  const parts = [...all(document), ...large(document)];
  const known = new Set([...parts.map(which), own]);
  const arrived = [...standing].filter(([alert]) => !known.has(alert)).map(([, band]) => band);
  const over = parts.filter(part => !standing.has(which(part)));
  const changed = parts.filter(part => isOther(part, standing));
  if (!arrived.length && !over.length && !changed.length) return;
  const fresh = part =>
    part.dataset.alarm
      ? anew && large(anew).find(other => which(other) === which(part) && other.className === part.className)
      : standing.get(which(part));
  const { dataset } = answer.querySelector('main');
  const title = part => part.querySelector(dataset.named ?? 'h1, b').textContent;
  const said = (words, told) => each(told).map(part => words.replace('%t', () => title(part)));
  const words = [
    ...arrived.map(band => band.querySelector('p').textContent),
    ...said(dataset.changed, changed.map(part => standing.get(which(part)))),
    ...said(dataset.over, over),
  ];
  const held = parts.find(part => part.contains(document.activeElement));
  const place = held && links(held).indexOf(document.activeElement);
  steadily(() => {
    over.forEach(leave);
    changed.forEach(part => (fresh(part) ? part.replaceWith(document.importNode(fresh(part), true)) : part.remove()));
    const there = new Set([...all(document), ...large(document)].map(which));
    const missing = [...standing].filter(([alert]) => alert !== own && !there.has(alert));
    bands.append(...missing.map(([, band]) => document.importNode(band, true)));
    bands.classList.toggle('bands--live', all(bands).length > 0);
    document.querySelectorAll('.band[aria-labelledby]').forEach((band, number) => {
      band.querySelector('b').id = `band-${number}`;
      band.setAttribute('aria-labelledby', `band-${number}`);
    });
    if (held) keepFocus(held, place);
  });
  leaveRoom();
  voice.textContent = words.join(' ');
}

let wanted = 0;
let since = 0;

/** Nothing is asked for here until somebody who has signed in again comes back to this page. */
function leaveOut() {
  const { ended, enter } = bands.dataset;
  const link = document.createElement('a');
  link.href = '/studio';
  link.target = '_blank';
  link.rel = 'noopener';
  link.textContent = enter;
  out.replaceChildren(`${ended} `, link);
}

async function look() {
  wanted += 1;
  if (wanted > 1) return;
  let behind = 0;
  let patience = PATIENCE_MS;
  for (let seen = 0; seen < wanted; ) {
    seen = wanted;
    try {
      const answer = await read(studio || beside('alertes'));
      // Whoever is signed out by now is shown how to sign in.
      if (!answer.querySelector('main[data-over]')) throw new Refused(studio ? SIGNED_OUT : 0);
      out.replaceChildren();
      const standing = new Map(all(answer).map(band => [which(band), band]));
      const anew = large(document).some(part => isOther(part, standing)) ? await read(location.href) : undefined;
      if (!isBehind(answer, since) && !(anew && isBehind(anew, since))) {
        behind = 0;
        show(answer, standing, anew);
      } else if (behind < MOST_BEHIND) {
        behind += 1;
        await wait(BEHIND_MS);
        wanted += 1;
      }
    } catch (refusal) {
      if (studio && [SIGNED_OUT, NOT_THEIRS].includes(refusal.status)) {
        leaveOut();
        break;
      }
      // The line broke, or the site is very busy.
      await wait(patience);
      patience = Math.min(2 * patience, MOST_PATIENCE_MS);
      wanted += 1;
    }
  }
  wanted = 0;
}

if (bands) {
  document.addEventListener('tambour:live', ({ detail }) => {
    if (!detail.emergency) return;
    since = detail.since;
    if (!out.hasChildNodes()) look();
  });
  document.addEventListener('tambour:unheard', () => out.hasChildNodes() || look());
  document.addEventListener('visibilitychange', () => document.hidden || !out.hasChildNodes() || look());
  new ResizeObserver(leaveRoom).observe(bands);
  // Made without knowing what stands: the site was too busy to make the page that was asked for.
  if (knowsNothing) wait(PATIENCE_MS).then(look);
}
