// Suggestions under a search field while somebody types: an editable combobox with list autocomplete, as the
// ARIA Authoring Practices describe it. Without scripts the field is just a field.
(() => {
  "use strict";

  const WAIT = 150;
  const SHORTEST = 2;

  function made(tag, properties, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  function combobox(input) {
    const id = `${input.id}-suggestions`;
    const list = made("div", { id, role: "listbox", class: "suggest", "aria-label": input.dataset.suggestLabel, hidden: "" });
    const said = made("p", { role: "status", class: "vh" });
    let options = [];
    let active = -1;
    let waiting;
    let asking;

    input.parentElement.classList.add("suggests");
    input.after(list, said);
    const roles = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id };
    for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);

    const isOpen = () => !list.hidden;

    function activate(place) {
      options[active]?.setAttribute("aria-selected", "false");
      active = place;
      const option = options[active];
      if (!option) return input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    }

    function move(step) {
      // From the field to the first, from the last back to the field.
      const places = options.length + 1;
      activate(((active + 1 + step + places) % places) - 1);
    }

    function close() {
      clearTimeout(waiting);
      asking?.abort();
      activate(-1);
      list.hidden = true;
      said.textContent = "";
      input.setAttribute("aria-expanded", "false");
    }

    function show(answer) {
      options = [];
      const groups = answer.groups.map((group, place) => {
        const name = made("p", { class: "suggest__group", id: `${id}-${place}`, role: "presentation" }, group.label);
        const lines = group.options.map(({ label, note, url }) => {
          const option = made("div", { role: "option", class: "suggest__option", id: `${id}-option-${options.length}`, "aria-selected": "false" }, made("span", {}, label));
          if (note) option.append(" ", made("span", { class: "suggest__note" }, note));
          option.dataset.url = url;
          options.push(option);
          return option;
        });
        return made("div", { role: "group", "aria-labelledby": name.id }, name, ...lines);
      });
      activate(-1);
      list.replaceChildren(...groups);
      list.hidden = !options.length;
      input.setAttribute("aria-expanded", String(isOpen()));
      said.textContent = answer.said;
    }

    async function ask() {
      clearTimeout(waiting);
      asking?.abort();
      const typed = input.value.trim();
      if (typed.length < SHORTEST) return close();
      const mine = (asking = new AbortController());
      try {
        const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(typed.slice(0, 100))}`, { signal: mine.signal });
        const found = answer.ok ? await answer.json() : { groups: [], said: "" };
        if (!mine.signal.aborted && document.activeElement === input) show(found);
      } catch {
        // Given up for a newer question, or no network: suggestions are only a comfort.
      }
    }

    function choose(option) {
      const { url } = option.dataset;
      close();
      location.assign(url);
    }

    const keys = {
      ArrowDown: (event) => (event.altKey || !isOpen() ? ask() : move(1)),
      ArrowUp: (event) => (event.altKey ? close() : isOpen() && move(-1)),
      Enter: (event) => (active < 0 ? (close(), true) : choose(options[active])),
      // The first Escape closes and keeps what was typed; the next one clears the field, as browsers do.
      Escape: () => !isOpen() || close(),
      // These move the caret, so they lead back to the field.
      Home: () => (activate(-1), true),
      End: () => (activate(-1), true),
      ArrowLeft: () => (activate(-1), true),
      ArrowRight: () => (activate(-1), true),
      Tab: () => (close(), true),
    };

    input.addEventListener("keydown", (event) => {
      if (event.isComposing || !keys[event.key]) return;
      if (keys[event.key](event) !== true) event.preventDefault();
    });
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      asking?.abort();
      activate(-1);
      if (input.value.trim().length < SHORTEST) close();
      else waiting = setTimeout(ask, WAIT);
    });
    input.addEventListener("blur", close);
    // The field keeps the focus while a line is pressed.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) choose(option);
    });
  }

  const start = () => document.querySelectorAll("input[data-suggest]").forEach(combobox);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
