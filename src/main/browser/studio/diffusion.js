import '../site/stream.js';
import { wait } from '../site/anew.js';

const AGAIN_MS = 4_000;

/**
 * <live-diffusion data-notice data-part-url>: shows how far a notice is, by itself. The page's stream says when something has moved, at most once a second; then
 * the fragment is read anew and each [data-part] that differs is replaced, unless somebody is in it. While the page has no stream it asks for itself.
 */
class LiveDiffusion extends HTMLElement {
  connectedCallback() {
    this.known = new Map(this.parts(this).map(part => [part.dataset.part, part.outerHTML]));
    this.moves = () => this.renew();
    this.listen();
  }

  listen() {
    document.addEventListener('tambour:progress', this.moves);
    document.addEventListener('tambour:unheard', this.moves);
  }

  disconnectedCallback() {
    document.removeEventListener('tambour:progress', this.moves);
    document.removeEventListener('tambour:unheard', this.moves);
  }

  /** Signed out, or no longer theirs: until the page is come back to. */
  rest() {
    this.disconnectedCallback();
    document.addEventListener('visibilitychange', () => this.isConnected && this.listen(), { once: true });
  }

  parts(within) {
    return [...within.querySelectorAll('[data-part]')];
  }

  /** One reading at a time; what moved meanwhile is read once more. */
  async renew() {
    this.wanted = true;
    if (this.reading) return;
    this.reading = true;
    while (this.wanted && this.isConnected) {
      this.wanted = false;
      try {
        const answer = await fetch(this.dataset.partUrl, { headers: { Accept: 'text/html' } });
        if (answer.redirected || (answer.status >= 400 && answer.status < 500)) this.rest();
        else if (answer.ok) this.take(await answer.text());
        else this.wanted = true;
      } catch {
        // The line broke.
        this.wanted = true;
      }
      if (this.wanted) await wait(AGAIN_MS * Math.random());
    }
    this.reading = false;
  }

  take(html) {
    const fresh = new DOMParser().parseFromString(html, 'text/html').querySelector('live-diffusion');
    if (fresh) this.show(fresh);
  }

  show(fresh) {
    const stages = this.stages();
    const parts = this.parts(fresh);
    const names = parts.map(part => part.dataset.part).join();
    if (names !== [...this.known.keys()].join()) {
      // A way more, or buttons less: all of it, unless somebody is writing a reason.
      if (this.contains(document.activeElement) && document.activeElement.matches('textarea')) return;
      this.replaceChildren(...fresh.childNodes);
      this.known = new Map(this.parts(this).map(part => [part.dataset.part, part.outerHTML]));
    } else {
      for (const part of parts) {
        const html = part.outerHTML;
        const old = this.querySelector(`[data-part="${CSS.escape(part.dataset.part)}"]`);
        if (html === this.known.get(part.dataset.part) || old.contains(document.activeElement)) continue;
        this.known.set(part.dataset.part, html);
        old.replaceWith(part);
      }
    }
    if (this.stages() !== stages) this.querySelector('[data-says]').textContent = this.stages();
  }

  /** What is worth saying aloud: not each number, but « Téléphones, publication : Terminé ». */
  stages() {
    return [...this.querySelectorAll('h3')].map(heading => heading.textContent.replace(/\s+/g, ' ').trim()).join('. ');
  }
}

customElements.define('live-diffusion', LiveDiffusion);
