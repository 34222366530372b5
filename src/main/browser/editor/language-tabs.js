/** <language-tabs>: its sections, one language each, as tabs. Left and right arrows, Home and End, as the ARIA pattern has it. */
class LanguageTabs extends HTMLElement {
  connectedCallback() {
    this.sections = [...this.querySelectorAll(':scope > [data-tongue]')];
    if (this.sections.length < 2) return;
    const list = document.createElement('div');
    list.className = 'tabs';
    list.setAttribute('role', 'tablist');
    list.setAttribute('aria-label', this.dataset.label);
    this.tabs = this.sections.map((section) => {
      const tab = document.createElement('button');
      tab.type = 'button';
      tab.textContent = section.dataset.name;
      tab.id = `tab-${section.dataset.tongue}`;
      tab.setAttribute('role', 'tab');
      section.id = `tongue-${section.dataset.tongue}`;
      section.setAttribute('role', 'tabpanel');
      section.setAttribute('aria-labelledby', tab.id);
      tab.setAttribute('aria-controls', section.id);
      tab.addEventListener('click', () => this.show(section));
      list.append(tab);
      return tab;
    });
    list.addEventListener('keydown', (event) => this.move(event));
    this.prepend(list);
    this.classList.add('is-tabs');
    this.show(this.sections[0]);
  }

  show(section) {
    this.sections.forEach((one, i) => {
      const shown = one === section;
      one.hidden = !shown;
      this.tabs[i].setAttribute('aria-selected', String(shown));
      this.tabs[i].tabIndex = shown ? 0 : -1;
    });
  }

  move(event) {
    const at = this.tabs.indexOf(document.activeElement);
    const last = this.tabs.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.show(this.sections[to]);
    this.tabs[to].focus();
  }

  /** Brings the section around an element forward. */
  reveal(element) {
    const section = element.closest('[data-tongue]');
    if (section && this.tabs) this.show(section);
  }
}

customElements.define('language-tabs', LanguageTabs);
