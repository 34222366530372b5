/* The worker: shows what is pushed, and keeps what stands for when there is no network. */
import { wait } from './site/anew.js';
import { ask, askAgain, forget, remember, remembered } from './site/phone-door.js';

const PAGES = 'tambour-pages';
const MOST_PAGES = 60;
const PARTS = /^\/(assets|styles|fonts|marks|ville|icones)\//;
const PICTURES = /^\/images\//;
const UNTIL = 'Tambour-Until';
const OVER = 'Tambour-Over';
const NOT_KEPT = /^(\/[a-z]{2,3})?\/(studio|api|prevenir|mise-en-place|sw\.js)/;

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('message', (event) => {
  if (event.data?.keep) event.waitUntil(keep(event.data.home).catch(() => {}));
});

/* ---------- Told ---------- */

addEventListener('push', (event) => event.waitUntil(pushed(read(event))));

/** What is declared WebKit reads itself: it hands over a notification, as it would show it, and no data. */
function read({ notification, data }) {
  if (notification) return notification;
  try {
    return data.json().notification ?? {};
  } catch {
    return {};
  }
}

/** Something is always shown, whatever came: a browser takes the permission back from who is pushed to silently. */
async function pushed(notification) {
  if (notification.data?.confirm) return asked(notification).catch(() => registration.showNotification(location.host));
  let late;
  try {
    late = await inTurn(() => tell(notification));
  } catch {
    return registration.showNotification(location.host);
  }
  if (!late) await heed(notification);
  await giveBack().catch(() => {});
}

const PATIENCE_MS = 3_000;
const outOfPatience = () => new Promise((then) => setTimeout(then, PATIENCE_MS));
let last = Promise.resolve();

/** One after the other, so that what comes late sees what came before it; none waits for long. */
function inTurn(work) {
  const done = last.then(work);
  last = Promise.race([done.catch(() => {}), outOfPatience()]);
  return done;
}

/** Answers whether it came too late: then what took its place already is shown once more. */
async function tell(notification) {
  const newer = await standing(notification);
  if (!newer) {
    await show(notification);
    await note(notification).catch(() => {});
    return false;
  }
  await show({ ...written(newer), silent: true, navigate: newer.data.navigate });
  return true;
}

/** What is newer of the same notice, whether it still shows or was put away. */
async function standing({ tag, data }) {
  if (!data?.notice) return;
  const shown = await registration.getNotifications({ tag }).catch(() => []);
  const noted = (await remembered(NOTED).catch(() => {}))?.[data.notice];
  return [...shown, noted].find((one) => one?.data?.notice === data.notice && isNewer(one.data, data));
}

const NOTED = 'dits';
const MOST_NOTED = 50;

/** The last word about a notice, for what comes late once nothing shows any more. */
async function note(notification) {
  const { navigate, data } = notification;
  if (!data?.notice) return;
  const { [data.notice]: before, ...others } = (await remembered(NOTED)) ?? {};
  const noted = { ...others, [data.notice]: { ...written(notification), data: { ...data, navigate } } };
  await remember(NOTED, Object.fromEntries(Object.entries(noted).slice(-MOST_NOTED)));
}

/** As it can be written down: what a browser hands over has its members elsewhere. */
const written = ({ title, body, lang, dir, tag, silent, requireInteraction, navigate, data }) => ({
  title,
  body,
  lang,
  dir,
  tag,
  silent,
  requireInteraction,
  navigate,
  data,
});

/** A withdrawal has the revision that it withdraws. */
const isNewer = (one, other) =>
  one.revision > other.revision ||
  (one.revision === other.revision && one.state === 'withdrawn' && other.state !== 'withdrawn');

const isOver = ({ data }) => typeof data?.until === 'number' && data.until <= Date.now();

function show({ title, body = '', lang = '', dir = 'auto', tag, silent, requireInteraction, navigate, data }) {
  const over = isOver({ data });
  return registration.showNotification((over ? data.over : title) || location.host, {
    body: over ? '' : body,
    lang,
    dir,
    tag,
    icon: '/icones/192.png',
    badge: '/icones/badge.png',
    silent: over || silent === true,
    renotify: !over && silent !== true && Boolean(tag),
    requireInteraction: !over && requireInteraction === true && data?.exercise !== true,
    data: { ...data, navigate },
    // To WebKit: what is not declared again is lost.
    ...(navigate && { navigate }),
  });
}

