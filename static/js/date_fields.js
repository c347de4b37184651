// Fields for dates and hours in the admin. The calendar that opens below them closes with Escape, is never in
// the way of what comes after it, and leaves alone what somebody has typed: what is no date is refused in words
// by the server, instead of becoming today.
(() => {
  "use strict";

  const $ = window.jQuery;
  if (!$ || !$.fn.datetimepicker) return;

  $.fn.datetimepicker.defaults.validateOnBlur = false;

  const open = () => $(".xdsoft_datetimepicker:visible:not(.xdsoft_inline)");

  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !open().length) return;
      open().trigger("close.xdsoft");
      event.stopPropagation();
      event.preventDefault();
    },
    true,
  );

  // Without its own listener for leaving the field it would stay open when the field is left with the keyboard.
  document.addEventListener("focusin", (event) => {
    const mine = $(event.target).data("xdsoft_datetimepicker");
    if (!event.target.closest(".xdsoft_datetimepicker")) open().not(mine || []).trigger("close.xdsoft");
  });

  // Once it has its place: scroll so far that it ends above the bar with the buttons.
  $(document).on("open.xdsoft", ".xdsoft_datetimepicker", function () {
    setTimeout(() => {
      const bar = document.querySelector("main footer, footer.footer");
      const edge = bar ? bar.getBoundingClientRect().top : window.innerHeight;
      const hidden = this.getBoundingClientRect().bottom + 8 - edge;
      if ($(this).is(":visible") && hidden > 0) window.scrollBy(0, hidden);
    }, 0);
  });
})();
