// Buttons that print the page. Without this script they stay hidden: every browser has a way of its own to print.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
