/**
 * <share-notice>: the browser's own sharing sheet where there is one, copying where there is not. The links inside (mail, SMS) work without this.
 *
 *   <share-notice data-url data-title data-copied="Lien copié"><button data-share hidden>…</button><button data-copy hidden>…</button></share-notice>
 */
class ShareNotice extends HTMLElement {
  connectedCallback() {
    const share = this.querySelector('[data-share]');
    const copy = this.querySelector('[data-copy]');
    const { url, title } = this.dataset;
    if (share && navigator.share) {
      share.hidden = false;
      share.addEventListener('click', () => navigator.share({ url, title }).catch(() => {}));
    }
    if (copy && navigator.clipboard) {
      copy.hidden = false;
      copy.addEventListener('click', async () => {
        try {
          await navigator.clipboard.writeText(url);
          this.say(this.dataset.copied);
        } catch {
          // Refused by the browser: the address stands in words, to be copied by hand.
          this.say(url);
        }
      });
    }
    this.querySelector('[data-print]')?.removeAttribute('hidden');
    this.querySelector('[data-print]')?.addEventListener('click', () => window.print());
  }

  say(words) {
    const status = this.querySelector('[role=status]');
    if (status) status.textContent = words;
  }
}

customElements.define('share-notice', ShareNotice);
