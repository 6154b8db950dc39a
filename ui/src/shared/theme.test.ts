// The colours of each theme, by what stands on what: WCAG AA, and AAA where contrast was asked for.
import { describe, expect, it } from "vitest";
import sheet from "./theme.css?raw";

const themes = ["paper", "sepia", "night", "contrast"] as const;

/** What is written, on what it is written. */
const written: [string, string[]][] = [
  ["ink", ["paper", "sheet", "selected", "hover", "red-wash", "inserted-wash", "deleted-wash"]],
  ["ink", ["mark", "mark-second", "mark-third", "mark-fourth"]],
  ["soft", ["paper", "sheet", "selected", "hover", "red-wash"]],
  ["faint", ["paper", "sheet", "hover"]],
  ["red", ["paper", "sheet", "red-wash", "deleted-wash"]],
  ["inserted", ["sheet", "inserted-wash"]],
  ["warning", ["paper", "sheet"]],
  ["sheet", ["red", "ink"]],
];
/** Edges that say where a control is, and the lines of marks. */
const edges: [string, string[]][] = [
  ["rule-strong", ["paper", "sheet"]],
  ...["mark-line", "mark-second-line", "mark-third-line", "mark-fourth-line"].map(
    (line): [string, string[]] => [line, ["sheet"]],
  ),
];

describe.each(themes)("the theme %s", (theme) => {
  const colours = coloursOf(theme);
  const paper = coloursOf("paper");

  it("names every colour", () => {
    expect([...colours.keys()].sort()).toEqual([...paper.keys()].sort());
    expect(colours.size).toBeGreaterThan(20);
  });

  it.each(pairs(written))("writes %s on %s legibly", (ink, ground) => {
    const least = theme === "contrast" ? 7 : 4.5;
    expect(contrast(colours.get(ink), colours.get(ground))).toBeGreaterThanOrEqual(least);
  });

  it.each(pairs(edges))("shows %s on %s", (edge, ground) => {
    const least = edge.startsWith("mark") ? 2 : 3;
    expect(contrast(colours.get(edge), colours.get(ground))).toBeGreaterThanOrEqual(least);
  });
});

function pairs(table: [string, string[]][]): [string, string][] {
  return table.flatMap(([one, others]) => others.map((other): [string, string] => [one, other]));
}

function coloursOf(theme: string): Map<string, string> {
  const selector = theme === "paper" ? ":root {" : `:root[data-theme="${theme}"] {`;
  const from = sheet.indexOf(selector);
  expect(from, selector).toBeGreaterThanOrEqual(0);
  const block = sheet.slice(from, sheet.indexOf("}", from));
  const found = block.matchAll(/--([\w-]+): (#[0-9a-f]{6}|rgb\([^)]*\));/g);
  return new Map([...found].map(([, name, value]) => [name ?? "", value ?? ""]));
}

/** The ratio of WCAG 2.2 (relative luminance of sRGB). */
function contrast(one: string | undefined, other: string | undefined): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string | undefined): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour?.slice(at, at + 2) ?? "", 16) / 255);
  const [red, green, blue] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  ) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
