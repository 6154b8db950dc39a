// Key → paint: the same keys into bare CodeMirror and into Édito's editor, in the engine that shows the app.
// `runKeyBench` is called from outside, by what drives the window.
import "../src/shared/theme.css";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { markdown } from "@codemirror/lang-markdown";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { articleState } from "../src/editor/article-editor";

/** Which editor: CodeMirror with Markdown and nothing else, CodeMirror without a language, or Édito's. */
export type BenchKind = "bare" | "plain" | "edito";

declare global {
  interface Window {
    /** Types `keys` characters in the middle of a text; milliseconds from each key to the frame that shows it. */
    runKeyBench: (kind: BenchKind, text: string, keys: number) => Promise<number[]>;
    /** The same, but only the milliseconds in which the page's thread is kept busy by the key. */
    runBusyBench: (kind: BenchKind, text: string, keys: number) => Promise<number[]>;
    /** Opens bare CodeMirror with a text, for keys that are typed from outside. */
    openBare: (text: string) => void;
  }
}

const place = document.querySelector<HTMLElement>("#editor");
/** What a writer types: words, a mark now and then, a new line. */
const typed = "une phrase, *avec* des mots ; puis une autre. ";

window.runKeyBench = (kind, text, keys) => run(kind, text, keys, true);
window.openBare = (text) =>
  void new EditorView({ state: stateOf("bare", text), parent: place ?? document.body });
window.runBusyBench = (kind, text, keys) => run(kind, text, keys, false);

async function run(kind: BenchKind, text: string, keys: number, painted: boolean): Promise<number[]> {
  const view = new EditorView({ state: stateOf(kind, text), parent: place ?? document.body });
  const middle = text.indexOf("\n\n", text.length / 2);
  view.dispatch({ selection: { anchor: middle < 0 ? text.length : middle }, scrollIntoView: true });
  view.focus();
  // Fonts, the first parse and the first measures belong to opening, not to typing.
  await new Promise((resolve) => setTimeout(resolve, 1200));
  const times: number[] = [];
  for (let i = 0; i < keys; i++) {
    const key = i % 60 === 59 ? "\n" : (typed[i % typed.length] ?? " ");
    const start = performance.now();
    press(view, key);
    if (painted) await nextPaint();
    else void view.contentDOM.offsetHeight;
    times.push(performance.now() - start);
    // Between two keys the editor may go on parsing, as it does under a writer's hands.
    await new Promise((resolve) => setTimeout(resolve, 8));
  }
  view.destroy();
  return times;
}

function stateOf(kind: BenchKind, text: string): EditorState {
  if (kind === "edito") {
    return articleState(text, {
      attributes: { lang: "fr", spellcheck: false, label: "text" },
      services: { imageSource: () => Promise.resolve(null), follow: () => undefined },
      readOnly: false,
    });
  }
  const look = EditorView.theme({
    "&": { height: "100%" },
    ".cm-scroller": { fontFamily: "serif", fontSize: "19px", lineHeight: "1.6" },
    ".cm-content": { maxWidth: "66ch", margin: "0 auto" },
  });
  const bare = [history(), keymap.of([...historyKeymap, ...defaultKeymap]), EditorView.lineWrapping, look];
  return EditorState.create({ doc: text, extensions: kind === "bare" ? [...bare, markdown()] : bare });
}

/** The way of a key through the editor: keydown, then the text that the browser would put in. */
function press(view: EditorView, key: string): void {
  const name = key === "\n" ? "Enter" : key;
  const event = new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true });
  const taken = !view.contentDOM.dispatchEvent(event);
  if (taken) return;
  if (!document.execCommand("insertText", false, key)) view.dispatch(view.state.replaceSelection(key));
}

function nextPaint(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}
