/* What is typed inside data-chooses="id" chooses that radio button: no time to come out stands beside a chosen « now ». */
document.addEventListener('input', (event) => {
  const choice = event.target.closest('[data-chooses]')?.dataset.chooses;
  if (choice) document.getElementById(choice).checked = true;
});
