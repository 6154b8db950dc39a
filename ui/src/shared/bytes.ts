// Sizes of files in words.
import { number } from "./dates";
import { t } from "./messages";

/** A number of bytes as it is said: « 840 ko », « 4,2 Mo ». */
export function byteWords(bytes: number): string {
  if (bytes < 1_000_000)
    return t("bytes-thousands", { count: number(Math.max(1, Math.round(bytes / 1000))) });
  const millions = bytes / 1_000_000;
  return t("bytes-millions", {
    count: number(millions < 10 ? Math.round(millions * 10) / 10 : Math.round(millions)),
  });
}
