// Filters the table of pairs: two frameworks, a verdict, words. Without it, the whole table is shown.
document.addEventListener("DOMContentLoaded", () => {
  const table = document.querySelector("table.pairs");
  if (!table) return;
  const rows = [...table.tBodies[0].rows];
  const bar = document.createElement("div");
  bar.className = "pairs-filter";
  const control = (title, element) => {
    const label = document.createElement("label");
    label.append(title, element);
    element.addEventListener("input", show);
    bar.append(label);
    return element;
  };
  const choice = (title, name) => {
    const select = document.createElement("select");
    select.append(new Option("all", ""));
    for (const value of new Set(rows.map(row => row.dataset[name]))) select.append(new Option(value, value));
    return control(title, select);
  };
  const chosen = {from: choice("From", "from"), to: choice("To", "to"), verdict: choice("Verdict", "verdict")};
  const words = control("Words, such as adam amsgrad", Object.assign(document.createElement("input"), {type: "search"}));
  const count = Object.assign(document.createElement("p"), {className: "pairs-count"});
  count.setAttribute("aria-live", "polite");
  function show() {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const fits = Object.entries(chosen).every(([name, s]) => !s.value || row.dataset[name] === s.value)
        && wanted.every(word => text.includes(word));
      row.hidden = !fits;
      if (fits) shown++;
    }
    count.textContent = shown + " of " + rows.length + " rows";
  }
  table.parentElement.before(bar, count);
  show();
});
