// What the theme leaves out for people who use a keyboard or a screen reader: the search has a name, wide tables can be scrolled.
// The theme wraps tables while it starts, so this waits for the next frame after everything is loaded.
window.addEventListener("load", () => requestAnimationFrame(() => {
  document.querySelector(".md-search[role=dialog]")?.setAttribute("aria-label", "Search");
  for (const wide of document.querySelectorAll(".md-typeset__scrollwrap, .wide")) {
    if (wide.scrollWidth > wide.clientWidth) {
      wide.tabIndex = 0;
      wide.setAttribute("role", "region");
      wide.setAttribute("aria-label", "Wide content, to be scrolled");
    }
  }
}));
