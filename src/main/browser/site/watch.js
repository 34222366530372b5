/**
 * <live-watch>: says that what is being read has changed meanwhile, and shows it when asked to; until then nothing moves.
 *
 *   <live-watch data-notice="0abc" | data-list data-one data-many data-changed data-corrected data-withdrawn data-expired data-show>
 */
class LiveWatch extends HTMLElement {
  connectedCallback() {
    this.news = new Set();
    this.hear = ({ detail }) => this.heard(detail);
    document.addEventListener('tambour:live', this.hear);
    // There before it has something to say, or nobody would hear it.
    this.words = document.createElement('span');
    this.words.setAttribute('role', 'status');
    this.append(this.words);
  }

  disconnectedCallback() {
    document.removeEventListener('tambour:live', this.hear);
  }

  heard({ step, notice, emergency }) {
    const { dataset } = this;
    if (step === 'reload') {
      this.say(dataset.changed);
    } else if (dataset.notice) {
      if (notice === dataset.notice) this.say(dataset[step] ?? dataset.changed);
    } else if ('list' in dataset) {
      if (step === 'published' && !emergency) this.news.add(notice);
      else if (step !== 'corrected' || !this.news.has(notice)) {
        this.news.delete(notice);
        this.changed = true;
      }
      const count = this.news.size;
      if (count) this.say(count === 1 ? dataset.one : dataset.many.replace('%n', count));
      else if (this.changed) this.say(dataset.changed);
    }
  }

  say(words) {
    this.words.textContent = words;
    if (!this.button) {
      this.button = document.createElement('button');
      this.button.className = 'btn';
      this.button.type = 'button';
      this.button.textContent = this.dataset.show;
      this.button.addEventListener('click', () => location.reload());
      this.append(this.button);
    }
    this.classList.add('live--told');
  }
}

customElements.define('live-watch', LiveWatch);
