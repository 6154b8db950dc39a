// Marking on the sheet: what is chosen, which passages are painted and where, and which one is being edited.
import { type Colour, type PlacedHighlight } from "@/backend";
import { addMark, forgetMarks, loadMarks, marks } from "@/highlights/marks.svelte";
import { markingFrom, type Marking } from "./keys";
import { paint, paintCurrent } from "./painting";
import { unitsOf, type Units } from "./units";
import { cutUp, type Stretch } from "./words";

/** The state of marking on the sheet. */
export const marking = $state<{
  /** The words that are chosen, in units; by mouse or by key. */
  chosen: Stretch | null;
  /** Whether keys choose words. */
  byKeys: boolean;
  /** The passage whose note and tags are being edited, and which field was asked for. */
  editing: { id: string; field: "note" | "tags" | null } | null;
  /** Counts up when passages were painted anew: what stands beside them has to be placed again. */
  painted: number;
}>({ chosen: null, byKeys: false, editing: null, painted: 0 });

/** Takes over the article on the sheet: its text is all there. `within` holds its title, its standfirst and its text. */
export async function marksOnText(article: string, within: HTMLElement): Promise<void> {
  if (sheet?.article !== article) marking.editing = null;
  const parts = [".reading-title", ".reading-standfirst", ".reading-body"];
  const found = parts.flatMap((part) => within.querySelector<HTMLElement>(part) ?? []);
  sheet = { article, within, parts: found };
  units = null;
  leaveMarking();
  await refreshMarks();
}

/** Reads the passages of the article again, and paints them. */
export async function refreshMarks(): Promise<void> {
  const here = sheet;
  if (!here) return;
  if ((await loadMarks(here.article)) && sheet === here) repaint();
}

/** Paints the passages as they are known. */
export function repaint(): void {
  unpaint();
  ranges.clear();
  // Painting with elements cuts text nodes.
  units = null;
  if (!sheet || marks.article !== sheet.article) return;
  const counted = countedUnits();
  for (const { highlight, place } of marks.placed) {
    const found = place ? (counted?.ranges(place[0], place[1]) ?? []) : [];
    if (found.length > 0) ranges.set(highlight.id, found);
  }
  unpaint = paint(
    marks.placed.flatMap(({ highlight: { id, colour } }) =>
      (ranges.get(id) ?? []).map((range) => ({ id, colour, range })),
    ),
  );
  units = null;
  marking.painted += 1;
}

/** Lets go of the article. */
export function leaveText(): void {
  leaveMarking();
  unpaint();
  unpaint = () => undefined;
  ranges.clear();
  marking.editing = null;
  sheet = null;
  units = null;
  forgetMarks();
}

/** Where a passage stands on the sheet, or begins to; null when the text does not say it any more. */
export function rangeOf(id: string): Range | null {
  return ranges.get(id)?.[0] ?? null;
}

/** The passage at a point of the window; the one marked last where several lie over each other. */
export function markAt(x: number, y: number): PlacedHighlight | null {
  const holds = ({ left, right, top, bottom }: DOMRect): boolean =>
    x >= left && x <= right && y >= top && y <= bottom;
  const hit = marks.placed.filter(({ highlight }) => {
    const boxes = (ranges.get(highlight.id) ?? []).flatMap((range) => [...(range.getClientRects?.() ?? [])]);
    return boxes.some(holds);
  });
  return hit.reduce<PlacedHighlight | null>(
    (last, one) => (last && last.highlight.made > one.highlight.made ? last : one),
    null,
  );
}

/** Takes over what the reader has selected with the mouse, or nothing. */
export function takeSelection(): void {
  if (marking.byKeys) return;
  marking.chosen = selected();
}

/** The range of the words that are chosen. */
export function chosenRange(): Range | null {
  return marking.chosen && (countedUnits()?.range(marking.chosen.start, marking.chosen.end) ?? null);
}

