/** Whoever waits for longer asks anew. */
const LONGEST_MS = 20_000;

/** What was answered instead of what was asked for. */
export class Refused extends Error {
  constructor(status) {
    super(status);
    this.status = status;
  }
}

/** What the site shows of something by now. */
export async function read(address) {
  const answer = await fetch(address, { cache: 'no-cache', signal: AbortSignal.timeout(LONGEST_MS) });
  if (!answer.ok) throw new Refused(answer.status);
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
}

/** Whether a page was made before what is known to have happened: another node than the one that told of it may answer. */
export function isBehind(page, since) {
  const made = /depuis=(\d+)/.exec(page.querySelector('link[type="text/event-stream"]')?.getAttribute('href'));
  return made && Number(made[1]) < since;
}

/** As long, or up to twice that: pages are told at once and do not ask at once. */
export const wait = ms => new Promise(then => setTimeout(then, ms * (1 + Math.random())));
