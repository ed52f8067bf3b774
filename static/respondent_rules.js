// When a question is asked and which answers it takes, as the server decides it: expressions.py and answer_types.py.
"use strict";

// --- Expressions, as evaluations/expressions.py reads them --------------------------------
const asText = (value) => value === null || value === undefined ? "" : Array.isArray(value) ? value.join(" ") : String(value);
const asNumber = (value) => {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  return typeof value === "string" && /^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/.test(value) ? Number(value) : null;
};
const isTrue = (value) => Array.isArray(value) ? value.length > 0 : Boolean(value);
const chosen = (value) => Array.isArray(value) ? value : asText(value).split(/\s+/).filter(Boolean);
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const COMPARE = {
  "=": (a, b) => a === b, "!=": (a, b) => a !== b, "<": (a, b) => a < b,
  "<=": (a, b) => a <= b, ">": (a, b) => a > b, ">=": (a, b) => a >= b,
};
const CALCULATE = {
  "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b,
  div: (a, b) => b === 0 ? null : a / b, mod: (a, b) => b === 0 ? null : a % b, negative: (a) => -a,
};

function compare(operator, left, right) {
  const numbers = [asNumber(left), asNumber(right)];
  if (!numbers.includes(null)) return COMPARE[operator](...numbers);
  const texts = [asText(left), asText(right)];
  if (operator !== "=" && operator !== "!=" && !texts.every((text) => DATE.test(text))) return false;
  return COMPARE[operator](...texts);
}

function evaluate(node, answers, own) {
  const [name, ...parts] = node;
  if (name === "lit") return parts[0];
  if (name === "ref") return answers[parts[0]] ?? null;
  if (name === "self") return own;
  if (name === "true" || name === "false") return name === "true";
  if (name === "today") return new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  const values = parts.map((part) => evaluate(part, answers, own));
  if (name in COMPARE) return compare(name, ...values);
  if (name === "and") return values.every(isTrue);
  if (name === "or") return values.some(isTrue);
  if (name === "not") return !isTrue(values[0]);
  if (name === "selected") return chosen(values[0]).includes(asText(values[1]));
  if (name === "count-selected") return chosen(values[0]).length;
  if (name === "string-length") return [...asText(values[0])].length;
  const numbers = values.map(asNumber);
  return numbers.includes(null) ? null : CALCULATE[name](...numbers);
}

// --- One question ---------------------------------------------------------------------
const fieldsOf = (question, prefix = "jawaban-") => [...question.querySelectorAll(`[name^="${prefix}"]`)];

function answerOf(question, prefix) {
  const fields = fieldsOf(question, prefix);
  const ticked = fields.filter((field) => field.checked).map((field) => field.value);
  if (ticked.includes("*")) return "*";
  const { type } = question.dataset;
  if (type === "pilihan_ganda") return ticked.length ? ticked : null;
  if (type === "peringkat") {
    const places = fields.filter((field) => field.tagName === "SELECT" && field.value);
    return places.length ? places.sort((a, b) => a.value - b.value).map((field) => field.name.split(".").pop()) : null;
  }
  if (fields.some((field) => field.type === "radio")) return ticked[0] ?? null;
  const value = fields.find((field) => field.type !== "checkbox")?.value.trim();
  return !value ? null : ["angka", "skor"].includes(type) ? value.replace(",", ".").replace(/[−–]/, "-") : value;
}

function problemOf(question, answers, texts) {
  const answer = answerOf(question);
  const recalled = question.querySelector(".moment") ? answerOf(question, "dulu-") : undefined;
  if ("required" in question.dataset && (answer === null || recalled === null)) return texts.textRequired;
  if (answer === null || answer === "*") return "";
  if (question.dataset.type === "angka" || question.dataset.type === "skor") {
    const { min, max } = fieldsOf(question)[0].dataset;
    const number = asNumber(answer);
    const tooSmall = min !== undefined && number < Number(min);
    const tooLarge = max !== undefined && number > Number(max);
    if (number === null && !/^[+-]?\d{1,3}([.,]\d{3})+$/.test(answer)) return texts.textNumber;
    if (number !== null && (tooSmall || tooLarge)) {
      const text = max === undefined ? texts.textLeast : min === undefined ? texts.textMost : texts.textBetween;
      return text.replace("{min}", Number(min)).replace("{max}", Number(max));
    }
  }
  if (question.dataset.type === "peringkat") {
    const places = fieldsOf(question).filter((field) => field.tagName === "SELECT").map((field) => field.value);
    if (new Set(places.filter(Boolean)).size < places.length) return texts.textPlaces;
  }
  if (question.dataset.holds && !isTrue(evaluate(JSON.parse(question.dataset.holds), answers, answer))) {
    return question.dataset.otherwise || texts.textOtherwise;
  }
  return "";
}
