// Images that went to the trash because a smaller copy is shown in their place. When an undo makes the text show one
// again, it comes back first.
import { EditorView } from "@codemirror/view";
import { backend } from "@/backend";
import { imagesNamed } from "@/editor/images";
import { tellError } from "@/shared/notices.svelte";

type Aside = { article: string; target: string; key: string; coming: Promise<void> | null };

let asides: Aside[] = [];

/** Moves an image that the text of an article shows no longer to the trash. */
export async function setAside(article: string, target: string): Promise<void> {
  const key = await backend.setPictureAside(article, target);
  const others = asides.filter((one) => one.article !== article || one.target !== target);
  asides = [...others, { article, target, key, coming: null }];
}

/** Resolves when an image of an article is where it was, if it was ever set aside. */
export async function isBack(article: string, target: string): Promise<void> {
  const aside = asides.find((one) => one.article === article && one.target === target);
  if (aside) await (aside.coming ??= bringBack(aside));
}

async function bringBack(aside: Aside): Promise<void> {
  try {
    // Another image may have come under its name.
    const taken = await backend.imageAddress(aside.article, aside.target);
    if (taken === null) await backend.bringPictureBack(aside.key);
  } catch (error) {
    // It may have been taken out of the trash by hand, or deleted for good.
    tellError(error);
  }
  asides = asides.filter((one) => one !== aside);
}

/** Brings images back that an undo shows again. */
export function imagesComeBack(article: () => string): ReturnType<typeof EditorView.updateListener.of> {
  return EditorView.updateListener.of(({ docChanged, transactions, state }) => {
    if (!docChanged || !transactions.some((one) => one.isUserEvent("undo") || one.isUserEvent("redo")))
      return;
    const id = article();
    for (const { target } of asides.filter((one) => one.article === id))
      if (imagesNamed(state, target).length > 0) void isBack(id, target);
  });
}
