// Controls of the editor: find in a long list of checkboxes; suggest regions while a name is typed.
// Without scripts the lists are simply long, and regions are typed as codes or names.
(() => {
  "use strict";

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  function checklist(picker) {
    const find = picker.querySelector(".picker__find");
    const options = [...picker.querySelectorAll(".picker__option")];
    find.hidden = false;
    find.querySelector("input").addEventListener("input", (event) => {
      const words = plain(event.target.value);
      for (const option of options) {
        const chosen = option.querySelector("input").checked;
        option.hidden = !chosen && !plain(option.textContent).includes(words);
      }
    });
    find.querySelector("input").addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }

  function regions(picker) {
    const input = picker.querySelector("input[list]");
    const known = picker.querySelector("datalist");
    const chosen = picker.querySelector(".picker__chosen");
    const name = input.name.replace(/-more$/, "");
    let found = new Map();
    let waiting;

    function choose(label, key) {
      if (!chosen.querySelector(`input[value="${key}"]`)) {
        const option = document.createElement("label");
        option.className = "picker__option";
        const box = document.createElement("input");
        Object.assign(box, { type: "checkbox", name, value: key, checked: true });
        const words = document.createElement("span");
        words.textContent = label;
        option.append(box, " ", words);
        chosen.append(option);
        box.dispatchEvent(new Event("change", { bubbles: true }));
      }
      input.value = "";
      known.replaceChildren();
    }

    async function suggest() {
      const answer = await fetch(`${picker.dataset.address}?q=${encodeURIComponent(input.value)}`);
      if (!answer.ok) return;
      const { results } = await answer.json();
      found = new Map(results.map(({ id, label }) => [label, id]));
      known.replaceChildren(
        ...results.map(({ label }) => Object.assign(document.createElement("option"), { value: label })),
      );
    }

    input.addEventListener("input", () => {
      if (found.has(input.value)) return choose(input.value, found.get(input.value));
      clearTimeout(waiting);
      if (input.value.trim().length > 1) waiting = setTimeout(suggest, 200);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      if (found.size === 1) choose(...found.entries().next().value);
    });
  }

  const kinds = { checklist, regions };
  const start = () => document.querySelectorAll("[data-picker]").forEach((picker) => kinds[picker.dataset.picker](picker));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
