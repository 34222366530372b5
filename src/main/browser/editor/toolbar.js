/* The toolbar of a rich text, one tab stop: arrows, Home and End move in it, as the ARIA pattern has it. */
import { lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands';
import { liftListItem, wrapInList } from 'prosemirror-schema-list';
import { schema } from './markdown.js';

const { nodes, marks } = schema;

/** What each button does to the view. */
const TOOLS = {
  heading: (view) => toggleHeading(view, 2),
  subheading: (view) => toggleHeading(view, 3),
  strong: (view) => run(view, toggleMark(marks.strong)),
  em: (view) => run(view, toggleMark(marks.em)),
  bullets: (view) => toggleList(view, nodes.bullet_list),
  numbers: (view) => toggleList(view, nodes.ordered_list),
  quote: (view) => run(view, within(view.state, nodes.blockquote) ? lift : wrapIn(nodes.blockquote)),
};

/** Whether what the caret is in has what each button gives. */
const PRESSED = {
  heading: (state) => inHeading(state, 2),
  subheading: (state) => inHeading(state, 3),
  strong: (state) => marked(state, marks.strong),
  em: (state) => marked(state, marks.em),
  bullets: (state) => listAround(state)?.node.type === nodes.bullet_list,
  numbers: (state) => listAround(state)?.node.type === nodes.ordered_list,
  quote: (state) => within(state, nodes.blockquote),
  link: (state) => marked(state, marks.link),
};

export class Toolbar {
  constructor(text, bar) {
    this.text = text;
    this.bar = bar;
    this.buttons = [...bar.querySelectorAll('button')];
    bar.hidden = false;
    bar.setAttribute('role', 'toolbar');
    bar.setAttribute('aria-label', text.dataset.toolbar);
    bar.setAttribute('aria-controls', `${text.area.id}.rich`);
    this.buttons.forEach((button, i) => {
      button.tabIndex = i === 0 ? 0 : -1;
      button.addEventListener('mousedown', (event) => event.preventDefault());
      button.addEventListener('click', () => this.use(button.dataset.tool));
    });
    bar.addEventListener('keydown', (event) => this.walk(event));
  }

  focus() {
    this.buttons[0].focus();
  }

  walk(event) {
    const at = this.buttons.indexOf(document.activeElement);
    const last = this.buttons.length - 1;
    if (event.key === 'Escape') {
      this.text.view.focus();
      return;
    }
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    this.buttons.forEach((button, i) => (button.tabIndex = i === to ? 0 : -1));
    this.buttons[to].focus();
  }

  use(tool) {
    if (tool === 'link') {
      this.text.link.open();
      return;
    }
    TOOLS[tool](this.text.view);
    this.text.view.focus();
  }

  press() {
    const state = this.text.view?.state;
    if (!state) return;
    this.buttons.forEach((button) => button.setAttribute('aria-pressed', String(PRESSED[button.dataset.tool](state))));
  }
}

const run = (view, command) => command(view.state, view.dispatch, view);

function toggleHeading(view, level) {
  run(view, inHeading(view.state, level) ? setBlockType(nodes.paragraph) : setBlockType(nodes.heading, { level }));
}

function toggleList(view, type) {
  const around = listAround(view.state);
  if (around?.node.type === type) run(view, liftListItem(nodes.list_item));
  else if (around) view.dispatch(view.state.tr.setNodeMarkup(around.pos, type, { ...around.node.attrs, tight: true }));
  else run(view, wrapInList(type, { tight: true }));
}

function ancestor({ selection: { $from } }, wanted) {
  for (let depth = $from.depth; depth > 0; depth--) {
    if (wanted($from.node(depth).type)) return { node: $from.node(depth), pos: $from.before(depth) };
  }
  return undefined;
}

const listAround = (state) => ancestor(state, (type) => type === nodes.bullet_list || type === nodes.ordered_list);

const within = (state, wanted) => ancestor(state, (type) => type === wanted) !== undefined;

function inHeading(state, level) {
  const { parent } = state.selection.$from;
  return parent.type === nodes.heading && parent.attrs.level === level;
}

function marked(state, mark) {
  const { from, to, empty, $from } = state.selection;
  if (empty) return Boolean(mark.isInSet(state.storedMarks || $from.marks()));
  return state.doc.rangeHasMark(from, to, mark);
}
