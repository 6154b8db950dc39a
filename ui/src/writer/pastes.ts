// What is pasted or dropped into the text of an article: read and stored by Rust, and what is to be said or asked of it.
import { isolateHistory } from "@codemirror/commands";
import type { EditorView } from "@codemirror/view";
import { backend } from "@/backend";
import { describeImage, imageNamed, imagesNamed } from "@/editor/images";
import type { MarkdownPaste } from "@/editor/pasting";
import type { EditorServices } from "@/editor/services";
import { openDialog } from "@/library/dialogs.svelte";
import { tell, tellError } from "@/shared/notices.svelte";
import { asPreferred, settle } from "./images/settling";

/** What an editor needs to paste into an article. */
export function pasteServices(
  article: () => string,
  save: () => Promise<boolean>,
  title: () => string,
): Required<Pick<EditorServices, "paste" | "keepImages" | "put" | "describe">> {
  return {
    async paste({ html, plain, image }, firstNote) {
      try {
        const bytes = image ? await base64Of(image) : null;
        return await backend.pasteText(article(), { html, plain, image: bytes }, firstNote);
      } catch (error) {
        // The words are pasted all the same, as plain text.
        tellError(error);
        return null;
      }
    },
    async keepImages(paths) {
      try {
        const kept = await backend.keepImages(article(), paths);
        for (const { name, target } of kept)
          if (target === null) tell("problem", "writer-no-image", { name });
        const targets = kept.flatMap(({ target }) => target ?? []);
        if (targets.length === 0) return null;
        const body = targets.map((target) => `![](${target})`).join("\n\n");
        return { ...apart, body, images: targets };
      } catch (error) {
        tellError(error);
        return null;
      }
    },
    put(view, put) {
      if (!view) tell("info", "writer-paste-elsewhere", { title: title() });
      if (put.revised) tell("info", "writer-paste-revised");
      if (put.imagesLeft) tell("info", "writer-paste-images-left", { count: put.imagesLeft });
      const [first, ...others] = put.images ?? [];
      if (first === undefined || !view) return;
      // One image is asked about at once; where a text came with several, each says that it is not described.
      if (others.length === 0 && put.body === `![](${first})`) ask(view, first);
      else void asPreferred(view, article(), [first, ...others], save).catch(tellError);
    },
    describe: ask,
  };

  function ask(view: EditorView, target: string, first: "words" | "size" = "words"): void {
    const image = imageNamed(view.state, target);
    if (!image || view.state.readOnly) return;
    openDialog("describeImage", {
      article: article(),
      target,
      words: image.words,
      caption: image.caption,
      first,
      shown: imagesNamed(view.state, target).length,
      answer: (words, caption, kept) => {
        const now = imageNamed(view.state, target);
        if (now && view.dom.isConnected && !view.state.readOnly) {
          view.dispatch({
            ...describeImage(now, words, caption, kept?.target),
            annotations: isolateHistory.of("full"),
          });
          if (kept) void settle(view, article(), [{ ...kept, from: target }], save).catch(tellError);
        }
        view.focus();
      },
    });
  }
}

const apart: MarkdownPaste = { body: "", notes: "", beginsInLine: false, endsInLine: false, isLine: false };

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(reader.error ?? new Error(file.name));
    // What is read is an address that holds the bytes: data:…;base64,…
    reader.onload = () => resolve((reader.result as string).replace(/^[^,]*,/, ""));
    reader.readAsDataURL(file);
  });
}
