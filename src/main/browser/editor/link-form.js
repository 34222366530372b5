/* A small form under the toolbar that asks for a link's address; prompt() would steal the selection and cannot be styled. */
import { schema } from './markdown.js';

const ADDRESS = /^(https?:\/\/|mailto:|tel:|\/|#)/i;
const mark = schema.marks.link;

export class LinkForm {
  constructor(text) {
    this.text = text;
  }

  open() {
    this.close();
    const present = mark.isInSet(this.text.view.state.selection.$from.marks())?.attrs.href ?? '';
    const { linkSet, linkRemove } = this.text.dataset;
    const field = this.field(present);
    const row = document.createElement('div');
    row.className = 'linker';
    row.append(field, this.button(linkSet, 'btn', () => this.set(field.value.trim())));
    if (present) row.append(this.button(linkRemove, 'btn btn--line', () => this.set('')));
    row.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') {
        event.preventDefault();
        this.set(field.value.trim());
      } else if (event.key === 'Escape') {
        this.close();
        this.text.view.focus();
      }
    });
    this.text.toolbar.bar.after(row);
    field.focus();
  }

  close() {
    this.text.querySelector('.linker')?.remove();
  }

  field(address) {
    const field = document.createElement('input');
    field.className = 'input';
    field.type = 'text';
    field.inputMode = 'url';
    field.value = address;
    field.placeholder = 'https://';
    field.setAttribute('aria-label', this.text.dataset.link);
    return field;
  }

  button(words, look, act) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = look;
    button.textContent = words;
    button.addEventListener('click', act);
    return button;
  }

  /** An empty address takes the link away. */
  set(address) {
    if (address && !ADDRESS.test(address)) {
      this.text.say(this.text.dataset.linkBad);
      return;
    }
    const { view } = this.text;
    const { selection, tr } = view.state;
    let { from, to } = selection;
    if (selection.empty && mark.isInSet(selection.$from.marks())) [from, to] = around(selection);
    if (address && from === to) {
      tr.insertText(address, from);
      to = from + address.length;
    }
    tr.removeMark(from, to, mark);
    if (address) tr.addMark(from, to, mark.create({ href: address }));
    this.text.say('');
    this.close();
    view.dispatch(tr);
    view.focus();
  }
}

/** The whole of the link that the caret is in. */
function around({ $from }) {
  let start = $from.start();
  let range = [$from.pos, $from.pos];
  $from.parent.forEach((child) => {
    const end = start + child.nodeSize;
    if (start <= $from.pos && $from.pos <= end && mark.isInSet(child.marks)) range = [start, end];
    start = end;
  });
  return range;
}
