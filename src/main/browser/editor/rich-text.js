/**
 * <rich-text>: a textarea of Markdown, written as it will look. The textarea stays the truth: it is what the form sends. Keyboard: Alt+F10 goes to the
 * toolbar, arrows move in it, Escape comes back.
 */
import { EditorState, Plugin } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { keymap } from 'prosemirror-keymap';
import { history, undo, redo } from 'prosemirror-history';
import { baseKeymap, chainCommands, exitCode, lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list';
import { inputRules, wrappingInputRule, textblockTypeInputRule } from 'prosemirror-inputrules';
import { dropCursor } from 'prosemirror-dropcursor';
import { gapCursor } from 'prosemirror-gapcursor';
import { read, schema, write } from './markdown.js';

const ADDRESS = /^(https?:\/\/|mailto:|tel:|\/|#)/i;
const { nodes, marks } = schema;

class RichText extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector('textarea');
    this.bar = this.querySelector('.tools');
    this.refusal = this.querySelector('[data-refusal]');
    this.surface = document.createElement('div');
    this.querySelector('[data-plain]').hidden = true;
    this.bar.hidden = false;
    this.bar.after(this.surface);
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
    this.toolbar();
    this.area.addEventListener('tambour:restored', () => this.view.updateState(this.state()));
  }

  state() {
    return EditorState.create({
      doc: read(this.area.value),
      plugins: [
        inputRules({
          rules: [
            textblockTypeInputRule(/^(#{2,3})\s$/, nodes.heading, (match) => ({ level: match[1].length })),
            wrappingInputRule(/^\s*([-*])\s$/, nodes.bullet_list, { tight: true }),
            wrappingInputRule(/^(\d+)\.\s$/, nodes.ordered_list, (match) => ({ order: Number(match[1]), tight: true })),
            wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
          ],
        }),
        keymap({
          'Mod-z': undo,
          'Shift-Mod-z': redo,
          'Mod-y': redo,
          'Mod-b': toggleMark(marks.strong),
          'Mod-i': toggleMark(marks.em),
          'Mod-k': () => (this.askLink(), true),
          'Alt-F10': () => (this.buttons[0].focus(), true),
          Enter: splitListItem(nodes.list_item),
          'Mod-]': sinkListItem(nodes.list_item),
          'Mod-[': liftListItem(nodes.list_item),
          'Shift-Enter': chainCommands(exitCode, (state, dispatch) => {
            dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
            return true;
          }),
        }),
        keymap(baseKeymap),
        history(),
        dropCursor({ class: 'rich__drop', color: false }),
        gapCursor(),
        new Plugin({ view: () => ({ update: () => this.press() }) }),
      ],
    });
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

  /** Tables would collapse: their cells come in as paragraphs, and the person is told. */
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
    this.refusal.hidden = false;
  }

  toolbar() {
    this.bar.setAttribute('role', 'toolbar');
    this.bar.setAttribute('aria-label', this.dataset.toolbar);
    this.bar.setAttribute('aria-controls', `${this.area.id}.rich`);
    this.buttons = [...this.bar.querySelectorAll('button')];
    this.buttons.forEach((button, i) => {
      button.tabIndex = i === 0 ? 0 : -1;
      button.addEventListener('mousedown', (event) => event.preventDefault());
      button.addEventListener('click', () => this.use(button.dataset.tool));
    });
    this.bar.addEventListener('keydown', (event) => this.walk(event));
    this.press();
  }

  walk(event) {
    const at = this.buttons.indexOf(document.activeElement);
    const last = this.buttons.length - 1;
    if (event.key === 'Escape') {
      this.view.focus();
      return;
    }
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    this.buttons.forEach((button, i) => (button.tabIndex = i === to ? 0 : -1));
    this.buttons[to].focus();
  }

  use(tool) {
    const run = (command) => command(this.view.state, this.view.dispatch, this.view);
    switch (tool) {
      case 'heading':
      case 'subheading': {
        const level = tool === 'heading' ? 2 : 3;
        run(this.inHeading(level) ? setBlockType(nodes.paragraph) : setBlockType(nodes.heading, { level }));
        break;
      }
      case 'strong':
        run(toggleMark(marks.strong));
        break;
      case 'em':
        run(toggleMark(marks.em));
        break;
      case 'bullets':
        this.list(nodes.bullet_list);
        break;
      case 'numbers':
        this.list(nodes.ordered_list);
        break;
      case 'quote':
        run(this.within(nodes.blockquote) ? lift : wrapIn(nodes.blockquote));
        break;
      case 'link':
        this.askLink();
        return;
    }
    this.view.focus();
  }

  list(type) {
    const { state, dispatch } = this.view;
    const around = this.listAround();
    if (around?.node.type === type) liftListItem(nodes.list_item)(state, dispatch);
    else if (around) dispatch(state.tr.setNodeMarkup(around.pos, type, { ...around.node.attrs, tight: true }));
    else wrapInList(type, { tight: true })(state, dispatch);
  }

  listAround() {
    const { $from } = this.view.state.selection;
    for (let depth = $from.depth; depth > 0; depth--) {
      const node = $from.node(depth);
      if (node.type === nodes.bullet_list || node.type === nodes.ordered_list) return { node, pos: $from.before(depth) };
    }
    return undefined;
  }

  within(type) {
    const { $from } = this.view.state.selection;
    for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === type) return true;
    return false;
  }

  inHeading(level) {
    const { parent } = this.view.state.selection.$from;
    return parent.type === nodes.heading && parent.attrs.level === level;
  }

  marked(mark) {
    const { from, to, empty, $from } = this.view.state.selection;
    if (empty) return Boolean(mark.isInSet(this.view.state.storedMarks || $from.marks()));
    return this.view.state.doc.rangeHasMark(from, to, mark);
  }

  press() {
    if (!this.buttons || !this.view) return;
    const list = this.listAround()?.node.type;
    const pressed = {
      heading: this.inHeading(2),
      subheading: this.inHeading(3),
      strong: this.marked(marks.strong),
      em: this.marked(marks.em),
      bullets: list === nodes.bullet_list,
      numbers: list === nodes.ordered_list,
      quote: this.within(nodes.blockquote),
      link: this.marked(marks.link),
    };
    this.buttons.forEach((button) => button.setAttribute('aria-pressed', String(pressed[button.dataset.tool])));
  }

  /** A small form under the toolbar; prompt() would steal the selection and cannot be styled. */
  askLink() {
    this.querySelector('.linker')?.remove();
    const { state } = this.view;
    const present = marks.link.isInSet(state.selection.$from.marks())?.attrs.href ?? '';
    const row = document.createElement('div');
    row.className = 'linker';
    const field = document.createElement('input');
    field.className = 'input';
    field.type = 'text';
    field.inputMode = 'url';
    field.value = present;
    field.placeholder = 'https://';
    field.setAttribute('aria-label', this.dataset.link);
    const set = this.linkButton(this.dataset.linkSet, 'btn', () => this.setLink(field.value.trim()));
    const remove = this.linkButton(this.dataset.linkRemove, 'btn btn--line', () => this.setLink(''));
    row.append(field, set, ...(present ? [remove] : []));
    row.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') {
        event.preventDefault();
        this.setLink(field.value.trim());
      } else if (event.key === 'Escape') {
        row.remove();
        this.view.focus();
      }
    });
    this.bar.after(row);
    field.focus();
  }

  linkButton(words, look, act) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = look;
    button.textContent = words;
    button.addEventListener('click', act);
    return button;
  }

  setLink(address) {
    if (address && !ADDRESS.test(address)) {
      this.say(this.dataset.linkBad);
      return;
    }
    const { state } = this.view;
    let { from, to, empty } = state.selection;
    const transaction = state.tr;
    if (empty && marks.link.isInSet(state.selection.$from.marks())) [from, to] = this.linkRange();
    if (address && from === to) {
      transaction.insertText(address, from);
      to = from + address.length;
    }
    transaction.removeMark(from, to, marks.link);
    if (address) transaction.addMark(from, to, marks.link.create({ href: address }));
    this.refusal.hidden = true;
    this.querySelector('.linker')?.remove();
    this.view.dispatch(transaction);
    this.view.focus();
  }

  /** The whole of the link that the caret is in. */
  linkRange() {
    const { $from } = this.view.state.selection;
    let start = $from.start();
    let range = [$from.pos, $from.pos];
    $from.parent.forEach((child) => {
      const end = start + child.nodeSize;
      if (start <= $from.pos && $from.pos <= end && marks.link.isInSet(child.marks)) range = [start, end];
      start = end;
    });
    return range;
  }
}

customElements.define('rich-text', RichText);
