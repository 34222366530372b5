/* <copy-text>: a button beside a field, or a text with data-copies, that copies what is in it; where the browser refuses, the text is selected and a sentence says how to go on. Without JavaScript the button stays away. */
class CopyText extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector('input, [data-copies]');
    this.button = this.querySelector('button');
    if (!navigator.clipboard) return;
    this.button.hidden = false;
    if (this.field.select) this.field.addEventListener('focus', () => this.field.select());
    this.button.addEventListener('click', () => {
      navigator.clipboard.writeText(this.field.value ?? this.field.textContent).then(
        () => this.copied(),
        () => this.refused(),
      );
    });
  }

  copied() {
    const word = this.button.querySelector('span');
    const before = word.textContent;
    this.say('');
    word.textContent = this.button.dataset.copied;
    setTimeout(() => (word.textContent = before), 2000);
  }

  refused() {
    if (this.field.select) {
      this.field.focus();
      this.field.select();
    } else getSelection().selectAllChildren(this.field);
    this.say(this.dataset.refused);
  }

  say(words) {
    this.querySelector('[role=status]').textContent = words;
  }
}

customElements.define('copy-text', CopyText);
