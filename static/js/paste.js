// Rich text that is pasted from Word, Excel or a mail: the editors keep lists and no tables, so that a table
// becomes a list, one item a row with its cells joined, and the writer is told. Without this the words of a
// whole table would run together.
(() => {
  "use strict";

  const UNREAD = "script, style, template, noscript, title";
  const BLOCKS = "p, div, li, ul, ol, dl, dt, dd, br, h1, h2, h3, h4, h5, h6, blockquote, pre";
  const JOINT = "; ";

  const words = (node) => node.textContent.replace(/\s+/g, " ").trim();

  const joined = (cells) => [...cells].map(words).filter(Boolean).join(JOINT);

  // The words of a cell with what is bold, slanted or linked in them, all on one line.
  function line(doc, cell) {
    for (const inner of [...cell.querySelectorAll("table")].reverse()) {
      const rows = [...inner.rows].map((row) => joined(row.cells)).filter(Boolean);
      inner.replaceWith(` ${rows.join(JOINT)} `);
    }
    for (const block of [...cell.querySelectorAll(BLOCKS)].reverse()) {
      block.replaceWith(" ", ...block.childNodes, " ");
    }
    cell.normalize();
    for (const text of texts(doc, cell)) text.data = text.data.replace(/\s+/g, " ");
    trim(texts(doc, cell), /^\s+/);
    trim(texts(doc, cell).reverse(), /\s+$/);
    return [...cell.childNodes];
  }

  function texts(doc, node) {
    const walker = doc.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  }

  function trim(nodes, blanks) {
    for (const node of nodes) {
      node.data = node.data.replace(blanks, "");
      if (node.data) return;
    }
  }

  function list(doc, table) {
    const items = doc.createElement("ul");
    for (const row of table.rows) {
      const item = doc.createElement("li");
      for (const cell of row.cells) {
        if (!words(cell)) continue;
        if (item.hasChildNodes()) item.append(JOINT);
        item.append(...line(doc, cell));
      }
      if (item.hasChildNodes()) items.append(item);
    }
    const caption = table.caption && words(table.caption);
    const title = doc.createElement("p");
    title.textContent = caption || "";
    return caption ? [title, items] : [items];
  }

  // The pasted HTML as the editors keep it, and whether a table was in it.
  function kept(html, has_headings) {
    const doc = new DOMParser().parseFromString(html, "text/html");
    for (const unread of doc.querySelectorAll(UNREAD)) unread.remove();
    let is_list = false;
    for (const table of doc.querySelectorAll("table")) {
      // One within another is part of its cell.
      if (!table.isConnected || table.parentElement.closest("table")) continue;
      const cells = table.querySelectorAll("td, th");
      const filled = [...cells].filter(words);
      if (filled.length > 1) {
        table.replaceWith(...list(doc, table));
        is_list = true;
      } else {
        // A single cell of a sheet, or the frame of a mail: no table to its reader.
        table.replaceWith(...(filled.length ? filled[0].childNodes : []));
      }
    }
    if (!has_headings) {
      for (const heading of doc.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
        const paragraph = doc.createElement("p");
        const bold = doc.createElement("b");
        bold.append(...heading.childNodes);
        paragraph.append(bold);
        heading.replaceWith(paragraph);
      }
    }
    return { html: doc.body.innerHTML, is_list };
  }

  function tell(field, sentence) {
    let note = field.parentElement.querySelector(".paste-note");
    if (!note) {
      note = document.createElement("p");
      note.className = "paste-note";
      note.setAttribute("role", "status");
      field.parentElement.append(note);
    }
    // A region that speaks has to be there before its words.
    setTimeout(() => (note.textContent = sentence), 50);
  }

  document.addEventListener(
    "paste",
    (event) => {
      const editor = event.target.closest?.(".Draftail-Editor");
      const field = editor?.closest("[data-draftail-editor-wrapper]")?.parentElement.querySelector("[data-draftail-input]");
      const html = event.clipboardData?.getData("text/html");
      // What another text of this site was copied from says so itself.
      if (!field || !html || html.includes("data-draftjs-conductor-fragment")) return;
      const result = kept(html, "keepsHeadings" in field.dataset);
      const pasted = event.clipboardData;
      const types = [...pasted.types];
      Object.defineProperty(event, "clipboardData", {
        value: {
          types,
          files: [],
          items: [],
          getData: (type) => (type === "text/html" ? result.html : pasted.getData(type)),
        },
      });
      if (result.is_list) tell(field, field.dataset.tableNote);
    },
    true,
  );
})();
