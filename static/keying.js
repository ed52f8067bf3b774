// Keying paper questionnaires: the hand stays on the number pad.
"use strict";

const fields = [...document.querySelectorAll(".keying-form input:not([type=hidden]), .keying-form textarea")];

function next(field) {
  const following = fields[fields.indexOf(field) + 1];
  if (!following) return false;
  following.focus();
  if (following.select) following.select();
  return true;
}

fields.forEach((field) => {
  // A scale of single digits goes on by itself once the digit is there.
  field.addEventListener("input", (event) => {
    const length = Number(field.dataset.length);
    if (length && event.inputType === "insertText" && field.value.length === length) next(field);
  });
  // Enter goes on as well; on the last field it sends.
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && field.tagName === "INPUT" && next(field)) event.preventDefault();
  });
});
