// The form of an office: a region moves into the list, the kop is drawn while it is written.
"use strict";

const lines = document.querySelector("[data-region-lines]");
const addRegion = document.querySelector("[data-add-region]");
if (lines && addRegion) {
  const input = document.querySelector("[name=region]");
  const add = () => {
    const label = input.value.trim();
    if (!label) return;
    const present = lines.value.split("\n").map((line) => line.trim());
    if (!present.includes(label)) {
      lines.value = [...present.filter(Boolean), label].join("\n");
    }
    input.value = "";
    input.focus();
  };
  addRegion.hidden = false;
  addRegion.addEventListener("click", add);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !input.value.trim()) return;
    event.preventDefault();
    add();
  });
}

const kop = document.querySelector("[data-kop]");
const kopLines = document.querySelector("[data-kop-lines]");
if (kop && kopLines) {
  const text = kop.querySelector("[data-kop-text]");
  const logo = kop.querySelector("[data-kop-logo]");
  const storedLogo = [...logo.children];
  const name = document.querySelector("[name=name]");
  const drawLines = () => {
    const written = kopLines.value.split("\n").map((line) => line.trim()).filter(Boolean);
    const shown = written.length ? written : [name.value.trim()];
    text.replaceChildren(...shown.map((line) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = line;
      return paragraph;
    }));
  };
  const showLogo = (pictures) => {
    logo.replaceChildren(...pictures);
    logo.hidden = pictures.length === 0;
  };
  kopLines.addEventListener("input", drawLines);
  name.addEventListener("input", drawLines);
  drawLines();

  const file = document.querySelector("[name=logo]");
  const remove = document.querySelector("[name=remove_logo]");
  const drawLogo = () => {
    const chosen = file.files[0];
    if (!chosen) {
      showLogo(remove?.checked ? [] : storedLogo);
      return;
    }
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      const picture = new Image();
      picture.alt = "";
      picture.src = reader.result;
      showLogo([picture]);
    });
    reader.readAsDataURL(chosen);
  };
  file.addEventListener("change", drawLogo);
  remove?.addEventListener("change", drawLogo);
}
