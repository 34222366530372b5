/**
 * <rich-text>: a textarea of Markdown, written as it will look. The textarea stays the truth: it is what the form sends. Keyboard: Alt+F10 goes to the
 * toolbar, arrows move in it, Escape comes back.
 */
import { Plugin } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { LinkForm } from './link-form.js';
import { write } from './markdown.js';
import { stateOf } from './rich-state.js';
import { Toolbar } from './toolbar.js';

class RichText extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector('textarea');
    this.refusal = this.querySelector('[data-refusal]');
    this.querySelector('[data-plain]').hidden = true;
    this.link = new LinkForm(this);
    this.toolbar = new Toolbar(this, this.querySelector('.tools'));
    this.surface = document.createElement('div');
    this.toolbar.bar.after(this.surface);
    this.view = new EditorView(this.surface, {
      state: this.state(),
      attributes: {
        class: 'rich__body prose',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': this.dataset.label,
        lang: this.dataset.lang,
        id: `${this.area.id}.rich`,
      },
      handlePaste: (view, event) => this.pasted(event),
      transformPastedHTML: (html) => this.withoutTables(html),
      dispatchTransaction: (transaction) => this.apply(transaction),
    });
    this.toolbar.press();
    this.area.addEventListener('tambour:restored', () => this.view.updateState(this.state()));
  }

  state() {
    return stateOf(
      this.area.value,
      { 'Mod-k': () => (this.link.open(), true), 'Alt-F10': () => (this.toolbar.focus(), true) },
      new Plugin({ view: () => ({ update: () => this.toolbar.press() }) }),
    );
  }

  apply(transaction) {
    this.view.updateState(this.view.state.apply(transaction));
    if (!transaction.docChanged) return;
    this.area.value = write(this.view.state.doc);
    this.area.dispatchEvent(new Event('input', { bubbles: true }));
  }

  /** Pictures have their own place, with their description. */
  pasted(event) {
    const pictures = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith('image/'));
    if (pictures.length === 0) return false;
    this.say(this.dataset.refusedPicture);
    this.dispatchEvent(new CustomEvent('tambour:pictures', { bubbles: true, detail: pictures }));
    return true;
  }

  /** Tables would collapse: their rows come in as a list, and the person is told. */
  withoutTables(html) {
    const parsed = new DOMParser().parseFromString(html, 'text/html');
    const tables = parsed.querySelectorAll('table');
    if (tables.length === 0) return html;
    this.say(this.dataset.refusedTable);
    tables.forEach((table) => {
      const rows = [...table.querySelectorAll('tr')].map((row) => {
        const line = parsed.createElement('li');
        line.textContent = [...row.cells].map((cell) => cell.textContent.trim()).filter(Boolean).join(', ');
        return line;
      });
      const list = parsed.createElement('ul');
      list.append(...rows);
      table.replaceWith(list);
    });
    return parsed.body.innerHTML;
  }

  say(words) {
    this.refusal.querySelector('span').textContent = words;
    this.refusal.hidden = words === '';
  }
}

customElements.define('rich-text', RichText);
