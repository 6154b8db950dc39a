import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

/** Patterns for no-restricted-imports that match a folder of src/ however it is written. */
const folder = (...names) => names.flatMap((name) => [`@/${name}`, `@/${name}/**`, `**/${name}/**`]);
const tauri = { group: ["@tauri-apps/*"], message: "Only src/backend talks to Tauri." };
const arrows = (...groups) => ["error", { patterns: groups }];

export default ts.config(
  { ignores: ["dist/", "node_modules/", "src/backend/bindings.ts"] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      "no-undef": "off",
      "no-restricted-imports": arrows(tauri),
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-console": "error",
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"], svelteConfig } },
    rules: {
      "svelte/no-at-html-tags": "error",
      "prefer-const": "off",
      "svelte/prefer-svelte-reactivity": "off",
    },
  },
  {
    files: ["src/backend/**"],
    rules: {
      "no-restricted-imports": arrows({
        group: folder("shared", "library", "reader", "writer", "editor", "versions", "settings"),
        message: "The backend imports nothing of the page.",
      }),
    },
  },
  {
    files: ["src/shared/**"],
    rules: {
      "no-restricted-imports": arrows(tauri, {
        group: folder("library", "reader", "writer", "editor", "versions", "settings"),
        message: "shared imports no feature.",
      }),
    },
  },
  {
    files: ["src/reader/**", "src/versions/**"],
    rules: {
      "no-restricted-imports": arrows(tauri, {
        group: folder("writer", "editor"),
        message: "What reads does not import what writes: App and library put them together.",
      }),
    },
  },
  {
    files: ["src/writer/**", "src/editor/**"],
    rules: {
      "no-restricted-imports": arrows(tauri, {
        group: folder("reader", "versions"),
        message: "What writes does not import what reads: App and library put them together.",
      }),
    },
  },
  {
    files: ["src/comparison/**"],
    rules: {
      "no-restricted-imports": arrows(tauri, {
        group: folder("library", "reader", "writer", "versions"),
        message: "Both what reads and what writes compare texts: neither is known here.",
      }),
    },
  },
  { files: ["**/*.test.ts", "tests/**"], rules: { "no-restricted-imports": "off" } },
);
