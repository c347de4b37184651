// What htmx cannot know when it swaps results: what the visitor has unfolded or typed in the filters stays so,
// the sheet of filters closes when its button is pressed, and the keyboard never loses its place.
const sheet = document.getElementById("facets");
const filters = document.getElementById("filters");
const results = () => document.getElementById("results");
let folds = new Map();
let finds = new Map();

// Going back loads the page: a kept copy would show old words in the search field.
htmx.config.historyCacheSize = 0;
htmx.config.refreshOnHistoryMiss = true;

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target === results()) results().setAttribute("aria-busy", "true");
});

document.addEventListener("htmx:beforeSwap", () => {
  folds = new Map([...filters.querySelectorAll("details[id]")].map((one) => [one.id, one.open]));
  finds = new Map([...filters.querySelectorAll(".in--find")].map((one) => [one.id, one.value]));
});

const keepPlace = (event) => {
  if (event.detail.target !== filters) return;
  for (const one of filters.querySelectorAll("details[id]")) {
    if (folds.has(one.id)) one.open = folds.get(one.id);
  }
  for (const one of filters.querySelectorAll(".in--find")) {
    // What was typed while the answer was on its way is looked for now.
    const typed = finds.get(one.id) ?? one.value;
    if (typed.trim() === one.value) continue;
    one.value = typed;
    one.dispatchEvent(new Event("input", { bubbles: true }));
  }
};
document.addEventListener("htmx:oobAfterSwap", keepPlace);
document.addEventListener("htmx:afterSwap", keepPlace);

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.requestConfig?.triggeringEvent?.type === "submit" && sheet.matches(":popover-open")) {
    sheet.hidePopover();
    results().focus();
  } else if (document.activeElement === document.body) {
    results().focus({ preventScroll: true });
  }
});

// An answer that cannot be swapped in is opened as a page, where it can be read.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, (event) => location.assign(event.detail.pathInfo.finalRequestPath));
}
