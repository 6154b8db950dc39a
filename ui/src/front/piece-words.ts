// What stands around a piece is in the piece's own language, like the piece: its date, « Par », « Lire la suite ».
import type { FrontPiece } from "@/backend";
import { fullDate } from "@/shared/dates";
import { language, t } from "@/shared/messages";

/** A date in full as the language writes it: « 1er janvier 2008 », "1 January 2008", «1 يناير 2008». */
export function pieceDate(iso: string | null, lang: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso ?? "") ?? [];
  const spoken = spokenBy(lang);
  const name = months[spoken][Number(month) - 1];
  if (!name) return fullDate(iso);
  const first = spoken === "fr" && Number(day) === 1;
  return `${Number(day)}${first ? "er" : ""} ${name} ${Number(year)}`;
}

/** « Lire la suite », in the language of the piece. */
export function readOn(lang: string): string {
  return t(`front-read-on-${spokenBy(lang)}`);
}

/** Who signs: « Par », then each name with its function, the last after « et »; in the language of the piece. */
export function signedBy({ row, lang }: FrontPiece): { before: string; name: string; job: string }[] {
  const spoken = spokenBy(lang);
  const comma = spoken === "ar" ? "، " : ", ";
  return row.authors.map(({ name, function: job }, index, all) => {
    const last = index > 0 && index === all.length - 1;
    const and = `${t(`front-and-${spoken}`)}${spoken === "ar" ? "" : " "}`;
    // A function ends with a comma, as a clause between two does.
    const apart = index === 0 ? "" : last && !all[index - 1]?.function ? " " : comma;
    return {
      before: index === 0 ? `${t(`front-by-${spoken}`)} ` : apart + (last ? and : ""),
      name,
      job: job ? comma + job : "",
    };
  });
}

/** The language of the words around a piece: its own where Édito speaks it, else that of the interface. */
function spokenBy(lang: string): "fr" | "en" | "ar" {
  const [own] = lang.toLowerCase().split("-");
  return own === "fr" || own === "en" || own === "ar" ? own : language();
}

const months = {
  fr: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" "),
  en: "January February March April May June July August September October November December".split(" "),
  ar: "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(" "),
};
