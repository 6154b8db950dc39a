import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { undo } from "@codemirror/commands";
import type { EditorState } from "@codemirror/state";
import type { FieldName, HeadValue, Refusal } from "@/backend";
import { headOf, headRead } from "@/editor/head";
import { plainState } from "@/editor/notation";
import { headCommands } from "../../../tests/fake-head";
import { headEditing, type HeadEditing, heldDelay } from "./head-editing";

const text = (words: string): HeadValue => ({ kind: "text", text: words });

function begin(
  doc: string,
  ask = headCommands.changeHead,
): {
  editing: HeadEditing;
  now: () => EditorState;
  doc: () => string;
  put: (state: EditorState) => void;
  refused: [FieldName, Refusal | null][];
} {
  let state = plainState(doc);
  const refused: [FieldName, Refusal | null][] = [];
  const editing = headEditing(
    { state: () => state, dispatch: (spec) => (state = state.update(spec).state) },
    ask,
    (field, why) => refused.push([field, why]),
  );
  return {
    editing,
    now: () => state,
    doc: () => state.doc.toString(),
    put: (other) => (state = other),
    refused,
  };
}

const article = "---\nlayout: post\ntitle: Un\n---\n\nLe texte.\n";

describe("a field of the head", () => {
  it("is written as it is typed, the last state of it", async () => {
    const { editing, doc } = begin(article);
    for (const words of ["Une", "Une a", "Une autre"]) editing.change("title", text(words));
    expect(editing.isBusy("title")).toBe(true);
    await editing.settled();
    expect(editing.isBusy("title")).toBe(false);
    expect(doc()).toBe(article.replace("Un\n", "Une autre\n"));
  });

  it("begins front matter apart from the text", async () => {
    const { editing, doc } = begin("Le texte.\n");
    editing.change("title", text("Un"));
    editing.change("lang", text("fr"));
    await editing.settled();
    expect(doc()).toBe("---\ntitle: Un\nlang: fr\n---\n\nLe texte.\n");
  });

  it("is one step of undo until it is left", async () => {
    const made = begin(article);
    for (const words of ["Deux", "Deux m", "Deux mots"]) {
      made.editing.change("title", text(words));
      await made.editing.settled();
    }
    made.editing.leave("title");
    await made.editing.settled();
    await Promise.resolve();
    made.editing.change("title", text("Trois"));
    await made.editing.settled();
    const back = (): void => void undo({ state: made.now(), dispatch: (one) => made.put(one.state) });
    back();
    expect(made.doc()).toContain("title: Deux mots\n");
    back();
    expect(made.doc()).toBe(article);
  });

  it("is made of what the text is when it arrives", async () => {
    let release: () => void = () => undefined;
    let asked = 0;
    const made = begin(article, async (...args) => {
      if (asked++ === 0) await new Promise<void>((done) => (release = done));
      return headCommands.changeHead(...args);
    });
    made.editing.change("title", text("Deux"));
    // Another program wrote another field meanwhile.
    made.put(made.now().update({ changes: { from: 16, insert: "s" } }).state);
    release();
    await made.editing.settled();
    expect(made.doc()).toBe(article.replace("post", "posts").replace("Un\n", "Deux\n"));
    expect(asked).toBe(2);
  });

  it("that is emptied is taken out when it is left, and not before", async () => {
    const { editing, doc } = begin(article);
    editing.hold("title", text(""));
    await Promise.resolve();
    expect(doc()).toBe(article);
    editing.leave("title");
    await editing.settled();
    expect(doc()).toBe(article.replace("title: Un\n", ""));
    editing.hold("lang", text("fr"));
    editing.hold("lang", null);
    editing.hold("status", text("draft"));
    await editing.settled();
    expect(doc()).not.toMatch(/lang|status/);
    await editing.settled(true);
    expect(doc()).toContain("status: draft\n");
  });

  describe("that is typed and not entered yet", () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());
    /** A text whose head was read, as the form shows it. */
    const shown = async (doc: string): Promise<ReturnType<typeof begin>> => {
      const made = begin(doc);
      const source = headOf(made.now())?.source ?? "";
      const head = await headCommands.headOf(source);
      made.put(made.now().update({ effects: headRead.of({ source, head }) }).state);
      return made;
    };
    const settled = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(heldDelay));
    const dated = "---\ndate: 2026-11-01 # fixe\nlayout:   post\ntitle: 'Un'\n---\n\nLe texte.\n";

    it("is in the text a moment later, the last state of it, and other bytes stay", async () => {
      const { editing, doc, refused } = await shown(dated);
      editing.hold("section", text("Éd"));
      await vi.advanceTimersByTimeAsync(heldDelay - 1);
      expect(doc()).toBe(dated);
      editing.hold("section", text("Édi"));
      await vi.advanceTimersByTimeAsync(1);
      expect(doc()).toBe(dated.replace("'Un'\n", "'Un'\nsection: Édi\n"));
      expect(editing.isBusy("section"), "the field goes on as it is typed").toBe(true);
      editing.leave("section");
      await settled();
      expect(editing.isBusy("section")).toBe(false);
      expect(doc()).toBe(dated.replace("'Un'\n", "'Un'\nsection: Édi\n"));
      expect(refused.every(([, why]) => why === null)).toBe(true);
    });

    it("is a date only where it is one, and is refused only when it is left", async () => {
      const { editing, doc, refused } = await shown(article);
      editing.hold("date", text("2026-11"));
      await settled();
      expect([doc(), refused]).toEqual([article, []]);
      editing.hold("date", text("2026-11-09"));
      await settled();
      expect(doc()).toContain("date: 2026-11-09\n");
      editing.hold("date", text("2026-11-09 ou 10"));
      editing.hold("date", text("demain"));
      await settled();
      expect(doc()).toContain("date: 2026-11-09\n");
      expect(refused.every(([, why]) => why === null)).toBe(true);
      editing.leave("date");
      await settled();
      expect(refused.at(-1)).toEqual(["date", "value"]);
    });

    it("goes again when it is taken back, and nothing is emptied before it is left", async () => {
      const { editing, doc } = await shown(article.replace("post\n", "post\ntags: [a]\n"));
      const before = doc();
      const tags = (...all: string[]): HeadValue => ({ kind: "tags", tags: all });
      editing.hold("tags", tags("a", "b"));
      await settled();
      expect(doc()).toContain("tags: [a, b]");
      editing.hold("tags", null);
      await settled();
      expect(doc()).toBe(before);
      editing.hold("title", text(""));
      await settled();
      expect(doc()).toBe(before);
      // What is entered counts, whatever was held.
      editing.hold("tags", tags("a", "foo"));
      await settled();
      editing.change("tags", tags("a", "football"));
      await settled();
      expect(doc()).toContain("tags: [a, football]");
      editing.hold("tags", null);
      await settled();
      expect(doc()).toContain("tags: [a, football]");
    });

    it("is one step of undo with what follows", async () => {
      const made = await shown(article);
      for (const words of ["É", "Éd", "Édi", "Édito"]) {
        made.editing.hold("section", text(words));
        await settled();
      }
      made.editing.leave("section");
      await settled();
      undo({ state: made.now(), dispatch: (one) => made.put(one.state) });
      expect(made.doc()).toBe(article);
    });
  });

  it("tells what it can't be, and takes that back", async () => {
    const { editing, doc, refused } = begin(article);
    editing.change("date", text("demain"));
    await editing.settled();
    expect(refused).toEqual([["date", "value"]]);
    expect(doc()).toBe(article);
    editing.change("date", text("2026-11-09"));
    await editing.settled();
    expect(refused.at(-1)).toEqual(["date", null]);
  });

  it("is not written where nothing can be asked", async () => {
    const { editing, doc, refused } = begin(article, () => Promise.reject(new Error("gone")));
    editing.change("title", text("Deux"));
    await editing.settled();
    expect(doc()).toBe(article);
    expect(refused).toEqual([["title", "locked"]]);
  });
});
