import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { atMostEvery } from "./throttle";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("passes the latest on, once in the time given, and at once when asked", () => {
  const save = vi.fn();
  const saving = atMostEvery<number>(2000, save);
  saving.flush();
  expect(save).not.toHaveBeenCalled();
  for (let value = 1; value <= 30; value++) {
    saving.note(value);
    vi.advanceTimersByTime(100);
  }
  expect(save.mock.calls).toEqual([[20]]);
  saving.flush();
  expect(save.mock.calls).toEqual([[20], [30]]);
  vi.advanceTimersByTime(5000);
  expect(save).toHaveBeenCalledTimes(2);
});
