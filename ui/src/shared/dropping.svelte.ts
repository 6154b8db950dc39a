// Images that are dropped on the window while a text is being written go into the text; everything else is brought in.

/** Takes image files, and where on the screen they fell. */
export type ImageTaker = (paths: string[], at: { x: number; y: number }) => void;

let taker = $state.raw<ImageTaker | null>(null);

/** Lets a text take the images that are dropped; the function it returns ends that. */
export function takeDroppedImages(take: ImageTaker): () => void {
  taker = take;
  return () => {
    if (taker === take) taker = null;
  };
}

/** What takes dropped files when all of them are images; null when nothing does. */
export function takerOf(paths: string[]): ImageTaker | null {
  const images = paths.length > 0 && paths.every((path) => /\.(?:png|jpe?g|gif|webp|avif|svg)$/i.test(path));
  return images ? taker : null;
}
