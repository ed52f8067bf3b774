// Keeps an unsent form on this device until it is saved. A form asks for it by data-draft="its key".
// Only forms about no person ask. A page that follows a saved form removes what was sent.
"use strict";

(() => {
  const PREFIX = "draf:";
  const LIFETIME = 7 * 24 * 60 * 60 * 1000; // milliseconds; older drafts are forgotten
  const PAUSE = 400; // milliseconds of silence before what was typed is kept

  let store;
  try {
    store = window.localStorage;
    store.getItem(PREFIX);
  } catch {
    return; // storage is switched off: the form works as without this file
  }

  const read = (key) => {
    try {
      return JSON.parse(store.getItem(key));
    } catch {
      return null;
    }
  };
  const write = (key, draft) => {
    try {
      store.setItem(key, JSON.stringify(draft));
    } catch {
      // full: the draft is not kept, the form still works
    }
  };
  const keys = () => Object.keys(store).filter((key) => key.startsWith(PREFIX));

  keys().forEach((key) => {
    const draft = read(key);
    if (!draft || Date.now() - draft.at > LIFETIME) store.removeItem(key);
  });

  const form = document.querySelector("form[data-draft]");
  if (!form) {
    keys().filter((key) => read(key).sent).forEach((key) => store.removeItem(key));
    return;
  }

  const key = PREFIX + form.dataset.draft;
  const kept = (field) =>
    field.name && field.name !== "csrfmiddlewaretoken" && !["file", "password", "submit", "button"].includes(field.type);
  const value = (field) => (field.type === "checkbox" || field.type === "radio" ? field.checked : field.value);
  const fields = () => [...form.elements].filter(kept);
  const slot = (field) => (field.type === "radio" || field.type === "checkbox" ? `${field.name}=${field.value}` : field.name);
  const typed = () => Object.fromEntries(fields().map((field) => [slot(field), value(field)]));
  const fill = (values) => fields().forEach((field) => {
    const wanted = values[slot(field)];
    if (wanted === undefined) return;
    if (typeof wanted === "boolean") field.checked = wanted;
    else field.value = wanted;
  });

  const fresh = typed();
  const draft = read(key);
  const notice = form.querySelector("[data-draft-notice]");
  const refused = "draftShown" in form.dataset; // the server shows what was sent, with what is wrong in it
  if (draft && !refused && JSON.stringify(draft.values) !== JSON.stringify(fresh)) {
    fill(draft.values);
    if (notice) notice.hidden = false;
  }
  if (draft && refused) write(key, { at: Date.now(), values: fresh, sent: false });

  form.querySelector("[data-draft-discard]")?.addEventListener("click", () => {
    store.removeItem(key);
    fill(fresh);
    notice.hidden = true;
  });

  let timer = 0;
  const keep = (sent) => {
    clearTimeout(timer);
    timer = 0;
    write(key, { at: Date.now(), values: typed(), sent });
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE, false);
  });
  form.addEventListener("submit", () => keep(true));
  // Closed or reloaded within that pause: keep it now.
  window.addEventListener("pagehide", () => { if (timer) keep(false); });
})();
