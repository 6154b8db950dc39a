// The quotations of the text that is being written: looked into a moment after the last key, by Rust.
import { isolateHistory } from "@codemirror/commands";
import type { Text } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { backend, type Quotation, type TextChange } from "@/backend";
import {
  quotationPlace,
  type QuotationVerdict,
  type ShownQuotation,
  showQuotations,
} from "@/editor/quotations";
import { textOf } from "@/editor/text-of";
import { t } from "@/shared/messages";
import { tell, tellError } from "@/shared/notices.svelte";

/** A quotation with its number. */
export type Listed = Quotation & { id: number };

/** The verdicts in the order in which they ask for attention. */
export const verdicts: QuotationVerdict[] = [
  "altered",
  "missing",
  "changed",
  "unsourced",
  "elsewhere",
  "tooLong",
  "proved",
];

/** What is known of the quotations of a text. */
export type Ledger = { article: string | null; list: Listed[]; read: boolean };

/** After the last key, in milliseconds. */
const PAUSE = 600;

/** A ledger with what it is kept by: the pause and the question under way, the text in which the places of the list are. */
type Keeping = {
  ledger: Ledger;
  timer: ReturnType<typeof setTimeout> | undefined;
  requests: number;
  looked: Text | null;
};

const kept = new WeakMap<EditorView, Keeping>();
let lastId = 0;

/** The ledger of the text in an editor. */
export function ledgerOf(view: EditorView): Ledger {
  return keepingOf(view).ledger;
}

function keepingOf(view: EditorView): Keeping {
  let keeping = kept.get(view);
  if (!keeping) {
    const ledger = $state<Ledger>({ article: null, list: [], read: false });
    keeping = { ledger, timer: undefined, requests: 0, looked: null };
    kept.set(view, keeping);
  }
  return keeping;
}

/** Looks through a text after a pause, or at once. */
export function lookSoon(view: EditorView, article: string, pause = PAUSE): void {
  const keeping = keepingOf(view);
  clearTimeout(keeping.timer);
  keeping.timer = setTimeout(() => void look(view, article).catch(tellError), pause);
}

/** The text is on the sheet no more. */
export function forgetQuotations(view: EditorView): void {
  const keeping = keepingOf(view);
  clearTimeout(keeping.timer);
  keeping.requests += 1;
  kept.delete(view);
}

/** How many quotations there are of each verdict. */
export function countsOf(list: readonly Listed[]): Map<QuotationVerdict, number> {
  const counts = new Map<QuotationVerdict, number>();
  for (const { verdict } of list) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return counts;
}

/** Gives a quotation the words of its source, or marks what it leaves out; one undo takes it back. */
export async function mend(view: EditorView, wanted: Listed, how: "fixes" | "omissions"): Promise<void> {
  const one = await fresh(view, wanted);
  if (!one || one[how].length === 0) return void tell("info", "quotation-edited");
  make(view, one[how]);
  await look(view, ledgerOf(view).article ?? "");
}

/** Names an article as the source of a quotation. */
export async function takeSource(view: EditorView, wanted: Listed, source: string): Promise<void> {
  const one = await fresh(view, wanted);
  const { doc } = view.state;
  const { article } = ledgerOf(view);
  if (!one || !article) return void tell("info", "quotation-edited");
  const changes = await backend.nameSource(article, textOf(doc), one.end, one.block, source);
  if (view.state.doc !== doc || view.state.readOnly) return void tell("info", "quotation-edited");
  make(view, changes);
  await look(view, article);
}

/** Looks through a text now. */
export async function look(view: EditorView, article: string): Promise<void> {
  const keeping = keepingOf(view);
  clearTimeout(keeping.timer);
  const request = ++keeping.requests;
  const { doc } = view.state;
  const found = await backend.quotationsOf(article, textOf(doc));
  // Another text by now is looked through after its own pause.
  if (request !== keeping.requests || view.state.doc !== doc) return;
  keeping.looked = doc;
  const list = found.map((one) => ({ ...one, id: ++lastId }));
  Object.assign(keeping.ledger, { article, list, read: true });
  showQuotations(view, list.map(shown));
}

/** What became of a quotation, in words. */
export function wordsOf(one: Listed): string {
  const said = one.verdict === "altered" && one.passage === null ? "absent" : one.verdict;
  return t(`quotation-verdict-${said}`);
}

/** The quotation as it stands by now: places are of the text that was looked through. */
async function fresh(view: EditorView, wanted: Listed): Promise<Listed | null> {
  if (view.state.readOnly) return null;
  const { ledger, looked } = keepingOf(view);
  if (view.state.doc !== looked) {
    const place = quotationPlace(view.state, wanted.id);
    if (!place || ledger.article === null) return null;
    await look(view, ledger.article);
    // Written on meanwhile: the places are of another text, or another look is under way.
    if (view.state.doc !== looked || view.state.readOnly) return null;
    return ledger.list.find((one) => one.from === place.from && one.words === wanted.words) ?? null;
  }
  return ledger.list.find((one) => one.id === wanted.id) ?? null;
}

function make(view: EditorView, changes: readonly TextChange[]): void {
  view.dispatch({
    changes: changes.map(({ from, to, text }) => ({ from, to, insert: text })),
    annotations: isolateHistory.of("full"),
    userEvent: "input.quotation",
  });
}

function shown(one: Listed): ShownQuotation {
  const { id, from, to, verdict, pieces } = one;
  const actions: ShownQuotation["actions"] = [];
  if (one.fixes.length > 0)
    actions.push({
      label: t("quotation-take-words"),
      run: (view) => void mend(view, one, "fixes").catch(tellError),
    });
  if (one.omissions.length > 0)
    actions.push({
      label: t("quotation-mark-omission"),
      run: (view) => void mend(view, one, "omissions").catch(tellError),
    });
  return { id, from, to, verdict, words: wordsOf(one), pieces, actions };
}
