/** Changes the page without moving what is being read: what stood in the middle of the window still stands there. */
export function steadily(change) {
  const read = document.elementFromPoint(window.innerWidth / 2, window.innerHeight / 2);
  const root = document.documentElement;
  // Ours alone: a browser's own anchoring, which not all have, would move it once more.
  root.style.overflowAnchor = 'none';
  const before = read?.getBoundingClientRect().top;
  change();
  if (read?.isConnected) {
    window.scrollBy({ top: read.getBoundingClientRect().top - before, behavior: 'instant' });
  }
  requestAnimationFrame(() => root.style.removeProperty('overflow-anchor'));
}
