/* What is missing leads to its field: the field gets the focus, in whatever tab it is. */
function lead(id) {
  const target = document.getElementById(id);
  if (!target) return false;
  target.closest('language-tabs')?.reveal(target);
  target.closest('details')?.setAttribute('open', '');
  target.scrollIntoView({ block: 'center' });
  target.focus({ preventScroll: true });
  return true;
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-focuses]');
  if (link && lead(decodeURIComponent(link.hash.slice(1)))) event.preventDefault();
});
if (location.hash.length > 1) lead(decodeURIComponent(location.hash.slice(1)));
