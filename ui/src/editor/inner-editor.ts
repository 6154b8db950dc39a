// What the small editors within the text have from the editor around them: those of notes at their calls and of cells.
import {
  acceptCompletion,
  autocompletion,
  closeCompletion,
  type CompletionSource,
  completionStatus,
} from "@codemirror/autocomplete";
import { EditorState, type Extension, Prec, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, keymap } from "@codemirror/view";
import { type Advice, adviceAt, type AdviceKind } from "./advice";
import { adviceLook } from "./advice-look";
import { citationTyping, citedWorks } from "./citations";
import { completionLook } from "./completion";
import { declaredAt } from "./declared";
import { formatting } from "./formatting";
import { highlighting } from "./highlighting";
import { nextNote } from "./insertions";
import { links } from "./links";
import { livePreview } from "./live-preview";
import { lineDirection } from "./direction";
import { articleNames, authorNames } from "./names";
import { phrases } from "./phrases";
import { reveal } from "./reveal";
import { editorServices, type EditorServices, type TextHome } from "./services";
import { textOf } from "./text-of";
import { setsTypography, typingTypography } from "./typing-typography";

/** What an editor within the editor of an article has of it; `home` is where its text is when it is gone. */
export function innerEditor(view: EditorView, label: string, className: string, home?: TextHome): Extension {
  const attributes: Record<string, string> = { "aria-label": label };
  for (const name of ["lang", "spellcheck", "autocorrect", "autocapitalize"]) {
    const value = view.contentDOM.getAttribute(name);
    if (value !== null) attributes[name] = value;
  }
  const declared = declaredAt(view.state, view.state.selection.main.head);
  if (declared !== null) attributes.lang = declared;
  return [
    // Before the keys that leave: what is offered is closed first.
    completion(),
    editorServices.of({ ...servicesWithin(view), ...(home ? { home } : {}) }),
    EditorState.lineSeparator.of("\n"),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of(attributes),
    EditorView.editorAttributes.of({ class: `cm-inner ${className}` }),
    phrases(),
    highlighting(),
    reveal(),
    livePreview(),
    lineDirection(),
    formatting(),
    links(),
    citationTyping(),
    typingTypography(setsTypography(view.state)),
    advised,
    adviceLook,
    look,
  ];
}

/** Shows what the text around says of the words of an editor; `place` tells where a position of the text is in it. */
export function showAdviceWithin(
  editor: EditorView,
  found: readonly Advice[],
  place: (position: number) => number | null,
): void {
  const marks = found.flatMap(({ from, to, kind }) => {
    const start = place(from);
    const end = place(to);
    if (start === null || end === null || end <= start || end > editor.state.doc.length) return [];
    return [Decoration.mark({ class: classOfAdvice(kind) }).range(start, end)];
  });
  const now = Decoration.set(marks, true);
  if (!RangeSet.eq([now], [editor.state.field(advised).marks])) editor.dispatch({ effects: set.of(now) });
}

/** How words are marked that something is said of. */
export function classOfAdvice(kind: AdviceKind): string {
  return `cm-advice cm-advice-${kind}`;
}

/** Opens the menu of what is said of the words under the pointer; `place` tells where they are in the text around. */
export function adviceMenuWithin(view: EditorView, place: (position: number) => number | null): Extension {
  return EditorView.domEventHandlers({
    contextmenu(event, editor) {
      const inner = editor.posAtCoords({ x: event.clientX, y: event.clientY });
      const at = inner === null ? null : place(inner);
      const one = at === null || view.state.readOnly ? undefined : adviceAt(view.state, at)[0];
      const { adviceMenu } = view.state.facet(editorServices);
      if (!one || !adviceMenu) return false;
      event.preventDefault();
      adviceMenu(view, one, { x: event.clientX, y: event.clientY });
      return true;
    },
  });
}

/** It takes the place that it stands in, and nothing around it. */
const look = EditorView.theme({
  "&.cm-inner": { background: "none" },
  "&.cm-inner.cm-focused": { outline: "none" },
  "&.cm-inner .cm-content": { padding: "0", margin: "0 !important", maxWidth: "none" },
});

const sources: CompletionSource[] = [articleNames, citedWorks, authorNames];

function completion(): Extension {
  return [
    // What is only being looked for keeps nobody in.
    Prec.highest(
      keymap.of([
        {
          key: "Escape",
          run: (editor) => completionStatus(editor.state) === "pending" && closeCompletion(editor) && false,
        },
      ]),
    ),
    autocompletion({ override: sources, icons: false, maxRenderedOptions: 40 }),
    Prec.highest(keymap.of([{ key: "Tab", run: acceptCompletion }])),
    completionLook,
  ];
}

/** What is typed into a part of the text is asked of the whole of it. */
function servicesWithin(view: EditorView): EditorServices {
  const { imageSource, follow, articles, authors, works, paste, keepImages, put, describe, tableMenu } =
    view.state.facet(editorServices);
  return {
    imageSource,
    follow,
    ...(articles ? { articles } : {}),
    ...(authors ? { authors } : {}),
    ...(works ? { works: (typed) => works(typed, textOf(view.state.doc)) } : {}),
    ...(keepImages ? { keepImages } : {}),
    ...(put ? { put } : {}),
    ...(describe ? { describe } : {}),
    ...(tableMenu ? { tableMenu } : {}),
    ...(paste
      ? {
          paste: async (copied) => {
            const found = await paste(copied, nextNote(view.state));
            // Notes of what is pasted have no place here: its words come in as they are.
            return found?.notes ? null : found;
          },
        }
      : {}),
  };
}

const set = StateEffect.define<DecorationSet>();

const advised = StateField.define<{ marks: DecorationSet; typing: boolean }>({
  create: () => ({ marks: Decoration.none, typing: false }),
  update(value, transaction) {
    let { marks, typing } = value;
    if (transaction.docChanged) {
      marks = marks.map(transaction.changes);
      typing = transaction.isUserEvent("input.type") || transaction.isUserEvent("delete");
    } else if (transaction.selection) typing = false;
    for (const effect of transaction.effects) if (effect.is(set)) marks = effect.value;
    return marks === value.marks && typing === value.typing ? value : { marks, typing };
  },
  // Nothing is said of the word that is being typed.
  provide: (field) =>
    EditorView.decorations.compute([field, "selection"], (state) => {
      const { marks, typing } = state.field(field);
      const { head } = state.selection.main;
      return typing ? marks.update({ filter: (from, to) => to < head || from > head }) : marks;
    }),
});
