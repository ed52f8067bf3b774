// Lists with ticks, and grids of small values; every page also works without this.
"use strict";

// One tick for all rows of the page.
document.querySelectorAll("[data-check-all]").forEach((box) => {
  box.hidden = false;
  box.addEventListener("change", () => {
    document.querySelectorAll(`input[name="${box.dataset.checkAll}"]`).forEach((row) => { row.checked = box.checked; });
  });
});

// The keys of a spreadsheet move between the cells of a grid.
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function cellAt(row, column) {
  return row?.cells[column]?.querySelector("input.cell");
}

function neighbour(input, [down, right]) {
  const cell = input.closest("td");
  let row = cell.parentElement;
  let column = cell.cellIndex;
  for (;;) {
    row = down > 0 ? row.nextElementSibling : down < 0 ? row.previousElementSibling : row;
    column += right;
    if (!row || column < 0 || column >= row.cells.length) return null;
    const found = cellAt(row, column);
    if (found) return found;
  }
}

document.querySelectorAll("table.grid").forEach((grid) => {
  grid.addEventListener("keydown", (event) => {
    const input = event.target;
    const step = STEPS[event.key];
    if (!step || !input.matches("input.cell")) return;
    const isSideways = step[0] === 0;
    const isInsideText = input.selectionStart !== input.selectionEnd ? false
      : step[1] < 0 ? input.selectionStart > 0 : input.selectionEnd < input.value.length;
    if (isSideways && isInsideText) return;
    event.preventDefault();
    const next = neighbour(input, step);
    if (next) { next.focus(); next.select(); }
  });
  grid.addEventListener("focusin", (event) => { if (event.target.matches("input.cell")) event.target.select(); });
});

// How much is typed but not saved yet; leaving the page asks.
document.querySelectorAll(".cells-form").forEach((form) => {
  const note = form.querySelector(".touched");
  if (!note) return;
  const first = new Map(fields().map(([name, value]) => [name, value]));
  let touched = 0;
  let isSending = false;

  function fields() {
    return [...new FormData(form)].filter(([name]) => /^[kn]-/.test(name));
  }
  function count() {
    touched = fields().filter(([name, value]) => first.get(name) !== value).length;
    note.textContent = touched === 0 ? "" : touched === 1 ? note.dataset.one : note.dataset.many.replace("#", touched);
  }
  form.addEventListener("input", count);
  form.addEventListener("submit", () => { isSending = true; });
  window.addEventListener("beforeunload", (event) => { if (touched && !isSending) event.preventDefault(); });
});
