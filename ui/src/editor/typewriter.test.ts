import { undo } from "@codemirror/commands";
import { EditorView } from "@codemirror/view";
import { afterEach, describe, expect, it, vi } from "vitest";
import { editorOf, press } from "./notation";
import { changeTypewriter, typewriterHeight } from "./typewriter";

afterEach(() => vi.restoreAllMocks());

/** An editor 1000 px high, and the heights to which it was told to bring the caret since. */
async function typewriterOf(notation: string): Promise<{ view: EditorView; brought: () => number[] }> {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(1000);
  const asked: number[] = [];
  const view = editorOf(
    notation,
    EditorView.updateListener.of(({ transactions }) => {
      for (const { effects } of transactions)
        for (const { value } of effects) {
          const target = value as { y?: string; yMargin?: number; range?: { head: number } } | null;
          if (target?.y === "start") asked.push(target.yMargin ?? NaN);
        }
    }),
  );
  view.dispatch(changeTypewriter(true));
  // The height is measured with the next frame.
  await vi.waitFor(() =>
    expect(view.dom.style.getPropertyValue("--typewriter-lead")).toBe(`${1000 * typewriterHeight}px`),
  );
  return { view, brought: () => asked.splice(0) };
}

describe("typewriter scrolling", () => {
  it("brings the line of the caret to its height after each key, undo too", async () => {
    const { view, brought } = await typewriterOf("un|\n\ndeux");
    press(view, '"x"');
    expect(brought()).toEqual([]);
    view.dispatch(view.state.replaceSelection("y"), { userEvent: "input.type", scrollIntoView: true });
    view.dispatch({ selection: { anchor: 5 }, userEvent: "select", scrollIntoView: true });
    undo(view);
    expect(brought()).toEqual([450, 450, 450]);
    view.destroy();
  });

  it("leaves the text in peace for the mouse, for finding and for other programs", async () => {
    const { view, brought } = await typewriterOf("un|\n\ndeux");
    view.dispatch({ selection: { anchor: 5 }, userEvent: "select.pointer", scrollIntoView: true });
    view.dispatch({ selection: { anchor: 1 }, userEvent: "select.search", scrollIntoView: true });
    view.dispatch({ changes: { from: 0, insert: "zéro\n" } });
    view.dispatch({ effects: EditorView.scrollIntoView(0, { y: "center" }) });
    expect(brought()).toEqual([]);
    view.dispatch(changeTypewriter(false));
    view.dispatch({ selection: { anchor: 3 }, userEvent: "select", scrollIntoView: true });
    expect(brought()).toEqual([]);
    expect(view.dom.style.getPropertyValue("--typewriter-lead")).toBe("");
    view.destroy();
  });
});
