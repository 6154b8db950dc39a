/** Passes the latest of many values on to `save`, at most once in `milliseconds`. */
export function atMostEvery<T>(
  milliseconds: number,
  save: (value: T) => void,
): { note(value: T): void; flush(): void } {
  let latest: { value: T } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  function pass(): void {
    clearTimeout(timer);
    timer = undefined;
    const given = latest;
    latest = null;
    if (given) save(given.value);
  }
  return {
    note(value) {
      latest = { value };
      timer ??= setTimeout(pass, milliseconds);
    },
    flush: pass,
  };
}
