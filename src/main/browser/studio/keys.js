/* A link or button with data-key="n" is pressed by Alt and that key, unless the person is writing. Never by the key alone: WCAG 2.1.4. */
document.addEventListener('keydown', (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
  if (event.target.closest('input, textarea, select, [contenteditable], dialog[open]')) return;
  // Option makes other characters on a Mac: the key's own letter counts there.
  const key = event.code.startsWith('Key') && !/^[a-z]$/i.test(event.key) ? event.code.slice(3) : event.key;
  const pressed = document.querySelector(`[data-key="${CSS.escape(key.toLowerCase())}"]`);
  if (!pressed) return;
  event.preventDefault();
  if (pressed.matches('input')) pressed.focus();
  else pressed.click();
});
