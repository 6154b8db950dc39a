import { fileURLToPath } from "node:url";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The import names of the page: `@/…` is `src/…`; with `fake`, the bindings to Rust become an in-memory backend. */
export function aliases(fake: boolean): { find: string | RegExp; replacement: string }[] {
  const source = { find: /^@\//, replacement: at("./src/") };
  const backend = { find: /^@\/backend\/bindings$/, replacement: at("./tests/fake-backend.ts") };
  return fake ? [backend, source] : [source];
}
