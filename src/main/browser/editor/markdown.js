/* The Markdown that a notice's body may hold: headings from the second level, lists, quotes, emphasis, code, links. No pictures, no HTML, no tables. */
import MarkdownIt from 'markdown-it';
import { Schema } from 'prosemirror-model';
import { MarkdownParser, MarkdownSerializer, defaultMarkdownParser, defaultMarkdownSerializer, schema as base } from 'prosemirror-markdown';

const withoutImage = base.spec.nodes.remove('image');
const tight = (name) => ({ ...withoutImage.get(name), attrs: { ...withoutImage.get(name).attrs, tight: { default: true } } });

export const schema = new Schema({
  nodes: withoutImage
    .update('bullet_list', tight('bullet_list'))
    .update('ordered_list', tight('ordered_list'))
    .update('heading', {
      ...withoutImage.get('heading'),
      content: 'text*',
      attrs: { level: { default: 2 } },
      // The page has its own h1; what is deeper than a subheading is one.
      parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: level < 3 ? 2 : 3 } })),
    }),
  marks: base.spec.marks,
});

const { image, ...tokens } = defaultMarkdownParser.tokens;
const parser = new MarkdownParser(schema, MarkdownIt('commonmark', { html: false }).disable('image'), tokens);
const serializer = new MarkdownSerializer(
  {
    ...defaultMarkdownSerializer.nodes,
    bullet_list: (state, node) => state.renderList(node, '  ', () => '- '),
  },
  defaultMarkdownSerializer.marks,
);

export const read = (text) => parser.parse(text);
export const write = (doc) => serializer.serialize(doc, { tightLists: true });
