const AGAIN_MS = 4_000;

/**
 * <live-diffusion data-stream data-part-url>: shows how far a notice is, by itself. The stream says when something has moved, at most once a second; then
 * the fragment is read anew and each [data-part] that differs is replaced, unless somebody is in it.
 */
class LiveDiffusion extends HTMLElement {
  connectedCallback() {
    this.known = new Map(this.parts(this).map(part => [part.dataset.part, part.outerHTML]));
    this.seen = () => (document.hidden ? this.close() : this.open());
    document.addEventListener('visibilitychange', this.seen);
    this.seen();
  }

  disconnectedCallback() {
    document.removeEventListener('visibilitychange', this.seen);
    this.close();
  }

  open() {
    if (this.source || !window.EventSource) return;
    this.source = new EventSource(this.dataset.stream);
    this.source.addEventListener('progress', () => this.renew());
    this.source.addEventListener('error', () => {
      // Refused: a browser does not come again by itself then.
      if (this.source?.readyState === EventSource.CLOSED) this.again();
    });
  }

  /** In a while; the stream says then how far it is. */
  again() {
    this.close();
    this.later = setTimeout(() => this.isConnected && this.seen(), AGAIN_MS * (1 + Math.random()));
  }

  close() {
    clearTimeout(this.later);
    this.source?.close();
    this.source = undefined;
  }

  parts(within) {
    return [...within.querySelectorAll('[data-part]')];
  }

  /** One reading at a time; what moved meanwhile is read once more. */
  async renew() {
    this.wanted = true;
    if (this.reading) return;
    this.reading = true;
    try {
      while (this.wanted) {
        this.wanted = false;
        const answer = await fetch(this.dataset.partUrl, { headers: { Accept: 'text/html' } });
        // Signed out, or no longer theirs.
        if (answer.redirected || (answer.status >= 400 && answer.status < 500)) return this.close();
        if (!answer.ok) return this.again();
        const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('live-diffusion');
        if (fresh) this.show(fresh);
      }
    } catch {
      // Without a line the page stays as it is; the stream comes back, and tells again.
    } finally {
      this.reading = false;
    }
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
