// Types keys into the editor on the page, whichever it is, and answers the milliseconds of each. With `painted` a key
// ends with the frame that shows it, else with the layout. Now and then the hands rest, as a writer's do.
const typed = "une phrase, *avec* des mots ; puis une autre. ";
const view = document.querySelector(".cm-content").cmTile.root.view;
const wait = (milliseconds) =>
  new Promise((go) => setTimeout(go, milliseconds));
const painted = () =>
  new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
const press = (key) => {
  const name = key === "\n" ? "Enter" : key;
  const event = new KeyboardEvent("keydown", {
    key: name,
    bubbles: true,
    cancelable: true,
  });
  if (!view.contentDOM.dispatchEvent(event)) return;
  if (!document.execCommand("insertText", false, key))
    view.dispatch(view.state.replaceSelection(key));
};
const text = view.state.doc.toString();
const middle = text.indexOf("\n\n", text.length / 2);
view.dispatch({
  selection: { anchor: middle < 0 ? text.length : middle },
  scrollIntoView: true,
});
view.focus();
await wait(args.settle);
const times = [];
for (let i = 0; i < args.keys; i++) {
  const key = i % 60 === 59 ? "\n" : typed[i % typed.length];
  const start = performance.now();
  press(key);
  if (args.painted) await painted();
  else {
    // The editor reads what the browser put in once this script lets it.
    await Promise.resolve();
    await Promise.resolve();
    void view.contentDOM.offsetHeight;
  }
  times.push(performance.now() - start);
  // Long enough for what waits for a pause to begin, and to be answered under the next keys.
  const rest = i % 100 === 99 ? 1300 : i % 25 === 24 ? 450 : 8;
  await wait(rest);
}
return times;
