/* Characters as people see them, beside a field with data-counts="80" data-most="160": what is advised, and the limit. */
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function count(field) {
  const place = field.parentElement.querySelector('[data-count]');
  if (!place) return;
  const length = field.value === '' ? 0 : [...segmenter.segment(field.value)].length;
  place.textContent = place.dataset.of.replace('{0}', length);
  const most = length > Number(field.dataset.most);
  place.classList.toggle('over', !most && length > Number(field.dataset.counts));
  place.classList.toggle('too-long', most);
}

export function countAll(root = document) {
  root.querySelectorAll('[data-counts]').forEach(count);
}

document.addEventListener('input', (event) => {
  if (event.target.matches('[data-counts]')) count(event.target);
});
countAll();
