// What someone who can't see the window is told: where the focus is, what it stands on, the article, what went wrong.
const text = (element) => element?.textContent ?? "";
const shown = (element) => element.getClientRects().length > 0;
const active = document.activeElement;
const option = document.getElementById(active?.getAttribute("aria-activedescendant") ?? "");
const main = document.querySelector("main");
return {
  focus: active?.getAttribute("role") ?? active?.tagName ?? "",
  within: active?.closest("nav, section[aria-label], main")?.getAttribute("aria-label") ?? "",
  place: Number(option?.getAttribute("aria-posinset") ?? 0),
  option: text(option),
  starred: option?.querySelector("[role=img]") != null,
  dialog: document.querySelector("dialog[open]") !== null,
  heading: text(main?.querySelector("article h1")),
  pressed: main?.querySelector("[role=toolbar] [aria-label=Star]")?.getAttribute("aria-pressed") === "true",
  busy: document.querySelector("[aria-busy=true]") !== null,
  marks: document.querySelectorAll("[role=listbox] mark").length,
  found: [...document.querySelectorAll("[role=status]")].filter(shown).map(text).join(" "),
  problems: [...document.querySelectorAll("[role=alert], [role=alertdialog]")].filter(shown).map(text),
};
