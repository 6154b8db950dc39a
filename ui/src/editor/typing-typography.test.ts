import { undo } from "@codemirror/commands";
import { EditorView } from "@codemirror/view";
import { afterEach, describe, expect, it } from "vitest";
import { articleState } from "./article-editor";
import { changeAttributes } from "./attributes";
import { noServices } from "./services";
import { changeTypingTypography } from "./typing-typography";

let view: EditorView;
afterEach(() => view.destroy());

function open(text: string, lang = "fr", caret = text.length, encoding?: string): void {
  const attributes = { lang, spellcheck: false, label: "Texte", encoding };
  const state = articleState(text, { attributes, services: noServices, readOnly: false, typography: true });
  view = new EditorView({ state, parent: document.body });
  view.dispatch({ selection: { anchor: caret } });
}

/** Strikes keys as the browser tells them. */
function strike(keys: string): void {
  for (const key of keys) {
    const { from, to } = view.state.selection.main;
    const insert = () =>
      view.state.update({
        changes: { from, to, insert: key },
        selection: { anchor: from + key.length },
        userEvent: "input.type",
      });
    const handled = view.state.facet(EditorView.inputHandler).some((run) => run(view, from, to, key, insert));
    if (!handled) view.dispatch(insert());
  }
}

function press(key: string, keyCode: number): void {
  view.contentDOM.dispatchEvent(
    new KeyboardEvent("keydown", { key, keyCode, bubbles: true, cancelable: true }),
  );
}

const text = (): string => view.state.doc.toString().replaceAll("\u00a0", "_").replaceAll("\u202f", "~");

