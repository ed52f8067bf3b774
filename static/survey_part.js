// Offers only the parts of the survey that was chosen as the source of evidence; without it all stand in groups.
document.addEventListener("DOMContentLoaded", () => {
  const source = document.getElementById("id_source");
  const part = document.getElementById("id_part");
  if (!source || !part) return;
  const row = document.getElementById("div_id_part") || part.parentElement;
  const update = () => {
    const survey = source.value.startsWith("survey-") ? source.value.slice("survey-".length) : "";
    row.hidden = !survey;
    for (const group of part.querySelectorAll("optgroup")) {
      const isOwn = group.querySelector("option").value.startsWith(`${survey}:`);
      group.hidden = group.disabled = !isOwn;
    }
    if (part.selectedOptions[0] && part.selectedOptions[0].parentElement.disabled) part.value = "";
  };
  source.addEventListener("change", update);
  update();
});
