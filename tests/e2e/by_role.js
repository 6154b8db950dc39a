// Finds what assistive technology would find: elements by role and accessible name.
// arguments: role, name (null for any). Answers the visible matches in document order: those of exactly this name,
// else those whose name holds it.
const [role, name] = arguments;

const implicitRoles = [
  ["button", "button, summary, input[type=button], input[type=submit]"],
  ["link", "a[href]"],
  ["textbox", "input:not([type]), input[type=text], input[type=email], input[type=url], textarea, [contenteditable=true]"],
  ["spinbutton", "input[type=number]"],
  ["searchbox", "input[type=search]"],
  ["checkbox", "input[type=checkbox]"],
  ["radio", "input[type=radio]"],
  ["combobox", "select"],
  ["option", "option"],
  ["heading", "h1, h2, h3, h4, h5, h6"],
  ["navigation", "nav"],
  ["main", "main"],
  ["complementary", "aside"],
  ["region", "section[aria-label], section[aria-labelledby]"],
  ["article", "article"],
  ["dialog", "dialog"],
  ["list", "ul, ol"],
  ["listitem", "li"],
  ["paragraph", "p"],
  ["img", "img"],
  ["table", "table"],
  ["blockquote", "blockquote"],
];

const roleOf = (element) => {
  const declared = element.getAttribute("role");
  if (declared) return declared.split(/\s+/)[0];
  return implicitRoles.find(([, selector]) => element.matches(selector))?.[0] ?? null;
};

const visible = (element) => {
  if (element.closest("[aria-hidden=true], [inert], [hidden]")) return false;
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== "hidden";
};

const text = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (node.nodeType !== Node.ELEMENT_NODE || node.getAttribute("aria-hidden") === "true") return "";
  if (node.tagName === "IMG") return node.alt;
  return node.getAttribute("aria-label") ?? [...node.childNodes].map(text).join(" ");
};

const nameOf = (element) => {
  const labelledBy = element.getAttribute("aria-labelledby");
  if (labelledBy) {
    return labelledBy.split(/\s+/).map((id) => document.getElementById(id)).filter(Boolean).map(text).join(" ");
  }
  const label = element.getAttribute("aria-label");
  if (label) return label;
  if (element.labels?.length) return [...element.labels].map(text).join(" ");
  if (element.tagName === "IMG") return element.alt;
  const content = text(element);
  return content.trim() ? content : (element.getAttribute("title") ?? element.getAttribute("placeholder") ?? "");
};

// Spaces of every width count as one: the interface sets French spaces.
const plain = (words) => words.replace(/[\s\u00a0\u202f]+/g, " ").replace(/’/g, "'").trim().toLowerCase();

const candidates = [...document.querySelectorAll("*")].filter((element) => roleOf(element) === role && visible(element));
if (name === null) return candidates;
const wanted = plain(name);
const named = (matches) => candidates.filter((element) => matches(plain(nameOf(element))));
// "Star" means the button of that name before any that is "Starred".
const same = named((found) => found === wanted);
return same.length > 0 ? same : named((found) => found.includes(wanted));
