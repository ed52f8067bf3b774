// Comfort for respondents; every page works without it. What is typed stays on the device until it is sent, and what
// could not be sent waits there for the network.
"use strict";

const KEEP_DAYS = 14;
const KEEP_QUEUED_DAYS = Infinity; // what was handed over is sent, whatever the clock of the device says
const DAY = 86_400_000;
const SAVE_AFTER = 4_000; // ms without a change
const RETRY_AFTER = 20_000;
const SENT = "asn-eval-sent";

// Storage may be switched off; then nothing is kept and nothing breaks.
function stored(area, action) {
  try {
    return action(window[area]);
  } catch {
    return null;
  }
}

const read = (key, days) => stored("localStorage", (storage) => {
  const kept = JSON.parse(storage.getItem(key));
  return kept && Date.now() - kept.saved < days * DAY ? kept : null;
});
const write = (key, value) => stored("localStorage", (storage) => {
  storage.setItem(key, JSON.stringify({ ...value, saved: Date.now() }));
  return true;
});
const remove = (key) => stored("localStorage", (storage) => storage.removeItem(key));
const draftKey = (name) => `asn-eval-draft:${name}`;
const queueKey = (name) => `asn-eval-queue:${name.split(":")[0]}`;

function forget(name) {
  remove(draftKey(name));
  remove(queueKey(name));
  if ("caches" in window) caches.open("asn-eval-pages").then((pages) => pages.delete(name.split(":")[0], { ignoreSearch: true })).catch(() => {});
}

// --- How the page looks ---------------------------------------------------------------
for (const button of document.querySelectorAll("[data-look]")) {
  const key = `asn-eval-look-${button.dataset.look}`;
  const show = (isOn) => {
    document.documentElement.classList.toggle(button.dataset.look, isOn);
    button.setAttribute("aria-pressed", String(isOn));
  };
  show(stored("localStorage", (storage) => storage.getItem(key)) === "1");
  button.hidden = false;
  button.addEventListener("click", () => {
    const isOn = button.getAttribute("aria-pressed") !== "true";
    show(isOn);
    stored("localStorage", (storage) => storage.setItem(key, isOn ? "1" : "0"));
  });
}

// --- The form --------------------------------------------------------------------------
class Form {
  constructor(form) {
    this.form = form;
    this.name = form.dataset.draft;
    this.texts = form.dataset;
    this.questions = [...form.querySelectorAll(".question")];
    this.conditional = [...form.querySelectorAll("[data-shown-if]")];
    this.sheets = [...form.querySelectorAll("[data-sheet]")];
    this.at = 0;
    this.forgetButton = document.getElementById("forget");
    this.note = document.getElementById("draft-note");
    this.waiting = document.getElementById("waiting");
    const kept = "fresh" in form.dataset ? read(draftKey(this.name), KEEP_DAYS) : null;
    if (kept?.entries.some(([name, value]) => name !== "formulir" && name !== "versi" && value.trim())) {
      this.fill(kept.entries);
      document.getElementById("restored").hidden = false;
    }
    this.forgetButton.hidden = this.note.hidden = !(kept || !("fresh" in form.dataset));
    this.listen();
    this.refresh();
    if (form.dataset.layout === "halaman" && this.sheets.length > 1) this.turnTo(this.firstWrongSheet());
    if (read(queueKey(this.name), KEEP_QUEUED_DAYS)) this.wait("");
  }

  listen() {
    this.form.addEventListener("input", (event) => this.changed(event.target));
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.forgetButton.addEventListener("click", () => {
      if (!window.confirm(this.forgetButton.dataset.confirm)) return;
      forget(this.name);
      // A page asked for anew brings an empty form with a key of its own.
      location.replace(location.pathname + location.search);
    });
    for (const button of this.form.querySelectorAll("[data-turn]")) {
      button.addEventListener("click", () => this.turn(Number(button.dataset.turn)));
    }
    document.getElementById("send-now").addEventListener("click", () => this.flush());
    document.getElementById("take-back").addEventListener("click", () => this.takeBack());
    window.addEventListener("online", () => this.flush());
    document.addEventListener("visibilitychange", () => document.hidden || this.flush());
  }

  entries() {
    return [...new FormData(this.form)].map(([name, value]) => [name, String(value)]);
  }

  fill(entries) {
    const values = new Map();
    for (const [name, value] of entries) values.set(name, [...(values.get(name) ?? []), value]);
    for (const field of this.form.elements) {
      if (!field.name || field.name === "versi" || !values.has(field.name)) continue;
      // The key goes with the answers: had they arrived without our noticing, they would not count twice.
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.get(field.name).includes(field.value);
      else [field.value] = values.get(field.name);
    }
  }

