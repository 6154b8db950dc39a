import { afterEach, describe, expect, it, vi } from "vitest";
import { joined, lineAt, neighbour, blockBeside } from "./lines";

const box = (top: number, bottom: number, width = 10) => ({ top, bottom, width });

describe("lines of boxes", () => {
  it.each([
    ["one box, one line", [box(0, 20)], [[0, 20]]],
    [
      "words side by side",
      [box(0, 20), box(1, 19), box(30, 50)],
      [
        [0, 20],
        [30, 50],
      ],
    ],
    [
      "the sign of a note, raised",
      [box(0, 20), box(-4, 8), box(30, 50)],
      [
        [-4, 20],
        [30, 50],
      ],
    ],
    [
      "close lines whose boxes touch",
      [box(0, 20), box(18, 38), box(36, 56)],
      [
        [0, 20],
        [18, 38],
        [36, 56],
      ],
    ],
    ["nothing that has no width", [box(0, 20, 0)], []],
  ])("%s", (_, boxes, lines) => {
    expect(joined(boxes).map(({ top, bottom }) => [top, bottom])).toEqual(lines);
  });
});

describe("lines of the sheet", () => {
  afterEach(() => {
    vi.restoreAllMocks();
    document.body.replaceChildren();
  });

  /** Blocks one under the other, 40 pixels for each line of 20 letters, 20 between them; a figure of 100. */
  function lay(html: string): HTMLElement {
    const body = document.createElement("div");
    body.innerHTML = html;
    document.body.append(body);
    const leaves = [...body.querySelectorAll<HTMLElement>("p, figure, td")];
    const heights = leaves.map((leaf) =>
      leaf.tagName === "FIGURE" ? 100 : Math.ceil((leaf.textContent ?? "").length / 20) * 40,
    );
    const topOf = (index: number): number =>
      heights.slice(0, index).reduce((sum, height) => sum + height + 20, 0);
    const boxFor = (node: Node): DOMRect => {
      const inside = leaves.map((_, index) => index).filter((index) => node.contains(leaves[index] ?? null));
      const first = inside[0] ?? 0;
      const last = inside[inside.length - 1] ?? 0;
      const top = topOf(first);
      return { top, bottom: topOf(last) + (heights[last] ?? 0), height: 1, width: 100 } as DOMRect;
    };
    vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(function (this: Element) {
      return boxFor(this);
    });
    Range.prototype.getClientRects = function (this: Range) {
      const leaf = this.startContainer.parentElement?.closest<HTMLElement>("p, td");
      const index = leaves.findIndex((one) => one === leaf);
      const lines = Math.round((heights[index] ?? 0) / 40);
      const boxes = Array.from({ length: lines }, (_, line) =>
        box(topOf(index) + line * 40, topOf(index) + line * 40 + 30),
      );
      return boxes as unknown as DOMRectList;
    };
    return body;
  }

  const text = `<p data-line="1">${"a".repeat(45)}</p><blockquote data-line="3"><p data-line="3">bb</p></blockquote><figure data-line="5"><img alt=""></figure><p data-line="7">${"c".repeat(30)}</p>`;

  it("goes down and up again over paragraphs, quotations and pictures", () => {
    const body = lay(text);
    const tops: number[] = [];
    let line = lineAt(body, 0);
    for (let step = 0; line && step < 20; step++) {
      tops.push(line.top);
      line = neighbour(body, line, 1);
    }
    expect(tops).toEqual([0, 40, 80, 140, 200, 320, 360]);
    const back: number[] = [];
    line = lineAt(body, 370);
    for (let step = 0; line && step < 20; step++) {
      back.push(line.top);
      line = neighbour(body, line, -1);
    }
    expect(back).toEqual(tops.reverse());
  });

  it("takes the line below a gap, and the last one below the text", () => {
    const body = lay(text);
    expect(lineAt(body, 35)?.top).toBe(40);
    expect(lineAt(body, 125)?.top).toBe(140);
    expect(lineAt(body, 9_000)?.top).toBe(360);
    expect(lineAt(document.createElement("div"), 10)).toBeNull();
  });

  it("knows the paragraph before and after", () => {
    const body = lay(text);
    const [first, quoted] = body.querySelectorAll<HTMLElement>("p");
    expect(blockBeside(body, first!, 1)).toBe(quoted);
    expect(blockBeside(body, quoted!, -1)).toBe(first);
    expect(blockBeside(body, first!, -1)).toBeNull();
  });
});
