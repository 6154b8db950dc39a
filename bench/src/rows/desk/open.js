// Opens the article `title` for writing and waits until its text stands in the editor.
const until = async (what, found) => {
  const end = performance.now() + 60000;
  for (;;) {
    const it = found();
    if (it) return it;
    if (performance.now() > end)
      throw new Error(
        `${what} did not come; the page reads: ${document.body.innerText.slice(0, 300)}`,
      );
    await new Promise(requestAnimationFrame);
  }
};
const titles = () => [
  ...document.querySelectorAll("[data-region=list] [role=option]"),
];
const row = await until("the row", () =>
  titles().find((one) => one.textContent.includes(args.title)),
);
row.click();
await until("the sheet", () =>
  document
    .querySelector("[data-region=sheet]")
    ?.textContent.includes(args.title),
);
const button = () =>
  [...document.querySelectorAll("button")].find(
    (one) => one.textContent.trim() === args.write,
  );
(await until("the button", button)).click();
const loaded = () => {
  const view = document.querySelector(".cm-content")?.cmTile?.root.view;
  return (
    view &&
    view.state.doc.length >= args.least &&
    view.state.doc.toString().includes(args.title)
  );
};
await until("the text", loaded);
return performance.now();
