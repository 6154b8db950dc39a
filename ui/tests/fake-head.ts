// Front matter of plain lines as fields, and changed by field: what the form of the head is tried with.
import type * as wire from "../src/backend/bindings";

const names: Partial<Record<wire.FieldName, string[]>> = {
  title: ["title"],
  standfirst: ["standfirst", "description"],
  teaser: ["teaser"],
  section: ["section"],
  date: ["date"],
  lang: ["lang"],
  status: ["status"],
};

/** The commands of the head. */
export const headCommands = {
  headOf: async (text: string): Promise<wire.Head> => head(text),
  changeHead: async (
    text: string,
    field: wire.FieldName,
    value: wire.HeadValue,
  ): Promise<wire.HeadChange> => {
    if (
      field === "date" &&
      value.kind === "text" &&
      value.text !== "" &&
      !/^\d{4}-\d\d-\d\d/.test(value.text)
    )
      return { kind: "refused", why: "value" };
    const after = changed(text, field, value);
    return { kind: "changed", text: after, head: head(after) };
  },
  headChoices: async (): Promise<wire.HeadChoices> => ({
    authors: [
      { name: "Hélène Vasseur", function: "directrice de la rédaction" },
      { name: "Paul Okafor", function: null },
    ],
  }),
};

function head(text: string): wire.Head {
  const value = (field: wire.FieldName): string | null => {
    for (const name of names[field] ?? []) {
      const found = new RegExp(`^${name}: (.+)$`, "m").exec(text)?.[1];
      if (found) return found.replace(/^"(.*)"$/, "$1");
    }
    return null;
  };
  const list = (key: string): string[] =>
    (new RegExp(`^${key}: \\[?(.*?)\\]?$`, "m").exec(text)?.[1] ?? "").split(", ").filter(Boolean);
  const broken = text.split("\n").findIndex((line) => line.includes(": ["));
  return {
    present: text !== "" && !/^---\n\n/.test(text),
    obstacle: /: \[[^\]]*$/m.test(text) ? { kind: "syntax", line: broken + 1 } : null,
    title: value("title"),
    standfirst: value("standfirst"),
    teaser: value("teaser"),
    authors: list("authors").map((one) => {
      const [, name = one, job = null] = /^(.*?) \((.*)\)$/.exec(one) ?? [];
      return { name, function: job };
    }),
    section: value("section"),
    tags: list("tags"),
    date: value("date"),
    lang: value("lang"),
    status: value("status"),
    locked: /^title: &/m.test(text) ? [{ field: "title" }] : [],
    places: ["title" as const, "standfirst" as const].flatMap((field) => {
      const found = new RegExp(`^(?:${(names[field] ?? []).join("|")}): (.+)$`, "m").exec(text);
      if (!found?.[1]) return [];
      const from = found.index + found[0].length - found[1].length;
      // A comment is none of the words.
      const { length } = found[1].replace(/ #.*$/, "");
      return [{ field, from, to: from + length, quoting: "plain" as const }];
    }),
  };
}

function changed(text: string, field: wire.FieldName, value: wire.HeadValue): string {
  const words =
    value.kind === "text"
      ? value.text.trim()
      : value.kind === "tags"
        ? value.tags.join(", ")
        : value.authors.map(({ name, function: job }) => (job ? `${name} (${job})` : name)).join(", ");
  const written = value.kind === "text" ? words : `[${words}]`;
  const keys = names[field] ?? [field];
  const line = new RegExp(`^(${keys.join("|")}): .*\n`, "m");
  if (text === "") return words === "" ? "" : `---\n${keys[0]}: ${written}\n---\n`;
  if (line.test(text))
    return text.replace(line, (_whole, key: string) => (words === "" ? "" : `${key}: ${written}\n`));
  return words === "" ? text : text.replace(/\n---$/, `\n${keys[0]}: ${written}\n---`);
}
