/* A link or button with data-key="n" is pressed by that key, unless the person is writing. */
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const target = event.target;
  if (target.closest('input, textarea, select, [contenteditable], dialog[open]')) return;
  if (event.key.length !== 1) return;
  const pressed = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!pressed) return;
  event.preventDefault();
  if (pressed.matches('input')) pressed.focus();
  else pressed.click();
});
