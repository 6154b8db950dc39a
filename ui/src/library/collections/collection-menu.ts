// What can be done to a collection, from its entry in the rail.
import type { CollectionView } from "@/backend";
import { everyHighlight, exportHighlights, formats } from "@/highlights/exporting";
import { openDialog } from "@/library/dialogs.svelte";
import { t } from "@/shared/messages";
import { tellError } from "@/shared/notices.svelte";
import type { MenuGroup } from "@/shared/widgets/menu";
import { collections } from "./collections.svelte";
import { moveCollection, remove } from "./naming";

/** The menu of a collection. */
export function collectionMenu({ id, name }: CollectionView): MenuGroup[] {
  const known = collections.known ?? [];
  const move = (by: 1 | -1) => () => moveCollection(id, by).catch(failed);
  return [
    {
      items: [
        {
          label: t("collection-rename"),
          keys: "F2",
          run: () => openDialog("nameCollection", { id }),
        },
        { label: t("collection-up"), keys: "Alt-ArrowUp", disabled: known[0]?.id === id, run: move(-1) },
        {
          label: t("collection-down"),
          keys: "Alt-ArrowDown",
          disabled: known.at(-1)?.id === id,
          run: move(1),
        },
      ],
    },
    {
      items: formats.map((format) => ({
        label: t(`command-export-highlights-${format}`),
        run: () => exportHighlights({ ...everyHighlight, collection: id }, format, name).catch(failed),
      })),
    },
    { items: [{ label: t("collection-remove"), keys: "Delete", run: () => remove(id).catch(failed) }] },
  ];
}

function failed(error: unknown): void {
  tellError(error);
}
