// Comfort for respondents; every page works without it. What is typed stays on the device until it is sent.
"use strict";

const KEEP_DAYS = 14;
const SENT = "asn-eval-sent";

// Storage may be switched off; then nothing is kept and nothing breaks.
function stored(area, action) {
  try {
    return action(window[area]);
  } catch {
    return null;
  }
}

const keyOf = (name) => `asn-eval-draft:${name}`;
const forget = (name) => stored("localStorage", (storage) => storage.removeItem(keyOf(name)));

function readDraft(name) {
  return stored("localStorage", (storage) => {
    const draft = JSON.parse(storage.getItem(keyOf(name)));
    return draft && Date.now() - draft.saved < KEEP_DAYS * 86_400_000 ? draft : null;
  });
}

function saveDraft(form) {
  const { formulir, ...answers } = Object.fromEntries(new FormData(form));
  const draft = { saved: Date.now(), formulir, answers };
  return stored("localStorage", (storage) => {
    storage.setItem(keyOf(form.dataset.draft), JSON.stringify(draft));
    return true;
  });
}

function fill(form, draft) {
  // The key goes with the answers: had they arrived without our noticing, they would not count twice.
  form.elements.formulir.value = draft.formulir;
  for (const [name, value] of Object.entries(draft.answers)) {
    const field = form.elements[name];
    if (field) field.value = value;
  }
}

const hasAnswer = (answers) => Object.values(answers).some((value) => value.trim());

function showProgress(form) {
  const box = form.querySelector(".progress");
  const questions = [...form.querySelectorAll(".question")];
  const done = questions.filter((question) =>
    [...question.querySelectorAll("input, textarea")].some((field) =>
      field.type === "radio" ? field.checked : field.value.trim())).length;
  box.querySelector("span").textContent = box.dataset.text.replace("{done}", done).replace("{total}", questions.length);
  box.querySelector("progress").value = done;
  box.hidden = false;
}

function start(form) {
  const name = form.dataset.draft;
  const forgetButton = document.getElementById("forget");
  const isFresh = "fresh" in form.dataset;
  const kept = readDraft(name);
  // A page of errors that is loaded anew is sent anew by the browser, as it was: what was typed since is here.
  const draft = kept && (isFresh || kept.formulir === form.elements.formulir.value) ? kept : null;
  if (draft && hasAnswer(draft.answers)) {
    fill(form, draft);
    document.querySelector(".restored").hidden = !isFresh;
  }
  showProgress(form);
  form.addEventListener("input", () => {
    showProgress(form);
    const kept = saveDraft(form);
    forgetButton.hidden = document.getElementById("draft-note").hidden = !kept;
  });
  forgetButton.hidden = document.getElementById("draft-note").hidden = !(draft || !isFresh);
  forgetButton.addEventListener("click", () => {
    if (!window.confirm(forgetButton.dataset.confirm)) return;
    forget(name);
    // A page asked for anew brings an empty form with a key of its own.
    location.replace(location.pathname + location.search);
  });
  form.addEventListener("submit", (event) => {
    const button = event.submitter ?? form.querySelector("[type=submit]");
    stored("sessionStorage", (storage) => storage.setItem(SENT, name));
    button.textContent = button.dataset.busy;
    setTimeout(() => { button.disabled = true; }, 0);
  });
}

const form = document.getElementById("answers");
if (form) start(form);
if (document.body.dataset.forget) forget(document.body.dataset.forget);
if ("done" in document.body.dataset) {
  const name = stored("sessionStorage", (storage) => storage.getItem(SENT));
  if (name) forget(name);
}
// Back from the page of thanks: a new form, lest a second person's answers carry the first one's key.
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
