// Mozilla's Readability over jsdom, as the peer of capturing: reads the pages that edito-bench-pages reads, and
// answers in the same shape. `node readability.mjs FOLDER ROUNDS`, run where both packages are installed.
import { readdirSync, readFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";

const require = createRequire(join(process.cwd(), "package.json"));
const { Readability } = require("@mozilla/readability");
const { JSDOM, VirtualConsole } = require("jsdom");

const [folder, rounds] = [process.argv[2], Number(process.argv[3] ?? 3)];
for (const name of readdirSync(folder).sort()) {
  const file = join(folder, name, "source.html");
  if (!existsSync(file)) continue;
  // All of these pages are in UTF-8, and not all of them say so.
  const html = readFileSync(file, "utf8");
  const seconds = [];
  let content = "";
  for (let round = 0; round <= rounds; round++) {
    const started = process.hrtime.bigint();
    const dom = new JSDOM(html, { url: "http://fakehost/test/page.html", virtualConsole: new VirtualConsole() });
    content = new Readability(dom.window.document).parse()?.content ?? "";
    seconds.push(Number(process.hrtime.bigint() - started) / 1e9);
    dom.window.close();
  }
  // The first round warms up.
  console.log(JSON.stringify({ name, content, seconds: seconds.slice(1) }));
}
console.log(JSON.stringify({ peak: process.resourceUsage().maxRSS * 1024 }));
