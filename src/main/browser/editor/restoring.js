/* Puts what was kept on this device back into the form. */
import { countAll } from './counts.js';
import { byName, form, isContent } from './draft-form.js';

/** A picture whose row is not on the page comes as hidden fields, and so does whatever else the page has no field for. */
export function putBack(entry) {
  const wanted = byName(entry.fields);
  const order = wanted.get('picture') ?? [];
  const rows = arrangePictures(order);
  [...form.elements].filter(takesText).forEach((field) => fill(field, wanted.get(field.name) ?? []));
  const extra = document.createElement('div');
  extra.dataset.extra = '';
  extra.hidden = true;
  wanted.forEach((values, name) => {
    const missing = name === 'picture' ? values.filter((hash) => !rows.has(hash)) : left(name, values);
    extra.append(...missing.map((value) => hidden(name, value)));
  });
  if (extra.children.length > 0) form.append(extra);
  form.elements.version.value = entry.version;
  countAll();
}

function arrangePictures(order) {
  const rows = new Map([...form.querySelectorAll('[data-picture]')].map((row) => [row.dataset.picture, row]));
  rows.forEach((row, hash) => order.includes(hash) || row.remove());
  order.forEach((hash) => rows.has(hash) && rows.get(hash).parentElement.append(rows.get(hash)));
  return rows;
}

function takesText(field) {
  return field.name && isContent(field.name) && !['submit', 'file'].includes(field.type);
}

/** Fields of the same name take their values in turn. */
function fill(field, values) {
  if (field.type === 'checkbox' || field.type === 'radio') {
    field.checked = values.includes(field.value);
    return;
  }
  if (field.name === 'picture' || field.name === 'channel') return;
  const known = values.length > 0;
  const value = values.shift() ?? '';
  if (field.value === value || (!known && field.type === 'hidden')) return;
  field.value = value;
  field.dispatchEvent(new Event('tambour:restored'));
}

/** What no field of the page has taken: fields that take text took theirs out of {@code values}. */
function left(name, values) {
  const fields = [...form.elements].filter((field) => field.name === name);
  const chosen = fields.some((field) => field.type === 'checkbox' || field.type === 'radio');
  return chosen ? [] : values.filter((value) => value !== '');
}

function hidden(name, value) {
  const field = document.createElement('input');
  field.type = 'hidden';
  field.name = name;
  field.value = value;
  return field;
}
