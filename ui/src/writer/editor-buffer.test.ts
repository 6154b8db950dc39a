import { undo } from "@codemirror/commands";
import { EditorSelection, type Transaction } from "@codemirror/state";
import { afterEach, describe, expect, it, vi } from "vitest";
import "@/editor/notation";
import { articleState } from "@/editor/article-editor";
import { editorBuffer, fromDisk } from "./editor-buffer";

afterEach(() => document.body.replaceChildren());

function make(text: string) {
  const listener = {
    edited: vi.fn(),
    moved: vi.fn(),
    replaced: vi.fn(),
    stroke: vi.fn<(one: Transaction) => void>(),
  };
  const buffer = editorBuffer(
    (more) =>
      articleState(text, {
        attributes: { lang: null, spellcheck: false, label: "text" },
        services: { imageSource: () => Promise.resolve(null), follow: () => undefined },
        readOnly: false,
        more,
      }),
    listener,
  );
  return { buffer, listener, text: () => buffer.state().doc.toString() };
}

const type = (buffer: ReturnType<typeof make>["buffer"], at: number, insert: string): void =>
  buffer.dispatch({ changes: { from: at, insert }, userEvent: "input.type" });

describe.each([
  ["on the sheet", true],
  ["set aside", false],
])("a buffer %s", (_name, shown) => {
  const begin = (text: string): ReturnType<typeof make> => {
    const made = make(text);
    if (shown) made.buffer.attach(document.body);
    return made;
  };

  it("follows the file, the caret stays at its word", () => {
    const { buffer, text, listener } = begin("un deux trois");
    buffer.dispatch({ selection: EditorSelection.cursor(10) });
    const mark = buffer.mark();
    mark.become("un nouveau deux trois", "reloaded");
    expect(text()).toBe("un nouveau deux trois");
    expect(buffer.state().selection.main.head).toBe(18);
    expect(listener.edited).not.toHaveBeenCalled();
    expect(listener.replaced).toHaveBeenCalledWith("reloaded");
  });

  it("keeps what was typed since the mark", () => {
    const { buffer, text } = begin("un deux trois");
    const mark = buffer.mark();
    type(buffer, 0, "zéro ");
    mark.become("un deux trois quatre", "merged");
    expect(text()).toBe("zéro un deux trois quatre");
  });

  it("tells what it would be without becoming it", () => {
    const { buffer, text } = begin("un deux trois");
    const mark = buffer.mark();
    type(buffer, 0, "zéro ");
    expect(mark.rebased("un deux TROIS quatre")).toBe("zéro un deux TROIS quatre");
    expect(text()).toBe("zéro un deux trois");
    type(buffer, 5, "et ");
    expect(mark.rebased("un deux TROIS quatre")).toBe("zéro et un deux TROIS quatre");
  });

  it("takes back what the file brought in one step, and what was typed in another", () => {
    const { buffer, text } = begin("un deux trois");
    type(buffer, 0, "zéro ");
    const mark = buffer.mark();
    mark.become("zéro UN deux TROIS", "merged");
    const target = {
      state: buffer.state(),
      dispatch: (one: Parameters<typeof buffer.dispatch>[0]) => buffer.dispatch(one),
    };
    undo({
      get state() {
        return buffer.state();
      },
      dispatch: target.dispatch,
    });
    expect(text()).toBe("zéro un deux trois");
    undo({
      get state() {
        return buffer.state();
      },
      dispatch: target.dispatch,
    });
    expect(text()).toBe("un deux trois");
  });
});

it("keeps its history while the sheet shows another article", () => {
  const { buffer, text } = make("un");
  buffer.attach(document.body);
  type(buffer, 2, " deux");
  buffer.detach();
  const view = buffer.attach(document.body);
  undo(view);
  expect(text()).toBe("un");
});

it("tells of every change of the text, by whose hand soever, on the sheet and set aside", () => {
  const { buffer, listener } = make("un deux");
  type(buffer, 0, "zéro ");
  buffer.attach(document.body);
  type(buffer, 0, "et ");
  const mark = buffer.mark();
  mark.become("un", "reloaded");
  buffer.dispatch({ selection: EditorSelection.cursor(0) });
  expect(listener.stroke.mock.calls.map(([one]) => one.annotation(fromDisk))).toEqual([
    undefined,
    undefined,
    "reloaded",
  ]);
});