/** What follows from what was told. */
async function heed(notification) {
  const { navigate, data } = notification;
  if (!navigate) return;
  await remember('pousse', Date.now()).catch(() => {});
  const path = new URL(navigate).pathname;
  const gone = isOver(notification) || data?.state === 'withdrawn' || data?.exercise === true;
  const page = gone ? null : await sheet(notification);
  const changes = gone || data?.state === 'corrected';
  if (changes) await drop(path);
  if (page) await put(new URL(path, location.origin).href, page);
  if (changes) await homeAgain().catch(() => {});
}

const SOONEST_MS = 2_000;
const LATEST_MS = 30_000;

/** All phones are told at once and do not ask at once; nor before each node of the site knows what they were told. */
async function homeAgain() {
  const at = await homeAt();
  if (await caches.match(at)) return;
  const moment = SOONEST_MS + Math.random() * (LATEST_MS - SOONEST_MS);
  await new Promise((then) => setTimeout(then, moment));
  if (!(await caches.match(at))) await home(at);
}

/** In the language in which the site was read. */
const homeAt = async () => (await remembered('accueil').catch(() => {})) ?? '/';

/** What was told is read again without a network, even where the page itself never came. */
async function sheet({ title, body = '', lang = '', dir = 'auto', data }) {
  const home = await ((await caches.match(await homeAt())) ?? (await caches.match('/')))?.text();
  const styles = home?.match(/<link[^>]* rel="stylesheet"[^>]*>/g) ?? [];
  const html = `<!doctype html><html lang="${plain(lang)}" dir="${plain(dir)}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${plain(title)}</title>${styles.join('')}
<main class="wrap">${data?.copy ? `<p class="wrap copy" data-dated="${plain(data.copy)}" hidden></p>` : ''}<h1>${plain(title)}</h1>${body.split('\n').map((line) => `<p>${plain(line)}</p>`).join('')}</main>`;
  const headers = { 'Content-Type': 'text/html', Date: new Date().toUTCString() };
  if (data?.until) headers[UNTIL] = data.until;
  if (data?.over) headers[OVER] = encodeURIComponent(data.over);
  return new Response(html, { headers });
}

const plain = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/* ---------- Asked whether it is there ---------- */

/** What was pushed says that something is left to be done: so it is, until the town has its token back. */
async function asked(notification) {
  await remember('jeton', written(notification)).catch(() => {});
  const given = persist(() => give(notification)).catch(() => false);
  if (!(await Promise.race([given, outOfPatience()]))) await show(notification);
  await given;
}

/** Answers whether the town has it; then that is what shows. */
async function give(notification) {
  const { confirm, done } = notification.data;
  const subscription = await registration.pushManager.getSubscription();
  if (!subscription) return false;
  const forgotten = async () => {
    if ((await remembered('jeton'))?.data.confirm === confirm) await forget('jeton');
  };
  try {
    await ask('telephones/confirmation', { endpoint: subscription.endpoint, token: confirm });
  } catch (problem) {
    if (isFinal(problem)) await forgotten().catch(() => {});
    throw problem;
  }
  await forgotten().catch(() => {});
  await show({ ...written(notification), ...done, silent: true });
  for (const page of await clients.matchAll()) page.postMessage({ confirmed: true });
  return true;
}

/** The site was not to be had when the token came. */
async function giveBack() {
  const kept = await remembered('jeton');
  if (kept) await give(kept);
}

const PAUSES_MS = [2_000, 5_000, 15_000, 30_000];

/** To ask again would change nothing. */
const isFinal = ({ status }) => status >= 400 && status < 500 && status !== 429;

/** Again and again while the site is overrun or out of reach, for a minute or two. */
async function persist(act) {
  for (const pause of PAUSES_MS) {
    try {
      return await act();
    } catch (problem) {
      if (isFinal(problem)) throw problem;
    }
    await wait(pause);
  }
  return act();
}

addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(readNotice(event.notification.data?.navigate));
});

