// Keying paper questionnaires: the hand stays on the number pad.
"use strict";

const form = document.querySelector(".keying-form");
const fields = form ? [...form.querySelectorAll("input:not([type=hidden]):not([type=radio]), textarea")] : [];

// What is not asked of this respondent is passed over, but can still be reached with the mouse or the Tab key. As long
// as the answer about that is on its way, nothing is passed over.
let isWaiting = false;
function next(field, step = 1) {
  let place = fields.indexOf(field) + step;
  while (!isWaiting && fields[place]?.closest(".not-asked")) place += step;
  const following = fields[place];
  if (!following) return false;
  following.focus();
  if (following.select) following.select();
  return true;
}

// Which items a sheet asks is decided where the answers are checked; the page only shows it.
let asking;
async function showAsked() {
  asking?.abort();
  asking = new AbortController();
  const typed = new FormData(form);
  typed.set("asked", "1");
  try {
    const answer = await fetch(location.href, { method: "POST", body: typed, signal: asking.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    const { asked } = await answer.json();
    isWaiting = false;
    for (const line of form.querySelectorAll("[data-item]")) {
      line.classList.toggle("not-asked", !asked.includes(line.dataset.item));
    }
    const here = document.activeElement;
    if (fields.includes(here) && !here.value && here.closest(".not-asked")) next(here);
  } catch (error) {
    if (error.name !== "AbortError") form.removeAttribute("data-conditions"); // without network nothing is passed over
  }
}

fields.forEach((field) => {
  // An answer of a single character goes on by itself once it is there.
  field.addEventListener("input", (event) => {
    if (form.hasAttribute("data-conditions")) isWaiting = true;
    const length = Number(field.dataset.length);
    if (length && event.inputType === "insertText" && field.value.length === length) next(field);
  });
  field.addEventListener("change", () => { if (form.hasAttribute("data-conditions")) showAsked(); });
  // Enter goes on as well; on the last field it sends. The arrows go up and down where they have no other use.
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && field.tagName === "INPUT" && next(field)) event.preventDefault();
    if (field.tagName !== "INPUT" || field.type === "date" || field.hasAttribute("list")) return;
    if (event.key === "ArrowDown" && next(field)) event.preventDefault();
    if (event.key === "ArrowUp" && next(field, -1)) event.preventDefault();
  });
});

// What needs a decision comes first.
document.querySelector("#differences")?.focus();