  changed(field) {
    const question = field.closest(".question");
    if (field.value === "*" && field.checked) this.onlyNotApplicable(question, field);
    else if (question) for (const other of question.querySelectorAll('[value="*"]:checked')) if (other !== field) other.checked = false;
    this.refresh();
    const kept = write(draftKey(this.name), { entries: this.entries() });
    this.forgetButton.hidden = this.note.hidden = !kept;
    if ("saves" in this.form.dataset) {
      clearTimeout(this.saving);
      this.saving = setTimeout(() => this.post([...this.entries(), ["langkah", "simpan"]]).catch(() => {}), SAVE_AFTER);
    }
  }

  onlyNotApplicable(question, chosenField) {
    for (const field of fieldsOf(question)) {
      if (field === chosenField) continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = false;
      else field.value = "";
    }
  }

  // Shows what is asked of somebody with these answers, and counts.
  refresh() {
    const answers = {};
    const inOrder = [...this.form.querySelectorAll(".question, [data-shown-if]")];
    for (const element of inOrder) {
      if (element.dataset.shownIf) element.hidden = !isTrue(evaluate(JSON.parse(element.dataset.shownIf), answers, null));
      if (element.matches(".question") && !element.closest("[hidden]:not(.sheet)")) {
        const answer = answerOf(element);
        answers[element.dataset.key] = answer === "*" ? null : answer;
      }
    }
    this.answers = answers;
    this.asked = this.questions.filter((question) => !question.closest("[hidden]:not(.sheet)"));
    const done = this.asked.filter((question) => answerOf(question) !== null).length;
    const box = this.form.querySelector(".progress");
    box.querySelector("span").textContent = box.dataset.text.replace("{done}", done).replace("{total}", this.asked.length);
    box.querySelector("progress").max = this.asked.length;
    box.querySelector("progress").value = done;
    box.hidden = false;
  }

  // --- Page by page
  firstWrongSheet() {
    const wrong = this.sheets.findIndex((sheet) => sheet.querySelector(".wrong"));
    return Math.max(wrong, 0);
  }

  isEmpty(sheet) {
    return !sheet.querySelector(".question:not([hidden]), .note:not([hidden])");
  }

  turn(step) {
    if (step > 0 && this.showProblems(this.sheets[this.at])) return;
    let next = this.at + step;
    while (next > 0 && next < this.sheets.length - 1 && this.isEmpty(this.sheets[next])) next += step;
    this.turnTo(next);
    this.form.querySelector(".progress").scrollIntoView();
  }

  turnTo(number) {
    this.at = Math.min(Math.max(number, 0), this.sheets.length - 1);
    this.sheets.forEach((sheet, place) => { sheet.hidden = place !== this.at; });
    const isLast = this.at === this.sheets.length - 1;
    const bar = this.form.querySelector(".turn");
    const where = bar.querySelector("span");
    bar.hidden = false;
    bar.querySelector('[data-turn="-1"]').hidden = this.at === 0;
    bar.querySelector('[data-turn="1"]').hidden = isLast;
    this.form.querySelector('.send [type="submit"]:not([name])').hidden = !isLast;
    where.textContent = where.dataset.text.replace("{page}", this.at + 1).replace("{total}", this.sheets.length);
  }

  // --- What is wrong
  showProblems(within) {
    const problems = this.asked.filter((question) => !within || within.contains(question))
      .map((question) => [question, problemOf(question, this.answers, this.texts)]).filter(([, text]) => text);
    this.showErrors(problems.map(([question, text]) => [question.dataset.key, text]), "");
    return problems.length > 0;
  }

