import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";
import { aliases } from "./aliases.ts";
import { messages } from "./messages-plugin.ts";

export default defineConfig({
  plugins: [messages(), svelte(), svelteTesting()],
  resolve: { alias: aliases(true) },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    // The machine may be busy: a slow test is not a wrong one.
    testTimeout: 30_000,
    setupFiles: ["tests/setup.ts"],
    // Its colours are counted; style sheets are empty otherwise.
    css: { include: [/theme\.css/] },
  },
});
