import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { aliases } from "./aliases.ts";
import { messages } from "./messages-plugin.ts";

// `--mode fake` builds the page against an in-memory library, so that it runs in any browser.
export default defineConfig(({ mode }) => ({
  plugins: [messages(), svelte()],
  resolve: { alias: aliases(mode === "fake") },
  clearScreen: false,
  server: { port: 1420, strictPort: true },
  preview: { port: 1421, strictPort: true },
  build: {
    // What is built for a browser never gets into the app, which takes the folder `dist`.
    outDir: mode === "fake" ? "../target/fake-page" : "dist",
    emptyOutDir: true,
    // WebKitGTK 4.1, WKWebView of macOS 12 and WebView2 all understand this.
    target: ["es2022", "safari15.4"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        // What the first picture needs comes in a few files, not in twenty small ones.
        codeSplitting: {
          groups: [
            { name: "svelte", test: /node_modules\/(svelte|@fluent|esm-env|clsx)\// },
            {
              name: "shell",
              test: /src\/(backend|shared|settings|library)\/[^/]+\.ts$|@tauri-apps\/api\/(core|event)/,
            },
          ],
        },
      },
    },
  },
}));