  showErrors(errors, general) {
    const byKey = new Map(errors.map(([key, text]) => [key.replace(/^dulu:/, ""), text]));
    const box = document.getElementById("errors");
    const list = box.querySelector("ul");
    list.replaceChildren();
    for (const question of this.questions) {
      const text = byKey.get(question.dataset.key) ?? "";
      const message = question.querySelector(".error");
      question.classList.toggle("wrong", Boolean(text));
      message.textContent = text;
      message.hidden = !text;
      for (const field of fieldsOf(question)) if (text) field.setAttribute("aria-invalid", "true"); else field.removeAttribute("aria-invalid");
      if (!text) { question.removeAttribute("aria-describedby"); continue; }
      question.setAttribute("aria-describedby", message.id);
      const line = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${question.id}`;
      const legend = question.querySelector("legend").cloneNode(true);
      legend.querySelector(".need")?.remove();
      link.textContent = legend.textContent.trim().replace(/\s+/g, " ").slice(0, 80);
      line.append(link, `: ${text}`);
      list.append(line);
    }
    const [first, count] = [box.querySelector(".general"), box.querySelector(".count")];
    first.textContent = general;
    first.hidden = !general;
    count.textContent = count.dataset.text.replace("{n}", byKey.size);
    count.hidden = !byKey.size;
    box.hidden = !general && !byKey.size;
    if (box.hidden) return;
    if (this.sheets.length > 1 && this.form.dataset.layout === "halaman") this.turnTo(this.firstWrongSheet());
    box.focus();
    box.scrollIntoView();
  }

  // --- Sending
  async post(entries) {
    return fetch(this.form.action, {
      method: "POST",
      headers: { "X-Requested-With": "fetch" },
      body: new URLSearchParams(entries),
      credentials: "same-origin",
    });
  }

  submit(event) {
    if (event.submitter?.name === "langkah") return; // the server says that it was saved
    event.preventDefault();
    clearTimeout(this.saving);
    this.refresh();
    if (this.showProblems()) return;
    if (!this.asked.some((question) => answerOf(question) !== null)) {
      this.showErrors([], this.texts.textEmpty);
      return;
    }
    const kept = write(queueKey(this.name), { entries: this.entries() });
    this.send(this.entries(), kept);
  }

  async send(entries, mayWait) {
    if (this.isSending) return;
    this.isSending = true;
    const button = this.form.querySelector('.send [type="submit"]:not([name])');
    const label = button.dataset.label ?? button.textContent;
    button.dataset.label = label;
    button.textContent = button.dataset.busy;
    button.disabled = true;
    try {
      await this.tell(await this.post(entries), mayWait);
    } catch {
      if (mayWait) this.wait(this.texts.textAway);
      else this.showErrors([], this.texts.textAway);
    } finally {
      button.textContent = label;
      button.disabled = false;
      this.isSending = false;
    }
  }

  async tell(answer, mayWait) {
    const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
    const result = isOurs ? await answer.json() : { outcome: "unavailable", message: this.texts.textBusy };
    if (result.outcome === "stored") {
      stored("sessionStorage", (storage) => storage.setItem(SENT, this.name));
      forget(this.name);
      const language = new URLSearchParams(location.search).get("bahasa");
      location.assign(`${this.form.dataset.done}?bukti=${result.receipt}${language ? `&bahasa=${language}` : ""}`);
    } else if (result.outcome === "unavailable" && mayWait) {
      this.wait(result.message);
    } else {
      this.takeBack();
      if (result.outcome === "used") location.reload();
      else this.showErrors(Object.entries(result.errors ?? {}), result.message);
    }
  }

  wait(why) {
    this.form.hidden = true;
    this.waiting.hidden = false;
    document.getElementById("waiting-why").textContent = why;
    this.waiting.scrollIntoView();
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.flush(), RETRY_AFTER);
    if (!why) this.flush();
  }

  flush() {
    const queued = read(queueKey(this.name), KEEP_QUEUED_DAYS);
    if (!queued || this.waiting.hidden) return;
    this.send(queued.entries, true);
  }

  takeBack() {
    const queued = read(queueKey(this.name), KEEP_QUEUED_DAYS);
    const wasWaiting = !this.waiting.hidden;
    remove(queueKey(this.name));
    clearTimeout(this.retry);
    this.waiting.hidden = true;
    this.form.hidden = false;
    if (queued && wasWaiting) this.fill(queued.entries);
    this.refresh();
  }
}

const form = document.getElementById("answers");
if (form) {
  new Form(form);
  if ("serviceWorker" in navigator && form.dataset.worker) {
    navigator.serviceWorker.register(form.dataset.worker, { scope: location.pathname }).then(keepPage).catch(() => {});
  }
}

// The first visit is over before the worker can watch it: the page and its parts are kept by hand.
async function keepPage() {
  const pages = await caches.open("asn-eval-pages");
  const parts = await caches.open("asn-eval-parts");
  await pages.add(location.href);
  await parts.addAll([...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((part) => part.href || part.src));
}

if (document.body.dataset.forget) forget(document.body.dataset.forget);
if ("done" in document.body.dataset) {
  const name = stored("sessionStorage", (storage) => storage.getItem(SENT));
  if (name) forget(name);
}
// Back from the page of thanks: a new form, lest a second person's answers carry the first one's key.
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
