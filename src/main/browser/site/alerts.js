/** An alert stands above an open page as soon as it is given, is heard by screen readers, and leaves when it is over. */
import { beside } from './stream.js';
import { steadily } from './steadily.js';

const PATIENCE_MS = 2_000;
const bands = document.querySelector('[data-bands]');
const voice = document.createElement('div');
voice.className = 'sr';
voice.setAttribute('role', 'alert');
document.body.append(voice);

const href = band => band.querySelector('a')?.getAttribute('href');
const all = root => [...root.querySelectorAll('.band--alert')];
/** Shown large on the page itself. */
const shown = () => [...document.querySelectorAll('[data-alarm]')];

async function standing() {
  const answer = await fetch(beside('alertes'), { cache: 'no-cache' });
  if (!answer.ok) throw new Error(answer.status);
  return all(new DOMParser().parseFromString(await answer.text(), 'text/html'));
}

function show(fresh) {
  const there = new Set(fresh.map(href));
  const known = new Set([...all(bands).map(href), ...shown().map(part => part.dataset.alarm), location.pathname]);
  const arrived = fresh.filter(band => !known.has(href(band)));
  const over = all(bands).filter(band => !there.has(href(band)));
  // The alert's own page says by itself what became of it.
  const ended = shown().filter(part => !there.has(part.dataset.alarm) && part.dataset.alarm !== location.pathname);
  if (!arrived.length && !over.length && !ended.length) return;
  steadily(() => {
    over.concat(ended).forEach(part => part.remove());
    bands.append(...arrived.map(band => document.importNode(band, true)));
    bands.classList.toggle('bands--live', all(bands).length > 0);
    all(bands).forEach((band, number) => {
      band.querySelector('b').id = `band-${number}`;
      band.setAttribute('aria-labelledby', `band-${number}`);
    });
  });
  voice.textContent = arrived.map(band => band.querySelector('p').textContent).join(' ');
}

let wanted = 0;

async function look() {
  wanted += 1;
  if (wanted > 1) return;
  for (let seen = 0; seen < wanted; ) {
    seen = wanted;
    try {
      show(await standing());
    } catch {
      // The line broke, or the site is very busy.
      await new Promise(then => setTimeout(then, PATIENCE_MS * (1 + Math.random())));
      wanted += 1;
    }
  }
  wanted = 0;
}

if (bands) {
  document.addEventListener('tambour:live', ({ detail }) => {
    if (detail.emergency) look();
  });
}
