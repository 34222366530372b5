/**
 * <live-watch>: says that what is being read has changed meanwhile, and shows it when asked to; until then nothing moves.
 *
 *   <live-watch data-notice="0abc" [data-account] | data-list data-one data-many data-changed data-corrected data-withdrawn data-expired data-show>
 */
import { isBehind, read, wait } from './anew.js';

/** All open lists hear at once and are in no hurry: they ask one after the other. */
const SOON_MS = 2_000;
const SPREAD_MS = 12_000;
const LATEST_MS = 30_000;

const notice = address => /\/avis\/([^/?#]+)/.exec(address)?.[1];

/** The notices that a page shows in its main part, and the words that it has for each; what stands there as an alert is told of by itself. */
function shown(page) {
  const all = new Map();
  for (const link of page.querySelectorAll('main a[href*="/avis/"]')) {
    if (link.closest('[data-alarm]')) continue;
    const which = notice(link.getAttribute('href'));
    const words = link.closest('article, li, div').textContent.replace(/\s+/g, ' ');
    all.set(which, (all.get(which) ?? '') + words);
  }
  return all;
}

/** What a page says of how a notice gets on. */
const account = page => [...page.querySelectorAll('main section')].map(part => part.textContent.replace(/\s+/g, ' ')).join();

class LiveWatch extends HTMLElement {
  connectedCallback() {
    this.published = new Set();
    this.touched = new Set();
    this.hear = ({ detail }) => this.heard(detail);
    document.addEventListener('tambour:live', this.hear);
    // The stream says first how far it is, and that may be shown already.
    this.moves = () => this.button || this.look();
    if ('account' in this.dataset) document.addEventListener('tambour:progress', this.moves);
    // There before it has something to say, or nobody would hear it.
    this.words = document.createElement('span');
    this.words.setAttribute('role', 'status');
    this.append(this.words);
  }

  disconnectedCallback() {
    document.removeEventListener('tambour:live', this.hear);
    document.removeEventListener('tambour:progress', this.moves);
  }

  heard({ step, notice: which, emergency, since }) {
    const { dataset } = this;
    if ('list' in dataset) {
      // An alert stands above the page by itself; of what the page does not show it has nothing to say.
      if (step === 'published' && emergency) return;
      const concerns = step === 'reload' || step === 'published' || this.published.has(which) || shown(document).has(which);
      if (!concerns) return;
      this.since = since;
      if (step === 'reload') this.missed = true;
      else (step === 'published' ? this.published : this.touched).add(which);
      this.look();
    } else if (step === 'reload') {
      this.say(dataset.changed);
    } else if (which === dataset.notice) {
      this.say(dataset[step] ?? dataset.changed);
    }
  }

  /** Reads the page anew, once for all that comes meanwhile, and says in what it differs. */
  async look() {
    this.wanted = true;
    if (this.looking) return;
    this.looking = true;
    await wait(Math.random() * SPREAD_MS / 2);
    for (let pause = SOON_MS; this.wanted; pause = Math.min(2 * pause, LATEST_MS)) {
      await wait(pause);
      this.wanted = false;
      try {
        const page = await read(location.pathname);
        if (isBehind(page, this.since)) this.wanted = true;
        else if (!('account' in this.dataset)) this.compare(shown(document), shown(page));
        else if (!this.button && account(page) !== account(document)) this.say(this.dataset.changed);
      } catch {
        // The line broke, or the site is very busy.
        this.wanted = true;
      }
    }
    this.looking = false;
  }

  /** @param now what this page shows */
  compare(now, then) {
    const { dataset } = this;
    const news = [...this.published].filter(which => then.has(which) && !now.has(which)).length;
    const differs = which => now.has(which) && now.get(which) !== then.get(which);
    const changed = this.missed
      ? now.size !== then.size || [...now.keys()].some(differs)
      : [...this.touched].some(differs);
    if (news) this.say(news === 1 ? dataset.one : dataset.many.replace('%n', news));
    else if (changed) this.say(dataset.changed);
    else this.hush();
  }

  say(words) {
    if (this.words.textContent !== words) this.words.textContent = words;
    if (!this.button) {
      this.button = document.createElement('button');
      this.button.className = 'btn';
      this.button.type = 'button';
      this.button.textContent = this.dataset.show;
      this.button.addEventListener('click', () => location.reload());
      this.append(this.button);
    }
    this.classList.add('live--told');
  }

  /** What was new is gone again: the page shows what there is. */
  hush() {
    // Nobody's focus is taken from under them: then it stays, and leads to the page as it is.
    if (!this.button || this.button === document.activeElement) return;
    this.words.textContent = '';
    this.button.remove();
    this.button = undefined;
    this.classList.remove('live--told');
  }
}

customElements.define('live-watch', LiveWatch);
