// One key, then what a pause brings: advice, counts, quotations, the recovery copy, the save. Answers the longest time in
// which the page could do nothing else, and what it is when nothing is typed.
const view = document.querySelector(".cm-content").cmTile.root.view;
const wait = (milliseconds) =>
  new Promise((go) => setTimeout(go, milliseconds));
const longest = async (work) => {
  const channel = new MessageChannel();
  let most = 0;
  let last = performance.now();
  let going = true;
  channel.port1.onmessage = () => {
    const now = performance.now();
    most = Math.max(most, now - last);
    last = now;
    if (going) channel.port2.postMessage(0);
  };
  channel.port2.postMessage(0);
  await wait(50);
  most = 0;
  await work();
  going = false;
  return most;
};
view.focus();
await wait(2500);
const blocked = [];
const idle = [];
const span = args.span;
for (let pause = 0; pause < args.pauses; pause++) {
  idle.push(await longest(() => wait(span)));
  view.dispatch(view.state.replaceSelection("x"), { userEvent: "input.type" });
  // The key itself is another row's.
  await new Promise((go) =>
    requestAnimationFrame(() => requestAnimationFrame(go)),
  );
  await wait(20);
  blocked.push(await longest(() => wait(span)));
}
return { blocked, idle };
