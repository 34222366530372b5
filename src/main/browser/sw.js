/* The worker: shows what is pushed, and keeps what stands for when there is no network. */
import { ask, remember, remembered, told } from './site/phone-door.js';

const PAGES = 'tambour-pages';
const MOST_PAGES = 60;
const PARTS = /^\/(assets|styles|fonts|marks|ville|images|icones)\//;
const NOT_KEPT = /^(\/[a-z]{2,3})?\/(studio|api|prevenir|mise-en-place|sw\.js)/;

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('message', (event) => {
  if (event.data?.keep) event.waitUntil(keep().catch(() => {}));
});

/* ---------- Told ---------- */

addEventListener('push', (event) => event.waitUntil(pushed(read(event.data))));

function read(data) {
  try {
    return data.json().notification ?? {};
  } catch {
    return {};
  }
}

/** Something is always shown, whatever came: a browser takes the permission back from who is pushed to silently. */
async function pushed(notification) {
  try {
    await show(notification);
  } catch {
    return registration.showNotification(location.host);
  }
  await heed(notification);
}

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
    renotify: !over && silent !== true && tag !== undefined,
    requireInteraction: !over && requireInteraction === true && data?.exercise !== true,
    data: { ...data, navigate, over },
  });
}

/** What follows from what was told. */
async function heed(notification) {
  const { navigate, data } = notification;
  if (data?.confirm) return confirm(data.confirm);
  if (!navigate) return;
  const path = new URL(navigate).pathname;
  await (isOver(notification) || data?.state === 'withdrawn' || data?.exercise === true
    ? drop(path)
    : note(path, notification));
}

/** What was told is read again without a network, even where the page itself never came. */
async function note(path, { title, body = '', lang = '', dir = 'auto' }) {
  const home = await (await caches.match('/'))?.text();
  const styles = home?.match(/<link[^>]* rel="stylesheet"[^>]*>/g) ?? [];
  const html = `<!doctype html><html lang="${plain(lang)}" dir="${plain(dir)}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${plain(title)}</title>${styles.join('')}
<main class="wrap"><h1>${plain(title)}</h1>${body.split('\n').map((line) => `<p>${plain(line)}</p>`).join('')}</main>`;
  await put(new URL(path, location.origin).href, new Response(html, { headers: { 'Content-Type': 'text/html' } }));
}

const plain = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** What is withdrawn or over is not read from memory; of an exercise nothing ever is. */
async function drop(path) {
  await (await caches.open(PAGES)).delete(new URL(path, location.origin).href);
}

async function confirm(token) {
  const subscription = await registration.pushManager.getSubscription();
  if (!subscription) return;
  await ask('telephones/confirmation', { endpoint: subscription.endpoint, token });
  for (const page of await clients.matchAll()) page.postMessage({ confirmed: true });
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

async function again(event) {
  const old = event.oldSubscription ? told(event.oldSubscription) : await remembered('abonnement');
  const options = { userVisibleOnly: true, applicationServerKey: await remembered('cle') };
  const subscription = event.newSubscription ?? (await registration.pushManager.subscribe(options));
  await ask('telephones', { ...told(subscription), replaces: old });
  await remember('abonnement', told(subscription));
}

/* ---------- Without a network ---------- */

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (PARTS.test(url.pathname)) event.respondWith(part(request));
  else if (request.mode === 'navigate' && !NOT_KEPT.test(url.pathname)) event.respondWith(page(request));
});

/** Network first: what is kept is only shown where nothing comes. */
async function page(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) await put(request.url, answer.clone());
    else if (answer.status === 404 || answer.status === 410) await drop(new URL(request.url).pathname);
    return answer;
  } catch (problem) {
    const kept = (await caches.match(request, { ignoreSearch: true })) ?? (await caches.match('/'));
    if (kept) return kept;
    throw problem;
  }
}

/** Their addresses change with their content. */
async function part(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await put(request.url, answer.clone());
  return answer;
}

async function put(address, answer) {
  if (answer.redirected || /no-store/.test(answer.headers.get('Cache-Control') ?? '')) return;
  const cache = await caches.open(PAGES);
  await cache.put(address, answer);
  const kept = await cache.keys();
  for (const old of kept.slice(0, Math.max(0, kept.length - 2 * MOST_PAGES))) await cache.delete(old);
}

/** The home page, the notices it links to, and what they are made of. */
async function keep() {
  const home = await fetch('/');
  if (!home.ok) return;
  const text = await home.clone().text();
  await put(new URL('/', location.origin).href, home);
  const links = [...text.matchAll(/(?:href|src)="(\/[^"#]*)"/g)].map((found) => found[1].replaceAll('&amp;', '&'));
  const wanted = links.filter((path) => PARTS.test(path) || /^(\/[a-z]{2,3})?\/avis\//.test(path));
  for (const path of [...new Set(wanted)].slice(0, MOST_PAGES)) {
    try {
      const answer = await fetch(path);
      if (answer.ok) await put(new URL(path, location.origin).href, answer);
    } catch {
      return;
    }
  }
}