async function readNotice(address) {
  const url = new URL(address ?? '/', location.origin);
  const path = location.origin + url.pathname;
  const open = await clients.matchAll({ type: 'window' });
  const there = open.find((page) => page.url === path);
  return there ? there.focus() : clients.openWindow(path);
}

addEventListener('pushsubscriptionchange', (event) => event.waitUntil(again(event)));

async function again({ oldSubscription, newSubscription }) {
  const options = { userVisibleOnly: true, applicationServerKey: await remembered('cle') };
  const subscription = newSubscription ?? (await registration.pushManager.subscribe(options));
  // If this does not get through, the next page asks.
  await forget('jour').catch(() => {});
  await persist(() => askAgain(subscription, oldSubscription));
}

/* ---------- Without a network ---------- */

addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') event.waitUntil(giveBack().catch(() => {}));
  if (PARTS.test(pathname)) event.respondWith(part(event));
  else if (PICTURES.test(pathname)) event.respondWith(fresh(event));
  else if (request.mode === 'navigate' && !NOT_KEPT.test(pathname)) event.respondWith(page(event));
});

async function page(event) {
  try {
    return await fresh(event);
  } catch (problem) {
    const home = (await stillTrue(new Request(await homeAt()))) ?? (await stillTrue(new Request('/')));
    if (home) return home;
    throw problem;
  }
}

/** Network first: what is kept is shown where nothing comes, or nothing soon, or the site is overrun. */
async function fresh(event) {
  const { request } = event;
  const coming = fetch(request);
  event.waitUntil(coming.then((answer) => heard(request.url, answer.clone())).catch(() => {}));
  const failed = coming.then(
    (answer) => answer.status >= 500,
    () => true,
  );
  const late = new Promise((then) => setTimeout(then, PATIENCE_MS, true));
  const kept = (await Promise.race([failed, late])) && (await stillTrue(request));
  return kept || coming;
}

const OVERRUN = 503;
const OVERRUN_MS = 600_000;
let refusedAt;
const refused = () => (refusedAt = Date.now());
const isOverrun = () => Date.now() - refusedAt < OVERRUN_MS;

async function heard(address, answer) {
  if (answer.status === OVERRUN) refused();
  if (answer.ok) await put(address, answer);
  else if (answer.status === 404 || answer.status === 410) await drop(new URL(address).pathname);
}

/** A notice as pages show it that are not its own, and its end. */
const SHORT = /<(aside|section|article|li|div)\b[^>]* data-until="(\d+)"[^>]*>[^]*?<\/\1>/g;

/**
 * What is kept, without what it shows of notices that are over since. The page of one says so, or is not shown where it has no
 * words for it. An address was kept, whatever was asked of it: for programs a notice is something else at the same one.
 */
async function stillTrue(request) {
  const kept = await caches.match(request, { ignoreSearch: true, ignoreVary: true });
  if (!/html/.test(kept?.headers.get('Content-Type'))) return kept;
  const { headers } = kept;
  const html = dated(await kept.text(), headers);
  const isPast = (end) => Number(end) <= Date.now();
  const until = headers.get(UNTIL) ?? /<article class="paper[^>]* data-until="(\d+)"/.exec(html)?.[1];
  if (!noticeAt(request.url) || !until || !isPast(until)) {
    const standing = html.replace(SHORT, (all, tag, end) => (isPast(end) ? '' : all));
    return new Response(standing, { headers });
  }
  const over = headers.get(OVER);
  if (!over) return;
  const words = plain(decodeURIComponent(over));
  return new Response(html.replace(/(<title>|<h1>)[^<]*/g, (all, tag) => tag + words), { headers });
}

