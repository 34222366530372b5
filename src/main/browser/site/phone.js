import { ask, askAgain, forget, remember, remembered, told } from './phone-door.js';

/**
 * <tell-me>: this device is told of notices, or no more. Holds one block per state, `data-when="ready active"`; the form holds the choices.
 *
 *   <tell-me data-key="BASE64URL" data-prefix="/en" data-saved="…">…</tell-me>
 */
class TellMe extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector('form');
    this.on('[data-do^=subscribe]', () => this.subscribe());
    this.on('[data-do=end]', () => this.end());
    this.on('[data-do=code]', () => this.code());
    this.on('[data-do=carry]', () => this.carry());
    this.form.addEventListener('change', ({ target }) => {
      if (target.name !== 'code') this.changed();
    });
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      // Enter sends a form that has one line to type in.
      if (document.activeElement?.name === 'code') this.act(() => this.carry());
    });
    navigator.serviceWorker?.addEventListener('message', (event) => {
      if (event.data?.confirmed) this.look();
    });
    this.look().catch((problem) => this.fail(problem));
  }

  on(selector, act) {
    this.querySelectorAll(selector).forEach((button) => button.addEventListener('click', () => this.act(act)));
  }

  act(work) {
    this.say('');
    work().catch((problem) => this.fail(problem));
  }

  show(state) {
    const before = this.querySelector(SHOWN);
    const focused = document.activeElement;
    const known = 'state' in this.dataset;
    this.dataset.state = state;
    this.querySelectorAll('[data-when]').forEach((block) => {
      block.hidden = !block.dataset.when.split(' ').includes(state);
    });
    const now = this.querySelector(SHOWN);
    if (known && now && now !== before) this.announce(now, focused);
  }

  /** What came of it is heard as well: where the focus was on what is gone it goes there, else it is said. */
  announce(block, focused) {
    if (this.contains(focused) && focused.closest('[hidden]')) {
      block.tabIndex = -1;
      block.focus();
    } else {
      this.say(block.querySelector('b, h2').textContent, '[data-voice]');
    }
  }

  say(words, selector = '[data-says]') {
    this.querySelectorAll(selector).forEach((status) => (status.textContent = words));
  }

  fail(problem) {
    this.say(problem.message && problem.status ? problem.message : this.dataset.failed);
  }

  async look() {
    if (!('serviceWorker' in navigator) || !('PushManager' in window) || !window.isSecureContext) {
      return this.show(apple() && !installed() ? 'install' : 'unsupported');
    }
    const subscription = await (await worker())?.pushManager.getSubscription();
    if (!subscription) return this.show(Notification.permission === 'denied' ? 'refused' : 'ready');
    try {
      this.stands(await ask('telephones/presence', told(subscription), this.dataset.prefix));
    } catch (problem) {
      if (problem.status !== 404) throw problem;
      this.show('ready');
    }
  }

  stands({ state, choices }) {
    // Once: whoever looks again may be ticking.
    if (!this.filled) {
      this.fill(choices);
      remember('choix', choices).catch(() => {});
    }
    this.filled = true;
    this.show(state === 'active' ? 'active' : 'waiting');
    // The worker says so when it has been told; a push that shows by itself wakes no worker.
    this.looks = (this.looks ?? 0) + 1;
    if (state !== 'active' && this.looks <= 30) setTimeout(() => this.lookAgain().catch(() => {}), 3000);
  }

  /** After a minute the token is asked for anew: the first may have been lost. */
  async lookAgain() {
    if (this.looks === 21) await ask('telephones', told(await this.subscription()), this.dataset.prefix);
    await this.look();
  }

  async subscribe() {
    this.show('asking');
    try {
      // First of all: some seconds after the tap Firefox and WebKit ask for nothing any more.
      const leave = await Notification.requestPermission();
      if (leave !== 'granted') return this.show(leave === 'denied' ? 'refused' : 'ready');
      const registration = await worker(true);
      const subscription =
        (await registration.pushManager.getSubscription()) ??
        (await registration.pushManager.subscribe({
          userVisibleOnly: true,
          applicationServerKey: this.dataset.key,
        }));
      await remember('cle', this.dataset.key);
      await remember('abonnement', told(subscription));
      await remember('choix', this.choices());
      const answer = await ask(
        'telephones',
        { ...told(subscription), choices: this.choices() },
        this.dataset.prefix,
      );
      this.stands(answer);
    } catch (problem) {
      this.show('ready');
      throw problem;
    }
  }

  async subscription() {
    const subscription = await (await worker())?.pushManager.getSubscription();
    if (!subscription) throw new Error();
    return subscription;
  }

  async changed() {
    if (this.dataset.state !== 'active' && this.dataset.state !== 'waiting') return;
    this.unsaved = true;
    this.saving ??= this.save().finally(() => (this.saving = undefined));
    await this.saving;
  }

  /** One after the other, until the form as it stands has been sent: else an older one might arrive last. */
  async save() {
    while (this.unsaved) {
      this.unsaved = false;
      try {
        const body = { ...told(await this.subscription()), choices: this.choices() };
        const { choices } = await ask('telephones/choix', body, this.dataset.prefix);
        await remember('choix', choices);
        this.say(this.dataset.saved);
      } catch (problem) {
        this.fail(problem);
      }
    }
  }

  async end() {
    const subscription = await this.subscription();
    await ask('telephones/fin', told(subscription), this.dataset.prefix);
    // First of all: what is remembered is asked for again.
    await forget('abonnement');
    await forget('choix');
    await forget('jeton');
    await forget('dits');
    await subscription.unsubscribe();
    this.show('ready');
    this.say(this.dataset.ended);
    this.querySelector('[data-do=subscribe]')?.focus();
  }

  async code() {
    const { code } = await ask('codes', told(await this.subscription()), this.dataset.prefix);
    this.say(code, '[data-code]');
    this.querySelector('[data-coded]').hidden = false;
  }

  async carry() {
    const code = this.querySelector('[name=code]').value;
    const { choices } = await ask('codes/lecture', { code }, this.dataset.prefix);
    this.fill(choices);
    this.say(this.dataset.carried);
    await this.changed();
  }

  choices() {
    const data = new FormData(this.form);
    return {
      kinds: data.getAll('kind'),
      themes: data.getAll('theme'),
      districts: data.getAll('district'),
      quiet: data.has('quiet') ? { from: +data.get('from'), until: +data.get('until') } : null,
      language: data.get('language'),
      exercises: data.has('exercises'),
    };
  }

  fill({ kinds, themes, districts, quiet, language, exercises }) {
    const tick = (name, values) =>
      this.form.querySelectorAll(`[name=${name}]`).forEach((box) => (box.checked = values.includes(box.value)));
    tick('kind', kinds);
    tick('theme', themes);
    tick('district', districts);
    this.form.elements.quiet.checked = quiet !== null;
    if (quiet) {
      this.form.elements.from.value = quiet.from;
      this.form.elements.until.value = quiet.until;
    }
    // Where the town speaks one language there is none to pick; one that it speaks no more is not there.
    const spoken = this.form.elements.language;
    if ([...(spoken.options ?? [])].some((option) => option.value === language)) spoken.value = language;
    this.form.elements.exercises.checked = exercises === true;
  }
}

