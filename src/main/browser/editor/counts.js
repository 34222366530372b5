/* Characters as people see them, beside a field with data-counts="80". */
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function count(field) {
  const place = field.parentElement.querySelector('[data-count]');
  if (!place) return;
  const length = field.value === '' ? 0 : [...segmenter.segment(field.value)].length;
  place.textContent = place.dataset.of.replace('{0}', length);
  place.classList.toggle('over', length > Number(field.dataset.counts));
}

export function countAll(root = document) {
  root.querySelectorAll('[data-counts]').forEach(count);
}

document.addEventListener('input', (event) => {
  if (event.target.matches('[data-counts]')) count(event.target);
});
countAll();
