// Comfort for the form of an item; it works without.
"use strict";

// The answers that a condition may name, as suggestions once its item is chosen.
const answersToChoose = JSON.parse(document.getElementById("answers-to-choose")?.textContent ?? "{}");

function suggest(select) {
  const list = select.closest(".condition-line")?.querySelector("datalist");
  if (!list) return;
  list.replaceChildren(...(answersToChoose[select.value] ?? []).map((text) => {
    const option = document.createElement("option");
    option.value = text;
    return option;
  }));
}

for (const select of document.querySelectorAll('select[name^="condition_item_"]')) {
  suggest(select);
  select.addEventListener("change", () => suggest(select));
}

// Another type of answer has other fields: the page asks for them at once.
const typeButton = document.querySelector('[name="ganti"]');
if (typeButton) {
  typeButton.hidden = true;
  document.querySelector('select[name="type"]').addEventListener("change", () => typeButton.form.requestSubmit(typeButton));
}
