import { describe, expect, it } from "vitest";
import { decodeHost, decodePunycode, linkFacts, type LinkWarning } from "./host";

describe("what the dialog says of a link", () => {
  it.each<[string, string, string, LinkWarning[]]>([
    ["https://example.org/a?b#c", "", "example.org", []],
    ["https://www.example.org/", "example.org", "www.example.org", []],
    ["https://fr.example.org/", "example.org", "fr.example.org", []],
    ["https://banque.example@evil.test/", "", "evil.test", ["user-info"]],
    ["https://banque.example:pw@evil.test:8443/", "", "evil.test", ["user-info", "port"]],
    ["https://xn--ditions-9xa.example/", "", "éditions.example", ["punycode"]],
    ["https://éditions.example/", "", "éditions.example", ["punycode"]],
    ["https://p\u0430ypal.example/", "", "p\u0430ypal.example", ["punycode", "mixed-scripts"]],
    [
      "https://\u0430\u0440\u0440\u04cf\u0435.example/",
      "",
      "\u0430\u0440\u0440\u04cf\u0435.example",
      ["punycode", "confusable"],
    ],
    ["https://пример.example/", "", "пример.example", ["punycode"]],
    ["https://例え.example/", "", "例え.example", ["punycode"]],
    ["https://example.org/\u202egnp.exe", "", "example.org", ["bidi"]],
    ["https://example.org/%E2%80%AEgnp.exe", "", "example.org", ["bidi"]],
    ["https://example.org/a%E2%80%8Bb", "", "example.org", ["invisible"]],
    ["http://192.0.2.7/", "", "192.0.2.7", ["ip-address", "insecure"]],
    ["http://3221225991/", "", "192.0.2.7", ["ip-address", "insecure"]],
    ["https://[2001:db8::1]/", "", "[2001:db8::1]", ["ip-address"]],
    ["https://evil.test/", "https://banque.example/compte", "evil.test", ["text-differs"]],
    ["https://evil.test/", "www.banque.example", "evil.test", ["text-differs"]],
    ["https://example.org.evil.test/", "example.org", "example.org.evil.test", ["text-differs"]],
    ["https://evil.test/", "notes.md", "evil.test", []],
    ["https://evil.test/", "le rapport annuel", "evil.test", []],
  ])("%s (%s)", (href, text, host, warnings) => {
    const facts = linkFacts(href, text);
    expect(facts?.host).toBe(host);
    expect(facts?.warnings).toEqual(warnings);
    // What would be opened holds nothing that the eye can misread.
    expect(facts?.url).toMatch(/^[\x21-\x7e]+$/);
  });

  it("shows the address of a letter", () => {
    expect(linkFacts("mailto:redaction@example.org?subject=Bonjour")).toMatchObject({
      kind: "mail",
      host: "redaction@example.org",
      warnings: [],
    });
  });

  it.each(["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//example.org", "page.md", ""])(
    "opens nothing for %s",
    (href) => expect(linkFacts(href)).toBeNull(),
  );
});

// Samples of RFC 3492 §7.1, and labels that are not well formed.
describe("punycode", () => {
  it.each([
    ["egbpdaj6bu4bxfgehfvwxn", "ليهمابتكلموشعربي؟"],
    ["ihqwcrb4cv8a8dqg056pqjye", "他们为什么不说中文"],
    ["Proprostnemluvesky-uyb24dma41a", "Pročprostěnemluvíčesky"],
    ["ditions-9xa", "éditions"],
    ["-> $1.00 <--", "-> $1.00 <-"],
  ])("%s", (label, text) => expect(decodePunycode(label)).toBe(text));

  it.each(["99999999", "é-abc", "a-!"])("refuses %s", (label) => expect(decodePunycode(label)).toBeNull());

  it("leaves a label alone that can't be decoded", () =>
    expect(decodeHost("xn--99999999.test")).toBe("xn--99999999.test"));
});
