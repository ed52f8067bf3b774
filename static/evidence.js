// A selected passage of an interview goes into the field that marks it; pasting works as well.
"use strict";

const text = document.getElementById("interview-text");
const quote = document.querySelector("#mark-form [name=quote]");
if (text && quote) {
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed || !text.contains(selection.getRangeAt(0).commonAncestorContainer)) return;
    quote.value = selection.toString().trim();
  });
}
