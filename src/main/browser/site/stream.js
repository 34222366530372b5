/**
 * Listens to what happens in the town while the page is visible, and tells the page by `tambour:live` events on the document. Their detail is
 * { since, step: 'published' | 'corrected' | 'withdrawn' | 'expired' | 'reload', notice, emergency }: since is the town's counter by then. The page's head says where the stream is and from
 * where on the page knows nothing.
 */
const link = document.querySelector('link[type="text/event-stream"]');
const AGAIN_MS = 4_000;
const LATEST_MS = 30_000;
let again = AGAIN_MS;
let source;
let since = link && new URL(link.href).searchParams.get('depuis');

function tell(event, detail) {
  if (event.lastEventId) since = event.lastEventId;
  document.dispatchEvent(new CustomEvent('tambour:live', { detail: { ...detail, since: Number(since) } }));
}

function open() {
  if (source || document.hidden) return;
  const address = new URL(link.href);
  address.searchParams.set('depuis', since);
  source = new EventSource(address);
  source.addEventListener('notice', event => tell(event, JSON.parse(event.data)));
  source.addEventListener('reload', event => tell(event, { step: 'reload', emergency: true }));
  source.addEventListener('error', () => {
    // Refused (there are too many, or Tambour is starting): a browser does not come again by itself then.
    if (source?.readyState === EventSource.CLOSED) {
      close();
      setTimeout(open, again * (1 + Math.random()));
      again = Math.min(2 * again, LATEST_MS);
    }
  });
  source.addEventListener('open', () => (again = AGAIN_MS));
}

function close() {
  source?.close();
  source = undefined;
}

if (link && window.EventSource) {
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));
  window.addEventListener('pagehide', close);
  window.addEventListener('pageshow', open);
  open();
}

/** The address of another page of this site, in the language of this one. */
export const beside = name => new URL(name, link.href);
