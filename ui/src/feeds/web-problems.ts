// What can be wrong with an address, in words: what happened, and what to do.
import type { WebProblem } from "@/backend";
import { hasMessage, t } from "@/shared/messages";

/** A problem in words. */
export function problemWords({ kind, detail }: WebProblem): { text: string; hint: string } {
  const args = { detail };
  const key = `web-${kind}`;
  return { text: t(key, args), hint: hasMessage(`${key}-hint`) ? t(`${key}-hint`, args) : "" };
}