/** Begins to choose words by keys, at what is selected, else at the first word below a height of the window. */
export function enterMarking(lang: string, top: number): void {
  const counted = countedUnits();
  if (!counted || !sheet) return;
  const start = selected()?.start ?? firstBelow(counted, top);
  keys = markingFrom(cutUp(counted, lang), start);
  if (!keys) return;
  marking.byKeys = true;
  marking.editing = null;
  choose(keys.passage);
}

/** Takes a key while words are chosen by keys; false when it means nothing here. */
export function pressInMarking(event: KeyboardEvent, rightToLeft: boolean): boolean {
  if (!keys?.press(event, rightToLeft)) return false;
  choose(keys.passage);
  return true;
}

/** Nothing is chosen any more. */
export function leaveMarking(): void {
  const had = marking.chosen !== null;
  keys = null;
  Object.assign(marking, { chosen: null, byKeys: false });
  if (had) document.getSelection()?.removeAllRanges();
}

/** The passage that is exactly what is chosen, or that a single chosen word lies in. */
export function markChosen(): PlacedHighlight | null {
  const { chosen } = marking;
  if (!chosen) return null;
  const holds = ({ place }: PlacedHighlight): boolean =>
    place !== null && place[0] <= chosen.start && place[1] >= chosen.end;
  return marks.placed.find(holds) ?? null;
}

/** Marks what is chosen; answers the identity of the passage, or null when nothing is chosen. */
export async function markWords(colour: Colour): Promise<string | null> {
  const { chosen } = marking;
  if (!chosen || !sheet) return null;
  const { total } = countedUnits() ?? { total: 0 };
  const { hash } = marks;
  const id = await addMark(sheet.article, { place: [chosen.start, chosen.end], hash, units: total, colour });
  leaveMarking();
  repaint();
  return id;
}

/** Shows which passage is meant, or none. */
export function pointAt(id: string | null): void {
  paintCurrent(id === null ? [] : (ranges.get(id) ?? []));
}

/** The article, the element that holds all of it, and those whose words can be marked, in their order. */
let sheet: { article: string; within: HTMLElement; parts: HTMLElement[] } | null = null;
let units: Units | null = null;
let keys: Marking | null = null;
let unpaint: () => void = () => undefined;
const ranges = new Map<string, Range[]>();

function countedUnits(): Units | null {
  if (!sheet) return null;
  units ??= unitsOf(...sheet.parts);
  return units;
}

function selected(): Stretch | null {
  const selection = document.getSelection();
  const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
  if (!range || range.collapsed || !sheet?.within.contains(range.commonAncestorContainer)) return null;
  const counted = countedUnits();
  if (!counted) return null;
  const start = counted.at(range.startContainer, range.startOffset);
  const end = counted.at(range.endContainer, range.endOffset);
  return start < end ? { start, end } : null;
}

function choose(passage: Stretch): void {
  marking.chosen = passage;
  const range = chosenRange();
  const selection = document.getSelection();
  if (!range || !selection) return;
  selection.removeAllRanges();
  selection.addRange(range);
}

/** The first word of the text below a height of the window; title and standfirst are for those who go up to them. */
function firstBelow(counted: Units, top: number): number {
  const text = counted.parts.at(-1) ?? 0;
  for (const { node, start } of counted.nodes) {
    if (start < text) continue;
    const box = node.parentElement?.getBoundingClientRect();
    if (!box || box.bottom <= top || (node.nodeValue ?? "").trim() === "") continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...(range.getClientRects?.() ?? [])];
    if (boxes.length === 0) return start;
    if (!boxes.some((one) => one.top >= top)) continue;
    // Within a paragraph that began above: the first word of a line that is wholly in view.
    const words = [...(node.nodeValue ?? "").matchAll(/\S+/g)];
    for (const word of words) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + 1);
      if (range.getBoundingClientRect().top >= top) return counted.at(node, word.index);
    }
  }
  return text;
}