/** What is kept says since when, in its own language, of which it has the words: « Copie du %d à %h ». */
function dated(html, headers) {
  const at = new Date(Date.parse(headers.get('Date') ?? ''));
  if (Number.isNaN(at.getTime())) return html;
  return html.replace(/(<p class="wrap copy") data-dated="([^"]*)" hidden>/, (all, tag, words) => {
    const lang = /<html[^>]* lang="([\w-]+)"/.exec(html)?.[1] ?? 'fr';
    const year = at.getFullYear() === new Date().getFullYear() ? undefined : 'numeric';
    const day = at.toLocaleDateString(lang === 'en' ? 'en-GB' : lang, { day: 'numeric', month: 'long', year });
    const hour = at.toLocaleTimeString(lang === 'en' ? 'en-US' : lang, { hour: 'numeric', minute: '2-digit' }).toLowerCase();
    const french = lang.startsWith('fr');
    const minutes = String(at.getMinutes()).padStart(2, '0');
    const said = words
      .replace('%d', french ? day.replace(/^1 /, '1er ') : day)
      .replace('%h', french ? `${at.getHours()}\u00a0h\u00a0${minutes}` : hour);
    return `${tag}>${said}`;
  });
}

/** The notice whose page stands at an address of ours, whatever its title and language. */
const noticeAt = (address) =>
  /^(?:\/[a-z]{2,3}(?:-\w+)*)?\/avis\/([^/?#]+)/.exec(address.replace(location.origin, ''))?.[1];

/** Their addresses change with their content. */
async function part(event) {
  const { request } = event;
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) event.waitUntil(put(request.url, answer.clone()).catch(() => {}));
  return answer;
}

async function put(address, answer) {
  if (answer.redirected || /no-store/.test(answer.headers.get('Cache-Control') ?? '')) return;
  const cache = await caches.open(PAGES);
  await cache.put(address, answer);
  const kept = await cache.keys();
  for (const old of kept.slice(0, Math.max(0, kept.length - 2 * MOST_PAGES))) await cache.delete(old);
}

/**
 * What is withdrawn, over or corrected is not read from memory, nor a page that names it, nor its pictures; of an exercise
 * nothing ever is.
 */
async function drop(path) {
  const cache = await caches.open(PAGES);
  const notice = noticeAt(path);
  if (!notice) return cache.delete(path, { ignoreSearch: true });
  const pictures = [];
  const gone = new Set();
  for (const kept of await cache.keys()) {
    const its = new URL(kept.url).pathname;
    if (PICTURES.test(its)) pictures.push(kept);
    if (PICTURES.test(its) || PARTS.test(its)) continue;
    const html = (await (await cache.match(kept))?.text()) ?? '';
    const own = noticeAt(kept.url) === notice;
    if (own) for (const [picture] of html.matchAll(/\/images\/[^/"]+\//g)) gone.add(picture);
    if (own || html.includes(`/avis/${notice}/`)) await cache.delete(kept);
  }
  for (const kept of pictures) if ([...gone].some((its) => kept.url.includes(its))) await cache.delete(kept);
}

/** The home page, kept as it stands; its text. */
async function home(at) {
  const answer = await fetch(at);
  if (answer.status === OVERRUN) refused();
  if (!answer.ok) return;
  const text = await answer.clone().text();
  await put(new URL(at, location.origin).href, answer);
  return text;
}

const PAUSE_MS = 250;

/**
 * The home page, the notices it links to, and what they are made of, one after the other with pauses; notices that it does not link to any
 * more are let go. Nothing of it while the site is overrun: what is asked for by somebody comes first.
 */
async function keep(at = '/') {
  await remember('accueil', at);
  if (isOverrun()) return;
  const cache = await caches.open(PAGES);
  // What is told from here on, home may not have yet.
  const known = (await cache.keys()).filter(({ url }) => noticeAt(url));
  const text = await home(at);
  if (!text) return;
  const links = [...text.matchAll(/(?:href|src)="(\/[^"#]*)"/g)].map((found) => found[1].replaceAll('&amp;', '&'));
  const linked = new Set(links.map(noticeAt));
  for (const old of known) if (!linked.has(noticeAt(old.url))) await cache.delete(old);
  const wanted = links.filter((path) => PARTS.test(path) || PICTURES.test(path) || noticeAt(path));
  for (const path of [...new Set(wanted)].slice(0, MOST_PAGES)) {
    try {
      const kept = PARTS.test(path) && (await cache.match(path));
      if (!kept) await wait(PAUSE_MS);
      const answer = kept || (await fetch(path));
      if (answer.status === OVERRUN) return refused();
      if (answer.ok) await put(new URL(path, location.origin).href, answer);
    } catch {
      return;
    }
  }
}
