// A light reading of front matter for its header in the editor. The library's own reading is the one that counts;
// here a field that is not understood is left out.

/** A field as the header shows it, and where its line starts in the front matter. */
export type ShownField = { text: string; at: number };
/** The fields that the header shows. */
export type ShownFields = Partial<Record<FieldName, ShownField>>;
/** The names of the fields that the header shows. */
export type FieldName = "title" | "standfirst" | "byline" | "section" | "date" | "status" | "lang";

const names: Record<string, FieldName> = {
  title: "title",
  standfirst: "standfirst",
  description: "standfirst",
  summary: "standfirst",
  excerpt: "standfirst",
  author: "byline",
  authors: "byline",
  section: "section",
  category: "section",
  categories: "section",
  date: "date",
  status: "status",
  lang: "lang",
  language: "lang",
};

/** Reads the fields of front matter, its closing lines included. */
export function shownFields(source: string): ShownFields {
  const fields: ShownFields = {};
  const toml = source.startsWith("+++");
  const key = toml ? /^([\w.-]+)\s*=\s*(.*)$/ : /^([\w.-]+):(?:\s+(.*)|)$/;
  const lines = source.split("\n");
  let at = 0;
  lines.forEach((line, index) => {
    const found = key.exec(line);
    const name = names[(found?.[1] ?? "").toLowerCase()];
    if (found && name && !fields[name]) {
      const more = following(lines, index, toml);
      const text = name === "byline" ? byline(found[2] ?? "", more) : value(found[2] ?? "", more);
      if (text) fields[name] = { text, at: at + line.length };
    }
    if (/^draft\s*[:=]\s*true\b/.test(line)) fields.status ??= { text: "draft", at: at + line.length };
    at += line.length + 1;
  });
  return fields;
}

/** The lines that belong to the field of a line: indented ones, and those of a list or a long string. */
function following(lines: string[], index: number, toml: boolean): string[] {
  const more: string[] = [];
  const first = lines[index] ?? "";
  const long = toml ? /=\s*("""|''')(?!.*\1)/.exec(first)?.[1] : undefined;
  const list = toml && /=\s*\[[^\]]*$/.test(first);
  for (const line of lines.slice(index + 1)) {
    if (long || list) {
      more.push(line);
      if (long ? line.includes(long) : line.includes("]")) break;
    } else if (!toml && /^(\s+\S|- |-$|\s*$)/.test(line)) more.push(line);
    else break;
  }
  return more;
}

function value(first: string, more: string[]): string {
  const start = first.trim();
  if (/^[|>][+-]?\d?$/.test(start))
    return more
      .map((line) => line.trim())
      .join(" ")
      .trim();
  if (start === "") return items(more).join(", ");
  if (start.startsWith("[")) return listItems([start, ...more].join(" ")).join(", ");
  const whole = more.some((line) => line.trim())
    ? [start, ...more.map((line) => line.trim())].join(" ")
    : start;
  return unquoted(whole.replace(/\s+#.*$/, (comment) => (/^["']/.test(start) ? comment : "")));
}

function byline(first: string, more: string[]): string {
  const start = first.trim();
  if (start.startsWith("[") || start.startsWith("{")) {
    const inline = [start, ...more].join(" ");
    const named = [...inline.matchAll(/name\s*[:=]\s*("[^"]*"|'[^']*'|[^,}\]]+)/g)].map((found) =>
      unquoted(found[1] ?? ""),
    );
    return (named.length ? named : listItems(inline)).join(", ");
  }
  if (start) return value(first, []);
  const named = more.flatMap((line) => /^\s*(?:-\s+)?name\s*:\s*(.+)$/.exec(line)?.[1] ?? []).map(unquoted);
  return (named.length ? named : items(more)).join(", ");
}

function items(lines: string[]): string[] {
  return lines.flatMap((line) => /^\s*-\s+(.+)$/.exec(line)?.[1] ?? []).map(unquoted);
}

function listItems(source: string): string[] {
  const inner = source.slice(
    source.indexOf("[") + 1,
    source.includes("]") ? source.lastIndexOf("]") : undefined,
  );
  return [...inner.matchAll(/"(?:[^"\\]|\\.)*"|'[^']*'|[^,]+/g)]
    .map((found) => unquoted(found[0]))
    .filter(Boolean);
}

function unquoted(text: string): string {
  const plain = text.trim();
  const double = /^"((?:[^"\\]|\\.)*)"/.exec(plain);
  if (double) return (double[1] ?? "").replace(/\\(["\\/])/g, "$1");
  const single = /^'((?:[^']|'')*)'/.exec(plain);
  if (single) return (single[1] ?? "").replace(/''/g, "'");
  return plain.replace(/^"""|"""$|^'''|'''$/g, "").trim();
}
