// The form of a new person: what the NIP says fills birth date and status that nobody has filled.
"use strict";

document.addEventListener("htmx:afterSwap", (event) => {
  const reading = event.target.querySelector("[data-birth-date]");
  if (!reading) return;
  for (const [name, value] of [["birth_date", reading.dataset.birthDate], ["status", reading.dataset.status]]) {
    const field = document.querySelector(`form.record-form [name=${name}]`);
    // What a person wrote stays; what came from an earlier reading follows the number.
    if (field && (!field.value || field.dataset.fromNip === field.value)) {
      field.value = value;
      field.dataset.fromNip = value;
    }
  }
});