describe("typography while typing", () => {
  it("sets what is typed, and one undo takes that alone back", () => {
    open("");
    strike("l'eau");
    expect(text()).toBe("l’eau");
    strike(" dort ?");
    expect(text()).toBe("l’eau dort~?");
    undo(view);
    expect(text()).toBe("l’eau dort ?");
    strike(" Oui");
    expect(text()).toBe("l’eau dort ? Oui");
  });

  it("is taken back by Backspace right behind it, and then stays as typed", () => {
    open("");
    strike('"');
    expect(text()).toBe("«_");
    view.contentDOM.dispatchEvent(new KeyboardEvent("keydown", { key: "Backspace", bubbles: true }));
    expect(text()).toBe('"');
    strike("a");
    expect(text()).toBe('"a');
    view.contentDOM.dispatchEvent(new KeyboardEvent("keydown", { key: "Backspace", bubbles: true }));
    expect(text()).toBe('"');
  });

  it("leaves code, addresses, front matter and pasted text as they are", () => {
    for (const [before, after] of [
      ["`l", "'a`"],
      ["```\nl", "'a\n```\n"],
      ["[x](https://a.example/l", "'a)"],
      ["---\ntitle: l", "'a\n---\n"],
    ] as const) {
      open(before + after.slice(1), "fr", before.length);
      strike("'");
      expect(text()).toBe(before + after);
      view.destroy();
    }
    open("");
    view.dispatch({ changes: { from: 0, insert: "l'eau..." }, userEvent: "input.paste" });
    expect(text()).toBe("l'eau...");
  });

  it("leaves what will be code or an address once it is closed", () => {
    for (const [lang, typedKeys] of [
      ["fr", "Le `l'a...` et"],
      ["fr", "Le ``a ` l'a`` et"],
      ["en", 'Say [it](a.md "title") so'],
      ["en", '![it](a.png "It is")'],
      ["en", '[it]: a.md "title"'],
      ["en", "<a href=\"b\" title='c'>"],
      ["fr", '<a href="b" title="c d">'],
      ["fr", "Voir [[L'eau]] ici"],
      ["en", "See [[Arendt's]] here"],
      ["fr", "Un sourire :-) ici"],
      ["fr", "Un sourire ;-) ici"],
      ["fr", "Triste :( ici"],
      ["fr", "Il est 12:30 ici"],
      ["en", 'Say \\"so\\" here'],
      ["fr", "http://a.example/?l'a=1"],
    ] as const) {
      open("", lang);
      strike(typedKeys);
      expect(text()).toBe(typedKeys);
      view.destroy();
    }
    open("", "fr");
    strike("Un `code` puis l'eau, 3 < 5 et l'air [^1]: l'or");
    expect(text()).toBe("Un `code` puis l’eau, 3 < 5 et l’air [^1]: l’or");
  });

  it("sets the text of links and English in a French piece", () => {
    open("[l](a.md)", "fr", 2);
    strike("'");
    expect(text()).toBe("[l’](a.md)");
    view.destroy();
    open("The train is late and nobody in the town is sure that it was for the best, ", "fr");
    strike('"so"');
    expect(text()).toMatch(/“so”$/);
  });

  it("sets nothing that the encoding of the file lacks", () => {
    const keys = 'l\'eau dort? "Oui" ; 5 % ou six -- et...';
    for (const [encoding, set] of [
      ["UTF-8", "l’eau dort~? «_Oui_»~; 5_% ou six — et…"],
      ["UTF-16LE", "l’eau dort~? «_Oui_»~; 5_% ou six — et…"],
      // Windows has no narrow no-break space, the older standard neither its apostrophe nor its dash.
      ["windows-1252", "l’eau dort_? «_Oui_»_; 5_% ou six — et…"],
      ["macintosh", "l’eau dort_? «_Oui_»_; 5_% ou six — et…"],
      ["ISO-8859-15", "l'eau dort_? «_Oui_»_; 5_% ou six -- et..."],
      ["Shift_JIS", 'l’eau dort? "Oui" ; 5 % ou six -- et…'],
    ] as const) {
      open("", "fr", 0, encoding);
      strike(keys);
      expect(text(), encoding).toBe(set);
      view.destroy();
    }
    open("", "fr", 0, "windows-1252");
    strike("Voir ![");
    expect(text(), "an image begins with a space that breaks").toBe("Voir ![");
    view.destroy();
    open("", "fr", 0, "windows-1252");
    view.dispatch(changeAttributes({ lang: "fr", spellcheck: false, label: "Texte", encoding: "UTF-8" }));
    strike("Oui ?");
    expect(text(), "once it is saved in UTF-8").toBe("Oui~?");
  });

  it("goes by the language that is declared", () => {
    const keys = 'it\'s "so" ;';
    for (const [doc, set] of [
      ['<div lang="en">\n\n|\n\n</div>', "it’s “so” ;"],
      ['a <span lang="en">|</span> b', "it’s “so” ;"],
      ['<div lang="de">\n\n|\n\n</div>', 'it\'s "so" ;'],
      ['<div lang="">\n\n|\n\n</div>', 'it\'s "so" ;'],
      ['<div lang="en">\n\na\n\n</div>\n\n|', "it’s «_so_»~;"],
      [
        '<div lang="fr">\n\nThe train is late and nobody in the town is sure that it was for the best, |\n\n</div>',
        "it’s «_so_»~;",
      ],
    ] as const) {
      open(doc.replace("|", ""), "fr", doc.indexOf("|"));
      strike(keys);
      expect(text(), doc).toBe(doc.replace("|", set));
      view.destroy();
    }
    open("");
  });

  it("sets the last mark of a line once Enter ends it, and one undo takes that alone back", () => {
    open("");
    strike("Vraiment?");
    expect(text()).toBe("Vraiment?");
    press("Enter", 13);
    expect(text()).toBe("Vraiment~?\n");
    expect(view.state.selection.main.head).toBe(view.state.doc.length);
    undo(view);
    expect(text()).toBe("Vraiment?\n");
    view.destroy();
    for (const [typedKeys, set] of [
      ["- Quoi?!", "- Quoi~?!\n- "],
      ["> Oui:", "> Oui_:\n> "],
      ["Il est 12:", "Il est 12:\n"],
      ["Voir https://a.example/?", "Voir https://a.example/?\n"],
      ["Un `code?", "Un `code?\n"],
      ["Oui.", "Oui.\n"],
      ["Non ?", "Non~?\n"],
    ] as const) {
      open("");
      strike(typedKeys);
      press("Enter", 13);
      expect(text()).toBe(set);
      view.destroy();
    }
    open("Un mot? Suite", "fr", 7);
    press("Enter", 13);
    expect(text()).toBe("Un mot~?\nSuite");
    view.destroy();
    open("```\na?", "fr");
    press("Enter", 13);
    expect(text()).toBe("```\na?\n");
    view.destroy();
    open("");
    strike("Really?");
    view.dispatch({ changes: { from: 7, insert: "\nOui" }, userEvent: "input.paste" });
    expect(text()).toBe("Really?\nOui");
  });

  it("sets the last mark of a piece once it is left", () => {
    open("");
    strike("Et alors?");
    view.contentDOM.dispatchEvent(new FocusEvent("blur"));
    expect(text()).toBe("Et alors~?");
    undo(view);
    expect(text()).toBe("Et alors?");
  });

  it("can be turned off", () => {
    open("");
    view.dispatch(changeTypingTypography(false));
    strike("l'eau...");
    expect(text()).toBe("l'eau...");
  });
});
