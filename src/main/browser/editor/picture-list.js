/**
 * <picture-list>: pictures are sent one by one as soon as they are chosen, dropped or pasted; the server answers with the picture's row of the form. Rows
 * are moved and removed here, and saved with the form.
 */
class PictureList extends HTMLElement {
  connectedCallback() {
    this.rows = this.querySelector('[data-rows]');
    this.drop = this.querySelector('[data-drop]');
    this.field = this.querySelector('input[type=file]');
    this.progress = this.querySelector('progress');
    this.said = this.querySelector('[data-said]');
    this.field.addEventListener('change', () => {
      const files = [...this.field.files];
      this.field.value = '';
      this.send(files);
    });
    this.drop.addEventListener('dragover', (event) => {
      event.preventDefault();
      this.drop.classList.add('is-over');
    });
    this.drop.addEventListener('dragleave', () => this.drop.classList.remove('is-over'));
    this.drop.addEventListener('drop', (event) => {
      event.preventDefault();
      this.drop.classList.remove('is-over');
      this.send([...event.dataTransfer.files]);
    });
    document.addEventListener('paste', (event) => {
      if (event.defaultPrevented || event.target.closest('rich-text')) return;
      this.send([...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith('image/')));
    });
    document.addEventListener('tambour:pictures', (event) => this.send(event.detail));
    this.rows.addEventListener('click', (event) => this.act(event));
  }

  act(event) {
    const button = event.target.closest('button[name=act]');
    if (!button) return;
    event.preventDefault();
    const row = button.closest('[data-picture]');
    const act = button.value.split(':')[0];
    const beside = act === 'up' ? row.previousElementSibling : row.nextElementSibling;
    if (act === 'drop') row.remove();
    else if (act === 'up') beside?.before(row);
    else beside?.after(row);
    if (act !== 'drop') button.focus();
    this.changed();
  }

  changed() {
    this.dispatchEvent(new Event('input', { bubbles: true }));
  }

  async send(files) {
    for (const file of files) await this.sendOne(file);
  }

  sendOne(file) {
    return new Promise((done) => {
      const form = this.closest('form');
      const body = new FormData();
      body.append('upload', file, file.name);
      // fetch() cannot tell how much has been sent.
      const request = new XMLHttpRequest();
      request.open('POST', this.dataset.action);
      request.setRequestHeader('X-CSRF-TOKEN', form.elements._csrf.value);
      request.setRequestHeader('Accept', 'text/html');
      request.upload.addEventListener('progress', (event) => (this.progress.value = (100 * event.loaded) / event.total));
      request.addEventListener('loadend', () => {
        this.progress.hidden = true;
        this.answered(request, form.dataset.uploadFailed);
        done();
      });
      this.said.replaceChildren();
      this.progress.hidden = false;
      this.progress.value = 0;
      request.send(body);
    });
  }

  answered(request, failed) {
    const answer = new DOMParser().parseFromString(request.responseText, 'text/html');
    const row = answer.querySelector('[data-picture]');
    if (request.status === 200 && row) {
      if (this.rows.querySelector(`[data-picture="${row.dataset.picture}"]`)) return;
      this.rows.append(row);
      row.querySelector('textarea')?.focus();
      this.changed();
      return;
    }
    const note = answer.querySelector('.note');
    if (note) this.said.replaceChildren(note);
    else this.said.textContent = failed;
  }
}

customElements.define('picture-list', PictureList);
