// The encodings that a text without a sign of its own may be in, by their names in the Encoding Standard.

/** The encodings to choose from, the likeliest first. */
export const encodings = [
  "windows-1252",
  "ISO-8859-15",
  "macintosh",
  "UTF-16LE",
  "UTF-16BE",
  "windows-1256",
  "ISO-8859-6",
  "windows-1250",
  "windows-1251",
  "Shift_JIS",
  "GB18030",
  "Big5",
];
