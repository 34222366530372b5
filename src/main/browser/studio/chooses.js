/* What is typed inside data-chooses="id" chooses that radio button, and is sent only while it is chosen: no time to come
   out stands beside a chosen « now ». */
document.addEventListener('input', (event) => {
  const choice = event.target.closest('[data-chooses]')?.dataset.chooses;
  if (choice) document.getElementById(choice).checked = true;
});

document.addEventListener('formdata', (event) => {
  for (const box of event.target.querySelectorAll('[data-chooses]')) {
    if (document.getElementById(box.dataset.chooses).checked) continue;
    for (const field of box.querySelectorAll('[name]')) event.formData.delete(field.name);
  }
});
