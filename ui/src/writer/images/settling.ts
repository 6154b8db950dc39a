// Smaller copies that are shown in the place of images: the text is saved, then the first files go to the trash; all of
// it can be taken back as one.
import type { EditorView } from "@codemirror/view";
import { backend } from "@/backend";
import { retarget } from "@/editor/images";
import { homeOf } from "@/editor/services";
import type { KeptSize } from "@/library/dialogs.svelte";
import { offerUndo } from "@/library/undo.svelte";
import { tell, tellError } from "@/shared/notices.svelte";
import { isBack, setAside } from "./aside";
import { cleansFirst, preferredSize } from "./preferred";
import { byteWords } from "@/shared/bytes";

/** A copy, and the target of the image that it stands for. */
export type Replaced = KeptSize & { from: string };

/** Sees to what was replaced, once the text shows the copies. */
export async function settle(
  view: EditorView,
  article: string,
  replaced: Replaced[],
  save: () => Promise<boolean>,
): Promise<void> {
  // While the file still shows an image, that one stays.
  if (await save())
    for (const { from, aside } of replaced) if (aside) await setAside(article, from).catch(tellError);
  const sum = (of: "before" | "after"): string => byteWords(replaced.reduce((sum, one) => sum + one[of], 0));
  const args = { count: replaced.length, before: sum("before"), after: sum("after") };
  const home = homeOf(view);
  offerUndo("image-size-done", args, async () => {
    // A text that is not written here any more keeps the copies, and they stay.
    if (!home.isOpen() || home.state().readOnly) {
      tell("info", "image-size-stays");
      return;
    }
    for (const { from } of replaced) await isBack(article, from);
    const back = new Map(replaced.map(({ target, from }) => [target, from]));
    home.dispatch(retarget(home.state(), back));
  });
}

/** Makes images that came with a text as small as was chosen for all. */
export async function asPreferred(
  view: EditorView,
  article: string,
  targets: string[],
  save: () => Promise<boolean>,
): Promise<void> {
  if (preferredSize() === null) return;
  const replaced: Replaced[] = [];
  for (const target of targets) {
    const about = await backend.aboutPicture(article, target);
    const longest = about?.sizes.find((size) => size === preferredSize()) ?? null;
    if (!about || (longest === null && !(about.place && cleansFirst(about)))) continue;
    const sizes = longest === null ? [] : await backend.pictureSizes(article, target);
    const size = sizes.find((one) => one.longest === longest);
    if (longest !== null && !size) continue;
    const kept = await backend.keepPicture(article, target, longest);
    replaced.push({
      from: target,
      target: kept,
      before: about.bytes,
      after: size?.bytes ?? about.bytes,
      aside: about.own,
    });
  }
  if (replaced.length === 0 || !view.dom.isConnected || view.state.readOnly) return;
  view.dispatch(retarget(view.state, new Map(replaced.map(({ from, target }) => [from, target]))));
  await settle(view, article, replaced, save);
}
