// Builds the page on which keys are timed; `edito-bench` runs it from the folder `ui`.
import { fileURLToPath } from "node:url";
import { aliases } from "../ui/aliases.ts";
import { messages } from "../ui/messages-plugin.ts";

const page = fileURLToPath(new URL("../ui/bench/", import.meta.url));

export default {
  root: page,
  plugins: [messages()],
  resolve: { alias: aliases(true) },
  clearScreen: false,
  build: { target: ["es2022", "safari15.4"], assetsInlineLimit: 0, rollupOptions: { input: `${page}editor.html` } },
};
