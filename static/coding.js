// Coding: a selected passage goes into the form with its place, counted in characters of the stored text; the theme
// is found or made by typing. Without this script the passage is pasted and the theme chosen from a list.
"use strict";

const form = document.getElementById("coding-form");
const side = document.querySelector(".coding-side");
const texts = [...document.querySelectorAll(".coding-text")];

if (form && texts.length) {
  const field = (name) => form.elements.namedItem(name);
  const quote = field("quote");
  document.getElementById("coding-help").hidden = false;

  // --- Where a selection stands. JavaScript counts 16-bit units, the server characters. ---
  const characters = (text) => { let n = 0; for (const _one of text) n += 1; return n; };

  const placeOf = (node, offset) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    let block = element.closest("[data-start]");
    const range = document.createRange();
    if (!block) { // between two blocks
      const next = element.childNodes[offset]?.closest?.("[data-start]");
      const last = element.closest(".coding-text")?.lastElementChild;
      if (next) return Number(next.dataset.start);
      if (!last) return null;
      return Number(last.dataset.start) + characters(last.textContent);
    }
    range.setStart(block, 0);
    range.setEnd(node, offset);
    return Number(block.dataset.start) + characters(range.toString());
  };

  const textAround = (range) => {
    const from = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".coding-text");
    const text = from(range.startContainer);
    if (!text) return null;
    if (from(range.endContainer) === text) return { text, range };
    // A selection that was drawn past the end of a text ends with the text.
    const inside = range.cloneRange();
    inside.setEnd(text, text.childNodes.length);
    return inside.collapsed ? null : { text, range: inside };
  };

  const take = () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const found = textAround(selection.getRangeAt(0));
    if (!found) return;
    let words = found.range.toString();
    let start = placeOf(found.range.startContainer, found.range.startOffset);
    if (start === null || !words.trim()) return;
    start += characters(words) - characters(words.trimStart());
    words = words.trim();
    field("text").value = found.text.dataset.text;
    field("start").value = start;
    field("end").value = start + characters(words);
    quote.value = words;
    side.classList.add("has-selection");
  };
  document.addEventListener("selectionchange", take);
  // Words that are pasted or typed have no known place: the server looks for them.
  quote.addEventListener("input", () => { field("start").value = field("end").value = ""; });

  // --- The text under the keyboard: arrows choose words, Shift extends, Enter goes to the theme. ---
  const MOVES = { ArrowRight: ["forward", "word"], ArrowLeft: ["backward", "word"], ArrowDown: ["forward", "line"], ArrowUp: ["backward", "line"] };
  for (const text of texts) {
    text.tabIndex = 0;
    text.addEventListener("keydown", (event) => {
      const selection = document.getSelection();
      if (event.key === "Enter" && !event.target.closest("a")) {
        if (!selection.isCollapsed) { event.preventDefault(); search.focus(); }
        return;
      }
      const move = MOVES[event.key];
      if (!move || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      if (!selection.rangeCount || !text.contains(selection.focusNode)) selection.collapse(firstWords(text), 0);
      if (event.shiftKey) { selection.modify("extend", ...move); return; }
      if (!selection.isCollapsed) selection[move[0] === "forward" ? "collapseToEnd" : "collapseToStart"]();
      if (move[1] === "line") selection.modify("move", ...move);
      if (move[0] === "backward" && move[1] === "word") selection.modify("move", "backward", "word");
      selection.modify("extend", "forward", "word");
      if (!text.contains(selection.focusNode)) selection.collapse(firstWords(text), 0);
      selection.focusNode.parentElement?.scrollIntoView({ block: "nearest" });
    });
  }
  function firstWords(text) {
    return document.createTreeWalker(text, NodeFilter.SHOW_TEXT).nextNode() ?? text;
  }

  // --- The theme: a box to type in, with the list of what fits (the select stays for the server). ---
  const select = field("theme");
  const name = field("name");
  const kind = field("kind");
  const rowOf = (element) => document.getElementById(`div_${element.id}`);
  const [themeRow, nameRow, kindRow] = [select, name, kind].map(rowOf);
  const options = () => [...select.options].filter((option) => option.value);
  const box = document.createElement("div");
  box.className = "theme-box";
  const search = document.createElement("input");
  search.className = "form-control";
  search.id = "theme-search";
  search.autocomplete = "off";
  search.placeholder = form.dataset.choose;
  for (const [key, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": "theme-options", "aria-autocomplete": "list", "aria-describedby": "theme-hint" })) search.setAttribute(key, value);
  const list = document.createElement("ul");
  list.className = "theme-options";
  list.id = "theme-options";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  const hint = document.createElement("p");
  hint.className = "form-text";
  hint.id = "theme-hint";
  hint.textContent = form.dataset.hint;
  const label = themeRow.querySelector("label");
  label.htmlFor = search.id;
  list.setAttribute("aria-label", label.textContent.trim());
  box.append(search, list);
  select.hidden = true;
  select.after(box, hint);
  const askForNew = (wanted) => {
    nameRow.hidden = kindRow.hidden = !wanted;
    if (!wanted) return;
    name.value = wanted;
    select.value = "";
    hint.textContent = form.dataset.kind;
    kind.focus();
  };
  nameRow.hidden = kindRow.hidden = !form.querySelector(".is-invalid");

  let active = -1;
  const show = () => {
    const wanted = search.value.trim().toLocaleLowerCase();
    const words = wanted.split(/\s+/);
    list.replaceChildren();
    for (const option of options()) {
      const text = option.text.toLocaleLowerCase();
      if (words.every((word) => text.includes(word))) list.append(line(option.text.replace(/^[— ]+/, ""), option.value));
    }
    const same = options().some((option) => option.text.replace(/^[— ]+/, "").replace(/ \([^(]*\)$/, "").toLocaleLowerCase() === wanted);
    if (wanted && !same) list.append(line(`${form.dataset.new} ${search.value.trim()}`, ""));
    activate(list.children.length ? 0 : -1);
    open(list.children.length > 0);
  };
  const line = (text, value) => {
    const item = document.createElement("li");
    item.id = `theme-option-${list.children.length}`;
    item.setAttribute("role", "option");
    item.dataset.value = value;
    item.textContent = text;
    return item;
  };
  const open = (isOpen) => {
    list.hidden = !isOpen;
    search.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) search.removeAttribute("aria-activedescendant");
  };
  const activate = (number) => {
    active = number;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === number)));
    if (number < 0) return;
    search.setAttribute("aria-activedescendant", list.children[number].id);
    list.children[number].scrollIntoView({ block: "nearest" });
  };
  const choose = (item) => {
    open(false);
    if (!item.dataset.value) { askForNew(search.value.trim()); return; }
    askForNew("");
    select.value = item.dataset.value;
    search.value = item.textContent;
    send();
  };
  search.addEventListener("focus", () => { search.select(); show(); });
  search.addEventListener("input", show);
  search.addEventListener("blur", () => setTimeout(() => open(false), 150));
  search.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "Escape" && !list.hidden) { open(false); event.stopPropagation(); }
    else if (event.key === "ArrowDown") { event.preventDefault(); if (list.hidden) show(); else activate(active >= last ? 0 : active + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); if (list.hidden) show(); else activate(active <= 0 ? last : active - 1); }
    else if (event.key === "Enter") { event.preventDefault(); if (!list.hidden && active >= 0) choose(list.children[active]); else show(); }
  });
  list.addEventListener("mousedown", (event) => { event.preventDefault(); const item = event.target.closest("li"); if (item) choose(item); });

  // --- Sending: the list and the touched blocks come back, the long text stays where it is. ---
  const send = () => {
    const values = Object.fromEntries(new FormData(form));
    values.quote = quote.value;
    htmx.ajax("POST", form.getAttribute("action"), { target: "#daftar", swap: "outerHTML", values });
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); event.stopImmediatePropagation(); send(); });
  document.body.addEventListener("newTheme", (event) => {
    const { key, label: words, kind: of } = event.detail;
    if (options().some((option) => option.value === String(key))) return;
    select.add(new Option(`${words} (${of})`, key));
    askForNew("");
    name.value = kind.value = "";
    hint.textContent = form.dataset.hint;
    search.value = "";
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "daftar") return;
    document.querySelector("#daftar .chosen")?.scrollIntoView({ block: "nearest" });
    if (side.contains(document.activeElement) || document.activeElement === document.body) search.focus({ preventScroll: true });
    open(false);
  });

  // What the style sheet draws as a number is said as one too.
  const sayNumbers = () => [...document.querySelectorAll(".mark-number")].forEach((link, at) => {
    link.setAttribute("aria-label", `${link.getAttribute("aria-label").replace(/ \d+$/, "")} ${at + 1}`);
  });
  sayNumbers();
  document.body.addEventListener("htmx:afterSettle", sayNumbers);

  // --- The list beside the text follows the numbers in it. ---
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".mark-number, [data-list]");
    if (!link) return;
    event.preventDefault();
    const asked = new URL(link.href);
    const here = new URL(location.href);
    for (const key of ["bagian", "daftar"]) {
      here.searchParams.delete(key);
      if (asked.searchParams.has(key)) here.searchParams.set(key, asked.searchParams.get(key));
    }
    htmx.ajax("GET", here.pathname + here.search, { target: "#daftar", swap: "outerHTML" });
  });
  // Where passages lie on one another: the one under the pointer or the focus shows how far it reaches.
  const point = (event) => {
    const item = event.target.closest?.(".coding-list li[value]");
    for (const mark of document.querySelectorAll("mark.pointed")) mark.classList.remove("pointed");
    if (!item || event.type === "mouseout" || event.type === "focusout") return;
    const key = item.id.replace("tanda-", "");
    for (const mark of document.querySelectorAll(`mark[data-passages~="${key}"]`)) mark.classList.add("pointed");
  };
  for (const type of ["mouseover", "mouseout", "focusin", "focusout", "click"]) side.addEventListener(type, point);

  const close = () => side.classList.remove("has-selection");
  form.querySelector(".coding-close").addEventListener("click", () => { document.getSelection().removeAllRanges(); close(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
}
