// The Fluent files, read when the page is built: the window has no parser for them.
import { readFile } from "node:fs/promises";
import { FluentResource } from "@fluent/bundle";
import type { Plugin } from "vite";

const asked = /\/messages\/[a-z]+\.ftl$/;

/** Turns an imported `.ftl` file into its patterns by key, as JSON. Fails on what the page would not understand. */
export function messages(): Plugin {
  return {
    name: "edito-messages",
    enforce: "pre",
    async load(id) {
      if (!asked.test(id)) return null;
      this.addWatchFile(id);
      const patterns = JSON.stringify(patternsOf(await readFile(id, "utf8")));
      // Text costs nothing until its language is spoken, and JSON is read several times faster than a script.
      return { code: `export default ${JSON.stringify(patterns)};`, map: null };
    },
  };
}

function patternsOf(text: string): Record<string, unknown> {
  const patterns: Record<string, unknown> = {};
  for (const { id, value, attributes } of new FluentResource(text).body) {
    if (value === null || Object.keys(attributes).length > 0)
      throw new Error(`${id}: the page knows no messages with attributes or without a value`);
    patterns[id] = value;
  }
  return patterns;
}
