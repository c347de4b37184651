// Practices chosen for a comparison stay chosen from page to page, up to four: in the results, on the page of a
// practice, in the comparison itself. Without this script the form compares what is chosen on one page.
const MOST = 4;
const KEY = "compare";

const read = () => {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "[]").slice(0, MOST);
  } catch {
    return [];
  }
};
const write = (chosen) => {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(chosen));
  } catch {
    // Where nothing can be kept, the choice holds on this page.
  }
};

const boxes = () => [...document.querySelectorAll("input[form=compare]")];

const show = () => {
  const form = document.getElementById("compare");
  if (!form) return;
  const chosen = read();
  for (const box of boxes()) {
    box.checked = chosen.includes(box.value);
    box.disabled = !box.checked && chosen.length >= MOST;
  }
  for (const old of form.querySelectorAll("input[type=hidden]")) old.remove();
  const here = boxes().map((box) => box.value);
  for (const reference of chosen.filter((one) => !here.includes(one))) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "practice", value: reference }));
  }
  const status = form.querySelector("[role=status]");
  status.dataset.none ??= status.textContent;
  const { none, one, many } = status.dataset;
  const said = { 0: none, 1: one }[chosen.length] ?? many.replace("{}", chosen.length);
  if (status.textContent !== said) status.textContent = said;
  form.querySelector("[type=button]").hidden = !chosen.length;
  form.classList.toggle("is-on", chosen.length > 0);
};

document.addEventListener("change", (event) => {
  if (!event.target.matches?.("input[form=compare]")) return;
  const { value, checked } = event.target;
  const others = read().filter((one) => one !== value);
  write(checked ? [...others, value].slice(0, MOST) : others);
  show();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("#compare [type=button]")) return;
  write([]);
  show();
  document.querySelector("#compare button").focus();
});

// From its own page a practice is compared with those that are chosen already.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-compare]");
  if (!link) return;
  const address = new URL(link.href);
  const own = address.searchParams.get("practice");
  for (const other of read().filter((one) => one !== own)) address.searchParams.append("practice", other);
  link.href = address.href;
});

// What is compared is what is chosen.
const compared = document.querySelector("[data-compared]");
if (compared) write(compared.dataset.compared.split(" "));

document.addEventListener("htmx:afterSettle", show);
window.addEventListener("pageshow", show);
show();
