/* What stands beside the form and comes anew with each save: what is missing, the channels, what will be seen. */
import { form } from './draft-form.js';

const aside = document.querySelector('[data-aside]');

/** @param fresh what the server answered a save with */
export function renew(fresh) {
  const hint = document.querySelector('[data-hint="until"]');
  if (hint) hint.textContent = fresh.dataset.end;
  fresh.querySelectorAll('[data-part]').forEach(replace);
  form.querySelectorAll('[aria-invalid]').forEach(unmark);
}

/** What is wanting is marked, with its sentence beside it. */
export function mark(answer) {
  answer.querySelectorAll('form[data-writing] [aria-invalid]').forEach((there) => {
    const field = document.getElementById(there.id);
    const why = answer.getElementById(`${there.id}-error`);
    if (!field || !why || field.hasAttribute('aria-invalid')) return;
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', there.getAttribute('aria-describedby'));
    field.closest('.field')?.classList.add('field--error');
    field.parentElement.append(document.importNode(why, true));
  });
}

/** What is no longer wanting is no longer marked. */
function unmark(field) {
  const wanting = [...aside.querySelectorAll('.check .no a')].some((link) => link.hash === `#${field.id}`);
  if (wanting) return;
  field.removeAttribute('aria-invalid');
  field.closest('.field--error')?.classList.remove('field--error');
  document.getElementById(`${field.id}-error`)?.remove();
}

/** A time that the server settled otherwise than typed, unless somebody is typing it; what was typed is never emptied. */
export function settleTimes(fresh) {
  fresh.querySelectorAll('data[data-field]').forEach((data) => {
    const field = form.elements[data.dataset.field];
    if (!data.value || !field || field === document.activeElement || field.type === 'radio') return;
    const shown = field.type === 'time' ? data.value.slice(0, 5) : data.value;
    if (field.value !== shown) field.value = shown;
  });
}

function replace(part) {
  const old = aside.querySelector(`[data-part="${part.dataset.part}"]`);
  const active = old?.contains(document.activeElement) ? document.activeElement : null;
  if (!old || active?.matches('textarea')) return;
  part.querySelectorAll('details[data-keeps-open]').forEach((details) => {
    details.open = old.querySelector(`details[data-keeps-open="${details.dataset.keepsOpen}"]`)?.open ?? false;
  });
  old.replaceWith(part);
  if (active) focusAgain(part, active);
}

/** The focus stays on the control that had it; where that is gone (a question answered), on the heading of its part. */
function focusAgain(part, active) {
  const same = [...part.querySelectorAll('input, button, summary, a')].find(
    (one) => one.outerHTML.replace(' checked=""', '') === active.outerHTML.replace(' checked=""', ''),
  );
  const heading = part.querySelector('h2');
  if (!same) heading.tabIndex = -1;
  (same ?? heading).focus({ preventScroll: true });
}
