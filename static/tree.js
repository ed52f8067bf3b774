// Opens a unit in the tree where it stands, instead of going to its page.
"use strict";

const rowsBelow = (unit) => [...document.querySelectorAll(`[data-above="${unit}"]`)];

function fold(link) {
  link.setAttribute("aria-expanded", "false");
  rowsBelow(link.dataset.unit).forEach((row) => {
    row.hidden = true;
    const inner = row.querySelector("[data-units]");
    if (inner) fold(inner);
  });
}

async function unfold(link) {
  const row = link.closest("tr");
  if (!rowsBelow(link.dataset.unit).length) {
    link.setAttribute("aria-busy", "true");
    const answer = await fetch(link.dataset.units, { headers: { "HX-Request": "true" } });
    link.removeAttribute("aria-busy");
    if (!answer.ok || answer.redirected) {
      window.location = link.href;
      return;
    }
    row.insertAdjacentHTML("afterend", await answer.text());
    prepare();
  }
  rowsBelow(link.dataset.unit).forEach((below) => { below.hidden = false; });
  link.setAttribute("aria-expanded", "true");
}

function prepare() {
  document.querySelectorAll("[data-units]:not([aria-expanded])").forEach((link) => {
    link.setAttribute("aria-expanded", "false");
    link.setAttribute("role", "button");
  });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-units]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.getAttribute("aria-busy")) return;
  if (link.getAttribute("aria-expanded") === "true") fold(link);
  else unfold(link);
});
prepare();
