import "@testing-library/jest-dom/vitest";
import { configure } from "@testing-library/svelte";
import { beforeEach } from "vitest";
import { useLanguage } from "@/shared/messages";
import { fake } from "./fake-backend";

// Parts of the window are fetched when they are first shown, and the machine may be busy.
configure({ asyncUtilTimeout: 8000 });
// The window of the tests is wide enough for the whole rail.
Object.assign(window, { innerWidth: 1440, innerHeight: 900 });
// What jsdom does not have.
HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.setAttribute("open", "");
  (this.querySelector<HTMLElement>("[autofocus]") ?? this).focus();
};
HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
  this.removeAttribute("open");
};
class NothingObserved {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= NothingObserved as unknown as typeof ResizeObserver;
globalThis.IntersectionObserver ??= NothingObserved as unknown as typeof IntersectionObserver;
Element.prototype.scrollIntoView ??= () => undefined;

beforeEach(async () => {
  fake.reset();
  useLanguage("fr");
});
