// "Find in this facet": hides the values that do not hold the typed words. Works for facets that htmx puts in later.
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const isFind = (event) => event.target instanceof Element && event.target.matches(".in--find");

document.addEventListener("input", (event) => {
  if (!isFind(event)) return;
  const facet = event.target.closest("fieldset");
  const words = folded(event.target.value).split(/\s+/).filter(Boolean);
  const found = (option) => {
    const text = folded(option.textContent + " " + option.querySelector("input").value);
    return words.every((word) => text.includes(word));
  };

  let shown = 0;
  for (const option of facet.querySelectorAll(".opt")) {
    option.hidden = !found(option);
    if (!option.hidden) shown += 1;
  }
  if (words.length) for (const fold of facet.querySelectorAll("details")) fold.open = true;
  const none = facet.querySelector(".facet__none");
  if (none) none.hidden = shown > 0;
});

// The field only narrows the list: it must neither start a search (change) nor send the form (Enter).
document.addEventListener("change", (event) => {
  if (isFind(event)) event.stopPropagation();
}, true);

document.addEventListener("keydown", (event) => {
  if (isFind(event) && event.key === "Enter") event.preventDefault();
}, true);
