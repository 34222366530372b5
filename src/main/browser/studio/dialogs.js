/* A button with data-opens="id" opens that <dialog>; one with data-closes closes the dialog around it. */
document.addEventListener('click', (event) => {
  const opener = event.target.closest('[data-opens]');
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opens);
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
      return;
    }
  }
  event.target.closest('[data-closes]')?.closest('dialog')?.close();
});
