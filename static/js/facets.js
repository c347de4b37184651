// "Find in this facet" only narrows the facet's own list: it must neither start a search (change) nor send the
// form (Enter). Works for facets that htmx puts in later.
const isFind = (event) => event.target instanceof Element && event.target.matches(".in--find");

document.addEventListener("change", (event) => {
  if (isFind(event)) event.stopPropagation();
}, true);

document.addEventListener("keydown", (event) => {
  if (isFind(event) && event.key === "Enter") event.preventDefault();
}, true);
