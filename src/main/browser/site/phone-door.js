/* What a phone tells the town about itself; for pages and for the worker. */
const root = '/prevenir/';

/** A subscription as the server takes it. */
export const told = (subscription) => {
  const { endpoint, keys } = subscription.toJSON();
  return { endpoint, keys };
};

/** Whoever waits for longer asks anew. */
const LONGEST_MS = 20_000;

/** Asks; answers what came, or throws with the sentence for the person. */
export async function ask(path, body, prefix = '') {
  const answer = await fetch(prefix + root + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(LONGEST_MS),
  });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(said.detail ?? ''), { status: answer.status, code: said.code });
  return said;
}

/** A phone that had asked asks again, with what it chose: it has another address, or the town knows it no more. */
export async function askAgain(subscription, old) {
  const replaces = old ? told(old) : await remembered('abonnement');
  const asking = (choices) => ask('telephones', { ...told(subscription), replaces, choices });
  try {
    await asking(await remembered('choix'));
  } catch (problem) {
    // The town has something no more that was chosen.
    if (problem.code !== 'phone.choices') throw problem;
    await asking();
  }
  await remember('abonnement', told(subscription));
}

/* What the phone remembers of itself, where pages and worker both find it: no cookie, nothing leaves. */
const memory = () => caches.open('tambour-telephone');

export async function remember(name, value) {
  await (await memory()).put('/' + name, new Response(JSON.stringify(value)));
}

export async function remembered(name) {
  const kept = await (await memory()).match('/' + name);
  return kept?.json();
}

export async function forget(name) {
  await (await memory()).delete('/' + name);
}
