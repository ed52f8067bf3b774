// What is asked depends on the answers, in a preview and on a sheet as it does for respondents; nothing is kept or sent.
"use strict";

const preview = document.querySelector("[data-shows-asked]");

function showAsked() {
  const answers = {};
  for (const element of preview.querySelectorAll(".question, [data-shown-if]")) {
    if (element.dataset.shownIf) element.hidden = !isTrue(evaluate(JSON.parse(element.dataset.shownIf), answers, null));
    if (element.matches(".question") && !element.closest("[hidden]")) {
      const answer = answerOf(element);
      answers[element.dataset.key] = answer === "*" ? null : answer;
    }
  }
}

preview.addEventListener("input", showAsked);
showAsked();
