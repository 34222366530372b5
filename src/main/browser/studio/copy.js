/* <copy-text>: a button beside a field that copies what is in it. Without JavaScript the button stays away. */
class CopyText extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector('input');
    const button = this.querySelector('button');
    if (!field || !button || !navigator.clipboard) return;
    button.hidden = false;
    field.addEventListener('focus', () => field.select());
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(field.value);
      const word = button.querySelector('span') ?? button;
      const before = word.textContent;
      word.textContent = button.dataset.copied;
      setTimeout(() => { word.textContent = before; }, 2000);
    });
  }
}
customElements.define('copy-text', CopyText);
