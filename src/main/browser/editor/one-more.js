/* A field with data-repeats that gets its value is followed by an empty one for the next. */
document.addEventListener('change', (event) => {
  const field = event.target;
  if (field.dataset.repeats === undefined || field.value === '') return;
  const next = field.cloneNode();
  next.value = '';
  delete field.dataset.repeats;
  field.after(next);
});
