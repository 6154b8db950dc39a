// What the list says of a version.
import type { Version } from "@/backend";
import { hasMessage, t } from "@/shared/messages";

/** What a version is: its name, else why it was kept. */
export function label(version: Version): string {
  if (version.kind === "captured")
    return version.name === null ? t("versions-capture") : t("versions-captured", { name: version.name });
  if (version.name !== null) return version.name;
  if (version.kind === "named") return t("versions-named");
  if (version.kind === "external") return t("versions-external");
  if (version.kind === "before") {
    const { reason } = version;
    if (!reason) return t("versions-before");
    const known = `versions-before-${reason}`;
    return hasMessage(known) ? t(known) : t("versions-before-reason", { reason });
  }
  return t("versions-automatic");
}

/** Who wrote it, as far as that is known. */
export function who(version: Version): string | null {
  if (version.kind === "external" || version.kind === "captured") return null;
  const device = version.device === null ? null : t("versions-device", { device: version.device });
  return version.by === null ? device : device === null ? version.by : `${version.by}, ${device}`;
}
