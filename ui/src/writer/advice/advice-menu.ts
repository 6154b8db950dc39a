// The menu of what is said of some words: what could stand there, and what else can be done about it.
import type { EditorView } from "@codemirror/view";
import { type Advice, takeFix } from "@/editor/advice";
import { noteEditorOf } from "@/editor/note-field";
import { command } from "@/shared/commands.svelte";
import { t } from "@/shared/messages";
import type { MenuGroup } from "@/shared/widgets/menu";
import { ignore, ruleName, turnOff, vouchFor } from "./advising.svelte";

/** What the menu shows. `fixes` are what could stand in the place of the words, the likeliest first. */
export function adviceMenu(
  view: EditorView,
  article: string,
  one: Advice,
  fixes: readonly string[],
): MenuGroup[] {
  const note = noteEditorOf(view);
  const back = (run: () => unknown) => (): void => {
    (note ?? view).focus();
    void run();
  };
  const said = one.note && one.note !== ruleName(one) ? one.note : null;
  const spelling = one.kind === "spelling";
  return [
    {
      label: said ?? ruleName(one),
      items:
        fixes.length > 0
          ? fixes.map((fix) => ({
              label: fix === "" ? t("advice-delete") : fix,
              run: back(() => takeFix(view, one.id, fix, note !== null)),
            }))
          : [{ label: t("advice-no-fixes"), run: () => undefined, disabled: true }],
    },
    {
      items: [
        ...(spelling
          ? [
              { label: t("advice-vouch-me"), run: back(() => vouchFor(view, one, "me")) },
              { label: t("advice-vouch-desk"), run: back(() => vouchFor(view, one, "desk")) },
            ]
          : []),
        { label: t("advice-ignore"), run: back(() => ignore(view, article, one)) },
        ...(spelling ? [] : [{ label: t("advice-turn-off"), run: back(() => turnOff(one)) }]),
      ],
    },
    {
      items: ["writer-advice-next", "writer-advice"].flatMap((id) => {
        const known = command(id);
        return known
          ? [
              {
                label: t(`command-${id}`),
                run: back(known.run),
                ...(known.keys ? { keys: known.keys } : {}),
              },
            ]
          : [];
      }),
    },
  ];
}
