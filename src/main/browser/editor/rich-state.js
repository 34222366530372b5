/* What may be typed into a rich text: the shortcuts of Markdown, the keys of every editor. */
import { EditorState } from 'prosemirror-state';
import { keymap } from 'prosemirror-keymap';
import { history, undo, redo } from 'prosemirror-history';
import { baseKeymap, chainCommands, exitCode, toggleMark } from 'prosemirror-commands';
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list';
import { inputRules, wrappingInputRule, textblockTypeInputRule } from 'prosemirror-inputrules';
import { dropCursor } from 'prosemirror-dropcursor';
import { gapCursor } from 'prosemirror-gapcursor';
import { read, schema } from './markdown.js';

const { nodes, marks } = schema;

const typed = inputRules({
  rules: [
    textblockTypeInputRule(/^(#{2,3})\s$/, nodes.heading, (match) => ({ level: match[1].length })),
    wrappingInputRule(/^\s*([-*])\s$/, nodes.bullet_list, { tight: true }),
    wrappingInputRule(/^(\d+)\.\s$/, nodes.ordered_list, (match) => ({ order: Number(match[1]), tight: true })),
    wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
  ],
});

const keys = keymap({
  'Mod-z': undo,
  'Shift-Mod-z': redo,
  'Mod-y': redo,
  'Mod-b': toggleMark(marks.strong),
  'Mod-i': toggleMark(marks.em),
  Enter: splitListItem(nodes.list_item),
  'Mod-]': sinkListItem(nodes.list_item),
  'Mod-[': liftListItem(nodes.list_item),
  'Shift-Enter': chainCommands(exitCode, (state, dispatch) => {
    dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
    return true;
  }),
});

/** @param own keys that do more than change the text */
export function stateOf(markdown, own, ...plugins) {
  return EditorState.create({
    doc: read(markdown),
    plugins: [
      typed,
      keymap(own),
      keys,
      keymap(baseKeymap),
      history(),
      dropCursor({ class: 'rich__drop', color: false }),
      gapCursor(),
      ...plugins,
    ],
  });
}
