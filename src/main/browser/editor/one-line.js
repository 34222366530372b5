/* A field that wraps but holds one line: Enter does not break it. */
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target.matches('[data-one-line]') && !event.isComposing) event.preventDefault();
});
