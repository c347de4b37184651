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

  // It belongs to the page and the page's content scrolls in a part of it: keep it at its field.
  function place(calendar) {
    const field = calendar.data("input")[0].getBoundingClientRect();
    const furthest = window.innerWidth - calendar.outerWidth();
    calendar.css({
      top: field.bottom + window.scrollY,
      left: Math.max(0, Math.min(field.left, furthest)) + window.scrollX,
    });
  }

  // Scroll so far that it ends above the bar with the buttons.
  function show(calendar) {
    if (!calendar.is(":visible")) return;
    place(calendar);
    const bar = document.querySelector("main footer, footer.footer");
    const edge = Math.min(bar ? bar.getBoundingClientRect().top : Infinity, window.innerHeight);
    const hidden = calendar[0].getBoundingClientRect().bottom + 8 - edge;
    const content = calendar.data("input").closest("main")[0];
    if (content && hidden > 0) content.scrollTop += hidden;
    place(calendar);
  }

  $.fn.datetimepicker.defaults.onShow = function () {
    setTimeout(() => show(this), 0);
  };
  const follow = () => open().each((_number, calendar) => place($(calendar)));
  document.addEventListener("scroll", follow, true);
})();
