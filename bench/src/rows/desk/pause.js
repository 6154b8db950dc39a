// One key, then what a pause brings: advice, counts, quotations and the recovery copy; a second after the key, the save and
// what follows it. Answers, of each of the two, the longest times in which the page could do nothing else, and what they
// are in as long a time when nothing is typed.
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
const answer = { pause: [], idlePause: [], save: [], idleSave: [] };
for (let pause = 0; pause < args.pauses; pause++) {
  answer.idlePause.push(await longest(() => wait(args.pause)));
  answer.idleSave.push(await longest(() => wait(args.save)));
  view.dispatch(view.state.replaceSelection("x"), { userEvent: "input.type" });
  const start = performance.now();
  // The key itself is another row's.
  await new Promise((go) =>
    requestAnimationFrame(() => requestAnimationFrame(go)),
  );
  await wait(20);
  // The save comes a second after the key.
  answer.pause.push(
    await longest(() => wait(start + 930 - performance.now())),
  );
  answer.save.push(await longest(() => wait(args.save)));
}
return answer;