/** The news of a state, which stands before the form. */
const SHOWN = '[data-when]:not([hidden])';

const apple = () =>
  /iPad|iPhone|iPod/.test(navigator.userAgent) || (navigator.platform === 'MacIntel' && navigator.maxTouchPoints > 1);
const installed = () => matchMedia('(display-mode: standalone)').matches || navigator.standalone === true;

async function worker(make = false) {
  if (make) {
    await navigator.serviceWorker.register('/sw.js', { scope: '/' });
    return navigator.serviceWorker.ready;
  }
  return navigator.serviceWorker.getRegistration('/');
}

/* Once a day, and only on a phone that asked for it: the town learns that it is still there, the worker keeps what stands. */
async function open() {
  if (!('serviceWorker' in navigator) || !window.isSecureContext) return;
  const registration = (await worker()) ?? (installed() ? await worker(true) : undefined);
  if (!registration) return;
  const rush = await justPushed();
  if (!rush) await daily('garde', () => registration.active?.postMessage({ keep: true, home: home() }));
  // Whoever opens the site for what they are told alone is still there as well.
  if (!rush || (await longUnseen())) await daily('jour', () => present(registration));
}

const RUSH_MS = 600_000;
const DAY_MS = 86_400_000;
const LONG_DAYS = 30;

/** Since a month to two, by lot: not all of them find that with the same alert. */
async function longUnseen() {
  const last = await remembered('jour');
  return !last || Date.now() - Date.parse(last) > LONG_DAYS * DAY_MS * (1 + Math.random());
}

/** Then all phones open the site at once, and it has better things to give them. */
async function justPushed() {
  const since = Date.now() - ((await remembered('pousse')) ?? 0);
  return since >= 0 && since < RUSH_MS;
}

/** In the language of this page: the town's first has no prefix. */
function home() {
  const own = '/' + document.documentElement.lang;
  return (location.pathname + '/').startsWith(own + '/') ? own : '/';
}

/** What fails is tried again with the next page, and so is what answers that it is not done. */
async function daily(name, act) {
  const today = new Date().toISOString().slice(0, 10);
  if ((await remembered(name)) === today) return;
  if ((await act()) !== false) await remember(name, today);
}

/** A phone that was told, or was to be, and that the town does not know so any more, asks again with what it chose. */
async function present(registration) {
  const subscription = await registration.pushManager?.getSubscription();
  if (!subscription) return;
  const known = await ask('telephones/presence', told(subscription)).catch((problem) => {
    if (problem.status !== 404) throw problem;
  });
  if (known) await remember('choix', known.choices);
  if (known?.state === 'active' || !(await remembered('abonnement'))) return;
  await askAgain(subscription);
  // It is told once it has given back what is pushed to it now.
  return false;
}

customElements.define('tell-me', TellMe);
addEventListener('load', () => open().catch(() => {}));
