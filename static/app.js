// Small improvements over pages that also work without them.
"use strict";

// After a refused form, the summary of errors is what is read first.
document.getElementById("error-summary")?.focus();

// A button that sends says so, and does not send twice.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || event.defaultPrevented || button.dataset.sent) return;
  button.dataset.sent = "1";
  setTimeout(() => { button.disabled = true; button.setAttribute("aria-busy", "true"); }, 0);
});
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.querySelectorAll("[aria-busy]").forEach((button) => {
    button.disabled = false;
    button.removeAttribute("aria-busy");
    delete button.dataset.sent;
  });
});

// On a phone the row of tabs scrolls: the page one is on stands in view.
const openTab = document.querySelector(".tabs [aria-current]");
const tabs = openTab?.closest(".tabs");
if (tabs) tabs.scrollLeft = openTab.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - openTab.offsetWidth) / 2;

// The menu of the person closes like any other: by Escape or by a press beside it.
const personMenu = document.querySelector(".nav-person");
document.addEventListener("click", (event) => {
  if (personMenu?.open && !personMenu.contains(event.target)) personMenu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !personMenu?.open) return;
  personMenu.open = false;
  personMenu.querySelector("summary").focus();
});

// Copy a link or a code to the clipboard.
document.querySelectorAll("[data-copy]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
  });
});
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
