/* A text field for a colour and the browser's palette beside it, kept the same. Without JavaScript the text field is there alone. */
class ColourField extends HTMLElement {
  connectedCallback() {
    const well = this.querySelector('input[type="color"]');
    const text = this.querySelector('input:not([type="color"])');
    well.hidden = false;
    well.addEventListener('input', () => {
      text.value = well.value;
      text.dispatchEvent(new Event('input', { bubbles: true }));
    });
    text.addEventListener('input', () => {
      const typed = text.value.trim().replace(/^#?/, '#');
      if (/^#[0-9a-f]{6}$/i.test(typed)) well.value = typed;
      // It is no longer one of the pairs offered.
      document.querySelector('.preset[aria-current]')?.removeAttribute('aria-current');
    });
  }
}
customElements.define('colour-field', ColourField);
