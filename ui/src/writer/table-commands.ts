// The commands of the table one is in: the palette, the menu of the table and the keys read them.
import type { EditorView } from "@codemirror/view";
import { insertTable } from "@/editor/insertions";
import { tableCommandKeys, tableCommands } from "@/editor/tables/table-keys";
import { selectedTable } from "@/editor/tables/table-place";
import { commandItem } from "@/library/menus";
import { openDialog } from "@/library/dialogs.svelte";
import type { Command } from "@/shared/commands.svelte";
import type { MenuGroup } from "@/shared/widgets/menu";

/** The commands of tables of an editor. */
export function tableCommandsOf(view: () => EditorView | null): Command[] {
  const state = (): EditorView["state"] | undefined => view()?.state;
  const within = (): boolean => {
    const now = state();
    return now?.readOnly === false && selectedTable(now) !== null;
  };
  const insert: Command = {
    id: "writer-insert-table",
    group: "edit",
    when: "writing",
    ofText: true,
    enabled: () => state()?.readOnly === false && !within(),
    run: () =>
      openDialog("tableSize", {
        answer: (rows, columns) => {
          const editor = view();
          if (!editor) return;
          insertTable(rows, columns)(editor);
          editor.focus();
        },
      }),
  };
  const inTable = Object.entries(tableCommands).map(([name, command]): Command => {
    const keys = tableCommandKeys[name];
    return {
      id: `writer-table-${name}`,
      group: "edit",
      when: "writing",
      ofText: true,
      enabled: within,
      run: () => {
        const editor = view();
        if (!editor) return;
        command(editor);
        editor.focus();
      },
      ...(keys ? { keys } : {}),
    };
  });
  return [insert, ...inTable];
}

/** What can be done to the table one is in. */
export function tableMenu(): MenuGroup[] {
  const groups = [
    ["row-above", "row-below", "row-up", "row-down", "row-delete"],
    ["column-before", "column-after", "column-left", "column-right", "column-delete"],
    ["align-left", "align-center", "align-right", "align-none"],
    ["text", "delete"],
  ];
  return groups.map((names) => ({ items: names.map((name) => commandItem(`writer-table-${name}`)) }));
}
