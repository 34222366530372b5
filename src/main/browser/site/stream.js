/**
 * Listens to what happens in the town while the page is visible, and tells the page by `tambour:live` events on the document. Their detail is
 * { since, step: 'published' | 'corrected' | 'withdrawn' | 'expired' | 'reload', notice, emergency }: since is the town's counter by then. The page's head says where the stream is and from
 * where on the page knows nothing. A page that shows how a notice gets on is told `tambour:progress` as well. While it has no stream, or one that lets nothing through, it is told `tambour:unheard` each half a minute to a minute, to ask for itself.
 */
import { wait } from './anew.js';

const link = document.querySelector('link[type="text/event-stream"]');
const AGAIN_MS = 4_000;
const LATEST_MS = 30_000;
const UNHEARD_MS = 30_000;
/** A stream says something at least each 20 s. */
const SILENT_MS = 60_000;
/** EventSource.OPEN, where there is one. */
const OPEN = 1;
let again = AGAIN_MS;
let source;
let heard = 0;
/** The notice whose way out the page shows. */
const followed = document.querySelector('live-watch[data-account], live-diffusion')?.dataset.notice;
let since = link && new URL(link.href).searchParams.get('depuis');

const hear = () => (heard = performance.now());

function tell(event, detail) {
  hear();
  if (event.lastEventId) since = event.lastEventId;
  document.dispatchEvent(new CustomEvent('tambour:live', { detail: { ...detail, since: Number(since) } }));
}

function open() {
  if (source || document.hidden) return;
  const address = new URL(link.href);
  if (since) address.searchParams.set('depuis', since);
  if (followed) address.searchParams.set('suit', followed);
  source = new EventSource(address);
  hear();
  source.addEventListener('notice', event => tell(event, JSON.parse(event.data)));
  source.addEventListener('reload', event => tell(event, { step: 'reload', emergency: true }));
  source.addEventListener('error', () => {
    // Refused (there are too many, or Tambour is starting): a browser does not come again by itself then.
    if (source?.readyState === EventSource.CLOSED) {
      close();
      wait(again).then(open);
      again = Math.min(2 * again, LATEST_MS);
    }
  });
  source.addEventListener('progress', () => {
    hear();
    document.dispatchEvent(new Event('tambour:progress'));
  });
  source.addEventListener('beat', hear);
  source.addEventListener('open', () => (again = AGAIN_MS));
}

function close() {
  source?.close();
  source = undefined;
}

/** Refused for long (there are too many), never let through by what lies in between, or gone without a word. */
async function unheard() {
  for (;;) {
    await wait(UNHEARD_MS);
    const silent = source && performance.now() - heard > SILENT_MS;
    if (document.hidden || (source?.readyState === OPEN && !silent)) continue;
    document.dispatchEvent(new Event('tambour:unheard'));
    if (silent) {
      close();
      open();
    }
  }
}

if (link) unheard();
if (link && window.EventSource) {
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));
  window.addEventListener('pagehide', close);
  window.addEventListener('pageshow', open);
  open();
}

/** The address of another page of this site, in the language of this one. */
export const beside = name => new URL(name, link.href);

/** Whether the page was made without asking what stands. */
export const knowsNothing = link && !since;
