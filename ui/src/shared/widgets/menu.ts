// What a menu shows: entries, some ticked, under headings.

/** An entry of a menu. */
export type MenuItem = {
  label: string;
  run: () => void | Promise<void>;
  /** The key that does the same, as in commands. */
  keys?: string;
  /** Ticked or not; absent for an entry that only acts. */
  checked?: boolean;
  disabled?: boolean;
  /** Shown at the right, such as a count. */
  note?: string;
};
/** A part of a menu; its label is shown above it. */
export type MenuGroup = { label?: string; items: MenuItem[] };
/** Where a menu opens: below an element, or at a point. */
export type MenuPlace = HTMLElement | { x: number; y: number };
